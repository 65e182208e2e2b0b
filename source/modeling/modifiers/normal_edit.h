#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Gives corners normals that point away from a place, or toward one.
struct NormalEditModifier : ModifierType<NormalEditModifier> {
  enum class Mode : std::uint8_t { Radial = 0, Directional = 1 };
  enum class MixMode : std::uint8_t { Copy = 0, Add = 1, Sub = 2, Mul = 3 };

  Mode mode = Mode::Radial;
  float3 offset{0, 0, 0};
  MixMode mix_mode = MixMode::Copy;
  float mix_factor = 1;
  float mix_limit = 3.1415927f;
  bool no_polynors_fix = false;
  std::string vertex_group;
  bool invert_vertex_group = false;
  BlockRef<Object> target;
  bool use_direction_parallel = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
