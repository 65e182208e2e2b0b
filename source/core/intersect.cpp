#include "core/intersect.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiln {
namespace {

struct double3 {
  double x, y, z;
  double operator[](int i) const { return i == 0 ? x : i == 1 ? y : z; }
};
double3 to_double(float3 v) {
  return {v.x, v.y, v.z};
}
float3 to_float(double3 v) {
  return {float(v.x), float(v.y), float(v.z)};
}
double3 operator+(double3 a, double3 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
double3 operator-(double3 a, double3 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
double3 operator*(double3 a, double s) {
  return {a.x * s, a.y * s, a.z * s};
}
double dot(double3 a, double3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
double3 cross(double3 a, double3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
double length(double3 a) {
  return std::sqrt(dot(a, a));
}

int sign(double value) {
  return value > 0.0 ? 1 : value < 0.0 ? -1 : 0;
}

bool overlap_1d(double a0, double a1, double b0, double b1) {
  return std::max(std::min(a0, a1), std::min(b0, b1)) <=
         std::min(std::max(a0, a1), std::max(b0, b1));
}

/// Whether two segments have a point in common; collinear ones included.
bool segments_touch(float2 a, float2 b, float2 c, float2 d) {
  const int c_side = sign(signed_double_area(a, b, c)), d_side = sign(signed_double_area(a, b, d));
  const int a_side = sign(signed_double_area(c, d, a)), b_side = sign(signed_double_area(c, d, b));
  return c_side * d_side <= 0 && a_side * b_side <= 0 && overlap_1d(a.x, b.x, c.x, d.x) &&
         overlap_1d(a.y, b.y, c.y, d.y);
}

/// The axis along which a plane of that normal is seen best.
int dominant_axis(double3 n) {
  const double x = std::abs(n.x), y = std::abs(n.y), z = std::abs(n.z);
  return x > y && x > z ? 0 : (y > z ? 1 : 2);
}

float2 drop_axis(float3 v, int axis) {
  return {v[(axis + 1) % 3], v[(axis + 2) % 3]};
}

/// Interval, along the direction, in which a triangle meets a plane of which its corners have those
/// signed distances.
std::pair<double, double> crossing_interval(const std::array<double, 3>& along,
                                            const std::array<double, 3>& side) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto add = [&](double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3;
    if (side[i] == 0.0) {
      add(along[i]);
    }
    if (sign(side[i]) * sign(side[j]) < 0) {
      add(along[i] + (along[j] - along[i]) * side[i] / (side[i] - side[j]));
    }
  }
  return {low, high};
}

double distance_between_segments(double3 p, double3 q, double3 r, double3 s) {
  // Ericson, "Real-Time Collision Detection", 2005, section 5.1.9.
  const double3 d1 = q - p, d2 = s - r, between = p - r;
  const double a = dot(d1, d1), e = dot(d2, d2), f = dot(d2, between);
  double t1 = 0.0, t2 = 0.0;
  if (a <= 0.0) {
    t2 = e > 0.0 ? std::clamp(f / e, 0.0, 1.0) : 0.0;
  } else {
    const double c = dot(d1, between);
    if (e <= 0.0) {
      t1 = std::clamp(-c / a, 0.0, 1.0);
    } else {
      const double b = dot(d1, d2), denominator = a * e - b * b;
      t1 = denominator > 0.0 ? std::clamp((b * f - c * e) / denominator, 0.0, 1.0) : 0.0;
      t2 = (b * t1 + f) / e;
      if (t2 < 0.0 || t2 > 1.0) {
        t2 = std::clamp(t2, 0.0, 1.0);
        t1 = std::clamp((b * t2 - c) / a, 0.0, 1.0);
      }
    }
  }
  return length(p + d1 * t1 - (r + d2 * t2));
}

}  // namespace

float3 closest_point_on_triangle(float3 point, float3 corner_a, float3 corner_b, float3 corner_c) {
  const double3 p = to_double(point), a = to_double(corner_a), b = to_double(corner_b),
                c = to_double(corner_c);
  const double3 ab = b - a, ac = c - a;
  const double d1 = dot(ab, p - a), d2 = dot(ac, p - a);
  if (d1 <= 0.0 && d2 <= 0.0) {
    return corner_a;
  }
  const double d3 = dot(ab, p - b), d4 = dot(ac, p - b);
  if (d3 >= 0.0 && d4 <= d3) {
    return corner_b;
  }
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0.0 && d1 >= 0.0 && d3 <= 0.0 && d1 > d3) {
    return to_float(a + ab * (d1 / (d1 - d3)));
  }
  const double d5 = dot(ab, p - c), d6 = dot(ac, p - c);
  if (d6 >= 0.0 && d5 <= d6) {
    return corner_c;
  }
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0.0 && d2 >= 0.0 && d6 <= 0.0 && d2 > d6) {
    return to_float(a + ac * (d2 / (d2 - d6)));
  }
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0.0 && d4 - d3 >= 0.0 && d5 - d6 >= 0.0 && d4 - d3 + d5 - d6 > 0.0) {
    return to_float(b + (c - b) * ((d4 - d3) / (d4 - d3 + d5 - d6)));
  }
  const double sum = va + vb + vc;
  return sum > 0.0 ? to_float(a + ab * (vb / sum) + ac * (vc / sum)) : corner_a;
}

