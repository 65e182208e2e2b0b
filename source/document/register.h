#pragma once

namespace kiln {

class Registry;

/// All data-block types and the structs in them.
void register_document_types(Registry& registry);

}  // namespace kiln
