#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {

void register_attribute(ShaderNodeList&);
void register_blackbody(ShaderNodeList&);
void register_brick_texture(ShaderNodeList&);
void register_bump(ShaderNodeList&);
void register_camera_data(ShaderNodeList&);
void register_checker_texture(ShaderNodeList&);
void register_color_adjustments(ShaderNodeList&);
void register_color_ramp(ShaderNodeList&);
void register_constants(ShaderNodeList&);
void register_curves(ShaderNodeList&);
void register_diffuse_bsdf(ShaderNodeList&);
void register_emission(ShaderNodeList&);
void register_fresnel(ShaderNodeList&);
void register_geometry(ShaderNodeList&);
void register_glass_bsdf(ShaderNodeList&);
void register_glossy_bsdf(ShaderNodeList&);
void register_gradient_texture(ShaderNodeList&);
void register_image_texture(ShaderNodeList&);
void register_light_path(ShaderNodeList&);
void register_magic_texture(ShaderNodeList&);
void register_map_range(ShaderNodeList&);
void register_mapping(ShaderNodeList&);
void register_math(ShaderNodeList&);
void register_mix(ShaderNodeList&);
void register_mix_shader(ShaderNodeList&);
void register_musgrave_texture(ShaderNodeList&);
void register_noise_texture(ShaderNodeList&);
void register_object_info(ShaderNodeList&);
void register_outputs(ShaderNodeList&);
void register_principled_bsdf(ShaderNodeList&);
void register_separate_combine(ShaderNodeList&);
void register_squeeze(ShaderNodeList&);
void register_texture_coordinate(ShaderNodeList&);
void register_toon_bsdf(ShaderNodeList&);
void register_transparent_bsdf(ShaderNodeList&);
void register_vector_math(ShaderNodeList&);
void register_vector_rotate(ShaderNodeList&);
void register_vector_transform(ShaderNodeList&);
void register_voronoi_texture(ShaderNodeList&);
void register_wave_texture(ShaderNodeList&);
void register_white_noise_texture(ShaderNodeList&);
void register_ambient_occlusion(ShaderNodeList&);
void register_bevel(ShaderNodeList&);
void register_displacement(ShaderNodeList&);
void register_light_falloff(ShaderNodeList&);
void register_particle_info(ShaderNodeList&);
void register_tangent(ShaderNodeList&);
void register_wireframe(ShaderNodeList&);

namespace {

void list_nodes(ShaderNodeList nodes) {
  register_wireframe(nodes);
  register_tangent(nodes);
  register_particle_info(nodes);
  register_light_falloff(nodes);
  register_displacement(nodes);
  register_bevel(nodes);
  register_ambient_occlusion(nodes);
  register_attribute(nodes);
  register_blackbody(nodes);
  register_brick_texture(nodes);
  register_bump(nodes);
  register_camera_data(nodes);
  register_checker_texture(nodes);
  register_color_adjustments(nodes);
  register_color_ramp(nodes);
  register_constants(nodes);
  register_curves(nodes);
  register_diffuse_bsdf(nodes);
  register_emission(nodes);
  register_fresnel(nodes);
  register_geometry(nodes);
  register_glass_bsdf(nodes);
  register_glossy_bsdf(nodes);
  register_gradient_texture(nodes);
  register_image_texture(nodes);
  register_light_path(nodes);
  register_magic_texture(nodes);
  register_map_range(nodes);
  register_mapping(nodes);
  register_math(nodes);
  register_mix(nodes);
  register_mix_shader(nodes);
  register_musgrave_texture(nodes);
  register_noise_texture(nodes);
  register_object_info(nodes);
  register_outputs(nodes);
  register_principled_bsdf(nodes);
  register_separate_combine(nodes);
  register_squeeze(nodes);
  register_texture_coordinate(nodes);
  register_toon_bsdf(nodes);
  register_transparent_bsdf(nodes);
  register_vector_math(nodes);
  register_vector_rotate(nodes);
  register_vector_transform(nodes);
  register_voronoi_texture(nodes);
  register_wave_texture(nodes);
  register_white_noise_texture(nodes);
}

}  // namespace

void register_shader_nodes(Registry& registry) {
  registry.add(ShaderNode::schema());
  list_nodes({&registry, nullptr});
}

NodeRegistry shader_kernels() {
  NodeRegistry kernels;
  list_nodes({nullptr, &kernels});
  return kernels;
}

}  // namespace kiln::render::shading