double signed_double_area(float2 a, float2 b, float2 c) {
  return (double(b.x) - a.x) * (double(c.y) - a.y) - (double(b.y) - a.y) * (double(c.x) - a.x);
}

int point_in_triangle(float2 point, float2 a, float2 b, float2 c) {
  const int ab = sign(signed_double_area(a, b, point)), bc = sign(signed_double_area(b, c, point)),
            ca = sign(signed_double_area(c, a, point));
  if (ab >= 0 && bc >= 0 && ca >= 0) {
    return 1;
  }
  return ab <= 0 && bc <= 0 && ca <= 0 ? -1 : 0;
}

int point_in_quad(float2 point, float2 a, float2 b, float2 c, float2 d) {
  const std::array<int, 4> sides = {
      sign(signed_double_area(a, b, point)), sign(signed_double_area(b, c, point)),
      sign(signed_double_area(c, d, point)), sign(signed_double_area(d, a, point))};
  const auto [low, high] = std::minmax_element(sides.begin(), sides.end());
  return *low >= 0 ? 1 : (*high <= 0 ? -1 : 0);
}

std::optional<float> ray_triangle(float3 origin, float3 direction, float3 a, float3 b, float3 c,
                                  bool is_clipped) {
  const double3 edge1 = to_double(b) - to_double(a), edge2 = to_double(c) - to_double(a);
  const double3 d = to_double(direction);
  const double3 p = cross(d, edge2);
  const double determinant = dot(edge1, p);
  if (!(std::abs(determinant) > 1e-14 * length(edge1) * length(edge2) * length(d))) {
    return std::nullopt;
  }
  const double3 from_a = to_double(origin) - to_double(a);
  const double3 q = cross(from_a, edge1);
  if (is_clipped) {
    const double u = dot(from_a, p) / determinant, v = dot(d, q) / determinant;
    if (u < 0.0 || v < 0.0 || u + v > 1.0) {
      return std::nullopt;
    }
  }
  return float(dot(edge2, q) / determinant);
}

std::optional<std::pair<float3, float3>> line_line(float3 a1, float3 a2, float3 b1, float3 b2) {
  const double3 d1 = to_double(a2) - to_double(a1), d2 = to_double(b2) - to_double(b1);
  const double3 between = to_double(a1) - to_double(b1);
  const double a = dot(d1, d1), b = dot(d1, d2), e = dot(d2, d2), c = dot(d1, between),
               f = dot(d2, between);
  const double denominator = a * e - b * b;
  if (!(denominator > 1e-14 * a * e)) {
    return std::nullopt;
  }
  const double t1 = (b * f - c * e) / denominator, t2 = (a * f - b * c) / denominator;
  return std::pair(to_float(to_double(a1) + d1 * t1), to_float(to_double(b1) + d2 * t2));
}

