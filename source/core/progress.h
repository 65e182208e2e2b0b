#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace kiln {

/// Lets long work say how far it is, and whoever started it say that it is no longer wanted. Safe
/// to use from any thread.
class Progress {
public:
  using Listener = std::function<void(float fraction, std::string_view what)>;

  Progress() = default;
  explicit Progress(Listener listener) : listener_(std::move(listener)) {}

  /// `fraction` in [0, 1] of the whole work; `what` names the part that runs now.
  void report(float fraction, std::string_view what = {}) {
    fraction_.store(fraction, std::memory_order_relaxed);
    if (listener_) {
      const std::scoped_lock lock(listener_mutex_);
      listener_(fraction, what);
    }
  }
  float fraction() const { return fraction_.load(std::memory_order_relaxed); }

  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

private:
  Listener listener_;
  std::mutex listener_mutex_;  // guards the listener, which need not be thread-safe
  std::atomic<float> fraction_{0.0f};
  std::atomic<bool> cancelled_{false};
};

}  // namespace kiln
