#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Turns a profile around an axis.
struct ScrewModifier : ModifierType<ScrewModifier> {
  enum class Axis : std::uint8_t { X = 0, Y = 1, Z = 2 };

  BlockRef<Object> object;
  int steps = 16;
  int render_steps = 16;
  int iterations = 1;
  Axis axis = Axis::Z;
  float angle = 6.2831855f;
  float screw_offset = 0;
  float merge_threshold = 0.01f;
  bool use_normal_flip = false;
  bool use_normal_calculate = false;
  bool use_object_screw_offset = false;
  bool use_merge_vertices = false;
  bool use_smooth_shade = true;
  bool use_stretch_u = false;
  bool use_stretch_v = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
