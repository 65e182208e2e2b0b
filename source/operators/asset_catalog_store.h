#pragma once

#include <vector>

#include "document/asset_catalogs.h"

namespace kiln::operators {

/// The catalogs that are worked on: those of the folder the document lies in. They have a history
/// of their own, since they are no part of the document. A service; owner's thread only.
class AssetCatalogStore {
public:
  /// The catalogs of a folder, read where another folder was asked for before. Edits that were not
  /// saved there are dropped.
  Result<AssetCatalogs*> of_folder(const Path& folder, std::vector<std::string>& warnings);
  /// Remembers the present state, for `undo`; to be called before an edit.
  void push_undo();
  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  void undo();
  void redo();
  bool is_dirty() const { return is_dirty_; }
  /// Writes the file of the folder that was asked for last.
  Result<void> save();
  /// Has the file read again when it is asked for next.
  void forget();

private:
  Path folder_;
  bool is_read_ = false, is_dirty_ = false;
  AssetCatalogs now_;
  std::vector<AssetCatalogs> undo_, redo_;
};

}  // namespace kiln::operators