std::optional<float2> segment_segment(float2 a1, float2 a2, float2 b1, float2 b2) {
  const double ax = double(a2.x) - a1.x, ay = double(a2.y) - a1.y;
  const double bx = double(b2.x) - b1.x, by = double(b2.y) - b1.y;
  const double denominator = ax * by - ay * bx;
  const double dx = double(b1.x) - a1.x, dy = double(b1.y) - a1.y;
  if (denominator != 0.0) {
    const double t = (dx * by - dy * bx) / denominator, u = (dx * ay - dy * ax) / denominator;
    constexpr double tolerance = 1e-6;  // about the rounding of the coordinates
    if (t < -tolerance || t > 1.0 + tolerance || u < -tolerance || u > 1.0 + tolerance ||
        !std::isfinite(t)) {
      return std::nullopt;
    }
    return float2{float(a1.x + ax * t), float(a1.y + ay * t)};
  }
  // Parallel, or a segment that is a point: one end may lie on the other segment, and no more than
  // it.
  if (!segments_touch(a1, a2, b1, b2)) {
    return std::nullopt;
  }
  const auto lies_on = [](float2 p, float2 c, float2 d) { return segments_touch(p, p, c, d); };
  std::optional<float2> common;
  const auto add = [&common](float2 p) {
    const bool is_new = !common || *common == p;
    common = p;
    return is_new;
  };
  bool is_single = true;
  for (const float2 p : {a1, a2}) {
    is_single = is_single && (!lies_on(p, b1, b2) || add(p));
  }
  for (const float2 p : {b1, b2}) {
    is_single = is_single && (!lies_on(p, a1, a2) || add(p));
  }
  return is_single ? common : std::nullopt;
}

std::optional<float3> line_plane(float3 line_a, float3 line_b, float3 plane_point,
                                 float3 plane_normal) {
  const double3 direction = to_double(line_b) - to_double(line_a), normal = to_double(plane_normal);
  const double slope = dot(normal, direction);
  if (!(std::abs(slope) > 1e-12 * length(normal) * length(direction))) {
    return std::nullopt;
  }
  const double t = dot(normal, to_double(plane_point) - to_double(line_a)) / slope;
  return to_float(to_double(line_a) + direction * t);
}

std::optional<std::pair<float3, float3>> plane_plane(float3 point_a, float3 normal_a,
                                                     float3 point_b, float3 normal_b) {
  const double3 na = to_double(normal_a), nb = to_double(normal_b);
  const double3 direction = cross(na, nb);
  const double squared = dot(direction, direction);
  if (!(squared > 0.0)) {
    return std::nullopt;
  }
  const double da = dot(na, to_double(point_a)), db = dot(nb, to_double(point_b));
  const double3 point = (cross(nb, direction) * da + cross(direction, na) * db) * (1.0 / squared);
  return std::pair(to_float(point), to_float(direction * (1.0 / std::sqrt(squared))));
}

std::optional<std::pair<double, double>> line_sphere(float3 a, float3 b, float3 center,
                                                     float radius) {
  const double3 direction = to_double(b) - to_double(a),
                from_center = to_double(a) - to_double(center);
  const double squared = dot(direction, direction), half = dot(direction, from_center);
  const double discriminant =
      half * half - squared * (dot(from_center, from_center) - double(radius) * radius);
  if (discriminant < 0.0) {
    return std::nullopt;
  }
  const double root = std::sqrt(discriminant);
  return std::pair((-half - root) / squared, (-half + root) / squared);
}

std::optional<std::pair<float2, float2>> circle_circle(float2 center_a, float radius_a,
                                                       float2 center_b, float radius_b) {
  const double dx = double(center_b.x) - center_a.x, dy = double(center_b.y) - center_a.y;
  const double distance = std::hypot(dx, dy), ra = radius_a, rb = radius_b;
  if (!(distance > 0.0) || distance > ra + rb || distance < std::abs(ra - rb)) {
    return std::nullopt;
  }
  const double along = (ra * ra - rb * rb + distance * distance) / (2.0 * distance);
  const double aside = std::sqrt(std::max(0.0, ra * ra - along * along));
  const double x = center_a.x + along * dx / distance, y = center_a.y + along * dy / distance;
  const double ox = aside * dy / distance, oy = -aside * dx / distance;
  return std::pair(float2{float(x + ox), float(y + oy)}, float2{float(x - ox), float(y - oy)});
}

double closest_on_line(float3 point, float3 a, float3 b) {
  const double3 direction = to_double(b) - to_double(a);
  const double squared = dot(direction, direction);
  return squared > 0.0 ? dot(to_double(point) - to_double(a), direction) / squared : 0.0;
}

