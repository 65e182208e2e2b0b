#pragma once

#include <vector>

#include "document/document.h"

namespace kiln {

/// The collections that an object lies in itself. Takes as long as there are such.
std::vector<BlockId> collections_of(const Document& document, BlockId object);

}  // namespace kiln
