#include "modeling/modifiers/laplacian_smooth.h"

#include <Eigen/Sparse>

namespace kiln::modeling {
namespace {

using Vector = Eigen::VectorXd;
using SparseMatrix = Eigen::SparseMatrix<double>;

double cotangent(float3 apex, float3 a, float3 b) {
  const float3 u = a - apex, v = b - apex;
  const double area = length(cross(u, v));
  return area > 1e-12 ? double(dot(u, v)) / area : 0.0;
}

/// Volume by the divergence theorem as seen from `center`; faces are cut into fans around their
/// first corner.
double volume_of(const Mesh& mesh, std::span<const float3> p, float3 center) {
  double volume = 0;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::span<const int> v = mesh.face_vertices(f);
    for (std::size_t i = 1; i + 1 < v.size(); ++i) {
      const float3 a = p[std::size_t(v[0])] - center;
      volume +=
          double(dot(a, cross(p[std::size_t(v[i])] - center, p[std::size_t(v[i + 1])] - center)));
    }
  }
  return volume / 6.0;
}

struct Weights {
  std::vector<Eigen::Triplet<double>> pairs;  ///< (vertex, neighbour, weight)
  std::vector<double> sums, areas;            ///< per vertex
};

/// Cotangent weights of the sides of the triangles at every corner of the faces, halved, and the
/// areas of these.
Weights surface_weights(const Mesh& mesh, std::span<const float3> p) {
  Weights w;
  w.sums.assign(mesh.vertex_count(), 0);
  w.areas.assign(mesh.vertex_count(), 0);
  const auto area = [&](int a, int b, int c) {
    return 0.5 * double(length(cross(p[std::size_t(b)] - p[std::size_t(a)],
                                     p[std::size_t(c)] - p[std::size_t(a)])));
  };
  const auto add_triangle = [&](int a, int b, int c, double share) {
    const float3 pa = p[std::size_t(a)], pb = p[std::size_t(b)], pc = p[std::size_t(c)];
    const int of[3] = {a, b, c};
    const double cots[3] = {cotangent(pa, pb, pc), cotangent(pb, pc, pa), cotangent(pc, pa, pb)};
    for (int k = 0; k < 3; ++k) {
      const int i = of[(k + 1) % 3], j = of[(k + 2) % 3];
      const double weight = cots[k] * share;
      w.pairs.emplace_back(i, j, weight);
      w.pairs.emplace_back(j, i, weight);
      w.sums[std::size_t(i)] += weight;
      w.sums[std::size_t(j)] += weight;
    }
  };
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::span<const int> v = mesh.face_vertices(f);
    const std::size_t n = v.size();
    if (n == 3) {
      add_triangle(v[0], v[1], v[2], 1.5);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const int before = v[(i + n - 1) % n], after = v[(i + 1) % n];
      w.areas[std::size_t(v[i])] += area(before, v[i], after) * 12.0;
      if (n > 3) {
        add_triangle(before, v[i], after, 0.5);
      }
    }
  }
  return w;
}

}  // namespace

