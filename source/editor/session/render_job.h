#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "editor/session/session.h"
#include "render/pathtracer/render.h"

namespace kiln::operators {
class RenderResults;
}

namespace kiln::editor {

/// Renders the scene beside the window: on a snapshot, with progress and cancel. Keeps the last
/// pictures. Owner's thread only.
class RenderJob {
public:
  explicit RenderJob(Session& session);
  ~RenderJob();

  /// A picture and the state it was made from.
  struct Picture {
    std::shared_ptr<const render::RenderResult> result;  ///< of the layer that is shown
    Document document;
    BlockId scene;
    std::string layer;  ///< that is shown: the active one where it is rendered
    /// The other view layers that were rendered, and their pictures.
    std::vector<std::pair<std::string, std::shared_ptr<const render::RenderResult>>> others;
    float frame = 1.0f;
    double seconds = 0.0;  ///< spent so far
    bool is_finished = false;
  };

  /// Starts rendering the scene as it is now, or says why not through the session. A running job
  /// goes on.
  void start();
  void cancel();
  bool is_running() const { return is_running_; }
  /// Share done in [0, 1], and seconds spent and left; meaningful while running.
  float fraction() const { return progress_ ? progress_->fraction() : 0.0f; }
  double seconds_spent() const;
  double seconds_left() const;

  /// The picture of the slot that is shown, also while it is being made; its result is null before
  /// the first one.
  const Picture& picture() const { return slots_[std::size_t(slot_)]; }
  /// Pictures are kept in slots, to be compared: the next one is rendered into the slot shown.
  static constexpr int slot_count = 8;
  int slot() const { return slot_; }
  void show_slot(int slot);
  const Picture& slot_picture(int slot) const { return slots_[std::size_t(slot)]; }

  Signal<> started, picture_changed, ended;

private:
  void finish(const Result<render::RenderResult>& result,
              const std::vector<operators::Report>& reports);
  void keep_image();
  void put_other(const std::string& layer,
                 const std::shared_ptr<const render::RenderResult>& result);

  Session& session_;
  operators::RenderResults* results_;  ///< null: nobody keeps them for scripts
  std::array<Picture, slot_count> slots_;
  int slot_ = 0, rendered_slot_ = 0;
  std::shared_ptr<Progress> progress_;
  std::chrono::steady_clock::time_point start_;
  bool is_running_ = false;
  bool holds_session_ = false;  ///< it takes no edits until the render ends
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::thread thread_;
};

}  // namespace kiln::editor