bool triangles_intersect(const std::array<float2, 3>& a, const std::array<float2, 3>& b) {
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      if (segments_touch(a[i], a[(i + 1) % 3], b[j], b[(j + 1) % 3])) {
        return true;
      }
    }
  }
  return point_in_triangle(a[0], b[0], b[1], b[2]) != 0 ||
         point_in_triangle(b[0], a[0], a[1], a[2]) != 0;
}

bool triangles_intersect(const std::array<float3, 3>& a, const std::array<float3, 3>& b) {
  // Moeller, "A fast triangle-triangle intersection test", 1997: where both meet the line of their
  // planes.
  const double3 normal_a =
      cross(to_double(a[1]) - to_double(a[0]), to_double(a[2]) - to_double(a[0]));
  const double3 normal_b =
      cross(to_double(b[1]) - to_double(b[0]), to_double(b[2]) - to_double(b[0]));
  std::array<double, 3> side_a, side_b;
  for (int i = 0; i < 3; ++i) {
    side_a[i] = dot(normal_b, to_double(a[i]) - to_double(b[0]));
    side_b[i] = dot(normal_a, to_double(b[i]) - to_double(a[0]));
  }
  const auto is_apart = [](const std::array<double, 3>& side) {
    return (side[0] > 0.0 && side[1] > 0.0 && side[2] > 0.0) ||
           (side[0] < 0.0 && side[1] < 0.0 && side[2] < 0.0);
  };
  if (is_apart(side_a) || is_apart(side_b)) {
    return false;
  }
  const double3 direction = cross(normal_a, normal_b);
  if (dot(direction, direction) == 0.0) {
    // In one plane, or degenerate.
    const double3 normal = dot(normal_a, normal_a) > 0.0 ? normal_a : normal_b;
    if (dot(normal, normal) == 0.0 || side_a != std::array<double, 3>{} ||
        side_b != std::array<double, 3>{}) {
      return false;
    }
    const int axis = dominant_axis(normal);
    return triangles_intersect(
        std::array<float2, 3>{drop_axis(a[0], axis), drop_axis(a[1], axis), drop_axis(a[2], axis)},
        std::array<float2, 3>{drop_axis(b[0], axis), drop_axis(b[1], axis), drop_axis(b[2], axis)});
  }
  std::array<double, 3> along_a, along_b;
  for (int i = 0; i < 3; ++i) {
    along_a[i] = dot(direction, to_double(a[i]));
    along_b[i] = dot(direction, to_double(b[i]));
  }
  const auto [low_a, high_a] = crossing_interval(along_a, side_a);
  const auto [low_b, high_b] = crossing_interval(along_b, side_b);
  return low_a <= high_b && low_b <= high_a;
}

double distance_between_triangles(const std::array<float3, 3>& a, const std::array<float3, 3>& b) {
  if (triangles_intersect(a, b)) {
    return 0.0;
  }
  double nearest = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      nearest =
          std::min(nearest, distance_between_segments(to_double(a[i]), to_double(a[(i + 1) % 3]),
                                                      to_double(b[j]), to_double(b[(j + 1) % 3])));
    }
    nearest = std::min(
        {nearest,
         length(to_double(closest_point_on_triangle(a[i], b[0], b[1], b[2])) - to_double(a[i])),
         length(to_double(closest_point_on_triangle(b[i], a[0], a[1], a[2])) - to_double(b[i]))});
  }
  return nearest;
}

float3 barycentric_transform(float3 point, const std::array<float3, 3>& from,
                             const std::array<float3, 3>& to) {
  const double3 p = to_double(point), a = to_double(from[0]), b = to_double(from[1]),
                c = to_double(from[2]);
  const double3 normal = cross(b - a, c - a);
  const double squared = dot(normal, normal), double_area = std::sqrt(squared);
  const double height = dot(p - a, normal) / double_area;
  const double weight_b = dot(cross(p - a, c - a), normal) / squared;
  const double weight_c = dot(cross(b - a, p - a), normal) / squared;

  const double3 ta = to_double(to[0]), tb = to_double(to[1]), tc = to_double(to[2]);
  const double3 target_normal = cross(tb - ta, tc - ta);
  const double target_double_area = length(target_normal);
  const double target_height = height * std::sqrt(target_double_area / double_area);
  return to_float(ta + (tb - ta) * weight_b + (tc - ta) * weight_c +
                  target_normal * (target_height / target_double_area));
}

}  // namespace kiln
