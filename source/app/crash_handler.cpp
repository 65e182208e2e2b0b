#include "app/crash_handler.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <vector>

#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/command_line.h"

namespace kiln::app {
namespace {

constexpr std::array signals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr int rescue_timeout_ms = 30000;

// What a signal handler sees: signals belong to the process, and so does this.
struct Process {
  CrashHandler::Options options;
  std::atomic<int> crashed_thread{0};
  std::array<std::array<char, 4096>, 2> text_names{};
  std::atomic<int> name_in_use{0};
  std::array<char, 128> version{};
  std::array<struct sigaction, signals.size()> old{};
  std::vector<char> stack;
};

Process& process() {
  static Process instance;
  return instance;
}

void put(int descriptor, const char* text) noexcept {
  [[maybe_unused]] const ssize_t done = ::write(descriptor, text, std::strlen(text));
}

const char* name_of(int signal) noexcept {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV";
    case SIGBUS:
      return "SIGBUS";
    case SIGFPE:
      return "SIGFPE";
    case SIGILL:
      return "SIGILL";
    default:
      return "SIGABRT";
  }
}

void write_text(int signal) noexcept {
  Process& p = process();
  const char* name = p.text_names[std::size_t(p.name_in_use.load())].data();
  const int file = ::open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return;
  }
  put(STDERR_FILENO, "Writing: ");
  put(STDERR_FILENO, name);
  put(STDERR_FILENO, "\n");
  put(file, "# ");
  put(file, p.version.data());
  put(file, "# ended by ");
  put(file, name_of(signal));
  put(file, "\n\n# backtrace\n");
  void* frames[128];
  const int count = ::backtrace(frames, 128);
  ::backtrace_symbols_fd(frames, count, file);
  put(file, "\n# Python backtrace\n");
  if (p.options.write_script_stack) {
    p.options.write_script_stack(file);
  }
  ::close(file);
}

void on_crash(int signal) {
  Process& p = process();
  RecoveryKeeper* keeper = p.options.keeper;
  int none = 0;
  if (!p.crashed_thread.compare_exchange_strong(none, ::gettid())) {
    if (none != ::gettid() && keeper) {
      // A second thread: the keeper's tells the first one, any other waits for the end.
      keeper->rescue(RecoveryKeeper::Rescue::Published, rescue_timeout_ms);
    }
    ::signal(signal, SIG_DFL);
    ::raise(signal);
    return;
  }
  write_text(signal);
  if (keeper) {
    const bool is_main = ::gettid() == ::getpid();
    if (keeper->rescue(
            is_main ? RecoveryKeeper::Rescue::PublishedAndHead : RecoveryKeeper::Rescue::Published,
            rescue_timeout_ms)) {
      put(STDERR_FILENO, "The unsaved document is kept in: ");
      put(STDERR_FILENO, keeper->file_name());
      put(STDERR_FILENO, "\n");
    }
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

CrashHandler::CrashHandler(const Options& options) {
  Process& p = process();
  p.options = options;
  p.crashed_thread = 0;
  std::strncpy(p.version.data(), version_text().c_str(), p.version.size() - 1);
  name_after({});
  // The first call loads a library, which a handler must not.
  void* frame[1];
  ::backtrace(frame, 1);
  // A stack of its own, for when the stack is what ran out.
  p.stack.resize(256 * 1024);
  stack_t stack{};
  stack.ss_sp = p.stack.data();
  stack.ss_size = p.stack.size();
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (signals[i] != SIGABRT || options.handles_abort) {
      ::sigaction(signals[i], &action, &p.old[i]);
    }
  }
}

CrashHandler::~CrashHandler() {
  Process& p = process();
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (signals[i] != SIGABRT || p.options.handles_abort) {
      ::sigaction(signals[i], &p.old[i], nullptr);
    }
  }
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  ::sigaltstack(&none, nullptr);
  p.options = {};
}

void CrashHandler::name_after(const Path& document) {
  Process& p = process();
  std::error_code problem;
  const std::string stem = document.stem().string().substr(0, 200);
  const Path text = std::filesystem::temp_directory_path(problem) /
                    ((stem.empty() ? "kiln" : stem) + ".crash.txt");
  // The handler may look at the name that is in use at any time: the other one is written.
  const int other = 1 - p.name_in_use.load();
  auto& name = p.text_names[std::size_t(other)];
  name.fill('\0');
  text.string().copy(name.data(), name.size() - 1);
  p.name_in_use = other;
}

}  // namespace kiln::app
