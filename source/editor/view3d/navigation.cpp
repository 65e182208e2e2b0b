#include "editor/view3d/navigation.h"

#include <numbers>

#include "document/camera.h"
#include "document/scene.h"

namespace kiln::editor {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
// Half the larger side of the view at distance 1: a lens on twice the width of a 36 mm sensor.
float tan_half_of(float lens) {
  return 36.0f / std::max(lens, 1.0f);
}

struct AxisView {
  std::string_view name;
  float azimuth, elevation;  // degrees; azimuth 0 looks along +Y
};
constexpr AxisView axis_views[] = {{"FRONT", 0, 0},  {"RIGHT", 90, 0}, {"BACK", 180, 0},
                                   {"LEFT", -90, 0}, {"TOP", 0, 90},   {"BOTTOM", 0, -90}};

// Share of the view's larger side that the frame's larger side takes, as in the interface.
float zoom_to_factor(float zoom) {
  const float root = zoom / 50.0f + std::numbers::sqrt2_v<float>;
  return root * root / 4.0f;
}

float factor_to_zoom(float factor) {
  return (std::sqrt(4.0f * factor) - std::numbers::sqrt2_v<float>)*50.0f;
}

Quaternion view_rotation(float azimuth, float elevation) {
  const Quaternion up = axis_angle_to_quaternion({1, 0, 0}, (90.0f - elevation) * pi / 180.0f);
  return axis_angle_to_quaternion({0, 0, 1}, azimuth * pi / 180.0f) * up;
}

}  // namespace

Navigation::Navigation() : rotation_(view_rotation(43.0f, 27.0f)) {}

void Navigation::set_view(float3 pivot, const Quaternion& turn, float distance, bool is_perspective,
                          bool is_camera) {
  const bool is_turned = !(turn == rotation_);
  pivot_ = pivot;
  rotation_ = normalize(turn);
  distance_ = std::clamp(distance, 1e-4f, 1e6f);
  is_perspective_ = is_perspective;
  is_camera_ = is_camera;
  if (is_turned) {
    axis_.clear();
  }
}

void Navigation::set_lens(float lens, float clip_start, float clip_end) {
  lens_ = std::clamp(lens, 1.0f, 250.0f);
  clip_start_ = std::max(clip_start, 1e-6f);
  clip_end_ = std::max(clip_end, clip_start_ * 2.0f);
}

void Navigation::leave_camera() {
  is_camera_ = false;
}

void Navigation::orbit(float dx, float dy) {
  const float angle = pi / 1000.0f * 1.4f * style.speed;
  turn(-dx * angle, -dy * angle);
}

void Navigation::turn(float azimuth, float elevation) {
  if (is_rotation_locked) {
    return;
  }
  leave_camera();
  if (!axis_.empty()) {
    axis_.clear();
    if (style.has_flat_axis_views) {
      is_perspective_ = was_perspective_;
    }
  }
  // About the world's vertical or the view's, and about the view's horizontal.
  if (style.is_trackball) {
    rotation_ = rotation_ * axis_angle_to_quaternion({0, 1, 0}, azimuth);
  } else {
    rotation_ = axis_angle_to_quaternion({0, 0, 1}, azimuth) * rotation_;
  }
  rotation_ = normalize(rotation_ * axis_angle_to_quaternion({1, 0, 0}, elevation));
}

void Navigation::turned_about(float3 center, const float3x3& before) {
  pivot_ = center + rotation() * (transpose(before) * (pivot_ - center));
}

bool Navigation::orbit_step(std::string_view name) {
  if (name == "ORBITLEFT" || name == "ORBITRIGHT") {
    turn(name == "ORBITLEFT" ? -style.key_step : style.key_step, 0);
    return true;
  }
  if (name == "OPPOSITE") {
    turn(-pi, 0);
    return true;
  }
  if (name == "ORBITUP" || name == "ORBITDOWN") {
    turn(0, name == "ORBITUP" ? -style.key_step : style.key_step);
    return true;
  }
  return false;
}

bool Navigation::roll_step(std::string_view name) {
  if (name != "LEFT" && name != "RIGHT") {
    return false;
  }
  if (is_rotation_locked) {
    return true;
  }
  leave_camera();
  const float angle = name == "LEFT" ? style.key_step : -style.key_step;
  rotation_ = normalize(rotation_ * axis_angle_to_quaternion({0, 0, 1}, angle));
  return true;
}

void Navigation::pan(float dx, float dy, int width, int height) {
  if (is_camera_) {
    camera_offset_ += float2{-dx / float(std::max(width, 1)), dy / float(std::max(height, 1))};
    return;
  }
  const float pixel = 2.0f * tan_half_of(lens_) * distance_ / float(std::max({width, height, 1}));
  const float3x3 m = rotation();
  pivot_ += m * float3{-dx * pixel, dy * pixel, 0.0f};
}

