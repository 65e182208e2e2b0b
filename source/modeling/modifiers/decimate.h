#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Makes do with fewer faces.
struct DecimateModifier : ModifierType<DecimateModifier> {
  enum class DecimateType : std::uint8_t { Collapse = 0, Dissolve = 2 };
  enum class Delimit : std::uint8_t {
    Normal = 1,
    Material = 2,
    Seam = 4,
    Sharp = 8,
    Uv = 16
  };  ///< flags

  DecimateType decimate_type = DecimateType::Collapse;
  float ratio = 1;
  float angle_limit = 0.08726646f;
  std::string vertex_group;
  bool invert_vertex_group = false;
  bool use_collapse_triangulate = false;
  float vertex_group_factor = 1;
  bool use_dissolve_boundaries = false;
  Delimit delimit = Delimit(0);

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
