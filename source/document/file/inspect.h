#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace kiln {

/// What a file holds, found without loading it.
struct DocumentInfo {
  std::uint64_t file_bytes = 0;
  std::string format_version;
  struct Count {
    std::string type;  ///< such as "Object"
    int blocks = 0;
    std::uint64_t array_bytes = 0;  ///< before compression, shared chunks counted each time
  };
  std::vector<Count> counts;  ///< by type
  std::vector<std::string> scenes;
  std::string active_scene;
  int links = 0;
  struct Asset {
    std::string type, name;
    std::string
        catalog;  ///< its path, or the identifier where no file of catalogs tells; empty: none
    std::vector<std::string> tags;
  };
  std::vector<Asset> assets;          ///< by catalog and name
  std::vector<std::string> warnings;  ///< about the file of catalogs
};
Result<DocumentInfo> inspect_document(const Path& path);

/// A file that a document needs.
struct Dependency {
  std::string kind;   ///< "library", "image" or "text"
  std::string block;  ///< name of the data-block that names it
  Path path;          ///< absolute
  Path needed_by;     ///< the document, or the library that names it
  bool is_there = false;
};
/// Libraries, pictures and texts that are not packed, and those of the libraries in turn; each file
/// once for each document that names it.
Result<std::vector<Dependency>> find_dependencies(const Path& path);

}  // namespace kiln