void Navigation::dolly(float share) {
  leave_camera();
  const float3x3 axes = rotation();
  pivot_ -= float3{axes[0][2], axes[1][2], axes[2][2]} * (distance_ * share);
}

void Navigation::zoom(float factor) {
  if (is_camera_) {
    const float now = camera_zoom_ ? zoom_to_factor(*camera_zoom_) : 0.88f;
    camera_zoom_ = std::clamp(factor_to_zoom(now / std::max(factor, 1e-3f)), -30.0f, 600.0f);
    return;
  }
  distance_ = std::clamp(distance_ * factor, 1e-3f, 1e5f);
}

void Navigation::zoom_towards(float3 point, float factor) {
  const float before = distance_;
  const bool is_moving = !is_camera_;
  zoom(factor);
  if (is_moving) {
    pivot_ = point + (pivot_ - point) * (distance_ / before);
  }
}

bool Navigation::view_axis(std::string_view name) {
  for (const AxisView& view : axis_views) {
    if (view.name == name) {
      if (is_rotation_locked) {
        return true;
      }
      leave_camera();
      if (axis_.empty()) {
        was_perspective_ = is_perspective_;
      }
      rotation_ = view_rotation(view.azimuth, view.elevation);
      is_perspective_ = is_perspective_ && !style.has_flat_axis_views;
      axis_ = name;
      return true;
    }
  }
  return false;
}

void Navigation::frame(float3 low, float3 high) {
  leave_camera();
  pivot_ = (low + high) * 0.5f;
  const float radius = std::max(0.5f * length(high - low), 0.05f);
  distance_ = std::clamp(radius / (tan_half_of(lens_) * 0.62f), 1e-2f, 1e5f);
}

void Navigation::toggle_perspective() {
  leave_camera();
  is_perspective_ = !is_perspective_;
  was_perspective_ = is_perspective_;
}

std::string Navigation::label() const {
  if (is_camera_) {
    return "Camera";
  }
  std::string name = "User";
  if (!axis_.empty()) {
    name = axis_;
    std::transform(name.begin() + 1, name.end(), name.begin() + 1,
                   [](unsigned char c) { return char(std::tolower(c)); });
  }
  return name + (is_perspective_ ? " Perspective" : " Orthographic");
}

const evaluation::EvaluatedObject* Navigation::find_camera(
    const evaluation::EvaluatedScene* scene) const {
  const Scene* settings = scene ? scene->document.find<Scene>(scene->scene) : nullptr;
  if (!settings) {
    return nullptr;
  }
  const evaluation::EvaluatedObject* own = own_camera ? scene->find(own_camera) : nullptr;
  return own ? own : scene->find(settings->camera.id);
}

std::optional<float4> Navigation::camera_frame(int width, int height,
                                               const evaluation::EvaluatedScene* scene) const {
  const Scene* settings = scene ? scene->document.find<Scene>(scene->scene) : nullptr;
  if (!is_camera_ || !find_camera(scene)) {
    return std::nullopt;
  }
  const float picture_x =
      float(std::max(1, settings->render.resolution_x)) * settings->render.pixel_aspect_x;
  const float picture_y =
      float(std::max(1, settings->render.resolution_y)) * settings->render.pixel_aspect_y;
  float scale = 0.88f * std::min(float(width) / picture_x, float(height) / picture_y);
  if (camera_zoom_) {
    scale = zoom_to_factor(*camera_zoom_) * float(std::max(width, height)) /
            std::max(picture_x, picture_y);
  }
  const float w = picture_x * scale, h = picture_y * scale;
  return float4{(float(width) - w) * 0.5f - camera_offset_.x * float(width),
                (float(height) - h) * 0.5f + camera_offset_.y * float(height), w, h};
}

float Navigation::camera_zoom(int width, int height,
                              const evaluation::EvaluatedScene* scene) const {
  if (camera_zoom_) {
    return *camera_zoom_;
  }
  const std::optional<float4> frame = camera_frame(width, height, scene);
  return frame ? std::clamp(factor_to_zoom(std::max(frame->z, frame->w) /
                                           float(std::max({width, height, 1}))),
                            -30.0f, 600.0f)
               : 0.0f;
}

void Navigation::set_camera_frame(float zoom, float2 offset) {
  camera_zoom_ = std::clamp(zoom, -30.0f, 600.0f);
  camera_offset_ = offset;
}

