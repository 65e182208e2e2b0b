#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {

/// The data paths of what differs in an override from the linked block it follows: one for each
/// property, lists as a whole. Which overrides of its hierarchy it uses is no difference.
std::vector<std::string> override_changes(const Document& document, const DataBlock& block);

/// Lets the overrides of a document follow blocks that were read anew: what differed from the old
/// ones in `before` differs from the new ones. `replaced` says what stands for an old block now.
void follow_libraries(Document& document, const Document& before, const Registry& registry,
                      const std::unordered_map<BlockId, BlockId>& replaced,
                      std::vector<std::string>& warnings);

}  // namespace kiln
