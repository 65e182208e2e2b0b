#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/progress.h"
#include "document/view3d_settings.h"
#include "editor/session/session.h"
#include "editor/view3d/studio_pictures.h"
#include "image/color_management.h"
#include "render/raster/camera.h"
#include "render/raster/view_renderer.h"

namespace kiln::editor {

/// What a live picture shows of a scene.
struct LiveView {
  render::raster::ViewCamera camera;
  int width = 0, height = 0;     ///< pixels of the view
  bool is_scene_camera = false;  ///< looks through it: its depth of field counts
  bool has_scene_lights = true, has_scene_world = true;
  /// In place of the scene's own lights and world stands this one, which is not seen itself; null:
  /// plain ones.
  StudioWorld studio;
  float studio_rotation = 0.0f;  ///< radians, about Z
  float studio_strength = 1.0f;
  std::uint32_t hidden_kinds = 0;  ///< of objects
  ViewRenderPass pass = ViewRenderPass::Combined;
  bool marks_active_pixels = false;  ///< those that still get samples
  bool operator==(const LiveView& other) const;
  /// Other lights make another scene.
  bool needs_other_scene(const LiveView& other) const;
};

/// How far a live picture is.
struct LiveProgress {
  int samples = 0, max_samples = 0;
  int pixel_size = 1;  ///< pixels of the view that one of the picture stands for, each way
  double seconds = 0.0;
};

/// The path-traced picture of a viewport: made beside the window, on snapshots, in few pixels first
/// and then in all of them with more and more samples, with low priority and on all cores but one.
/// A change of the view or the scene begins it anew within a frame; what is shown stays until the
/// first new picture is there. Owner's thread only; one thread of its own.
class LiveRender {
public:
  /// `changed` is called in the owner's thread when there is a new picture.
  LiveRender(Session& session, std::function<void()> changed);
  ~LiveRender();
  LiveRender(const LiveRender&) = delete;
  LiveRender& operator=(const LiveRender&) = delete;

  /// Begins anew with this state of the scene.
  void set_scene(std::shared_ptr<const evaluation::EvaluatedScene> scene);
  /// Begins anew if it is another view.
  void set_view(const LiveView& view);
  /// Shows the picture with other colors.
  void set_colors(const image::ViewSettings& colors);
  /// Ends the work without waiting for it and lets go of the scene; `set_scene` and `set_view`
  /// begin again.
  void pause();

  /// Null before the first one.
  const std::shared_ptr<const render::raster::ViewPicture>& picture() const { return picture_; }
  const LiveProgress& progress() const { return progress_; }
  /// What went wrong; empty: nothing.
  const std::string& problem() const { return problem_; }
  bool is_finished() const {
    return progress_.max_samples > 0 && progress_.samples >= progress_.max_samples;
  }

private:
  // What is wanted. Numbers grow with every change.
  struct Wish {
    std::shared_ptr<const evaluation::EvaluatedScene> scene;
    LiveView view;
    image::ViewSettings colors;
    std::uint64_t scene_number = 0, view_number = 0, color_number = 0;
    bool is_paused = true;
  };
  void run();
  void wish(const std::function<void(Wish&)>& change, bool restarts);
  void deliver(std::shared_ptr<const render::raster::ViewPicture> picture, LiveProgress progress,
               std::string problem, std::uint64_t scene, std::uint64_t view);

  Session& session_;
  std::function<void()> changed_;
  std::shared_ptr<const render::raster::ViewPicture> picture_;
  LiveProgress progress_;
  std::string problem_;
  bool is_shown_ = false;  ///< pictures of the time before a pause are too late
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);

  std::mutex mutex_;  // guards the five below
  Wish wish_;
  std::shared_ptr<Progress> pass_;  // what runs now; null: nothing
  bool may_stop_ = false;           // the first pass of a view comes to its end, whatever changes
  bool is_ending_ = false;
  std::condition_variable wake_;
  std::thread thread_;  // last: its thread uses what is above
};

}  // namespace kiln::editor