float4x4 Navigation::place() const {
  const float3x3 m = rotation();
  return to_float4x4(m, pivot_ + m * float3{0, 0, distance_});
}

void Navigation::look_from(const float4x4& place) {
  const float3x3 m = rotation_part(place);
  rotation_ = matrix_to_quaternion(m);
  pivot_ = translation(place) - m * float3{0, 0, distance_};
  is_camera_ = false;
  axis_.clear();
}

render::raster::ViewCamera Navigation::camera(int width, int height,
                                              const evaluation::EvaluatedScene* scene) const {
  using namespace render::raster;
  ViewCamera out;
  const float w = float(std::max(width, 1)), h = float(std::max(height, 1));
  if (const std::optional<float4> frame = camera_frame(width, height, scene)) {
    const evaluation::EvaluatedObject& object = *find_camera(scene);
    if (const Camera* lens = scene->document.find<Camera>(object.object->data.id)) {
      out.view = inverse(
          compose(translation(object.world_matrix), rotation_part(object.world_matrix), {1, 1, 1}));
      const bool is_horizontal =
          lens->sensor_fit == CameraSensorFit::Horizontal ||
          (lens->sensor_fit == CameraSensorFit::Auto && frame->z >= frame->w);
      const float sensor =
          lens->sensor_fit == CameraSensorFit::Vertical ? lens->sensor_height : lens->sensor_width;
      // Pixels of the view on the side that the sensor fits.
      const float side = is_horizontal ? frame->z : frame->w;
      out.is_perspective = lens->kind != CameraType::Ortho;
      const float half = out.is_perspective ? 0.5f * sensor / std::max(lens->lens, 1e-3f)
                                            : 0.5f * lens->ortho_scale;
      const float half_x = half * w / side, half_y = half * h / side;
      const float2 shift{lens->shift_x * side / w + camera_offset_.x,
                         lens->shift_y * side / h + camera_offset_.y};
      const float near_clip = std::max(lens->clip_start, 1e-4f),
                  far_clip = std::max(lens->clip_end, near_clip * 2.0f);
      out.projection = out.is_perspective
                           ? perspective(half_x, half_y, near_clip, far_clip, shift)
                           : orthographic(half_x, half_y, near_clip, far_clip, shift);
      return out;
    }
  }
  const float side = std::max(w, h);
  const float tan_half = tan_half_of(lens_);
  const float tan_x = tan_half * w / side, tan_y = tan_half * h / side;
  const float3x3 m = rotation();
  const float3 eye = pivot_ + m * float3{0, 0, distance_};
  out.view = inverse(to_float4x4(m, eye));
  out.is_perspective = is_perspective_;
  if (is_perspective_) {
    const bool follows = clip_start_ == 0.01f && clip_end_ == 1000.0f;
    const float near_clip = follows ? std::max(1e-3f, distance_ * 0.01f) : clip_start_;
    const float far_clip = follows ? std::max(1000.0f, distance_ * 20.0f) : clip_end_;
    out.projection = perspective(tan_x, tan_y, near_clip, std::max(far_clip, near_clip * 2.0f));
  } else {
    const float depth = std::max(clip_end_, distance_ * 20.0f);
    out.projection = orthographic(tan_x * distance_, tan_y * distance_, -depth, depth);
  }
  return out;
}

std::optional<float2> project(const render::raster::ViewCamera& camera, int width, int height,
                              float3 point) {
  const float4 clip = camera.view_projection() * float4{point.x, point.y, point.z, 1.0f};
  if (clip.w <= 1e-6f) {
    return std::nullopt;
  }
  return float2{(clip.x / clip.w * 0.5f + 0.5f) * float(width),
                (0.5f - clip.y / clip.w * 0.5f) * float(height)};
}

Ray ray_at(const render::raster::ViewCamera& camera, int width, int height, float2 pixel) {
  const float x = pixel.x / float(std::max(width, 1)) * 2.0f - 1.0f,
              y = 1.0f - pixel.y / float(std::max(height, 1)) * 2.0f;
  const float4x4 back = inverse(camera.view_projection());
  const float4 a = back * float4{x, y, -1.0f, 1.0f}, b = back * float4{x, y, 1.0f, 1.0f};
  const float3 from = xyz(a) / a.w, to = xyz(b) / b.w;
  return {from, normalize(to - from)};
}

float pixel_size_at(const render::raster::ViewCamera& camera, int width, int /*height*/,
                    float3 point) {
  const float4 clip = camera.view_projection() * float4{point.x, point.y, point.z, 1.0f};
  return std::abs(clip.w) / std::max(1e-9f, camera.projection[0].x) * 2.0f /
         float(std::max(width, 1));
}

}  // namespace kiln::editor
