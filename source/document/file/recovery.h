#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/schema/registry.h"
#include "document/file/store.h"

namespace kiln {

/// Keeps what is not saved yet in a recovery file, on a thread of its own, so that it can be found
/// after a crash.
///
/// The owner of the document hands over states (`publish`, O(1)); the thread writes the newest one
/// every `interval_seconds`, as differences to the last. When the program crashes, the signal
/// handler asks the thread for one last write through a file descriptor and waits for it a while.
/// A state is always written as a transaction, so whatever happens to the thread, the last state
/// that was complete is in the file.
class RecoveryKeeper {
public:
  struct Options {
    Path folder;                         ///< see `recovery_folder`
    double interval_seconds = 120.0;     ///< as the reference's preferences
    const Registry* registry = nullptr;  ///< to check a last state before it is trusted
    const Document* head = nullptr;  ///< the document being edited, looked at after a crash only
    /// Called on the keeper's thread about once a second: lets the owner `publish` soon.
    std::function<void()> ask_for_state;
  };

  explicit RecoveryKeeper(Options options);
  /// Leaves the recovery file where it is.
  ~RecoveryKeeper();
  RecoveryKeeper(const RecoveryKeeper&) = delete;
  RecoveryKeeper& operator=(const RecoveryKeeper&) = delete;

  /// From now on writes so often.
  void set_interval(double seconds) { interval_seconds_ = seconds; }

  /// Hands over the present state, settled. `original_path` is where the document is kept, or
  /// empty. One that is not dirty needs no recovery: what was written before is removed.
  void publish(const Document& document, const Path& original_path, bool is_dirty);
  /// Writes the published state now and waits for it.
  Result<void> write_now();
  /// Removes what was written: the program ends in order.
  void close();

  /// Where this session's recovery file is, or would be.
  Path file() const;

  // For signal handlers: everything below is safe to use in one.

  enum class Rescue : std::uint64_t { Published = 1, PublishedAndHead = 2 };
  /// Asks for a last write and waits up to `timeout_ms`. Returns whether a recovery file is there.
  /// Called on the keeper's own thread it ends the writing and never returns. `Head`: the thread
  /// that edits the document stands still.
  bool rescue(Rescue what, int timeout_ms) noexcept;
  /// Name of the recovery file, valid as long as the keeper.
  const char* file_name() const noexcept { return file_names_[name_in_use_.load()].data(); }

private:
  struct State {
    Document document;
    Path original_path;
    bool is_dirty = false;
  };
  void run();
  Result<void> write(const State& state);
  void write_head();
  void forget_written();
  Result<void> make_folder();

  const Options options_;
  std::atomic<double> interval_seconds_;
  Path session_folder_;
  int rescue_request_ = -1, rescue_done_ = -1, stop_request_ = -1;
  std::atomic<bool> has_file_{false};
  std::atomic<int> thread_id_{0};
  std::array<std::array<char, 4096>, 2> file_names_{};
  std::atomic<int> name_in_use_{0};

  mutable std::mutex published_mutex_;  // guards published_
  State published_;
  std::mutex write_mutex_;  // guards what follows
  std::optional<State> written_;
  std::string revision_;
  Path file_;
  int lock_ = -1;
  std::thread thread_;
};

/// `$XDG_STATE_HOME/kiln/recovery`, or below `~/.local/state`.
Path recovery_folder();

/// What a session that is gone has left behind.
struct Recoverable {
  Path file;
  Path original_path;  ///< empty: never saved
  std::filesystem::file_time_type time;
};
/// The newest first. Looks at sessions only whose program is gone; removes empty ones.
std::vector<Recoverable> find_recoverable(const Path& folder);

}  // namespace kiln
