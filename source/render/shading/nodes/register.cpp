#include "render/shading/compiler.h"

namespace kiln::render::shading {

void register_attribute(NodeRegistry&);
void register_blackbody(NodeRegistry&);
void register_brick_texture(NodeRegistry&);
void register_bump(NodeRegistry&);
void register_camera_data(NodeRegistry&);
void register_checker_texture(NodeRegistry&);
void register_color_adjustments(NodeRegistry&);
void register_color_ramp(NodeRegistry&);
void register_constants(NodeRegistry&);
void register_curves(NodeRegistry&);
void register_diffuse_bsdf(NodeRegistry&);
void register_emission(NodeRegistry&);
void register_fresnel(NodeRegistry&);
void register_geometry(NodeRegistry&);
void register_glass_bsdf(NodeRegistry&);
void register_glossy_bsdf(NodeRegistry&);
void register_gradient_texture(NodeRegistry&);
void register_image_texture(NodeRegistry&);
void register_light_path(NodeRegistry&);
void register_magic_texture(NodeRegistry&);
void register_map_range(NodeRegistry&);
void register_mapping(NodeRegistry&);
void register_math(NodeRegistry&);
void register_mix(NodeRegistry&);
void register_mix_shader(NodeRegistry&);
void register_musgrave_texture(NodeRegistry&);
void register_noise_texture(NodeRegistry&);
void register_object_info(NodeRegistry&);
void register_principled_bsdf(NodeRegistry&);
void register_separate_combine(NodeRegistry&);
void register_texture_coordinate(NodeRegistry&);
void register_toon_bsdf(NodeRegistry&);
void register_transparent_bsdf(NodeRegistry&);
void register_vector_math(NodeRegistry&);
void register_vector_rotate(NodeRegistry&);
void register_vector_transform(NodeRegistry&);
void register_voronoi_texture(NodeRegistry&);
void register_wave_texture(NodeRegistry&);
void register_white_noise_texture(NodeRegistry&);

void register_shader_nodes(NodeRegistry& registry) {
  register_attribute(registry);
  register_blackbody(registry);
  register_brick_texture(registry);
  register_bump(registry);
  register_camera_data(registry);
  register_checker_texture(registry);
  register_color_adjustments(registry);
  register_color_ramp(registry);
  register_constants(registry);
  register_curves(registry);
  register_diffuse_bsdf(registry);
  register_emission(registry);
  register_fresnel(registry);
  register_geometry(registry);
  register_glass_bsdf(registry);
  register_glossy_bsdf(registry);
  register_gradient_texture(registry);
  register_image_texture(registry);
  register_light_path(registry);
  register_magic_texture(registry);
  register_map_range(registry);
  register_mapping(registry);
  register_math(registry);
  register_mix(registry);
  register_mix_shader(registry);
  register_musgrave_texture(registry);
  register_noise_texture(registry);
  register_object_info(registry);
  register_principled_bsdf(registry);
  register_separate_combine(registry);
  register_texture_coordinate(registry);
  register_toon_bsdf(registry);
  register_transparent_bsdf(registry);
  register_vector_math(registry);
  register_vector_rotate(registry);
  register_vector_transform(registry);
  register_voronoi_texture(registry);
  register_wave_texture(registry);
  register_white_noise_texture(registry);
}

}  // namespace kiln::render::shading
