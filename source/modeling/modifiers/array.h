#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Copies the mesh in a row: each copy lies to the one before as the first two lie to each other.
struct ArrayModifier : ModifierType<ArrayModifier> {
  enum class Fit : std::uint8_t { FixedCount, FitLength, FitCurve };
  Fit fit_type = Fit::FixedCount;
  int count = 2;
  float fit_length = 0;
  BlockRef<Object> curve;
  bool use_constant_offset = false;
  float3 constant_offset_displace{1, 0, 0};
  bool use_relative_offset = true;
  float3 relative_offset_displace{1, 0, 0};  ///< in sizes of the mesh's bounds
  bool use_merge_vertices = false;
  bool use_merge_vertices_cap = false;  ///< of the first with the last copy
  float merge_threshold = 0.01f;
  bool use_object_offset = false;
  BlockRef<Object> offset_object;
  BlockRef<Object> start_cap, end_cap;
  float offset_u = 0, offset_v = 0;  ///< added to UVs for every further copy

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
