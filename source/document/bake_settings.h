#pragma once

#include "core/schema/builder.h"

namespace kiln {

enum class BakeSpace : std::uint8_t { Object, Tangent };
enum class BakeAxis : std::uint8_t { PosX, PosY, PosZ, NegX, NegY, NegZ };

/// How surfaces are baked into images where a bake does not say otherwise.
struct BakeSettings {
  int margin = 16;        ///< pixels that baked parts grow by
  bool use_clear = true;  ///< images are emptied before
  BakeSpace normal_space = BakeSpace::Tangent;
  BakeAxis normal_r = BakeAxis::PosX, normal_g = BakeAxis::PosY, normal_b = BakeAxis::PosZ;
  // Which parts of the light are baked.
  bool use_pass_emit = true, use_pass_direct = true, use_pass_indirect = true,
       use_pass_color = true, use_pass_diffuse = true, use_pass_glossy = true,
       use_pass_transmission = true;
  static const Schema& schema();
};

/// The axes a channel of a normal may show.
std::vector<EnumItem> bake_axis_items();

}  // namespace kiln
