#pragma once

#include <optional>

#include "core/math.h"
#include "render/pathtracer/scene.h"

namespace kiln::render {

/// A direction toward a light, drawn or found.
struct LampSample {
  float3 direction;  ///< unit, from the shaded point
  float distance = 1e30f;
  float3 radiance;
  float pdf =
      0.0f;  ///< per solid angle; of a delta lamp 1, with `radiance` the irradiance it makes
  bool is_delta = false;
};

/// A lamp ready for sampling. Point and spot lamps are disks that always face the shaded point; the
/// units are those of the Python interface: watts over the whole sphere, of suns W/m^2 across the
/// direction.
class LampModel {
public:
  explicit LampModel(const TraceLight& light);

  const TraceLight& source() const { return source_; }
  bool is_delta() const { return is_delta_; }
  bool is_distant() const { return source_.kind == TraceLight::Kind::Sun; }
  /// Rough power for choosing among lamps; of a sun W/m^2.
  float power() const { return power_; }
  float3 position() const { return position_; }
  float reach() const { return reach_; }

  /// Draws a point of the lamp as seen from `point`. A pdf of 0 means that no light arrives.
  LampSample sample(float3 point, float2 random) const;
  /// What a ray sees of the lamp, with the density `sample` has for it from the ray's `origin`.
  std::optional<LampSample> intersect(float3 origin, float3 direction, float length) const;

private:
  float spot_factor(float3 from_lamp) const;
  float spread_factor(float cos_angle) const;

  TraceLight source_;
  float3 position_;
  float3 axis_;             // direction of the light
  float3 side_x_, side_y_;  // half sides of an area lamp
  float3 radiance_;
  float area_ = 0.0f;
  float power_ = 0.0f;
  float reach_ = 0.0f;
  float cos_cone_ = 0.0f, soft_ = 0.0f;
  float3x3 to_local_;  // spot: world directions to the cone's frame
  float disk_radius_ = 0.0f;
  float tan_spread_ = 0.0f, spread_scale_ = 1.0f;
  bool is_delta_ = false;
};

}  // namespace kiln::render
