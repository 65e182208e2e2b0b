#include "modeling/correct_corners.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "modeling/interpolate.h"

namespace kiln::modeling {
namespace {

// How a corner gets its value: weights of the corners of its face, and how far its vertex went
// along the normal of the face.
struct Share {
  std::vector<float> weights;
  float towards = 0.0f;
};

// Weights of the corners of a polygon for any point of its plane. Empty: there are none. Far from
// the polygon large weights of both signs cancel, hence the double precision.
std::vector<float> signed_weights(std::span<const float2> polygon, float2 p) {
  const std::size_t n = polygon.size();
  std::vector<double> weights(n), tangents(n), distances(n);
  const auto only = [&](std::size_t i, double share) {
    std::vector<float> out(n);
    out[i] = float(1.0 - share);
    out[(i + 1) % n] += float(share);
    return out;
  };
  for (std::size_t i = 0; i < n; ++i) {
    const float2 from = polygon[i], to = polygon[(i + 1) % n];
    const double ax = double(from.x) - p.x, ay = double(from.y) - p.y, bx = double(to.x) - p.x,
                 by = double(to.y) - p.y;
    const double side = std::hypot(bx - ax, by - ay), area = ax * by - ay * bx,
                 cosine = ax * bx + ay * by;
    distances[i] = std::hypot(ax, ay);
    if (distances[i] <= 1e-6 * side) {
      return only(i, 0.0);
    }
    if (std::abs(area) <= 1e-7 * side * side && cosine <= 0.0) {
      return only(i, distances[i] / side);  // on the side itself
    }
    // tan(half the angle), with the sign of the angle.
    tangents[i] =
        std::abs(area) > 1e-12 ? (distances[i] * std::hypot(bx, by) - cosine) / area : 0.0;
  }
  double sum = 0.0, size = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    weights[i] = (tangents[(i + n - 1) % n] + tangents[i]) / distances[i];
    sum += weights[i];
    size += std::abs(weights[i]);
  }
  if (!(std::abs(sum) > 1e-9 * size)) {
    return {};
  }
  std::vector<float> out;
  for (const double weight : weights) {
    out.push_back(float(weight / sum));
  }
  return out;
}

// Of one face: where places lie in its plane.
struct Plane {
  float3 origin, x, y, normal;
  float2 flat(float3 p) const { return {dot(p - origin, x), dot(p - origin, y)}; }
};

std::optional<Plane> plane_of(const Mesh& mesh, std::size_t face) {
  const float3 normal = mesh.face_normals()[face];
  if (!(length(normal) > 0.5f)) {
    return std::nullopt;
  }
  const float3 other = std::abs(normal.z) > 0.9f ? float3{1, 0, 0} : float3{0, 0, 1};
  const float3 x = normalize(cross(other, normal));
  const int first = mesh.corner_vertices()[std::size_t(mesh.face_offsets()[face])];
  return Plane{mesh.positions()[std::size_t(first)], x, cross(normal, x), normal};
}

bool is_close(float a, float b) {
  return std::abs(a - b) <= 1e-5f;
}
bool is_close(float2 a, float2 b) {
  return is_close(a.x, b.x) && is_close(a.y, b.y);
}
bool is_close(float3 a, float3 b) {
  return is_close(a.x, b.x) && is_close(a.y, b.y) && is_close(a.z, b.z);
}
bool is_close(FloatColor a, FloatColor b) {
  return is_close(a.r, b.r) && is_close(a.g, b.g) && is_close(a.b, b.b) && is_close(a.a, b.a);
}
template <typename T>
bool is_close(const T& a, const T& b) {
  return a == b;
}

bool has_same_value(const AttributeArray& values, int a, int b) {
  return std::visit(
      [&](const auto& array) { return is_close(array[std::size_t(a)], array[std::size_t(b)]); },
      values);
}

// The two edges of a face that meet at a corner.
int2 edges_at(const Mesh& mesh, int corner, int first, int last) {
  const std::span<const int> edges = mesh.corner_edges();
  return {edges[std::size_t(corner)], edges[std::size_t(corner == first ? last : corner - 1)]};
}

// A corner at a moved vertex.
struct Corner {
  int corner = -1;
  int2 edges;
};

bool have_edge_in_common(const Corner& a, const Corner& b) {
  return a.edges.x == b.edges.x || a.edges.x == b.edges.y || a.edges.y == b.edges.x ||
         a.edges.y == b.edges.y;
}

// The corners around a vertex with the value of one of them, from face to face over edges.
std::vector<int> connected_corners(const AttributeArray& values, const Corner& from,
                                   std::span<const Corner> around) {
  std::vector<Corner> found{from};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Corner& other : around) {
      const bool is_known = std::any_of(found.begin(), found.end(), [&](const Corner& known) {
        return known.corner == other.corner;
      });
      if (!is_known && have_edge_in_common(found[i], other) &&
          has_same_value(values, from.corner, other.corner)) {
        found.push_back(other);
      }
    }
  }
  std::vector<int> corners;
  for (const Corner& corner : found) {
    corners.push_back(corner.corner);
  }
  return corners;
}

