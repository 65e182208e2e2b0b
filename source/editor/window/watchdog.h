#pragma once

#include <chrono>
#include <string>
#include <vector>

class QEvent;
class QObject;

namespace kiln::editor {

/// Notes every handler of an event that keeps the window from answering for longer than a limit.
/// Time that passes while the event loop waits (inside dialogs and menus) does not count, nor does
/// that of handlers inside a handler, which are noted themselves. Owner's thread only.
class Watchdog {
public:
  using Clock = std::chrono::steady_clock;
  struct Slow {
    std::string what;  ///< "Paint of kiln::editor::LayoutView"
    double milliseconds = 0.0;
  };

  explicit Watchdog(double limit_milliseconds = 100.0) : limit_(limit_milliseconds) {}

  /// The event loop begins and ends to wait.
  void waits() { waiting_since_ = Clock::now(); }
  void goes_on();

  /// Stands for one call of a handler.
  class Call {
  public:
    Call(Watchdog& dog, const QObject* receiver, const QEvent& event);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

  private:
    Watchdog& dog_;
    const char* receiver_;
    int event_;
    Clock::time_point start_;
    double outer_;
  };

  /// The slow ones, the first first; no more than a thousand are kept.
  const std::vector<Slow>& slow() const { return slow_; }

private:
  void note(const char* receiver, int event, double milliseconds);
  double limit_;
  double other_ = 0.0;  ///< milliseconds waited and spent in inner handlers since the call began
  Clock::time_point waiting_since_;
  std::vector<Slow> slow_;
};

}  // namespace kiln::editor
