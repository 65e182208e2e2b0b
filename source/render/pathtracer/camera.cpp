#include "render/pathtracer/camera.h"

#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

/// Cameras have no scale: only the directions of the axes count.
float4x4 without_scale(const float4x4& m) {
  float4x4 result = m;
  for (int i = 0; i < 3; ++i) {
    const float3 a = normalize(axis(m, i));
    result[0][i] = a.x;
    result[1][i] = a.y;
    result[2][i] = a.z;
  }
  return result;
}

}  // namespace

CameraModel::CameraModel(const TraceCamera& camera, const RenderSettings& settings)
    : camera_(camera),
      matrix_(without_scale(camera.matrix)),
      world_to_camera_(inverse(matrix_)),
      width_(settings.width),
      height_(settings.height) {
  if (settings.use_motion_blur) {
    for (const float4x4& m : camera.motion_matrices) {
      motion_.push_back(without_scale(m));
    }
  }
  const float wide = float(width_) * settings.pixel_aspect_x,
              tall = float(height_) * settings.pixel_aspect_y;
  const bool fits_width = camera.sensor_fit == TraceCamera::SensorFit::Horizontal ||
                          (camera.sensor_fit == TraceCamera::SensorFit::Auto && wide >= tall);
  const float sensor = camera.sensor_fit == TraceCamera::SensorFit::Vertical
                           ? camera.sensor_height_mm
                           : camera.sensor_width_mm;
  float half = 0.5f;
  if (camera.kind == TraceCamera::Kind::Perspective) {
    half = 0.5f * sensor / camera.lens_mm;
  } else if (camera.kind == TraceCamera::Kind::Orthographic) {
    half = 0.5f * camera.ortho_scale;
  }
  const float half_x = fits_width ? half : half * wide / tall;
  const float half_y = fits_width ? half * tall / wide : half;
  const float shift_x = camera.shift_x * 2.0f * half, shift_y = camera.shift_y * 2.0f * half;
  plane_x_min_ = shift_x - half_x;
  plane_x_max_ = shift_x + half_x;
  plane_y_min_ = shift_y - half_y;
  plane_y_max_ = shift_y + half_y;
  sensor_x_mm_ = fits_width ? sensor : sensor * wide / tall;
  sensor_y_mm_ = fits_width ? sensor * tall / wide : sensor;
  if (camera.has_depth_of_field && camera.kind != TraceCamera::Kind::Panorama) {
    const float focal =
        camera.kind == TraceCamera::Kind::Orthographic ? 1.0f : camera.lens_mm * 1e-3f;
    aperture_ = focal / (2.0f * std::max(camera.aperture_fstop, 1e-5f));
  }
}

float4x4 CameraModel::matrix_at(float time) const {
  if (motion_.size() < 2) {
    return matrix_;
  }
  const float at = time * float(motion_.size() - 1);
  const int i = std::min(int(at), int(motion_.size()) - 2);
  const Transform a = decompose(motion_[i]), b = decompose(motion_[i + 1]);
  const float t = at - float(i);
  Quaternion q;
  const float sign = a.rotation.w * b.rotation.w + a.rotation.x * b.rotation.x +
                                 a.rotation.y * b.rotation.y + a.rotation.z * b.rotation.z <
                             0.0f
                         ? -1.0f
                         : 1.0f;
  for (int k = 0; k < 4; ++k) {
    q[k] = lerp(a.rotation[k], sign * b.rotation[k], t);
  }
  return compose(lerp(a.location, b.location, t), quaternion_to_matrix(normalize(q)), {1, 1, 1});
}

float2 CameraModel::sample_aperture(float2 lens) const {
  float2 p;
  if (camera_.aperture_blades >= 3) {
    // A triangle of the regular polygon, then a point in it.
    const float blades = float(camera_.aperture_blades);
    const float corner = std::floor(lens.x * blades);
    const float u = lens.x * blades - corner;
    const float r = std::sqrt(u), s = lens.y;
    const float a = corner * 2.0f * pi / blades + camera_.aperture_rotation;
    const float b = a + 2.0f * pi / blades;
    p = {r * ((1.0f - s) * std::cos(a) + s * std::cos(b)),
         r * ((1.0f - s) * std::sin(a) + s * std::sin(b))};
  } else {
    p = sample_disk(lens);
  }
  return {p.x * aperture_ / std::max(camera_.aperture_ratio, 1e-5f), p.y * aperture_};
}

