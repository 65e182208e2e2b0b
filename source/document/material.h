#pragma once

#include "document/data_block.h"

namespace kiln {

class NodeTree;

enum class MaterialBlendMethod : std::uint8_t { Opaque = 0, Clip = 3, Hashed = 4, Blend = 5 };
enum class CyclesMaterialSettingsDisplacementMethod : std::uint8_t {
  Bump = 0,
  Displacement = 1,
  Both = 2
};

struct CyclesMaterialSettings {
  bool sample_as_light = true;
  bool use_transparent_shadow = true;
  CyclesMaterialSettingsDisplacementMethod displacement_method =
      CyclesMaterialSettingsDisplacementMethod::Bump;
  static const Schema& schema();
};

/// What a surface or volume looks like. Without nodes it is a Principled surface made of the
/// viewport values.
/// What previews of a material show it on; values are those of the interface.
enum class MaterialPreviewShape : std::uint8_t {
  Flat = 0,
  Sphere = 1,
  Cube = 2,
  Hair = 10,
  ShaderBall = 3,
  Cloth = 12,
  Fluid = 13
};

struct Material : Block<Material, BlockType::Material> {
  MaterialPreviewShape preview_render_type = MaterialPreviewShape::Sphere;
  bool use_preview_world = false;  ///< previews stand in the world of the scene
  MaterialBlendMethod blend_method = MaterialBlendMethod::Opaque;
  float alpha_threshold = 0.5f;
  bool use_backface_culling = false;
  int pass_index = 0;
  float4 diffuse_color{0.8f, 0.8f, 0.8f, 1.0f};
  float3 specular_color{1.0f, 1.0f, 1.0f};
  float roughness = 0.4f;
  float specular_intensity = 0.5f;
  float metallic = 0.0f;
  bool use_nodes = false;
  BlockRef<NodeTree> node_tree;  ///< embedded; made when `use_nodes` is first switched on
  CyclesMaterialSettings cycles;
  static const Schema& schema();
};

}  // namespace kiln
