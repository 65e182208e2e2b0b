#include "editor/window/playback.h"

#include <QTimer>
#include <chrono>

#include "document/scene.h"

namespace kiln::editor {
namespace {

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Playback::Playback(Session& session) : session_(session), timer_(new QTimer(this)) {
  connect(timer_, &QTimer::timeout, this, [this] { show_next(); });
}

bool Playback::is_playing() const {
  return timer_->isActive();
}

void Playback::set_frame(int frame) {
  const Scene* scene = session_.scene();
  if (const Property* property = scene ? Scene::schema().property("frame_current") : nullptr) {
    session_.set_playback_frame(std::nullopt);
    session_.set({scene->id, {}}, *property, Value(frame),
                 /*merge_key=*/std::uint64_t(scene->id.serial) << 8 | 1);
  }
}

void Playback::toggle() {
  if (timer_->isActive()) {
    timer_->stop();
    set_frame(int(session_.frame()));
    return;
  }
  from_ = int(session_.frame());
  start_ = now_seconds();
  timer_->start(8);
}

void Playback::cancel() {
  if (timer_->isActive()) {
    timer_->stop();
    session_.set_playback_frame(std::nullopt);
  }
}

void Playback::show_next() {
  const Scene* scene = session_.scene();
  if (!scene || session_.is_evaluating()) {
    return;
  }
  const double rate = double(scene->render.fps) / std::max(1e-3, double(scene->render.fps_base));
  const int length = std::max(1, scene->frame_end - scene->frame_start + 1);
  const double seconds = now_seconds() - start_;
  if (scene->sync_mode == SyncMode::None && seconds * rate >= 1.0) {
    // One frame on, however long the last one took.
    from_ = int(session_.frame()) + 1;
    start_ = now_seconds();
  }
  const bool drops = scene->sync_mode != SyncMode::None;
  const int elapsed = drops ? int(std::fmod(seconds * rate, double(length))) : 0;
  const int offset = ((from_ - scene->frame_start + elapsed) % length + length) % length;
  const float frame = float(scene->frame_start + offset);
  if (frame != session_.frame()) {
    session_.set_playback_frame(frame);
  }
}

}  // namespace kiln::editor
