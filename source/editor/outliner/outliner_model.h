#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "editor/session/session.h"

namespace kiln::editor {

/// One line of the outliner.
struct OutlinerRow {
  enum class Kind { Scene, Collection, Object, Data };
  Kind kind = Kind::Object;
  BlockId block;
  BlockId collection;  ///< of objects: the collection it is shown in
  int depth = 0;
  bool has_children = false, is_open = false;
};

/// The scene as a tree of collections and objects with their children, made flat: only what is open
/// has rows.
class OutlinerModel {
public:
  explicit OutlinerModel(Session& session) : session_(session) {}

  /// Makes the rows again. Linear in the rows and the objects of open collections.
  void rebuild();
  const std::vector<OutlinerRow>& rows() const { return rows_; }
  /// Shows only objects whose name has this text, without regard to case; empty: all.
  void set_filter(const std::string& text);
  void toggle(std::size_t row);
  /// Row of a block; -1 when it has none.
  int row_of(BlockId block) const;

  std::string name_of(const OutlinerRow& row) const;
  bool is_selected(const OutlinerRow& row) const;
  bool is_active(const OutlinerRow& row) const;
  bool is_shown(const OutlinerRow& row) const;  ///< in viewports
  bool is_rendered(const OutlinerRow& row) const;

  // What the user does; each is one undo step.

  /// Selects objects: this row alone, with it (`extends`), or all rows from the active one to it
  /// (`is_range`).
  void select(std::size_t row, bool extends, bool is_range);
  void rename(std::size_t row, const std::string& name);
  void toggle_shown(std::size_t row);
  void toggle_rendered(std::size_t row);
  /// Puts an object into a collection, below an object (as its child, staying where it is), or a
  /// collection into another one.
  bool drop(std::size_t dragged, std::size_t onto);
  void add_collection();

private:
  void add_collection_rows(const Collection& collection, int depth);
  void add_object_rows(const Object& object, BlockId collection, int depth);
  bool matches(const std::string& name) const;

  Session& session_;
  std::vector<OutlinerRow> rows_;
  std::unordered_set<BlockId> closed_;  ///< collections are open unless closed
  std::unordered_set<BlockId> open_;    ///< objects are closed unless opened
  std::unordered_map<BlockId, std::vector<BlockId>> children_;
  std::string filter_;
};

}  // namespace kiln::editor
