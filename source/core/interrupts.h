#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "core/progress.h"

namespace kiln {

/// Long work that the user may end from outside (Ctrl-C): whoever runs some registers its
/// `Progress` meanwhile. One for each program, found in its `Services`; safe from any thread.
class Interrupts {
public:
  /// Registers a Progress for as long as it lives; `interrupts` may be null.
  class Scope {
  public:
    Scope(Interrupts* interrupts, Progress& progress)
        : interrupts_(interrupts), progress_(progress) {
      if (interrupts_) {
        interrupts_->add(progress_);
      }
    }
    ~Scope() {
      if (interrupts_) {
        interrupts_->remove(progress_);
      }
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

  private:
    Interrupts* interrupts_;
    Progress& progress_;
  };

  /// Cancels all that runs, and all that begins later.
  void interrupt() {
    const std::scoped_lock lock(mutex_);
    is_interrupted_ = true;
    for (Progress* progress : running_) {
      progress->cancel();
    }
  }
  bool is_interrupted() const { return is_interrupted_; }

private:
  void add(Progress& progress) {
    const std::scoped_lock lock(mutex_);
    running_.push_back(&progress);
    if (is_interrupted_) {
      progress.cancel();
    }
  }
  void remove(Progress& progress) {
    const std::scoped_lock lock(mutex_);
    std::erase(running_, &progress);
  }

  std::mutex mutex_;  // guards running_
  std::vector<Progress*> running_;
  std::atomic<bool> is_interrupted_{false};
};

}  // namespace kiln
