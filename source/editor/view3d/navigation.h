#pragma once

#include <optional>
#include <string_view>

#include "evaluation/evaluated_scene.h"
#include "render/raster/camera.h"

namespace kiln::editor {

/// A ray in world space; `direction` is a unit vector.
struct Ray {
  float3 origin, direction;
};

/// Where a 3D viewport looks from, and how the mouse changes that. Pixels count from the top left.
class Navigation {
public:
  Navigation();

  bool is_rotation_locked = false;  ///< nothing turns the view
  /// How the user likes views to be turned.
  struct Style {
    bool is_trackball = false;        ///< freely in all directions; else Z stays upright
    float speed = 1.0f;               ///< of turning with the mouse
    float key_step = 0.2617994f;      ///< radians that a key turns by
    bool has_flat_axis_views = true;  ///< views along an axis have no perspective
  } style;
  /// Turns about the pivot; one full width of 1000 pixels is about half a turn.
  void orbit(float dx, float dy);
  /// Moves the pivot so that it follows the mouse; through the camera moves its frame in the view.
  void pan(float dx, float dy, int width, int height);
  /// Moves toward the pivot (factor below 1) or away from it; through the camera makes its frame
  /// larger or smaller.
  void zoom(float factor);
  /// The same, so that a point that is as far away as the pivot stays where it is in the view.
  void zoom_towards(float3 point, float factor);
  /// After the view was turned about its pivot: moves it as though it had turned about `center`.
  /// `before` is its rotation then.
  void turned_about(float3 center, const float3x3& before);
  /// Moves along the line of sight, by a share of the distance to the pivot, which moves along:
  /// unlike zooming it goes through things.
  void dolly(float share);
  /// "FRONT", "BACK", "LEFT", "RIGHT", "TOP" or "BOTTOM", without perspective until turned (where
  /// the style says so). False
  /// for another name.
  bool view_axis(std::string_view name);
  /// Turns by the step of keys: "ORBITLEFT", "ORBITRIGHT", "ORBITUP", "ORBITDOWN"; to the other
  /// side: "OPPOSITE".
  bool orbit_step(std::string_view name);
  /// Turns about the line of sight by the step of keys: "LEFT" or "RIGHT".
  bool roll_step(std::string_view name);
  /// Lets a box fill the view.
  void frame(float3 low, float3 high);
  /// Turns about another point from now on, as far from it as before.
  void set_pivot(float3 point) { pivot_ = point; }
  void center_on(float3 point) { leave_camera(), pivot_ = point; }
  void toggle_perspective();
  /// Looks through the scene's camera, or back to where it was.
  void toggle_camera() { is_camera_ = !is_camera_; }
  /// The frame of the camera fills the view again.
  void fit_camera() { camera_zoom_.reset(), camera_offset_ = {}; }
  /// How large that frame is: -30 to 600, 0 fills half of the view's larger side.
  float camera_zoom(int width, int height, const evaluation::EvaluatedScene* scene) const;
  /// Where its middle is, in frames of the view from the view's middle.
  float2 camera_offset() const { return camera_offset_; }
  void set_camera_frame(float zoom, float2 offset);
  /// Looks from a place without perspective being changed; the pivot is as far away as it was.
  void look_from(const float4x4& place);
  /// The place that it looks from: columns are right, up, back, and where the eye is.
  float4x4 place() const;

  bool is_camera() const { return is_camera_; }
  bool is_perspective() const { return is_perspective_; }
  float3 pivot() const { return pivot_; }
  float distance() const { return distance_; }
  /// Columns are the view's axes in world space.
  float3x3 rotation() const { return quaternion_to_matrix(rotation_); }
  Quaternion turn() const { return rotation_; }
  bool is_axis_view() const { return !axis_.empty(); }
  /// Looks from somewhere else. `turn` need not be of unit length.
  void set_view(float3 pivot, const Quaternion& turn, float distance, bool is_perspective,
                bool is_camera);
  /// Focal length in millimetres, and how near and far is seen. While those are 0.01 and 1000, they
  /// follow the distance.
  void set_lens(float lens, float clip_start, float clip_end);
  float lens() const { return lens_; }
  float clip_start() const { return clip_start_; }
  float clip_end() const { return clip_end_; }
  /// "User Perspective", "Front Orthographic", "Camera Perspective".
  std::string label() const;

  /// The camera that is looked through: this one, or the scene's where there is none.
  BlockId own_camera;
  /// What is drawn. Through the camera the frame fills the middle of the view, see `camera_frame`.
  render::raster::ViewCamera camera(int width, int height,
                                    const evaluation::EvaluatedScene* scene) const;
  /// The picture's rectangle in the view while looking through the camera: x, y, width, height.
  std::optional<float4> camera_frame(int width, int height,
                                     const evaluation::EvaluatedScene* scene) const;

private:
  void leave_camera();
  void turn(float azimuth, float elevation);
  const evaluation::EvaluatedObject* find_camera(const evaluation::EvaluatedScene* scene) const;

  float3 pivot_;
  Quaternion rotation_;
  float distance_ = 15.0f;
  float lens_ = 50.0f, clip_start_ = 0.01f, clip_end_ = 1000.0f;
  bool is_perspective_ = true;
  bool was_perspective_ = true;  ///< before an axis view
  bool is_camera_ = false;
  std::optional<float> camera_zoom_;  ///< nothing: the frame fills the view
  float2 camera_offset_;
  std::string axis_;  ///< name of the axis view; empty: none
};

/// Where a point lies in the view, in pixels from the top left; nothing for points behind the eye.
std::optional<float2> project(const render::raster::ViewCamera& camera, int width, int height,
                              float3 point);
Ray ray_at(const render::raster::ViewCamera& camera, int width, int height, float2 pixel);
/// World-space size of one pixel at a point.
float pixel_size_at(const render::raster::ViewCamera& camera, int width, int height, float3 point);

}  // namespace kiln::editor
