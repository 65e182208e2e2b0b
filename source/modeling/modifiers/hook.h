#pragma once

#include "document/curve_mapping.h"
#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Lets vertices follow an object.
struct HookModifier : ModifierType<HookModifier> {
  enum class FalloffType : std::uint8_t {
    None = 0,
    Curve = 1,
    Smooth = 3,
    Sphere = 7,
    Root = 4,
    InverseSquare = 8,
    Sharp = 2,
    Linear = 5,
    Constant = 6
  };

  float strength = 1;
  FalloffType falloff_type = FalloffType::Smooth;
  float falloff_radius = 0;
  CurveMapping falloff_curve{1, 0, 1};
  float3 center{0, 0, 0};
  float4x4 matrix_inverse;
  BlockRef<Object> object;
  std::string subtarget;
  bool use_falloff_uniform = false;
  std::string vertex_group;
  bool invert_vertex_group = false;
  std::vector<int> indices;  ///< of the hooked vertices; none: those of the group

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
