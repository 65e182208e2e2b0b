// Opening documents.
#include <cstdio>

#include <nlohmann/json.hpp>

#include "document/file/consistency.h"
#include "core/log.h"
#include "core/stopwatch.h"
#include "document/file/file_source.h"
#include "document/file/history.h"
#include "document/file/libraries.h"
#include "document/file/library_loader.h"
#include "document/file/serialization.h"
#include "document/file/store.h"
#include "document/library_override.h"
#include "document/override_hierarchy.h"
#include "document/scene.h"

namespace kiln {
namespace {

using nlohmann::json;

// Gives a block the arrays of another one.
class ArrayCopier final : public ArrayVisitor {
public:
  explicit ArrayCopier(DataBlock& to) : to_(to) {}
  void array(std::string_view name, const void* data, std::size_t size, int) override {
    is_good_ = to_.set_array(name, {static_cast<const char*>(data), size}) && is_good_;
  }
  bool is_good() const { return is_good_; }

private:
  DataBlock& to_;
  bool is_good_ = true;
};

class FileReader {
public:
  FileReader(const FileSource& source, const Path& links_path, const Registry& registry,
             Progress& progress)
      : source_(source),
        links_path_(links_path),
        registry_(registry),
        progress_(progress),
        loader_(opened_.document, links_path_, registry, progress, opened_.warnings) {}

  Result<OpenedDocument> run() {
    Result<void> done;
    for (const auto step : {&FileReader::make_blocks, &FileReader::read_libraries,
                            &FileReader::read_content, &FileReader::finish}) {
      if (done) {
        done = progress_.cancelled() ? Result<void>(Error::cancelled()) : (this->*step)();
      }
    }
    if (!done) {
      return done.error();
    }
    static_cast<void>(opened_.document.take_changes());
    return std::move(opened_);
  }

private:
  struct Made {
    const FileSource::Row* row;
    BlockId id;
  };

  Document& document() { return opened_.document; }

  Result<void> make_blocks() {
    // Owners come first.
    std::vector<const FileSource::Row*> rows;
    for (const bool is_part : {false, true}) {
      for (const FileSource::Row& row : source_.rows()) {
        if (row.owner.empty() != is_part) {
          rows.push_back(&row);
        }
      }
    }
    for (const FileSource::Row* row : rows) {
      const std::optional<Uuid> uuid = Uuid::parse(row->uuid);
      std::shared_ptr<DataBlock> block = make_stored_block(row->type, registry_);
      if (!block) {
        opened_.warnings.push_back(
            fmt::format("{} \"{}\": this type of data-block is not known here; left out", row->type,
                        row->name));
        continue;
      }
      if (!uuid) {
        return Error::malformed(source_.path(), "{} \"{}\" has no valid uuid (\"{}\")", row->type,
                                row->name, row->uuid);
      }
      const auto owner = ids_.find(row->owner);
      if (!row->owner.empty() && owner == ids_.end()) {
        opened_.warnings.push_back(fmt::format(
            "{} \"{}\": what it is a part of is missing; left out", row->type, row->name));
        continue;
      }
      block->uuid = *uuid;
      const BlockId id =
          document()
              .add(std::move(block), row->name, row->owner.empty() ? BlockId{} : owner->second)
              .id;
      ids_[row->uuid] = id;
      made_.push_back({row, id});
    }
    return {};
  }

  // What is linked has to be there before others refer to it; libraries refer to nothing linked.
  Result<void> read_libraries() {
    for (const Made& made : made_) {
      if (document().find<Library>(made.id)) {
        const Result<void> done = read_properties(made);
        if (!done) {
          return done;
        }
      }
    }
    for (const FileSource::Link& link : source_.links()) {
      if (!link.is_indirect) {
        static_cast<void>(linked(link));
      }
    }
    return {};
  }

  BlockId linked(const FileSource::Link& link) {
    const auto library = ids_.find(link.library);
    if (library == ids_.end() || !document().find<Library>(library->second)) {
      opened_.warnings.push_back(fmt::format(
          "{} \"{}\" cannot be linked: its library is missing in the file", link.type, link.name));
      return {};
    }
    BlockId& id = ids_[link.uuid];
    if (!id) {
      id = loader_.request(library->second, {link.type, link.name, link.source, link.uuid,
                                             /*is_indirect=*/false, /*needs_placeholder=*/true});
    }
    return id;
  }

