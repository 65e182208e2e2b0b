#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Rounds edges or vertices off.
struct BevelModifier : ModifierType<BevelModifier> {
  enum class Affect : std::uint8_t { Vertices = 0, Edges = 1 };
  enum class LimitMethod : std::uint8_t { None = 0, Angle = 8, Weight = 16, Vgroup = 32 };
  enum class OffsetType : std::uint8_t {
    Offset = 0,
    Width = 1,
    Depth = 2,
    Percent = 3,
    Absolute = 4
  };

  float width = 0.1f;
  float width_pct = 0.1f;
  int segments = 1;
  Affect affect = Affect::Edges;
  LimitMethod limit_method = LimitMethod::Angle;
  float angle_limit = 0.5235988f;
  std::string vertex_group;
  bool invert_vertex_group = false;
  bool use_clamp_overlap = true;
  OffsetType offset_type = OffsetType::Offset;
  float profile = 0.5f;
  int material = -1;
  bool mark_seam = false;
  bool mark_sharp = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
