#include "modeling/modifiers/build.h"

#include <numeric>

namespace kiln::modeling {
namespace {

/// A fixed random order of `count` things. Fisher and Yates, 1938.
std::vector<int> shuffled(std::size_t count, int seed) {
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::uint64_t state = std::uint64_t(std::uint32_t(seed)) * 0x9e3779b97f4a7c15ull + 1;
  for (std::size_t i = count; i > 1; --i) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    std::swap(order[i - 1], order[std::size_t((state >> 33) % i)]);
  }
  return order;
}

}  // namespace

Mesh BuildModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  float part =
      std::clamp((context.frame() - frame_start) / std::max(frame_duration, 1.0f), 0.0f, 1.0f);
  if (use_reverse) {
    part = 1.0f - part;
  }
  const auto chosen = [&](std::size_t count, std::size_t shown) {
    std::vector<std::uint8_t> flags(count, 0);
    if (use_random_order) {
      const std::vector<int> order = shuffled(count, seed);
      for (std::size_t i = 0; i < shown; ++i) {
        flags[std::size_t(order[i])] = 1;
      }
    } else {
      std::fill(flags.begin(), flags.begin() + std::ptrdiff_t(shown), 1);
    }
    return flags;
  };
  const auto shown = [&](std::size_t count) {
    return std::min(count, std::size_t(double(count) * double(part)));
  };
  const std::size_t faces = shown(mesh.face_count()), edges = shown(mesh.edge_count());
  std::vector<std::uint8_t> vertex_flags(mesh.vertex_count(), 0), edge_flags, face_flags;
  if (faces > 0) {
    // Faces with their edges and vertices.
    face_flags = chosen(mesh.face_count(), faces);
    for (std::size_t f = 0; f < face_flags.size(); ++f) {
      if (face_flags[f]) {
        for (const int v : mesh.face_vertices(f)) {
          vertex_flags[std::size_t(v)] = 1;
        }
      }
    }
    edge_flags.assign(mesh.edge_count(), 0);
    for (std::size_t e = 0; e < edge_flags.size(); ++e) {
      const auto [a, b] = mesh.edges()[e];
      edge_flags[e] = vertex_flags[std::size_t(a)] && vertex_flags[std::size_t(b)];
    }
  } else if (edges > 0) {
    edge_flags = chosen(mesh.edge_count(), edges);
    face_flags.assign(mesh.face_count(), 0);
    for (std::size_t e = 0; e < edge_flags.size(); ++e) {
      if (edge_flags[e]) {
        vertex_flags[std::size_t(mesh.edges()[e].x)] = 1;
        vertex_flags[std::size_t(mesh.edges()[e].y)] = 1;
      }
    }
  } else {
    vertex_flags = chosen(mesh.vertex_count(), shown(mesh.vertex_count()));
    edge_flags.assign(mesh.edge_count(), 0);
    face_flags.assign(mesh.face_count(), 0);
  }
  Mesh result = mesh;
  result.keep_only(vertex_flags, edge_flags, face_flags);
  return result;
}

const Schema& BuildModifier::schema() {
  static const Schema schema = [] {
    using M = BuildModifier;
    SchemaBuilder<M> s("BuildModifier", "Build Modifier", &Modifier::schema());
    s.set_tag("BUILD");
    add_setting<&M::frame_start>(s, "frame_start", "Start Frame")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574);
    add_setting<&M::frame_duration>(s, "frame_duration", "Length")
        .subtype(Subtype::Time)
        .range(1, 1048574);
    add_setting<&M::use_reverse>(s, "use_reverse", "Reversed");
    add_setting<&M::use_random_order>(s, "use_random_order", "Randomize");
    add_setting<&M::seed>(s, "seed", "Seed").range(1, 1048574);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
