// Reading histories.
#include <nlohmann/json.hpp>

#include "document/file/consistency.h"
#include "document/file/history.h"
#include "document/file/library_loader.h"
#include "document/scene.h"

namespace kiln {
namespace {

using nlohmann::json;

constexpr std::size_t max_steps = 1024;  // more in a file are not looked at

// What a block is at a step.
struct Version {
  std::int64_t number = 0;  ///< 0: there is none
  std::string uuid, type, name, owner, library, source;
};

class StateReader {
public:
  StateReader(const FileSource& source, const Document& base, const Registry& registry,
              std::unordered_map<std::string, BlockId>& ids)
      : source_(source), state_(base), registry_(registry), ids_(ids) {
    base.for_each([&](const DataBlock& block) { present_.emplace(block.uuid.text(), block.id); });
  }

  Result<Document> run(std::int64_t position, std::int64_t present_position) {
    Result<void> done = find_versions(position, present_position);
    for (const auto step : {&StateReader::remove_gone, &StateReader::make_blocks,
                            &StateReader::link, &StateReader::read_content}) {
      done = done ? (this->*step)() : done;
    }
    if (!done) {
      return done.error();
    }
    remove_contradictions(state_, warnings_);
    return std::move(state_);
  }
  BlockId id_of(const std::string& uuid) const {
    const auto here = present_.find(uuid);
    return here == present_.end() ? BlockId{} : here->second;
  }

private:
  Result<void> find_versions(std::int64_t position, std::int64_t present_position) {
    Database::Statement select(
        source_.database(),
        "SELECT c.uuid, c.version, v.type, v.name, v.owner, v.library, v.source "
        "FROM history_changes c LEFT JOIN history_versions v ON v.version = c.version "
        "WHERE c.position = (SELECT MAX(position) FROM history_changes d WHERE d.uuid = c.uuid AND "
        "d.position <= ?1) AND c.version != (SELECT version FROM history_changes e WHERE "
        "e.uuid = c.uuid AND e.position <= ?2 ORDER BY e.position DESC LIMIT 1)");
    select.bind(position).bind(present_position);
    while (select.step()) {
      versions_.push_back({select.number(1), select.text(0), select.text(2), select.text(3),
                           select.text(4), select.text(5), select.text(6)});
    }
    return select.is_good() && !select.failed()
               ? Result<void>()
               : Result<void>(Error::malformed(source_.path(), "its history is damaged"));
  }

  Result<void> remove_gone() {
    for (const Version& version : versions_) {
      if (version.number == 0 && id_of(version.uuid)) {
        state_.remove(id_of(version.uuid));
        present_.erase(version.uuid);
      }
    }
    return {};
  }

  // Shells of all that is not there or is different; owners come first.
  Result<void> make_blocks() {
    for (const bool is_part : {false, true}) {
      for (const Version& version : versions_) {
        if (version.number == 0 || !version.library.empty() || version.owner.empty() == is_part) {
          continue;
        }
        const std::optional<Uuid> uuid = Uuid::parse(version.uuid);
        std::shared_ptr<DataBlock> block = make_stored_block(version.type, registry_);
        const BlockId owner = id_of(version.owner);
        if (!uuid || !block || (is_part && !owner)) {
          return Error::malformed(source_.path(), "its history is damaged: {} \"{}\"", version.type,
                                  version.name);
        }
        const BlockId old = id_of(version.uuid);
        if (old && state_.find(old) && state_.find(old)->type() == block->type()) {
          state_.replace(old, std::move(block));
          renamed_.emplace_back(old, version.name);
        } else {
          if (old && state_.find(old)) {
            state_.remove(old);
          }
          block->uuid = *uuid;
          BlockId& id = ids_[version.uuid];
          id = (id ? state_.add_again(std::move(block), version.name, owner, id)
                   : state_.add(std::move(block), version.name, owner))
                   .id;
          present_[version.uuid] = id;
          renamed_.emplace_back(id, version.name);
        }
        filled_.push_back(&version);
      }
    }
    for (const auto& [id, name] : renamed_) {
      state_.rename(id, name);
    }
    return {};
  }

