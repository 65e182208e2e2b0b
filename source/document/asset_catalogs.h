#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"

namespace kiln {

/// A place where assets are filed.
struct AssetCatalog {
  Uuid id;
  std::string path;         ///< names from the root on, with slashes between
  std::string simple_name;  ///< what assets keep of it
};

/// The catalogs of a folder with assets, which lie beside them in a text file,
/// `blender_assets.cats.txt`:
///
///     # a comment
///     VERSION 1
///     UUID:path/of/the/catalog:simple name
///
/// A value: undo keeps copies.
class AssetCatalogs {
public:
  static constexpr const char* file_name = "blender_assets.cats.txt";

  /// Reads a file; one that is not there has no catalogs. Lines that say nothing sensible are left
  /// out with a warning. A file of another version, or above 16 MB, is an error.
  static Result<AssetCatalogs> read(const Path& file, std::vector<std::string>& warnings);
  /// The same from a text; `name` is for messages.
  static Result<AssetCatalogs> parse(std::string_view text, const Path& name,
                                     std::vector<std::string>& warnings);
  std::string text() const;
  /// Writes the file, whole or not at all. Catalogs that others put into it since it was read stay.
  Result<void> write(const Path& file) const;

  std::span<const AssetCatalog> all() const { return catalogs_; }  ///< by path
  const AssetCatalog* find(Uuid id) const;
  /// Adds one below `parent` (empty: at the top) under a free name.
  AssetCatalog add(std::string_view parent, std::string_view name);
  /// Gives the last name of its path another form, made free; what lies below moves along. False
  /// where there is no such catalog, or nothing is left of the name.
  bool rename(Uuid id, std::string_view name);
  /// Removes one with all below; how many these were.
  int remove(Uuid id);

  /// A path without what cannot be in one: empty names, spaces around names, colons, control
  /// characters.
  static std::string clean_path(std::string_view path);

private:
  bool has_path(std::string_view path) const;
  std::string free_path(const std::string& wanted) const;
  void insert(AssetCatalog catalog);

  std::vector<AssetCatalog> catalogs_;
  std::set<Uuid> removed_;  // so that writing does not bring them back from the file
};

}  // namespace kiln