  Result<void> read_content() {
    std::size_t done_blocks = 0;
    for (const Made& made : made_) {
      if (document().find<Library>(made.id)) {
        continue;
      }
      if (progress_.cancelled()) {
        return Error::cancelled();
      }
      progress_.report(float(done_blocks++) / float(made_.size()), "Opening");
      Result<void> done = read_properties(made);
      if (done) {
        done = source_.read_arrays(*made.row, document().edit(made.id, Change::None));
      }
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Result<void> read_properties(const Made& made) {
    const Result<json> properties = source_.properties(*made.row);
    if (!properties) {
      return properties.error();
    }
    // Linked blocks are added before this one is written.
    for (const std::string& uuid : stored_references(*properties)) {
      if (!ids_.contains(uuid)) {
        if (const FileSource::Link* link = source_.link(uuid)) {
          static_cast<void>(linked(*link));
        }
      }
    }
    const std::function<BlockId(const std::string&)> id_of = [this](const std::string& uuid) {
      const auto found = ids_.find(uuid);
      return found == ids_.end() ? BlockId{} : found->second;
    };
    block_from_json(document().edit(made.id, Change::None), *properties, registry_, id_of,
                    opened_.warnings);
    return {};
  }

  // Nothing may contradict itself.
  Result<void> finish() {
    const Result<void> loaded = loader_.finish();
    if (!loaded) {
      return loaded;
    }
    const OverrideHierarchies hierarchies(document());
    for (const Made& made : made_) {
      if (document().find(made.id)->is_override()) {
        const Result<void> done = follow_reference(made, hierarchies);
        if (!done) {
          return done;
        }
      }
    }
    for (const Made& made : made_) {
      if (document().find(made.id)->is_override()) {
        note_override_changes(document(), made.id);
      }
    }
    for (const Made& made : made_) {
      const Result<void> done = document().edit(made.id, Change::None).finish_reading();
      if (!done) {
        return Error::malformed(source_.path(), "{}", done.error().message);
      }
    }
    remove_contradictions(document(), opened_.warnings);
    if (document().all(BlockType::Scene).empty()) {
      // A library need not have one.
      add_scene(document(), "Scene");
    }
    auto& settings = document().edit_settings();
    const auto scene = ids_.find(source_.meta("active_scene"));
    settings.active_scene = scene != ids_.end() && document().find<Scene>(scene->second)
                                ? scene->second
                                : document().all(BlockType::Scene).front();
    settings.active_view_layer = source_.meta("active_view_layer");
    settings.use_autopack = source_.meta("use_autopack") == "1";
    return {};
  }

  // An override is what it follows, with what is stored of it on top.
  Result<void> follow_reference(const Made& made, const OverrideHierarchies& hierarchies) {
    const BlockId reference_id = document().find(made.id)->library_override.reference.id;
    const std::shared_ptr<const DataBlock> reference = document().share(reference_id);
    const Result<json> stored = source_.properties(*made.row);
    if (!stored) {
      return stored.error();
    }
    if (!reference || &reference->dynamic_schema() != &document().find(made.id)->dynamic_schema()) {
      return {};
    }
    // Blocks of the document by a name that no uuid has.
    const auto name_of = [](BlockId id) { return fmt::format("#{}.{}", id.slot, id.serial); };
    const std::function<BlockId(const std::string&)> id_of = [&](const std::string& name) {
      BlockId id;
      if (std::sscanf(name.c_str(), "#%u.%u", &id.slot, &id.serial) == 2) {
        return document().find(id) ? id : BlockId{};
      }
      const auto found = ids_.find(name);
      return found == ids_.end() ? BlockId{} : found->second;
    };
    Prototypes prototypes;
    json whole = block_to_json(*reference, prototypes, name_of);
    whole.update(*stored, /*merge_objects=*/true);
    DataBlock& block = document().edit(made.id, Change::None);
    block_from_json(block, whole, registry_, id_of, opened_.warnings);
    block.library_override.reference = {reference_id};
    hierarchies.enter(block);
    ArrayCopier copier(block);
    reference->visit_arrays(copier);
    if (!copier.is_good()) {
      return Error::malformed(source_.path(), "{} \"{}\": the arrays of what it follows do not fit",
                              made.row->type, made.row->name);
    }
    return {};
  }

  const FileSource& source_;
  const Path& links_path_;
  const Registry& registry_;
  Progress& progress_;
  OpenedDocument opened_;
  LibraryLoader loader_;
  std::vector<Made> made_;
  std::unordered_map<std::string, BlockId> ids_;
};

}  // namespace

Result<OpenedDocument> open_document(const Path& path, const Registry& registry,
                                     Progress& progress) {
  const Stopwatch watch;
  const Result<FileSource> source = FileSource::open(path);
  if (!source) {
    return source.error();
  }
  // A recovery file lies elsewhere than the document it was made from.
  const std::string original = source->meta(original_path_key);
  const Path opened_from = original == "//" ? Path() : Path(original);
  Result<OpenedDocument> opened =
      FileReader(*source, original.empty() ? path : opened_from, registry, progress).run();
  if (opened) {
    opened->original_path = original == "//" ? Path() : Path(original);
    opened->revision = source->meta("revision");
    FoundHistory history = find_history(*source);
    opened->history = std::move(history.steps);
    opened->history_present = history.present;
    trace("file", "read \"{}\": {} data-blocks in {:.3f} s", path.string(), opened->document.block_count(), watch.seconds());
  }
  return opened;
}

}  // namespace kiln
