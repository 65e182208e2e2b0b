#include "modeling/modifiers/weight_mask.h"

#include "modeling/modifiers/falloff.h"

namespace kiln::modeling {
namespace {

float channel_of(const TextureSample& s, TextureChannel channel) {
  const float3 c = s.has_color ? s.color : float3{s.intensity, s.intensity, s.intensity};
  const float high = max_component(c), low = std::min(c.x, std::min(c.y, c.z));
  switch (channel) {
    case TextureChannel::Int:
      return s.has_color ? s.value() : s.intensity;
    case TextureChannel::Red:
      return c.x;
    case TextureChannel::Green:
      return c.y;
    case TextureChannel::Blue:
      return c.z;
    case TextureChannel::Alpha:
      return s.alpha;
    case TextureChannel::Val:
      return high;
    case TextureChannel::Sat:
      return high > 0.0f ? (high - low) / high : 0.0f;
    case TextureChannel::Hue: {
      if (high <= low) {
        return 0.0f;
      }
      const float range = high - low;
      const float hue = c.x == high   ? (c.y - c.z) / range
                        : c.y == high ? 2.0f + (c.z - c.x) / range
                                      : 4.0f + (c.x - c.y) / range;
      return (hue < 0.0f ? hue + 6.0f : hue) / 6.0f;
    }
  }
  return 0.0f;
}

}  // namespace

std::vector<EnumItem> texture_channel_items() {
  return {{"INT", "Intensity", 1}, {"RED", "Red", 2},        {"GREEN", "Green", 3},
          {"BLUE", "Blue", 4},     {"HUE", "Hue", 5},        {"SAT", "Saturation", 6},
          {"VAL", "Value", 7},     {"ALPHA", "Alpha", 8}};
}

std::vector<float> WeightMask::factors(const Mesh& mesh, const ModifierContext& context) const {
  std::vector<float> result(mesh.vertex_count(), constant);
  if (const TextureLookup pattern(mesh, context, texture, space, uv_map, object); pattern) {
    for (std::size_t v = 0; v < result.size(); ++v) {
      result[v] *= channel_of(pattern(v), channel);
    }
  } else if (!vertex_group.empty()) {
    const int group = vertex_group_index(mesh, vertex_group);
    if (group >= 0) {
      const std::vector<float> weights = group_weights(mesh, vertex_group, is_inverted);
      for (std::size_t v = 0; v < result.size(); ++v) {
        result[v] *= weights[v];
      }
    }
  }
  return result;
}

std::vector<EnumItem> weight_falloff_items() {
  return {{"LINEAR", "Linear", 0, "Leave weights as they are"},
          {"CURVE", "Custom Curve", 1, "Follow the curve"},
          {"SHARP", "Sharp", 2, "Square of the weight"},
          {"SMOOTH", "Smooth", 3, "Slow at both ends"},
          {"ROOT", "Root", 4, "Square root of the weight"},
          {"ICON_SPHERECURVE", "Sphere", 7, "Quarter of a circle"},
          {"RANDOM", "Random", 8, "Random between 0 and the weight"},
          {"STEP", "Median Step", 9, "0 below one half, else 1"}};
}

void apply_falloff(WeightFalloff falloff, const CurveMapping& curve, bool is_inverted,
                   std::span<float> weights) {
  const Falloff shape(int(falloff), curve);
  std::uint64_t state = 0x2545f4914f6cdd1dull;
  for (float& w : weights) {
    w = std::clamp(w, 0.0f, 1.0f);
    if (falloff == WeightFalloff::Random) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      w *= float(state >> 40) / float(1 << 24);
    } else if (falloff == WeightFalloff::Step) {
      w = w >= 0.5f ? 1.0f : 0.0f;
    } else if (falloff != WeightFalloff::Linear) {
      w = shape(w);
    }
    if (is_inverted) {
      w = 1.0f - w;
    }
  }
}

void normalize_weights(std::span<float> weights) {
  if (weights.empty()) {
    return;
  }
  const auto [low, high] = std::minmax_element(weights.begin(), weights.end());
  const float from = *low, range = *high - from;
  if (range > 1e-7f) {
    for (float& w : weights) {
      w = (w - from) / range;
    }
  }
}

std::vector<std::uint8_t> group_members(const Mesh& mesh, int group) {
  std::vector<std::uint8_t> result(mesh.vertex_count(), 0);
  if (!mesh.weights.empty()) {
    for (std::size_t v = 0; v < result.size(); ++v) {
      for (int i = mesh.weights.offsets[v]; i < mesh.weights.offsets[v + 1]; ++i) {
        result[v] |= mesh.weights.groups[std::size_t(i)] == group;
      }
    }
  }
  return result;
}

void set_group_weights(Mesh& mesh, int group, std::span<const float> weights,
                       std::span<const std::uint8_t> is_member) {
  std::vector<int> offsets{0}, groups;
  std::vector<float> values;
  const VertexWeights old = mesh.weights;
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    bool is_found = false;
    if (!old.empty()) {
      for (int i = old.offsets[v]; i < old.offsets[v + 1]; ++i) {
        const bool is_it = old.groups[std::size_t(i)] == group;
        is_found |= is_it;
        if (is_it && !is_member[v]) {
          continue;
        }
        groups.push_back(old.groups[std::size_t(i)]);
        values.push_back(is_it ? std::clamp(weights[v], 0.0f, 1.0f)
                               : old.weights[std::size_t(i)]);
      }
    }
    if (!is_found && is_member[v]) {
      groups.push_back(group);
      values.push_back(std::clamp(weights[v], 0.0f, 1.0f));
    }
    offsets.push_back(int(groups.size()));
  }
  mesh.weights.offsets = Array<int>(std::move(offsets));
  mesh.weights.groups = Array<int>(std::move(groups));
  mesh.weights.weights = Array<float>(std::move(values));
}

}  // namespace kiln::modeling
