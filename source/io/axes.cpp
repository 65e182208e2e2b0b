#include "io/axes.h"

namespace kiln::io {
namespace {

float3 direction(Axis axis) {
  float3 result;
  result[int(axis) % 3] = int(axis) < 3 ? 1.0f : -1.0f;
  return result;
}

}  // namespace

Result<float3x3> axis_conversion(Axis forward, Axis up) {
  if (int(forward) % 3 == int(up) % 3) {
    return Error::invalid("forward_axis and up_axis lie on one line; expected two different ones");
  }
  const float3 f = direction(forward), u = direction(up);
  // Rows say what becomes X (to the right), Y (forward) and Z (up).
  return float3x3{{cross(f, u), f, u}};
}

}  // namespace kiln::io
