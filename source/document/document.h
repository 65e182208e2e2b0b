#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/tasks.h"
#include "document/data_block.h"

namespace kiln {

class UserIndex;

/// One block that differs between two states of a document.
struct BlockChange {
  enum class What { Added, Removed, Edited };
  BlockId block;
  BlockType type = BlockType::Scene;
  What what = What::Edited;
  Change kinds = Change::None;
};

/// What differs between two states of a document, each block once.
struct ChangeSet {
  std::vector<BlockChange> blocks;
  bool empty() const { return blocks.empty(); }
};

/// Everything a user makes, as a value: a table of data-blocks.
///
/// Copying is O(1) and gives a snapshot: both go on independently and share every block until one
/// of them edits it. A Document object belongs to one thread; other threads get copies. Blocks
/// refer to each other by id, looked up here.
class Document {
public:
  Document();
  ~Document();
  Document(const Document& other);
  Document& operator=(const Document& other);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  // Reading.

  /// Null when there is no such block (any more).
  const DataBlock* find(BlockId id) const;
  template <typename T>
  const T* find(BlockId id) const {
    const DataBlock* block = find(id);
    return block && block->type() == T::block_type ? static_cast<const T*>(block) : nullptr;
  }
  template <typename T>
  const T* find(BlockRef<T> ref) const {
    return find<T>(ref.id);
  }
  /// The block itself, to be kept beyond the next edit.
  std::shared_ptr<const DataBlock> share(BlockId id) const;
  /// Blocks of a type that are not embedded in others, ordered by name (without regard to case):
  /// local ones first, then those of each library.
  const IdList& all(BlockType type) const;
  /// Empty id when there is none. A linked block is found where no local one has the name. O(log n)
  /// for each library.
  BlockId named(BlockType type, std::string_view name) const;
  /// Only among the blocks of one library; none: among local ones.
  BlockId named_in(BlockType type, std::string_view name, BlockId library) const;
  /// The first block of the name that `is_wanted`, local ones first, then those of each library.
  BlockId named_among(BlockType type, std::string_view name,
                      FunctionRef<bool(BlockId)> is_wanted) const;
  /// Position in `all(type)` of what `named` finds; -1 when there is none.
  std::int64_t index_of_name(BlockType type, std::string_view name) const;
  template <typename T>
  const T* named(std::string_view name) const {
    return find<T>(named(T::block_type, name));
  }
  std::size_t block_count() const;
  /// Calls `visit` for every block, embedded ones included.
  void for_each(FunctionRef<void(const DataBlock&)> visit) const;

  // Editing. References handed out are valid until the next call that edits or copies.

  /// The block for writing; `kinds` is what the caller is going to change. The block must exist.
  DataBlock& edit(BlockId id, Change kinds);
  template <typename T>
  T& edit(BlockId id, Change kinds = Change::All) {
    return static_cast<T&>(edit(id, kinds));
  }
  template <typename T>
  T& edit(BlockRef<T> ref, Change kinds = Change::All) {
    return static_cast<T&>(edit(ref.id, kinds));
  }
  /// Adds a block under a free name derived from `name`. `owner` makes it a part of another block.
  /// A block with a library (`link`) is named among those of the library.
  DataBlock& add(std::shared_ptr<DataBlock> block, std::string_view name, BlockId owner = {});
  template <typename T>
  T& add(std::string_view name, BlockId owner = {}) {
    return static_cast<T&>(add(std::make_shared<T>(), name, owner));
  }
  /// Adds a block that another state of this document has under an id (histories read from files).
  /// Where the id is taken it gets a new one.
  DataBlock& add_again(std::shared_ptr<DataBlock> block, std::string_view name, BlockId owner,
                       BlockId id);
  /// Puts another content in the place of a block of the same type, which keeps id, uuid, owner and
  /// name.
  void replace(BlockId id, std::shared_ptr<DataBlock> content);
  /// Removes a block, what is embedded in it, and every reference to them.
  void remove(BlockId id) { remove(std::span(&id, 1)); }
  /// Removes many at once: every block that refers to some of them is edited once.
  void remove(std::span<const BlockId> ids);
  /// Makes a linked block, and what is embedded in it, local under a free name. It keeps its id, so
  /// that those who refer to it go on.
  void make_local(BlockId id);
  /// A local copy under a free name, embedded blocks copied with it. Other references are shared.
  BlockId duplicate(BlockId id);
  /// Gives a block another name, made free and valid; returns what it became. A block that had
  /// exactly this name keeps it.
  std::string rename(BlockId id, std::string_view name);
  /// The name a new block of this type would get.
  std::string free_name(BlockType type, std::string_view name, BlockId library = {}) const;
  /// Lets every reference to `from` point to `to` (or to nothing).
  void replace_references(BlockId from, BlockId to);

