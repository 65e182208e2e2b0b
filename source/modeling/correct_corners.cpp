#include "modeling/correct_corners.h"

#include <cmath>
#include <limits>

#include "modeling/interpolate.h"

namespace kiln::modeling {
namespace {

// How a corner gets its value: weights of the corners of its face, and how far the place is from
// that face.
struct Share {
  std::vector<float> weights;
  float distance = 0.0f;
};

float distance_to_side(float2 p, float2 a, float2 b) {
  const float2 d = b - a;
  const float t = std::clamp(dot(p - a, d) / std::max(dot(d, d), 1e-20f), 0.0f, 1.0f);
  return length(p - (a + d * t));
}

// 0 within the polygon, else the distance from its outline.
float distance_to_polygon(float2 p, std::span<const float2> polygon) {
  float nearest = std::numeric_limits<float>::max();
  bool is_inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const float2 a = polygon[i], b = polygon[j];
    nearest = std::min(nearest, distance_to_side(p, a, b));
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      is_inside = !is_inside;
    }
  }
  return is_inside ? 0.0f : nearest;
}

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

// The corner whose share holds for a corner: of those with the same value at its vertex, that of
// the nearest face, the later one of equals.
int leading_corner(const AttributeArray& values, int corner, std::span<const int> around,
                   const std::vector<Share>& shares) {
  int best = -1;
  for (const int other : around) {
    const Share& share = shares[std::size_t(other)];
    if (!share.weights.empty() && has_same_value(values, corner, other) &&
        (best < 0 || share.distance <= shares[std::size_t(best)].distance + 1e-5f)) {
      best = other;
    }
  }
  return best < 0 ? corner : best;
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
  std::vector<std::vector<int>> around(keeps_connected ? before.vertex_count() : 0);
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
        around[v].push_back(c);
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
                                  length(float2{distance_to_polygon(p, polygon),
                                                dot(place - plane->origin, plane->normal)})};
      }
    }
  }
  const auto mixture_of = [&](auto&& leader) {
    Mixture mixture;
    for (std::size_t c = 0; c < count; ++c) {
      const std::size_t from = is_moved[std::size_t(vertices[c])] ? std::size_t(leader(int(c))) : c;
      const std::vector<float>& weights = shares[from].weights;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        mixture.add(first_corner[from] + int(i), weights[i]);
      }
      if (weights.empty()) {
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
                return leading_corner(attribute.values, c,
                                      around[std::size_t(vertices[std::size_t(c)])], shares);
              }));
    } else {
      own = own ? std::move(own) : std::optional<Mixture>(mixture_of([](int c) { return c; }));
      out->values = mix(attribute.values, *own);
    }
  }
}

}  // namespace kiln::modeling
