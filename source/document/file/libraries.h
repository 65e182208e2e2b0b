#pragma once

#include <string>
#include <vector>

#include "core/progress.h"
#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {

/// Blocks from other files (`Library`). What is linked is read from its file each time the document
/// is opened, together with what it refers to; a file keeps the references only.

/// Absolute path of a library; `document_path` is what "//" is relative to.
Path library_path(const std::string& filepath, const Path& document_path);

/// What a file has to offer.
struct LibraryItem {
  BlockType type = BlockType::Scene;
  std::string name;
};
/// Its blocks, by type and name; embedded ones and libraries are left out. `assets_only`: those that
/// are marked as assets.
Result<std::vector<LibraryItem>> list_library(const Path& path, const Registry& registry,
                                              bool assets_only = false);

struct LinkRequest {
  Path path;             ///< of the library, absolute
  std::string filepath;  ///< how the library is named in the document, with "//" or absolute
  std::vector<LibraryItem> items;
  bool is_append = false;    ///< local copies of the items and of all they refer to in the file
  bool is_recursive = true;  ///< of an append: what the items refer to becomes local too
  bool use_fake_user = false;
};
struct Linked {
  std::vector<BlockId> items;  ///< one for each that was asked for; no block: the file has none
  std::vector<std::string> warnings;
};
/// Links or appends blocks of a file and all that they refer to.
Result<Linked> link_blocks(Document& document, const Path& document_path,
                           const LinkRequest& request, const Registry& registry,
                           Progress& progress);

/// Reads what is linked from a library anew. Returns warnings.
Result<std::vector<std::string>> reload_library(Document& document, const Path& document_path,
                                                BlockId library, const Registry& registry,
                                                Progress& progress);

/// The part of a document that these blocks need: they and all they refer to, as `write_blocks`
/// stores it.
Document extract_blocks(const Document& document, const std::vector<BlockId>& blocks,
                        bool use_fake_user);

/// Makes linked blocks local. Where local blocks use one that other linked blocks use too, a local
/// copy is made and given to the local ones; the copy is returned, else the block itself.
BlockId make_block_local(Document& document, BlockId block);

}  // namespace kiln
