#pragma once

#include <cstdint>

#include "core/math.h"
#include "render/pathtracer/sampler.h"
#include "render/shading/batch.h"

namespace kiln::render {

/// One light path on its way from the camera.
struct PathState {
  float3 origin, direction;
  float3 throughput{1, 1, 1};
  float length = 1e30f;  ///< how far the next ray may go
  float time = 0.0f;
  float3 scatter_point;  ///< where the last bounce (or the camera) was; transparent surfaces do not
                         ///< count
  float travelled = 0.0f;              ///< from there to `origin`
  float bsdf_pdf = 0.0f;               ///< of the last bounce
  float smallest_pdf = 1e30f;          ///< of all bounces, for filter glossy
  float radius = 0.0f, spread = 0.0f;  ///< footprint at `origin` and its growth
  float camera_distance = 0.0f;        ///< from the camera to `origin`, for depth
  float3 diffuse_share, glossy_share;  ///< of the first bounce, for the light passes
  Sampler sampler;
  std::uint32_t ray_flags = shading::ray_camera;
  std::uint16_t event = 0;  ///< surfaces met so far: selects the random numbers
  std::uint16_t bounces = 0, diffuse = 0, glossy = 0, transmission = 0, transparent = 0;
  bool was_delta = true;                ///< the last bounce can not be found by light samples
  bool finds_background_alone = false;  ///< light samples of the last bounce left it out
  bool is_short = false;  ///< fast global illumination: leaves the scene at the end of `length`
  bool ends_at_surface = false;  ///< only light that is met still counts
  bool sees_background = true;   ///< the film is transparent where this path leaves the scene
  bool has_surface_passes = false;
  bool is_first_sample = false;
  std::uint16_t slot = 0;  ///< place in the wave
};

}  // namespace kiln::render
