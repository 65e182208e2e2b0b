// One thread edits a document at random, undoes, redoes and jumps, while others read snapshots of
// it and a file is saved and opened:
//
//     fuzz_storm [-seconds=N] [-seed=S] [-readers=N]
//
// A snapshot never changes, whoever edits what it shares; a step of the history is what it was
// whenever it is gone to; a file holds what was saved.
#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/hash.h"
#include "damage.h"
#include "document/collection.h"
#include "document/file/diff.h"
#include "document/file/serialization.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/project.h"
#include "document/resolve.h"
#include "document/scene.h"

namespace kiln::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

// Everything that a document holds, as one number.
class Content : public ArrayVisitor {
public:
  Fingerprint of(const Document& document) {
    std::vector<std::pair<Uuid, Fingerprint>> blocks;
    document.for_each([&](const DataBlock& block) { blocks.emplace_back(block.uuid, of(block)); });
    std::sort(blocks.begin(), blocks.end());
    Hasher all;
    for (const auto& [uuid, content] : blocks) {
      all.add(std::string_view(uuid.text()));
      all.add(content.low);
    }
    all.add(std::string_view(document.settings().active_view_layer));
    return all.finish();
  }

  void array(std::string_view name, const void* data, std::size_t size, int) override {
    block_->add(name);
    block_->add_bytes(data, size);
  }

private:
  Fingerprint of(const DataBlock& block) {
    Hasher hasher;
    hasher.add(std::string_view(block.name));
    hasher.add(std::string_view(block_to_json(block, prototypes_, [](BlockId id) {
                                  return fmt::format("{}.{}", id.serial, id.slot);
                                }).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
    block_ = &hasher;
    block.visit_arrays(*this);
    return hasher.finish();
  }

  Prototypes prototypes_;
  Hasher* block_ = nullptr;
};

// Edits at random, by properties as scripts do and by what changes whole blocks.
class Editing {
public:
  Editing(Document& document, const Services& services, unsigned seed)
      : document_(document), services_(services), random_(seed) {}

  void edit() {
    switch (index(12)) {
      case 0: {
        Object& added = document_.add<Object>("Added");
        document_.edit<Collection>(scene_collection()).objects.push_back({added.id});
        break;
      }
      case 1:
        if (document_.all(BlockType::Object).size() > 3) {
          document_.remove(some(BlockType::Object));
        }
        break;
      case 2:
        document_.rename(some_block(), index(2) ? "Name" : "Other");
        break;
      case 3:
      case 4:
        if (const BlockId mesh = some(BlockType::Mesh)) {
          Mesh& edited = document_.edit<Mesh>(mesh, Change::Geometry);
          for (float3& position : edited.edit_positions()) {
            position.x += float(index(100)) * 0.01f;
          }
        }
        break;
      case 5:
        document_.replace_references(some(BlockType::Material), some(BlockType::Material));
        break;
      default:
        set_property();
    }
  }

  std::size_t index(std::size_t count) { return count == 0 ? 0 : random_() % count; }

private:
  BlockId scene_collection() const {
    return document_.find<Scene>(document_.settings().active_scene)->collection.id;
  }
  BlockId some(BlockType type) {
    const IdList& all = document_.all(type);
    return all.empty() ? BlockId() : all[std::int64_t(index(std::size_t(all.size())))];
  }
  BlockId some_block() {
    std::vector<BlockId> all;
    document_.for_each([&](const DataBlock& block) { all.push_back(block.id); });
    return all[index(all.size())];
  }

  void set_property() {
    const BlockId id = some_block();
    const DataBlock& block = *document_.find(id);
    const std::vector<const Property*> properties = block.dynamic_schema().all_properties();
    const Property& property = *properties[index(properties.size())];
    if (property.is_read_only || property.is_internal ||
        property.type == PropertyType::Collection) {
      return;
    }
    Value value;
    switch (property.type) {
      case PropertyType::Boolean:
        value = index(2) != 0;
        break;
      case PropertyType::Int:
        value = int(index(200)) - 100;
        break;
      case PropertyType::Float:
        value =
            property.length
                ? Value(Value::Numbers(std::size_t(property.length), double(index(1000)) * 0.01))
                : Value(double(index(1000)) * 0.01 - 5.0);
        break;
      case PropertyType::String:
        value = index(2) ? "text" : "";
        break;
      case PropertyType::Enum:
        value = property.items.empty()
                    ? Value("NONE")
                    : Value(property.items[index(property.items.size())].identifier);
        break;
      case PropertyType::Pointer:
        value = Value(some_block());
        break;
      default:
        return;
    }
    // Most values fit, the others are refused.
    (void)set_value(document_, Handle{id, {}}, property, value, services_);
  }

  Document& document_;
  const Services& services_;
  std::mt19937 random_;
};

// Snapshots for the readers, each with what it held when it was taken.
class Board {
public:
  void put(const Document& snapshot, const Fingerprint& content) {
    const std::scoped_lock lock(mutex_);
    kept_.emplace_back(snapshot, content);
    if (kept_.size() > 12) {
      kept_.pop_front();
    }
  }
  std::optional<std::pair<Document, Fingerprint>> take(std::size_t which) {
    const std::scoped_lock lock(mutex_);
    return kept_.empty() ? std::nullopt : std::optional(kept_[which % kept_.size()]);
  }

private:
  std::mutex mutex_;  // guards kept_
  std::deque<std::pair<Document, Fingerprint>> kept_;
};

void read(Board& board, const std::atomic<bool>& is_over, std::atomic<long>& reads, unsigned seed) {
  std::mt19937 random(seed);
  Content content;
  while (!is_over) {
    if (const auto found = board.take(random())) {
      if (content.of(found->first) != found->second) {
        fail("a snapshot changed");
      }
      ++reads;
    }
  }
}

void check_file(const Document& document, Progress& progress) {
  const World& w = world();
  const Path first = w.folder / "storm.kiln", second = w.folder / "storm_again.kiln";
  if (!save_document(document, first, progress)) {
    fail("cannot save");
  }
  const Result<OpenedDocument> opened = open_document(first, w.registry, progress);
  if (!opened || !save_document(opened->document, second, progress)) {
    fail("what was saved cannot be opened");
  }
  const auto differences = diff_documents(first, second, w.registry);
  if (!differences) {
    fail(differences.error().message);
  }
  for (const DocumentDifference& d : *differences) {
    fail(fmt::format("the file is other than what was saved: {} {}: {} -> {}", d.block, d.path,
                     d.before, d.after));
  }
}

}  // namespace

int storm(double seconds, unsigned seed, int reader_count) {
  World& w = world();
  Services services;
  Progress progress;
  const Path start = w.folder / "start.kiln";
  write_file(start, w.seed);
  Result<OpenedDocument> opened = open_document(start, w.registry, progress);
  if (!opened) {
    fail(opened.error().message);
  }
  Document document = opened->document;
  UndoStack undo(64);
  Editing editing(document, services, seed);
  Content content;
  std::unordered_map<std::string, Fingerprint> steps;
  const auto remember = [&] {
    steps[undo.steps()[undo.present()].id.text()] = content.of(document);
  };
  undo.push(document, "Start");
  remember();

  Board board;
  std::atomic<bool> is_over = false;
  std::atomic<long> reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < reader_count; ++i) {
    readers.emplace_back([&, i] { read(board, is_over, reads, seed + unsigned(i)); });
  }
  long edits = 0, moves = 0;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < end) {
    for (std::size_t i = editing.index(8); i-- > 0; ++edits) {
      editing.edit();
    }
    document.settle();
    (void)document.take_changes();
    board.put(document, content.of(document));
    if (editing.index(3) != 0) {
      undo.push(document, "Edit", editing.index(4) == 0 ? 7 : 0);
      remember();
    }
    if (editing.index(3) == 0) {
      const std::size_t way = editing.index(3);
      const bool is_moved = way == 0   ? undo.undo(document)
                            : way == 1 ? undo.redo(document)
                                       : undo.jump(document, editing.index(undo.steps().size()));
      if (!is_moved) {
        continue;
      }
      ++moves;
      const auto known = steps.find(undo.steps()[undo.present()].id.text());
      if (known == steps.end() || content.of(document) != known->second) {
        fail("a step of the history is other than it was");
      }
    }
    if (editing.index(200) == 0) {
      check_file(document, progress);
    }
  }
  is_over = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  fmt::print("{} edits, {} moves in the history, {} reads of snapshots without a finding\n", edits,
             moves, reads.load());
  return 0;
}

}  // namespace kiln::fuzz

int main(int count, char** arguments) {
  double seconds = 3.0;
  unsigned seed = 1;
  int readers = 2;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    const auto value = [&](std::string_view name) {
      return argument.starts_with(name) ? std::stod(argument.substr(name.size())) : -1.0;
    };
    seconds = value("-seconds=") >= 0 ? value("-seconds=") : seconds;
    seed = value("-seed=") >= 0 ? unsigned(value("-seed=")) : seed;
    readers = value("-readers=") >= 0 ? int(value("-readers=")) : readers;
  }
  return kiln::fuzz::storm(seconds, seed, readers);
}