  Result<void> link() {
    Progress progress;
    LibraryLoader loader(state_, source_.path(), registry_, progress, warnings_);
    bool is_used = false;
    for (const Version& version : versions_) {
      const BlockId library = id_of(version.library);
      if (version.number != 0 && !version.library.empty() && !id_of(version.uuid) &&
          state_.find<Library>(library)) {
        if (!is_used) {
          // What the library itself says comes first.
          for (const Version* filled : filled_) {
            if (state_.find<Library>(id_of(filled->uuid))) {
              const Result<void> done = read_properties(*filled);
              if (!done) {
                return done;
              }
            }
          }
        }
        is_used = true;
        present_[version.uuid] =
            loader.request(library, {version.type, version.name, version.source, version.uuid,
                                     /*is_indirect=*/false, /*needs_placeholder=*/true});
      }
    }
    return is_used ? loader.finish() : Result<void>();
  }

  Result<void> read_properties(const Version& version) {
    Database::Statement select(source_.database(),
                               "SELECT properties FROM history_versions WHERE version = ?");
    select.bind(version.number);
    const json properties = select.step() ? parse_properties(select.bytes(0)) : json();
    if (!properties.is_object()) {
      return Error::malformed(source_.path(), "its history is damaged: {} \"{}\"", version.type,
                              version.name);
    }
    const std::function<BlockId(const std::string&)> find = [this](const std::string& uuid) {
      return id_of(uuid);
    };
    block_from_json(state_.edit(id_of(version.uuid), Change::None), properties, registry_, find,
                    warnings_);
    return {};
  }

  Result<void> read_content() {
    for (const Version* version : filled_) {
      const FileSource::Row row{
          "@" + std::to_string(version->number), version->type, version->name, {}};
      const BlockId id = id_of(version->uuid);
      Result<void> done = read_properties(*version);
      if (done) {
        done = source_.read_arrays(row, state_.edit(id, Change::None));
      }
      if (done) {
        done = state_.edit(id, Change::None).finish_reading();
      }
      if (!done) {
        return Error::malformed(source_.path(), "{}", done.error().message);
      }
    }
    return {};
  }

  const FileSource& source_;
  Document state_;
  const Registry& registry_;
  std::unordered_map<std::string, BlockId>& ids_;  ///< of blocks that the base does not have
  std::unordered_map<std::string, BlockId> present_;
  std::vector<Version> versions_;
  std::vector<const Version*> filled_;
  std::vector<std::pair<BlockId, std::string>> renamed_;
  std::vector<std::string> warnings_;
};

}  // namespace

FoundHistory find_history(const FileSource& source) {
  FoundHistory found;
  const std::string present = source.meta("history_present");
  if (present.empty() || source.meta("history_revision") != source.meta("revision")) {
    return found;
  }
  Database::Statement select(source.database(), "SELECT id, label FROM history ORDER BY position");
  bool has_present = false;
  while (select.step() && found.steps.size() < max_steps) {
    const std::optional<Uuid> id = Uuid::parse(select.text(0));
    if (!id) {
      return {};
    }
    if (select.text(0) == present) {
      found.present = found.steps.size();
      has_present = true;
    }
    found.steps.push_back({*id, valid_name(select.text(1), 200)});
  }
  return has_present && !select.failed() ? found : FoundHistory();
}

HistoryReader::HistoryReader(Path path, Document base, Uuid present, const Registry& registry)
    : path_(std::move(path)), base_(std::move(base)), present_(present), registry_(registry) {}

Result<Document> HistoryReader::read(const Uuid& step) {
  const Result<FileSource> source = FileSource::open(path_);
  if (!source) {
    return source.error();
  }
  const auto position_of = [&](const Uuid& id) {
    Database::Statement select(source->database(), "SELECT position FROM history WHERE id = ?");
    select.bind(id.text());
    return select.is_good() && select.step() ? select.number(0) : -1;
  };
  const std::int64_t wanted = position_of(step), present = position_of(present_);
  if (wanted < 0 || present < 0) {
    return Error::malformed(path_, "does not have this step of the history any more");
  }
  StateReader reader(*source, base_, registry_, ids_);
  Result<Document> state = reader.run(wanted, present);
  if (!state) {
    return state;
  }
  Database::Statement settings(source->database(),
                               "SELECT active_scene, active_view_layer FROM history WHERE id = ?");
  settings.bind(step.text());
  if (settings.step()) {
    const BlockId scene = reader.id_of(settings.text(0));
    auto& edited = state->edit_settings();
    edited.active_scene = state->find<Scene>(scene) ? scene : edited.active_scene;
    edited.active_view_layer = settings.text(1);
  }
  if (!active_scene(*state)) {
    return Error::malformed(path_, "its history is damaged: a step has no scene");
  }
  static_cast<void>(state->take_changes());
  return state;
}

}  // namespace kiln
