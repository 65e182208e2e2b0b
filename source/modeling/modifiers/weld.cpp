#include "modeling/modifiers/weld.h"

#include "modeling/interpolate.h"
#include "modeling/merge.h"

namespace kiln::modeling {
namespace {

/// Brings the vertices into the order in which they become centres: that of a tree whose halves are
/// ordered along x, y and z in turn. Quickselect around the last element: Sedgewick, "Algorithms in
/// C", 1990, chapter 9.
void order_as_tree(std::span<int> order, std::span<const float3> positions) {
  struct Part {
    std::size_t begin, end;
    int axis;
  };
  std::vector<Part> parts{{0, order.size(), 0}};
  while (!parts.empty()) {
    const auto [begin, end, axis] = parts.back();
    parts.pop_back();
    if (end - begin <= 1) {
      continue;
    }
    const auto at = [&, k = axis](std::ptrdiff_t i) {
      return positions[std::size_t(order[std::size_t(i)])][k];
    };
    const std::ptrdiff_t middle = std::ptrdiff_t(begin + (end - begin) / 2);
    std::ptrdiff_t left = std::ptrdiff_t(begin), right = std::ptrdiff_t(end) - 1;
    while (right > left) {
      const float pivot = at(right);
      std::ptrdiff_t i = left - 1, j = right;
      while (true) {
        while (at(++i) < pivot) {
        }
        while (at(--j) > pivot && j > left) {
        }
        if (i >= j) {
          break;
        }
        std::swap(order[std::size_t(i)], order[std::size_t(j)]);
      }
      std::swap(order[std::size_t(i)], order[std::size_t(right)]);
      if (i >= middle) {
        right = i - 1;
      }
      if (i <= middle) {
        left = i + 1;
      }
    }
    parts.push_back({begin, std::size_t(middle), (axis + 1) % 3});
    parts.push_back({std::size_t(middle) + 1, end, (axis + 1) % 3});
  }
}

/// Every free vertex, in that order, gathers the free ones within the distance.
std::vector<int> gather_near(const Mesh& mesh, std::span<const std::uint8_t> is_included,
                             float distance) {
  std::vector<int> order;
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    if (is_included[v] && is_finite(mesh.positions()[v])) {
      order.push_back(int(v));
    }
  }
  order_as_tree(order, mesh.positions());
  const PointGrid grid(mesh.positions(), distance);
  std::vector<int> targets(mesh.vertex_count(), -1);
  for (const int v : order) {
    if (targets[std::size_t(v)] >= 0) {
      continue;
    }
    grid.for_each_near(mesh.positions()[std::size_t(v)], [&](int other) {
      if (other != v && targets[std::size_t(other)] < 0 && is_included[std::size_t(other)]) {
        targets[std::size_t(other)] = v;
        targets[std::size_t(v)] = v;
      }
    });
  }
  return targets;
}

/// Edges, in order, draw their ends together where the means of what is merged there are near.
std::vector<int> gather_along_edges(const Mesh& mesh, std::span<const std::uint8_t> is_included,
                                    float distance, bool only_loose) {
  std::vector<int> targets(mesh.vertex_count());
  std::vector<float3> sums(mesh.positions().begin(), mesh.positions().end());
  std::vector<int> counts(targets.size(), 1);
  for (std::size_t v = 0; v < targets.size(); ++v) {
    targets[v] = int(v);
  }
  const auto root = [&](int v) {
    while (targets[std::size_t(v)] != v) {
      v = targets[std::size_t(v)] = targets[std::size_t(targets[std::size_t(v)])];
    }
    return v;
  };
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const auto [a, b] = mesh.edges()[e];
    if (!is_included[std::size_t(a)] || !is_included[std::size_t(b)] ||
        (only_loose && !mesh.edge_corners()[e].empty())) {
      continue;
    }
    const int x = root(a), y = root(b);
    const std::size_t i = std::size_t(std::min(x, y)), j = std::size_t(std::max(x, y));
    if (i == j || !(length_squared(sums[i] / float(counts[i]) - sums[j] / float(counts[j])) <=
                    distance * distance)) {
      continue;
    }
    targets[j] = int(i);
    sums[i] += sums[j];
    counts[i] += counts[j];
  }
  for (std::size_t v = 0; v < targets.size(); ++v) {
    targets[v] = root(int(v));
  }
  return targets;
}

/// Gives every target the mean of what merges into it.
Mesh with_means(const Mesh& mesh, std::span<const int> targets) {
  const Adjacency members = [&] {
    std::vector<int> to(targets.size());
    for (std::size_t v = 0; v < to.size(); ++v) {
      to[v] = targets[v] < 0 ? int(v) : targets[v];
    }
    return invert(to, to.size());
  }();
  Mixture means;
  for (std::size_t v = 0; v < targets.size(); ++v) {
    const std::span<const int> of = members[v];
    if (of.size() <= 1) {
      means.add_copy(int(v));
      continue;
    }
    for (const int m : of) {
      means.add(m, 1.0f / float(of.size()));
    }
    means.finish_element();
  }
  Mesh result = mesh;
  result.set_positions(mix(mesh.positions(), means));
  mix_attributes(mesh.attributes, Domain::Point, means, result.attributes);
  result.weights = mix(mesh.weights, means);
  return result;
}

}  // namespace

Mesh WeldModifier::apply(const Mesh& mesh, ModifierContext&) const {
  std::vector<std::uint8_t> is_included(mesh.vertex_count(), 1);
  if (const int group = vertex_group_index(mesh, vertex_group); group >= 0) {
    const std::vector<float> weights = mesh.weights.group_weights(group, int(mesh.vertex_count()));
    for (std::size_t v = 0; v < weights.size(); ++v) {
      is_included[v] = (weights[v] > 0.0f) != invert_vertex_group;
    }
  }
  const std::vector<int> targets =
      mode == Mode::All ? gather_near(mesh, is_included, merge_threshold)
                        : gather_along_edges(mesh, is_included, merge_threshold, loose_edges);
  for (std::size_t v = 0; v < targets.size(); ++v) {
    if (targets[v] >= 0 && targets[v] != int(v)) {
      return merge_vertices(with_means(mesh, targets), targets);
    }
  }
  return mesh;
}

const Schema& WeldModifier::schema() {
  static const Schema schema = [] {
    using M = WeldModifier;
    SchemaBuilder<M> s("WeldModifier", "Weld Modifier", &Modifier::schema());
    s.set_tag("WELD");
    add_setting<&M::mode>(s, "mode", "Mode")
        .items({{"ALL", "All", 0}, {"CONNECTED", "Connected", 1}});
    add_setting<&M::merge_threshold>(s, "merge_threshold", "Merge Distance")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 1)
        .step(0.001f, 6);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::loose_edges>(s, "loose_edges", "Only Loose Edges");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
