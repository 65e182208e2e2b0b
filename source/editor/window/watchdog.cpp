#include "editor/window/watchdog.h"

#include <QEvent>
#include <QMetaEnum>
#include <QObject>

#include "core/log.h"

namespace kiln::editor {
namespace {

constexpr std::size_t most_kept = 1000;

double milliseconds_since(Watchdog::Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Watchdog::Clock::now() - start).count();
}

}  // namespace

void Watchdog::goes_on() {
  if (waiting_since_ != Clock::time_point()) {
    other_ += milliseconds_since(waiting_since_);
    waiting_since_ = {};
  }
}

Watchdog::Call::Call(Watchdog& dog, const QObject* receiver, const QEvent& event)
    : dog_(dog),
      receiver_(receiver->metaObject()->className()),
      event_(event.type()),
      start_(Clock::now()),
      outer_(std::exchange(dog.other_, 0.0)) {}

Watchdog::Call::~Call() {
  const double whole = milliseconds_since(start_);
  const double own = whole - dog_.other_;
  if (own > dog_.limit_) {
    dog_.note(receiver_, event_, own);
  }
  dog_.other_ = outer_ + whole;
}

void Watchdog::note(const char* receiver, int event, double milliseconds) {
  const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(event);
  Slow entry{fmt::format("{} of {}", name ? name : "event", receiver), milliseconds};
  log(LogLevel::Warning, "the window did not answer for {:.0f} ms: {}", entry.milliseconds,
      entry.what);
  if (slow_.size() < most_kept) {
    slow_.push_back(std::move(entry));
  }
}

}  // namespace kiln::editor
