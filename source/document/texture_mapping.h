#pragma once

#include "document/data_block.h"

namespace kiln {

enum class TexMappingType : std::uint8_t { Point, Texture, Vector, Normal };
enum class TexMappingAxis : std::uint8_t { None, X, Y, Z };
/// How a texture node changes its coordinates before it uses them.
struct TexMapping {
  TexMappingType vector_type = TexMappingType::Point;
  float3 translation, rotation, scale{1, 1, 1};
  float3 min, max{1, 1, 1};
  bool use_min = false, use_max = false;
  TexMappingAxis mapping_x = TexMappingAxis::X, mapping_y = TexMappingAxis::Y,
                 mapping_z = TexMappingAxis::Z;
  bool is_identity() const;
  /// The coordinates after axes, transform and limits.
  float3 apply(float3 v) const;
  static const Schema& schema();
};

/// Which picture of a sequence a node shows.
struct ImageUser {
  bool use_auto_refresh = false;  ///< viewports follow the frame, as renders always do
  bool use_cyclic = false;
  int frame_current = 0, frame_duration = 100, frame_offset = 0, frame_start = 1;
  /// The number in the name of the file that is shown at a frame of the scene.
  int file_number(float frame) const;
  static const Schema& schema();
};

void register_texture_mapping(class Registry& registry);

}  // namespace kiln
