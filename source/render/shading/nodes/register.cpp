#include "render/shading/compiler.h"

namespace kiln::render::shading {

void register_diffuse_bsdf(NodeRegistry&);
void register_emission(NodeRegistry&);
void register_glass_bsdf(NodeRegistry&);
void register_glossy_bsdf(NodeRegistry&);
void register_mix_shader(NodeRegistry&);
void register_principled_bsdf(NodeRegistry&);
void register_toon_bsdf(NodeRegistry&);
void register_transparent_bsdf(NodeRegistry&);

void register_shader_nodes(NodeRegistry& registry) {
  register_diffuse_bsdf(registry);
  register_emission(registry);
  register_glass_bsdf(registry);
  register_glossy_bsdf(registry);
  register_mix_shader(registry);
  register_principled_bsdf(registry);
  register_toon_bsdf(registry);
  register_transparent_bsdf(registry);
}

}  // namespace kiln::render::shading