Mesh LaplacianSmoothModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const std::size_t count = mesh.vertex_count();
  if (!(use_x || use_y || use_z) || iterations <= 0 || mesh.face_count() == 0) {
    return mesh;
  }
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  std::vector<std::uint8_t> is_border(count, 0);
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    if (mesh.edge_corners()[e].size() == 1) {
      is_border[std::size_t(mesh.edges()[e].x)] = is_border[std::size_t(mesh.edges()[e].y)] = 1;
    }
  }
  std::vector<float3> positions(mesh.positions().begin(), mesh.positions().end());
  for (const float3 p : positions) {
    if (!is_finite(p)) {
      return mesh;
    }
  }
  const Weights w = surface_weights(mesh, positions);
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<double> diagonal(count, 1.0);
  std::vector<double> border_sums(count, 0.0);
  std::vector<Eigen::Triplet<double>> border_pairs;
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const auto [a, b] = mesh.edges()[e];
    if (!is_border[std::size_t(a)] || !is_border[std::size_t(b)]) {
      continue;
    }
    const double size = distance(positions[std::size_t(a)], positions[std::size_t(b)]);
    if (size < 1e-12) {
      continue;
    }
    border_pairs.emplace_back(a, b, 1.0 / size);
    border_pairs.emplace_back(b, a, 1.0 / size);
    border_sums[std::size_t(a)] += 1.0 / size;
    border_sums[std::size_t(b)] += 1.0 / size;
  }
  const auto strength = [&](std::size_t v) {
    const double amount = weights.empty() ? 1.0 : double(weights[v]);
    return amount * std::abs(double(is_border[v] ? lambda_border : lambda_factor));
  };
  for (const auto& t : w.pairs) {
    const std::size_t v = std::size_t(t.row());
    if (is_border[v]) {
      continue;
    }
    const double scale =
        use_normalized ? (w.sums[v] != 0 ? 1.0 / w.sums[v] : 0.0)
                       : (w.sums[v] != 0 && w.areas[v] > 0 ? 1.0 / (w.sums[v] * w.areas[v]) : 0.0);
    const double value = strength(v) * scale * t.value();
    entries.emplace_back(int(v), t.col(), -value);
    diagonal[v] += value;
  }
  for (const auto& t : border_pairs) {
    const std::size_t v = std::size_t(t.row());
    const double scale = border_sums[v] != 0 ? 2.0 / border_sums[v] : 0.0;
    const double value = strength(v) * scale * t.value();
    entries.emplace_back(int(v), t.col(), -value);
    diagonal[v] += value;
  }
  for (std::size_t v = 0; v < count; ++v) {
    entries.emplace_back(int(v), int(v), diagonal[v]);
  }
  SparseMatrix matrix{Eigen::Index(count), Eigen::Index(count)};
  matrix.setFromTriplets(entries.begin(), entries.end());
  Eigen::SparseLU<SparseMatrix> solver;
  solver.compute(matrix);
  if (solver.info() != Eigen::Success) {
    context.warn("the system of equations has no solution");
    return mesh;
  }
  // The matrix of the first shape serves all steps.
  for (int step = 0; step < iterations && !context.progress().cancelled(); ++step) {
    float3 center;
    for (const float3 p : positions) {
      center += p / float(count);
    }
    const double volume_before = use_volume_preserve ? volume_of(mesh, positions, center) : 0;
    for (int k = 0; k < 3; ++k) {
      if (!(k == 0 ? use_x : k == 1 ? use_y : use_z)) {
        continue;
      }
      Vector right(static_cast<Eigen::Index>(count));
      for (std::size_t v = 0; v < count; ++v) {
        right[Eigen::Index(v)] = double(positions[v][k]);
      }
      const Vector solution = solver.solve(right);
      for (std::size_t v = 0; v < count; ++v) {
        // A negative factor goes as far in the other direction.
        const double way = solution[Eigen::Index(v)] - right[Eigen::Index(v)];
        if (std::isfinite(way)) {
          const float factor = is_border[v] ? lambda_border : lambda_factor;
          positions[v][k] = float(right[Eigen::Index(v)] + (factor < 0.0f ? -way : way));
        }
      }
    }
    if (use_volume_preserve) {
      const double volume_after = volume_of(mesh, positions, center);
      if (volume_after != 0 && volume_before / volume_after > 0) {
        const float grow = float(std::cbrt(volume_before / volume_after));
        for (float3& p : positions) {
          const float3 q = center + (p - center) * grow;
          p = {use_x ? q.x : p.x, use_y ? q.y : p.y, use_z ? q.z : p.z};
        }
      }
    }
  }
  Mesh result = mesh;
  result.set_positions(std::move(positions));
  return result;
}

const Schema& LaplacianSmoothModifier::schema() {
  static const Schema schema = [] {
    using M = LaplacianSmoothModifier;
    SchemaBuilder<M> s("LaplacianSmoothModifier", "Laplacian Smooth Modifier", &Modifier::schema());
    s.set_tag("LAPLACIANSMOOTH");
    add_setting<&M::use_x>(s, "use_x", "X");
    add_setting<&M::use_y>(s, "use_y", "Y");
    add_setting<&M::use_z>(s, "use_z", "Z");
    add_setting<&M::use_volume_preserve>(s, "use_volume_preserve", "Preserve Volume");
    add_setting<&M::use_normalized>(s, "use_normalized", "Normalized");
    add_setting<&M::lambda_factor>(s, "lambda_factor", "Lambda Factor").soft(-1000, 1000).step(5);
    add_setting<&M::lambda_border>(s, "lambda_border", "Lambda Border").soft(-1000, 1000).step(5);
    add_setting<&M::iterations>(s, "iterations", "Repeat").range(-32768, 32767).soft(0, 200);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
