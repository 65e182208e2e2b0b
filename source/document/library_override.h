#pragma once

#include "document/data_block.h"

namespace kiln {

class Document;

/// Makes a local block that follows a linked one (`LibraryOverride`). `remaps`: local blocks that
/// use the linked one use the new one from now on. No block where `linked` is not linked.
BlockId create_override(Document& document, BlockId linked, bool remaps);

/// Looks up what differs from the linked block, for `LibraryOverride::paths`.
void note_override_changes(Document& document, BlockId id);

// For the schema of `DataBlock`: `override_library`, with what it needs stored.
void add_override_properties(SchemaBuilder<DataBlock>& s);
void register_override_types(class Registry& registry);

}  // namespace kiln
