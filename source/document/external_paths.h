#pragma once

#include <string>

#include "core/result.h"
#include "core/tasks.h"
#include "document/document.h"

namespace kiln {

/// Files outside of the document that its blocks name: of pictures, texts, libraries and nodes.
/// "//" at the start of a path is the folder of the document's file.

/// Calls `visit` for every such path of a block, empty ones left out.
void for_each_external_path(const DataBlock& block, FunctionRef<void(const std::string&)> visit);
/// Puts what `map` returns in the place of each.
void map_external_paths(DataBlock& block, FunctionRef<std::string(const std::string&)> map);

/// "//" and the way from the folder of `document`, which is not empty.
std::string relative_path(const Path& file, const Path& document);

enum class PathRemap {
  None,
  Relative,     ///< relative paths name the same files from the new place, absolute ones stay
  RelativeAll,  ///< all paths become relative
  Absolute,     ///< all paths become absolute
};

/// Adapts the paths of local blocks to another place of the document. Relative paths of a document
/// that was never saved (`from` is empty) name no files and stay. Returns how many changed.
int remap_external_paths(Document& document, const Path& from, const Path& to, PathRemap how);

}  // namespace kiln
