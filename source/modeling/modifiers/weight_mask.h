#pragma once

#include "document/curve_mapping.h"
#include "modeling/modifiers/texture_lookup.h"

namespace kiln::modeling {

/// Part of a texture that a weight is taken from. Values as in the Python interface.
enum class TextureChannel : std::uint8_t {
  Int = 1,
  Red = 2,
  Green = 3,
  Blue = 4,
  Hue = 5,
  Sat = 6,
  Val = 7,
  Alpha = 8
};
std::vector<EnumItem> texture_channel_items();

/// Where and how much a change of weights counts: a constant times a vertex group or a texture.
struct WeightMask {
  float constant = 1;
  std::string vertex_group;
  bool is_inverted = false;
  BlockRef<Texture> texture;
  TextureChannel channel = TextureChannel::Int;
  TextureSpace space = TextureSpace::Local;
  std::string uv_map;
  BlockRef<Object> object;

  /// One factor per vertex.
  std::vector<float> factors(const Mesh& mesh, const ModifierContext& context) const;
};

/// A curve over the weights from 0 to 1. Values as in the Python interface.
enum class WeightFalloff : std::uint8_t {
  Linear = 0,
  Curve = 1,
  Sharp = 2,
  Smooth = 3,
  Root = 4,
  Sphere = 7,
  Random = 8,
  Step = 9
};
std::vector<EnumItem> weight_falloff_items();
void apply_falloff(WeightFalloff falloff, const CurveMapping& curve, bool is_inverted,
                   std::span<float> weights);

/// Stretches the weights to the range from 0 to 1.
void normalize_weights(std::span<float> weights);

/// Gives vertices of a group their `weights`; `is_member` says who is in the group then.
void set_group_weights(Mesh& mesh, int group, std::span<const float> weights,
                       std::span<const std::uint8_t> is_member);
std::vector<std::uint8_t> group_members(const Mesh& mesh, int group);

}  // namespace kiln::modeling
