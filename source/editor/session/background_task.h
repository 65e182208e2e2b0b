#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace kiln::editor {

/// Hands a function to the thread that owns the document, which calls it when it is next idle.
using Post = std::function<void(std::function<void()>)>;

/// A thread that does the newest of the things it is asked for: what was asked before and has not
/// begun is dropped.
class LatestWorker {
public:
  LatestWorker() : thread_([this] { run(); }) {}
  ~LatestWorker() {
    {
      const std::scoped_lock lock(mutex_);
      is_ending_ = true;
      next_ = nullptr;
    }
    wake_.notify_all();
    thread_.join();
  }
  LatestWorker(const LatestWorker&) = delete;
  LatestWorker& operator=(const LatestWorker&) = delete;

  void ask(std::function<void()> work) {
    {
      const std::scoped_lock lock(mutex_);
      next_ = std::move(work);
    }
    wake_.notify_all();
  }
  bool is_idle() const {
    const std::scoped_lock lock(mutex_);
    return !next_ && !is_working_;
  }

private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return is_ending_ || next_; });
      if (is_ending_) {
        return;
      }
      const std::function<void()> work = std::exchange(next_, nullptr);
      is_working_ = true;
      lock.unlock();
      work();
      lock.lock();
      is_working_ = false;
    }
  }

  mutable std::mutex mutex_;  // guards the three below
  std::condition_variable wake_;
  std::function<void()> next_;
  bool is_ending_ = false, is_working_ = false;
  std::thread thread_;
};

}  // namespace kiln::editor
