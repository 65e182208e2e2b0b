#include "render/register.h"

namespace kiln::render {

namespace shading {
void register_shader_nodes(Registry& registry);
}

void register_render_types(Registry& registry) {
  shading::register_shader_nodes(registry);
}

}  // namespace kiln::render
