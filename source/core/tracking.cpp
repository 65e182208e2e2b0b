#include "core/tracking.h"

#include <cfloat>
#include <cmath>

namespace kiln {
namespace {

/// Where the up axis points when the direction leaves no choice, being parallel to Z.
float3 up_along_z(int track, int up, bool is_negated, bool is_track_up) {
  const float sign = is_track_up ? -1.0f : 1.0f;
  float3 result{};
  if (track < 2) {
    result[track] = sign;
    return result;
  }
  result[is_track_up ? up : 1] = is_track_up && is_negated && up == 1 ? 1.0f : sign;
  return result;
}

}  // namespace

float3 orthogonal_to(float3 v) {
  const float x = std::abs(v.x), y = std::abs(v.y), z = std::abs(v.z);
  if (x > y && x > z) {
    return {-v.y - v.z, v.x, v.x};
  }
  if (y > z && y >= x) {
    return {v.y, -v.x - v.z, v.y};
  }
  return {v.z, v.z, -v.x - v.y};
}

Quaternion smallest_rotation(float3 from, float3 to) {
  const float3 axis = cross(from, to);
  const double sine = length(axis), cosine = dot(from, to);
  if (sine > FLT_EPSILON) {
    return axis_angle_to_quaternion(axis, float(std::atan2(sine, cosine)));
  }
  return cosine > 0.0 ? Quaternion{} : axis_angle_to_quaternion(orthogonal_to(from), float(M_PI));
}

float3x3 tracking_rotation(float3 direction, int track, bool is_negated, int up) {
  float3 forward = normalize(direction);
  if (forward == float3{}) {
    return {};
  }
  if (is_negated) {
    forward = -forward;
  }
  if (up == track) {
    float3 axis{};
    axis[track] = 1.0f;
    return quaternion_to_matrix(smallest_rotation(axis, forward));
  }
  // The column of the up axis leans toward Z as far as it can.
  float3 upward = float3{0, 0, 1} - forward * forward.z;
  upward = length(upward) > 1e-7f ? normalize(upward)
                                  : up_along_z(track, up, is_negated, forward.z > 0.0f);
  const int third = 3 - track - up;
  const bool is_cyclic = (track + 1) % 3 == up;
  float3x3 columns;
  columns[track] = forward;
  columns[up] = upward;
  columns[third] = is_cyclic ? cross(forward, upward) : cross(upward, forward);
  return transpose(columns);
}

}  // namespace kiln
