#include "app/signals.h"

#include <atomic>
#include <csignal>

#include <sys/eventfd.h>
#include <unistd.h>

namespace kiln::app {
namespace {

// What a signal handler sees: signals belong to the process, and so does this.
struct Process {
  std::atomic<int> received{0};
  std::atomic<int> event{-1};
  std::atomic<void (*)() noexcept> at_once{nullptr};
  struct sigaction old_interrupt {
  }, old_terminate{};
};

Process& process() {
  static Process instance;
  return instance;
}

constexpr std::uint64_t stop = 1u << 16;

void on_signal(int signal) {
  Process& p = process();
  const int saved_errno = errno;
  int none = 0;
  if (!p.received.compare_exchange_strong(none, signal)) {
    ::_exit(128 + signal);
  }
  if (auto* at_once = p.at_once.load()) {
    at_once();
  }
  const std::uint64_t value = std::uint64_t(signal);
  [[maybe_unused]] const ssize_t done = ::write(p.event, &value, sizeof(value));
  errno = saved_errno;
}

}  // namespace

EndRequests::EndRequests(void (*at_once)() noexcept, std::function<void(int)> then) {
  Process& p = process();
  p.received = 0;
  p.at_once = at_once;
  p.event = ::eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([event = p.event.load(), call = std::move(then)] {
    for (;;) {
      std::uint64_t value = 0;
      if (::read(event, &value, sizeof(value)) != sizeof(value)) {
        continue;
      }
      if (value >= stop) {
        return;
      }
      call(int(value));
    }
  });
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, &p.old_interrupt);
  ::sigaction(SIGTERM, &action, &p.old_terminate);
}

EndRequests::~EndRequests() {
  Process& p = process();
  ::sigaction(SIGINT, &p.old_interrupt, nullptr);
  ::sigaction(SIGTERM, &p.old_terminate, nullptr);
  const std::uint64_t value = stop;
  [[maybe_unused]] const ssize_t done = ::write(p.event, &value, sizeof(value));
  thread_.join();
  ::close(p.event.exchange(-1));
}

int EndRequests::received() const {
  return process().received;
}

}  // namespace kiln::app
