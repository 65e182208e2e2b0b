#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Moves vertices onto the surface of another object.
struct ShrinkwrapModifier : ModifierType<ShrinkwrapModifier> {
  enum class WrapMethod : std::uint8_t {
    NearestSurfacepoint = 0,
    Project = 1,
    NearestVertex = 2,
    TargetProject = 3
  };
  enum class WrapMode : std::uint8_t {
    OnSurface = 0,
    Inside = 1,
    Outside = 2,
    OutsideSurface = 3,
    AboveSurface = 4
  };
  enum class CullFace : std::uint8_t { Off = 0, Front = 8, Back = 16 };

  WrapMethod wrap_method = WrapMethod::NearestSurfacepoint;
  WrapMode wrap_mode = WrapMode::OnSurface;
  CullFace cull_face = CullFace::Off;
  BlockRef<Object> target;
  BlockRef<Object> auxiliary_target;
  std::string vertex_group;
  float offset = 0;
  float project_limit = 0;
  bool use_project_x = false;
  bool use_project_y = false;
  bool use_project_z = false;
  bool use_negative_direction = false;
  bool use_positive_direction = true;
  bool use_invert_cull = false;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
