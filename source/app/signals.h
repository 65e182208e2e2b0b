#pragma once

#include <functional>
#include <thread>

namespace kiln::app {

/// Lets Ctrl-C and requests to end (SIGINT, SIGTERM) arrive as calls on a thread of their own,
/// where everything is allowed. A second one ends the program at once. One for each process.
class EndRequests {
public:
  /// `at_once` runs in the signal handler and must be safe there; `then` follows on the thread.
  EndRequests(void (*at_once)() noexcept, std::function<void(int signal)> then);
  /// Gives the signals their former meaning.
  ~EndRequests();
  EndRequests(const EndRequests&) = delete;
  EndRequests& operator=(const EndRequests&) = delete;

  /// The signal that arrived, 0 before.
  int received() const;

private:
  std::thread thread_;
};

}  // namespace kiln::app
