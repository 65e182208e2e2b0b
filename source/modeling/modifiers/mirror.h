#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Adds a mirror image of the mesh along one, two or three axes.
struct MirrorModifier : ModifierType<MirrorModifier> {
  std::array<bool, 3> use_axis{true, false, false};
  std::array<bool, 3> use_bisect_axis{};       ///< cut away what lies behind the mirror first
  std::array<bool, 3> use_bisect_flip_axis{};  ///< keep the other side
  bool use_clip = false;                 ///< for tools that move vertices: they stay on their side
  bool use_mirror_vertex_groups = true;  ///< "Arm.L" of the original is "Arm.R" of the image
  bool use_mirror_merge = true;
  bool use_mirror_u = false, use_mirror_v = false, use_mirror_udim = false;
  float mirror_offset_u = 0, mirror_offset_v = 0;
  float offset_u = 0, offset_v = 0;
  float merge_threshold = 0.001f;
  float bisect_threshold = 0.001f;
  BlockRef<Object> mirror_object;  ///< whose axes are used, instead of the owner's

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
