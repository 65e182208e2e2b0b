#include "editor/view3d/view_flight.h"

#include <algorithm>
#include <cmath>

namespace kiln::editor {
namespace {

constexpr int frame_ms = 16;

// Slow at both ends.
float eased(float t) {
  return t * t * (3.0f - 2.0f * t);
}

// The shorter way round.
Quaternion between(const Quaternion& a, const Quaternion& b, float t) {
  const float sign = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z < 0.0f ? -1.0f : 1.0f;
  const float u = 1.0f - t, v = sign * t;
  return normalize(
      Quaternion{u * a.w + v * b.w, u * a.x + v * b.x, u * a.y + v * b.y, u * a.z + v * b.z});
}

bool looks_alike(const Navigation& a, const Navigation& b) {
  return a.pivot() == b.pivot() && a.turn() == b.turn() && a.distance() == b.distance();
}

}  // namespace

ViewFlight::ViewFlight(int& count, std::function<void()> moved)
    : count_(count), moved_(std::move(moved)) {
  timer_.setInterval(frame_ms);
  QObject::connect(&timer_, &QTimer::timeout, [this] {
    if (passed_.elapsed() >= milliseconds_) {
      stop();
    }
    moved_();
  });
}

void ViewFlight::stop() {
  if (timer_.isActive()) {
    timer_.stop();
    --count_;
  }
}

void ViewFlight::begin(const Navigation& from, const Navigation& to, int milliseconds) {
  stop();
  if (milliseconds <= 0 || from.is_camera() || to.is_camera() || looks_alike(from, to)) {
    return;
  }
  from_ = from;
  milliseconds_ = milliseconds;
  passed_.start();
  timer_.start();
  ++count_;
}

Navigation ViewFlight::shown(const Navigation& end) const {
  if (!timer_.isActive()) {
    return end;
  }
  const float t =
      eased(std::clamp(float(passed_.elapsed()) / float(std::max(1, milliseconds_)), 0.0f, 1.0f));
  Navigation now = end;
  // Distances by their ratio, so that coming nearer looks even.
  const float distance = from_.distance() * std::pow(end.distance() / from_.distance(), t);
  now.set_view(from_.pivot() + (end.pivot() - from_.pivot()) * t,
               between(from_.turn(), end.turn(), t), distance,
               from_.is_perspective() || end.is_perspective(), /*is_camera=*/false);
  return now;
}

}  // namespace kiln::editor