// The corners whose shares hold for a corner, each as much as the others: that of a face along
// whose normal the vertex went most, where it is connected with the corner; else all that are.
std::vector<int> leading_corners(const AttributeArray& values, int corner,
                                 std::span<const Corner> around, const std::vector<Share>& shares) {
  std::optional<float> most;
  const Corner* own = nullptr;
  for (const Corner& other : around) {
    const Share& share = shares[std::size_t(other.corner)];
    own = other.corner == corner ? &other : own;
    if (!share.weights.empty()) {
      most = std::max(most.value_or(share.towards), share.towards);
    }
  }
  std::vector<int> same = own ? connected_corners(values, *own, around) : std::vector<int>();
  std::erase_if(same, [&](int c) { return shares[std::size_t(c)].weights.empty(); });
  const auto leader = std::find_if(same.begin(), same.end(), [&](int c) {
    return shares[std::size_t(c)].towards >= *most - 1e-6f;
  });
  return leader != same.end() ? std::vector<int>{*leader} : same;
}

bool can_be_mixed(const Attribute& attribute) {
  return attribute.domain == Domain::Corner && !attribute.is_internal() &&
         attribute.type() != AttributeType::String;
}

}  // namespace

void correct_corners(const Mesh& before, std::span<const int> moved, bool keeps_connected,
                     Mesh& mesh) {
  const std::size_t count = before.corner_vertices().size();
  if (mesh.corner_vertices().size() != count || mesh.vertex_count() != before.vertex_count()) {
    return;
  }
  std::vector<std::uint8_t> is_moved(before.vertex_count());
  for (const int v : moved) {
    is_moved[std::size_t(v)] = 1;
  }
  std::vector<Share> shares(count);
  std::vector<int> first_corner(count);  // of the face
  std::vector<std::vector<Corner>> around(keeps_connected ? before.vertex_count() : 0);
  const std::span<const int> vertices = before.corner_vertices(), offsets = before.face_offsets();
  for (std::size_t f = 0; f < before.face_count(); ++f) {
    std::optional<Plane> plane;
    std::vector<float2> polygon;
    for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
      const auto v = std::size_t(vertices[std::size_t(c)]);
      first_corner[std::size_t(c)] = offsets[f];
      if (!is_moved[v]) {
        continue;
      }
      if (keeps_connected) {
        around[v].push_back({c, edges_at(before, c, offsets[f], offsets[f + 1] - 1)});
      }
      if (polygon.empty()) {
        plane = plane_of(before, f);
        for (int k = offsets[f]; k < offsets[f + 1]; ++k) {
          const auto corner = std::size_t(vertices[std::size_t(k)]);
          polygon.push_back(plane ? plane->flat(before.positions()[corner]) : float2());
        }
      }
      if (plane) {
        const float3 place = mesh.positions()[v];
        const float2 p = plane->flat(place);
        shares[std::size_t(c)] = {signed_weights(polygon, p),
                                  dot(place - before.positions()[v], plane->normal)};
      }
    }
  }
  const auto mixture_of = [&](auto&& leaders_of) {
    Mixture mixture;
    for (std::size_t c = 0; c < count; ++c) {
      std::vector<int> leaders;
      if (is_moved[std::size_t(vertices[c])]) {
        leaders = leaders_of(int(c));
      }
      for (const int from : leaders) {
        const std::vector<float>& weights = shares[std::size_t(from)].weights;
        for (std::size_t i = 0; i < weights.size(); ++i) {
          mixture.add(first_corner[std::size_t(from)] + int(i), weights[i] / float(leaders.size()));
        }
      }
      if (leaders.empty()) {
        mixture.add(int(c), 1.0f);
      }
      mixture.finish_element();
    }
    return mixture;
  };
  std::optional<Mixture> own;
  for (std::int64_t i = 0; i < before.attributes.items().size(); ++i) {
    const Attribute& attribute = before.attributes.items()[i];
    Attribute* out = mesh.attributes.edit(attribute.name);
    if (!can_be_mixed(attribute) || attribute_size(attribute.values) != count || !out ||
        out->domain != Domain::Corner) {
      continue;
    }
    if (keeps_connected) {
      out->values =
          mix(attribute.values, mixture_of([&](int c) {
                return leading_corners(attribute.values, c,
                                       around[std::size_t(vertices[std::size_t(c)])], shares);
              }));
      continue;
    }
    if (!own) {
      own = mixture_of([&](int c) {
        return shares[std::size_t(c)].weights.empty() ? std::vector<int>() : std::vector<int>{c};
      });
    }
    out->values = mix(attribute.values, *own);
  }
}

}  // namespace kiln::modeling
