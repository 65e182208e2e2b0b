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

void Playback::toggle(bool goes_back) {
  if (timer_->isActive()) {
    timer_->stop();
    set_frame(int(session_.frame()));
    session_.set_playing(false);
    Q_EMIT changed();
    return;
  }
  step_ = goes_back ? -1 : 1;
  from_ = int(session_.frame());
  start_ = now_seconds();
  timer_->start(8);
  session_.set_playing(true);
  Q_EMIT changed();
}

void Playback::cancel() {
  if (timer_->isActive()) {
    timer_->stop();
    session_.set_playback_frame(std::nullopt);
    session_.set_playing(false);
    Q_EMIT changed();
  }
}

void Playback::show_next() {
  const Scene* scene = session_.scene();
  if (!scene || session_.is_evaluating()) {
    return;
  }
  const double rate = double(scene->render.fps) / std::max(1e-3, double(scene->render.fps_base));
  const bool has_range = scene->use_preview_range;
  const int first = has_range ? scene->frame_preview_start : scene->frame_start;
  const int last = has_range ? scene->frame_preview_end : scene->frame_end;
  const int length = std::max(1, last - first + 1);
  const double seconds = now_seconds() - start_;
  if (scene->sync_mode == SyncMode::None && seconds * rate >= 1.0) {
    // One frame on, however long the last one took.
    from_ = int(session_.frame()) + step_;
    start_ = now_seconds();
  }
  const bool drops = scene->sync_mode != SyncMode::None;
  const int elapsed = drops ? step_ * int(std::fmod(seconds * rate, double(length))) : 0;
  const int offset = ((from_ - first + elapsed) % length + length) % length;
  const float frame = float(first + offset);
  if (frame != session_.frame()) {
    session_.set_playback_frame(frame);
  }
}

}  // namespace kiln::editor
