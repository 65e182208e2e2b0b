#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "document/file/store.h"

namespace kiln {

/// Writes snapshots of a document on a thread of its own, one at a time, while editing goes on.
///
/// Used by one thread, the document's owner.
class BackgroundSave {
public:
  struct Request {
    Document document;  ///< settled
    Path path;
    std::optional<SavedState> base;  ///< what the file holds: only what differs is written
    SaveOptions options;
  };
  struct Finished {
    Document document;
    Path path;
    Result<SaveReport> report;
  };

  BackgroundSave() = default;
  BackgroundSave(const BackgroundSave&) = delete;
  BackgroundSave& operator=(const BackgroundSave&) = delete;
  /// Waits for a save that runs.
  ~BackgroundSave();

  /// Returns at once; nothing may be running.
  void start(Request request);
  bool is_running() const;
  /// How far a save that runs is, in [0, 1].
  float fraction() const;
  /// Lets a save that runs end early; the file stays as it was.
  void cancel();
  /// What the last save gave, once. Nothing while it runs or where there was none.
  std::optional<Finished> take_finished();
  /// The same after waiting for it.
  std::optional<Finished> wait();

private:
  std::thread thread_;
  mutable std::mutex mutex_;  // guards finished_ and is_running_
  std::condition_variable changed_;
  std::optional<Finished> finished_;
  bool is_running_ = false;
  std::unique_ptr<Progress> progress_;
};

}  // namespace kiln
