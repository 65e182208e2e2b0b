#pragma once

#include <chrono>
#include <deque>

namespace kiln::editor {

/// How many different frames of the animation are shown a second.
class FrameRate {
public:
  using Clock = std::chrono::steady_clock;

  /// A frame is shown; the same one again does not count.
  void note(float frame, Clock::time_point now = Clock::now()) {
    if (!shown_.empty() && frame == frame_) {
      return;
    }
    frame_ = frame;
    shown_.push_back(now);
    while (shown_.size() > most) {
      shown_.pop_front();
    }
  }
  void forget() { shown_.clear(); }
  /// Over the last frames; 0 while there are not enough of them.
  double per_second() const {
    if (shown_.size() < 3) {
      return 0.0;
    }
    const std::chrono::duration<double> passed = shown_.back() - shown_.front();
    return passed.count() > 0.0 ? double(shown_.size() - 1) / passed.count() : 0.0;
  }

private:
  static constexpr std::size_t most = 25;
  std::deque<Clock::time_point> shown_;
  float frame_ = 0.0f;
};

}  // namespace kiln::editor
