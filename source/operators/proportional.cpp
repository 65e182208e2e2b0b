#include "operators/proportional.h"

#include <cmath>
#include <limits>
#include <queue>

#include "modeling/merge.h"

namespace kiln::operators {
namespace {

// The place that counts for distances.
float3 measured(const Proportional& settings, float3 place) {
  return settings.is_projected
             ? place - settings.view_direction * dot(place, settings.view_direction)
             : place;
}

// Shortest ways along edges from what is selected, up to the reach (Dijkstra 1959).
std::vector<float> distances_along(const Proportional& settings, std::span<const float3> places,
                                   std::span<const std::uint8_t> is_selected,
                                   std::span<const int2> edges) {
  std::vector<std::vector<int>> near(places.size());
  for (const int2 e : edges) {
    near[std::size_t(e.x)].push_back(e.y);
    near[std::size_t(e.y)].push_back(e.x);
  }
  std::vector<float> out(places.size(), std::numeric_limits<float>::infinity());
  using Entry = std::pair<float, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (is_selected[i]) {
      out[i] = 0.0f;
      open.push({0.0f, int(i)});
    }
  }
  while (!open.empty()) {
    const auto [distance, i] = open.top();
    open.pop();
    if (distance > out[std::size_t(i)]) {
      continue;
    }
    for (const int n : near[std::size_t(i)]) {
      const float there = distance + length(measured(settings, places[std::size_t(n)]) -
                                            measured(settings, places[std::size_t(i)]));
      if (there < out[std::size_t(n)] && there < settings.size) {
        out[std::size_t(n)] = there;
        open.push({there, n});
      }
    }
  }
  return out;
}

}  // namespace

Proportional Proportional::of(const ToolSettings& tools, bool is_objects) {
  return {is_objects ? tools.use_proportional_edit_objects : tools.use_proportional_edit,
          !is_objects && tools.use_proportional_connected,
          tools.use_proportional_projected && !tools.use_proportional_connected,
          tools.proportional_edit_falloff,
          tools.proportional_size,
          {0, 0, 1}};
}

float proportional_weight(const Proportional& settings, float distance, std::size_t number) {
  const float d = 1.0f - distance / std::max(settings.size, 1e-12f);
  if (!(d > 0.0f)) {
    return 0.0f;
  }
  switch (settings.falloff) {
    case ProportionalFalloff::Smooth:
      return d * d * (3.0f - 2.0f * d);
    case ProportionalFalloff::Sphere:
      return std::sqrt(d * (2.0f - d));
    case ProportionalFalloff::Root:
      return std::sqrt(d);
    case ProportionalFalloff::InverseSquare:
      return d * (2.0f - d);
    case ProportionalFalloff::Sharp:
      return d * d;
    case ProportionalFalloff::Linear:
      return d;
    case ProportionalFalloff::Constant:
      return 1.0f;
    case ProportionalFalloff::Random: {
      // The same for every step of the mouse: splitmix64 of the number.
      std::uint64_t x = (std::uint64_t(number) + 1) * 0x9e3779b97f4a7c15ull;
      x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
      x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
      return d * float((x ^ (x >> 31)) >> 40) / float(1 << 24);
    }
  }
  return d;
}

std::vector<float> proportional_weights(const Proportional& settings,
                                        std::span<const float3> places,
                                        std::span<const std::uint8_t> is_selected,
                                        std::span<const int2> neighbours) {
  std::vector<float> weights(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    weights[i] = is_selected[i] ? 1.0f : 0.0f;
  }
  if (!settings.is_on) {
    return weights;
  }
  if (settings.is_connected) {
    const std::vector<float> along = distances_along(settings, places, is_selected, neighbours);
    for (std::size_t i = 0; i < places.size(); ++i) {
      weights[i] = is_selected[i] ? 1.0f : proportional_weight(settings, along[i], i);
    }
    return weights;
  }
  std::vector<float3> sources;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (is_selected[i]) {
      sources.push_back(measured(settings, places[i]));
    }
  }
  if (sources.empty()) {
    return weights;
  }
  const modeling::PointGrid grid(sources, settings.size);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const float3 place = measured(settings, places[i]);
    const int nearest = is_selected[i] ? -1 : grid.nearest(place);
    if (nearest >= 0) {
      weights[i] = proportional_weight(settings, length(sources[std::size_t(nearest)] - place), i);
    }
  }
  return weights;
}

}  // namespace kiln::operators
