#pragma once

namespace kiln {
class Registry;
}

namespace kiln::render {

/// Adds the types of all shader nodes.
void register_render_types(Registry& registry);

}  // namespace kiln::render
