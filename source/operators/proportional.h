#pragma once

#include <span>
#include <vector>

#include "document/mesh.h"
#include "document/tool_settings.h"

namespace kiln::operators {

/// How far what is moved takes others with it.
struct Proportional {
  bool is_on = false;
  bool is_connected = false;  ///< distances along edges; meshes only
  bool is_projected = false;  ///< distances across `view_direction`
  ProportionalFalloff falloff = ProportionalFalloff::Smooth;
  float size = 1.0f;               ///< reach, world space
  float3 view_direction{0, 0, 1};  ///< unit

  /// Settings of the scene, for objects or for parts of meshes.
  static Proportional of(const ToolSettings& tools, bool is_objects);
};

/// The share at a distance, 1 at 0, 0 from the reach on. `number` tells things apart for `Random`.
float proportional_weight(const Proportional& settings, float distance, std::size_t number);

/// How much every one of some places (world space) moves with those that are selected: 1 for these,
/// 0 beyond the reach. `neighbours`: pairs of places joined by edges, for `is_connected`. Cost: the
/// places times those selected near them, or n log n along edges.
std::vector<float> proportional_weights(const Proportional& settings,
                                        std::span<const float3> places,
                                        std::span<const std::uint8_t> is_selected,
                                        std::span<const int2> neighbours = {});

}  // namespace kiln::operators
