#pragma once

#include "core/math.h"
#include "render/pathtracer/scene.h"
#include "render/pathtracer/settings.h"

namespace kiln::render {

/// A ray into the scene.
struct CameraRay {
  float3 origin, direction;
  float length = 0.0f;       ///< to the far clip; 0: this point of the picture sees nothing
  float clip_offset = 0.0f;  ///< distance from the camera's place to `origin`
  float spread = 0.0f;       ///< growth of the pixel's radius along the ray
  float radius = 0.0f;       ///< of the pixel at `origin`
};

/// Makes rays for points of the picture.
class CameraModel {
public:
  CameraModel(const TraceCamera& camera, const RenderSettings& settings);
  /// `x`, `y` in pixels from the lower left corner; `lens` and `time` in [0, 1).
  CameraRay ray(float x, float y, float2 lens, float time) const;
  const float4x4& world_to_camera() const { return world_to_camera_; }
  float3 position() const { return translation(matrix_); }
  float3 forward() const { return -axis(matrix_, 2); }
  /// Pixel coordinates, 0 to 1 over the picture, of a point in world space (Window texture
  /// coordinates).
  float2 project(float3 world) const;
  /// Size of the pixel's footprint `distance` away from the camera.
  float4x4 matrix_at(float time) const;

private:
  float2 sample_aperture(float2 lens) const;

  TraceCamera camera_;
  float4x4 matrix_;
  float4x4 world_to_camera_;
  std::vector<float4x4> motion_;
  int width_, height_;
  float plane_x_min_, plane_x_max_, plane_y_min_,
      plane_y_max_;  // view plane: at distance 1, or in metres (orthographic)
  float sensor_x_mm_, sensor_y_mm_;
  float aperture_ = 0.0f;
};

}  // namespace kiln::render
