#pragma once

#include <string>

#include "document/data_block.h"

namespace kiln {

/// A file that other blocks of the document are linked from. Removing it removes them.
struct Library : Block<Library, BlockType::Library> {
  std::string filepath;  ///< "//" at the start is the folder of the document's file
  BlockRef<Library>
      parent;  ///< the library that links to this one, where the document does not itself

  int3 version;  ///< of the program that wrote the file; 0 where it does not say so

  static const Schema& schema();
};

void register_library_types(class Registry& registry);

}  // namespace kiln