  // Users. Counted from the references of all blocks, incrementally.

  int users(BlockId id) const;  ///< references to it, a fake user included
  /// The same as the interface tells it: who only points at an object or a scene (a parent, a
  /// camera, a target) is no user of it.
  int counted_users(BlockId id) const;
  std::vector<BlockId> users_of(BlockId id) const;  ///< blocks that refer to it, each once

  // State of the document as a whole.

  struct Settings {
    BlockId active_scene;
    std::string active_view_layer;
    bool use_autopack = false;  ///< files that blocks name are packed before each save
    bool operator==(const Settings&) const = default;
  };
  const Settings& settings() const;
  Settings& edit_settings();

  /// Lets every block that was edited bring in order what editing left pending (`DataBlock::finish_editing`). To be called
  /// before a snapshot is taken for others.
  void settle();
  /// What was edited since the last call.
  ChangeSet take_changes();
  bool has_changes() const { return !pending_.empty(); }
  /// The differences of two documents that share a history, in O(differences) for what they share.
  static ChangeSet difference(const Document& before, const Document& after);
  /// Becomes another state of the same document (undo); the differences count as changes.
  void restore(const Document& state);
  bool is_same_state(const Document& other) const { return state_ == other.state_; }

private:
  friend class DocumentReader;
  struct Page;
  struct State;

  State& own();
  std::shared_ptr<DataBlock>& slot_for_writing(BlockId id);
  DataBlock& put(std::shared_ptr<DataBlock> block, std::string_view name, BlockId owner,
                 BlockId id);
  void note(const DataBlock& block, BlockChange::What what, Change kinds);
  std::int64_t index_in(BlockType type, std::string_view name, BlockId library) const;
  void insert_name(BlockType type, BlockId id, std::string_view name);
  void erase_name(BlockType type, BlockId id, std::string_view name);
  void name_is_free(BlockType type, std::string_view name);
  UserIndex& users_index() const;

  std::shared_ptr<State> state_;
  std::unordered_map<BlockId, BlockChange> pending_;
  std::vector<BlockId> unsettled_;
  // Where the search for a free number starts, per type and base name; only a hint, dropped when
  // names become free.
  mutable std::array<std::unordered_map<std::string, int>, block_type_count> number_hints_;
  mutable std::mutex users_mutex_;        // guards users_, which const functions bring up to date
  mutable std::unique_ptr<UserIndex> users_;  // of this object only, never copied
};

/// Longest name of a block or item in bytes.
inline constexpr std::size_t max_name_bytes = 63;
/// Cuts at a character boundary and replaces invalid UTF-8 by question marks.
std::string valid_name(std::string_view name, std::size_t max_bytes = max_name_bytes);
/// Splits "Cube.012" into "Cube" and 12; without a number it is 0.
std::pair<std::string_view, int> split_number(std::string_view name);
/// "Cube" and 12 make "Cube.012"; the base is cut where that would be too long.
std::string numbered_name(std::string_view base, int number);
/// The first of `name`, `name.001`, ... that `is_taken` denies, for items in lists.
std::string unique_item_name(std::string_view name, FunctionRef<bool(std::string_view)> is_taken,
                             char separator = '.');

/// Calls `visit` for every reference from a block to another one: properties, lists, custom
/// properties. `visit` may return another id to put in its place (in the const form the result is
/// ignored). Embedded blocks are references too.
void for_each_reference(const DataBlock& block, FunctionRef<void(BlockId)> visit);
void map_references(DataBlock& block, FunctionRef<BlockId(BlockId)> visit);
/// The same without long lists (`DataBlock::long_list`).
void for_each_single_reference(const DataBlock& block, FunctionRef<void(BlockId)> visit);
void map_single_references(DataBlock& block, FunctionRef<BlockId(BlockId)> visit);
/// The same, telling whether a reference makes the block a user in the eyes of the interface.
void for_each_single_use(const DataBlock& block, FunctionRef<void(BlockId, bool is_counted)> visit);

}  // namespace kiln
