#pragma once

#include "document/document.h"

namespace kiln {

class Registry;

/// The document as the interface shows it (`bpy.data`): a struct whose data is the `Document`
/// itself, with one collection for each type of data-block.
const Schema& blend_data_schema();
void register_blend_data(Registry& registry);

/// Removes what nothing uses (fake users count as use): local blocks, linked ones, libraries that
/// nothing is linked from; recursively again until nothing is left to remove. How many went.
int purge_orphans(Document& document, bool is_recursive, bool local = true, bool linked = true);

}  // namespace kiln
