#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "document/collection.h"
#include "document/editor_spaces.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// One line of the outliner.
struct OutlinerRow {
  enum class Kind {
    Scene,  ///< the root collection of a scene
    Collection,
    Object,
    Data,   ///< what an object shows
    Block,  ///< any data-block, in lists of them
    Group,  ///< a heading; `text`
    Part,   ///< of the block, such as a modifier; `text`
    Value,  ///< a property and its value; `text`
  };
  Kind kind = Kind::Object;
  BlockId block;
  BlockId collection;  ///< of objects and collections: the collection it is shown in
  int depth = 0;
  bool has_children = false, is_open = false;
  std::string text = {};
  std::string key = {};  ///< of what is no block: names it for remembering whether it is open
};

/// What columns at the right of the rows switch.
enum class OutlinerColumn { Mode, Enable, Select, Hide, Viewport, Render, Holdout, IndirectOnly };
inline constexpr int outliner_column_count = 8;

/// What the document has as a tree, made flat: only what is open has rows. Filters and the kind of
/// list come from the settings.
class OutlinerModel {
public:
  explicit OutlinerModel(Session& session) : session_(session) {}

  SpaceOutliner settings;  ///< `rebuild` after changing it

  /// Makes the rows again. Linear in the rows and the objects of open collections.
  void rebuild();
  const std::vector<OutlinerRow>& rows() const { return rows_; }
  /// Shows only what has this text in its name; empty: everything.
  void set_filter(const std::string& text);
  void toggle(std::size_t row);
  /// Opens or closes everything, one level more or less below the roots.
  void open_all(bool is_open);
  /// Row of a block; -1 when it has none.
  int row_of(BlockId block) const;
  /// These objects and all below them, each once. O(result).
  std::vector<BlockId> with_descendants(std::vector<BlockId> objects) const;

  std::string name_of(const OutlinerRow& row) const;
  /// The tab of properties that is about what the row shows.
  std::optional<PropertiesContext> context_of(const OutlinerRow& row) const;
  bool is_selected(const OutlinerRow& row) const;
  bool is_active(const OutlinerRow& row) const;
  bool is_shown(const OutlinerRow& row) const;  ///< in viewports
  /// The columns that there are, from left to right.
  std::vector<OutlinerColumn> columns() const;
  bool has_switch(const OutlinerRow& row, OutlinerColumn column) const;
  /// As the sign of the column says: seen, selectable, rendered, enabled, held out, only indirect,
  /// edited.
  bool is_on(const OutlinerRow& row, OutlinerColumn column) const;

  // What the user does; each is one undo step.

  /// Selects objects: this row alone, with it (`extends`), or all rows from the active one to it
  /// (`is_range`). Where selections are not kept in step only rows are selected, not objects.
  void select(std::size_t row, bool extends, bool is_range);
  void rename(std::size_t row, const std::string& name);
  /// Calls with the same `merge_key` (other than 0) make one undo step.
  void set_on(std::size_t row, OutlinerColumn column, bool is_on, std::uint64_t merge_key = 0);
  void toggle_shown(std::size_t row) {
    set_on(row, OutlinerColumn::Hide, !is_on(rows_[row], OutlinerColumn::Hide));
  }
  /// Puts an object into a collection, below an object (as its child, staying where it is), or a
  /// collection into another one.
  bool drop(std::size_t dragged, std::size_t onto);
  void add_collection();
  void select_hierarchy();
  /// The row above or below the active one is selected, with it where `extends`.
  bool walk(bool is_up, bool extends);
  /// Opens or closes the row of the active object.
  bool open_active(bool is_open);
  /// Collections are open, objects closed.
  void show_hierarchy();

  // On the active collection; false where it is that of the scene.

  const Collection* active_collection() const;
  /// Alone, so that what it has goes up, or with all its objects and collections.
  bool delete_collection(bool with_content);
  bool set_objects_selected(bool is_selected);
  bool set_excluded(bool is_excluded);
  bool instance_collection();
  bool set_color_tag(CollectionColorTag tag);

private:
  void select_object(BlockId id, bool extends);
  void select_rows(std::size_t row, bool extends, bool is_range);
  void add_scene_rows(const Scene& scene, int depth);
  void add_collection_rows(const Collection& collection, int depth);
  void add_object_rows(const Object& object, BlockId collection, int depth);
  void add_content_rows(const Object& object, const DataBlock& data, int depth);
  void add_type_groups(int depth, const std::string& key, BlockId library,
                       FunctionRef<bool(const DataBlock&)> is_wanted);
  /// Whether lists of overrides have a block.
  bool lists_override(const DataBlock& block) const;
  /// The data paths of what differs in an override from what it follows.
  const std::vector<std::string>& changes_of(const DataBlock& block);
  /// An override and, below it, those that it uses; each once on the way down.
  void add_override_rows(BlockId block, int depth, std::vector<BlockId>& above);
  /// Objects leave and enter edit mode; one alone is edited then.
  void set_edited(BlockId object, bool is_edited);
  void add_value_rows(const ConstRef& owner, BlockId block, int depth, const std::string& key);
  std::vector<const Object*> ordered_objects(const Collection& collection) const;
  bool matches(const std::string& name) const;
  bool is_listed(const Object& object) const;
  bool is_open(const std::string& key) const { return open_parts_.contains(key); }
  bool is_filtering() const { return !settings.filter_text.empty(); }
  void note_states();

  Session& session_;
  std::vector<OutlinerRow> rows_;
  std::unordered_set<BlockId> closed_;  ///< collections are open unless closed
  /// Of overrides, with the newest stamp of them and what they follow.
  std::unordered_map<BlockId, std::pair<std::uint64_t, std::vector<std::string>>> override_changes_;
  std::unordered_set<BlockId> open_;  ///< other blocks are closed unless opened
  std::unordered_set<std::string> open_parts_;
  std::unordered_set<BlockId> selected_;  ///< where selections are not kept in step
  std::unordered_map<BlockId, std::vector<BlockId>> children_;
  std::unordered_set<BlockId> in_state_;  ///< objects in the state that is wanted
};

/// Order of names as people read them: without regard to case, numbers by their value.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace kiln::editor