CameraRay CameraModel::ray(float x, float y, float2 lens, float time) const {
  CameraRay ray;
  const float u = x / float(width_), v = y / float(height_);
  const float px = lerp(plane_x_min_, plane_x_max_, u), py = lerp(plane_y_min_, plane_y_max_, v);
  const float4x4 to_world = matrix_at(time);
  const float pixel = (plane_x_max_ - plane_x_min_) / float(width_);
  float3 origin, direction;
  float near = camera_.clip_start, far = camera_.clip_end;
  switch (camera_.kind) {
    case TraceCamera::Kind::Perspective: {
      direction = {px, py, -1.0f};
      if (aperture_ > 0.0f) {
        const float2 a = sample_aperture(lens);
        origin = {a.x, a.y, 0.0f};
        direction = direction * camera_.focus_distance - origin;
        direction = direction * (1.0f / camera_.focus_distance);
      }
      // Clipping is along the view axis.
      const float l = length(direction);
      near *= l;
      far *= l;
      direction = direction * (1.0f / l);
      ray.spread = 0.5f * pixel / l;
      break;
    }
    case TraceCamera::Kind::Orthographic: {
      origin = {px, py, 0.0f};
      direction = {0.0f, 0.0f, -1.0f};
      if (aperture_ > 0.0f) {
        const float2 a = sample_aperture(lens);
        const float3 focus{px, py, -camera_.focus_distance};
        origin = {px + a.x, py + a.y, 0.0f};
        direction = normalize(focus - origin);
      }
      ray.radius = 0.5f * pixel;
      break;
    }
    case TraceCamera::Kind::Panorama: {
      ray.spread = 0.5f * pi / float(std::max(width_, height_));
      switch (camera_.panorama) {
        case TraceCamera::Panorama::Equirectangular: {
          const float phi = lerp(camera_.longitude_min, camera_.longitude_max, u);
          const float theta = lerp(camera_.latitude_min, camera_.latitude_max, v);
          direction = {std::sin(phi) * std::cos(theta), std::sin(theta),
                       -std::cos(phi) * std::cos(theta)};
          break;
        }
        case TraceCamera::Panorama::CubeFace:
          direction = {std::tan((u - 0.5f) * 0.5f * pi), std::tan((v - 0.5f) * 0.5f * pi), -1.0f};
          direction = normalize(direction);
          break;
        case TraceCamera::Panorama::FisheyePolynomial: {
          const float a = (u - 0.5f) * sensor_x_mm_, b = (v - 0.5f) * sensor_y_mm_;
          const float r = std::sqrt(a * a + b * b), phi = std::atan2(b, a);
          const auto& k = camera_.fisheye_polynomial;
          const float theta = -(k[0] + r * (k[1] + r * (k[2] + r * (k[3] + r * k[4]))));
          if (std::abs(theta) > 0.5f * camera_.fisheye_fov) {
            return ray;
          }
          direction = {std::sin(theta) * std::cos(phi), std::sin(theta) * std::sin(phi),
                       -std::cos(theta)};
          break;
        }
        case TraceCamera::Panorama::FisheyeEquidistant:
        case TraceCamera::Panorama::FisheyeEquisolid: {
          float theta, phi;
          if (camera_.panorama == TraceCamera::Panorama::FisheyeEquidistant) {
            const float a = 2.0f * u - 1.0f, b = 2.0f * v - 1.0f;
            const float r = std::sqrt(a * a + b * b);
            if (r > 1.0f) {
              return ray;
            }
            phi = std::atan2(b, a);
            theta = 0.5f * r * camera_.fisheye_fov;
          } else {
            const float a = (u - 0.5f) * sensor_x_mm_, b = (v - 0.5f) * sensor_y_mm_;
            const float r = std::sqrt(a * a + b * b);
            phi = std::atan2(b, a);
            const float s = 0.5f * r / camera_.fisheye_lens_mm;
            if (s > 1.0f) {
              return ray;
            }
            theta = 2.0f * std::asin(s);
            if (theta > 0.5f * camera_.fisheye_fov) {
              return ray;
            }
          }
          direction = {std::sin(theta) * std::cos(phi), std::sin(theta) * std::sin(phi),
                       -std::cos(theta)};
          break;
        }
        case TraceCamera::Panorama::MirrorBall: {
          const float a = 2.0f * u - 1.0f, b = 2.0f * v - 1.0f;
          const float r2 = a * a + b * b;
          if (r2 > 1.0f) {
            return ray;
          }
          const float3 normal{a, b, std::sqrt(1.0f - r2)};
          direction = reflect(float3{0, 0, 1}, normal);
          break;
        }
      }
      break;
    }
  }
  ray.direction = normalize(transform_direction(to_world, direction));
  ray.origin = transform_point(to_world, origin) + ray.direction * near;
  ray.radius += ray.spread * near;
  ray.clip_offset = near;
  ray.length = std::max(far - near, 0.0f);
  return ray;
}

float2 CameraModel::project(float3 world) const {
  const float3 p = transform_point(world_to_camera_, world);
  const float depth = camera_.kind == TraceCamera::Kind::Perspective ? std::max(-p.z, 1e-8f) : 1.0f;
  return {(p.x / depth - plane_x_min_) / (plane_x_max_ - plane_x_min_),
          (p.y / depth - plane_y_min_) / (plane_y_max_ - plane_y_min_)};
}

}  // namespace kiln::render
