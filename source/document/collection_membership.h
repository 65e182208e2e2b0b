#pragma once

#include <unordered_set>
#include <vector>

#include "document/document.h"

namespace kiln {

/// The collections that an object lies in itself. Takes as long as there are such.
std::vector<BlockId> collections_of(const Document& document, BlockId object);
/// A collection and all below it.
std::unordered_set<BlockId> collections_below(const Document& document, BlockId root);

}  // namespace kiln
