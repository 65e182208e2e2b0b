#include "core/log.h"

#include <chrono>
#include <cstdio>

#include <fnmatch.h>

namespace kiln {
namespace {

// The one state here: what was asked for on the command line. Written once, before there are
// threads.
struct Trace {
  TraceOptions options;
  std::FILE* out = nullptr;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

Trace& the_trace() {
  static Trace trace;
  return trace;
}

}  // namespace

void log_line(LogLevel level, std::string_view text) {
  static constexpr std::string_view prefixes[] = {"Debug: ", "", "Warning: ", "Error: "};
  std::string line(prefixes[int(level)]);
  line.append(text);
  line.push_back('\n');
  std::FILE* out = level >= LogLevel::Warning ? stderr : stdout;
  std::fwrite(line.data(), 1, line.size(), out);
  std::fflush(out);
}

Result<void> start_trace(const TraceOptions& options) {
  Trace& trace = the_trace();
  trace.options = options;
  trace.out = stdout;
  if (!options.file.empty()) {
    trace.out = std::fopen(options.file.c_str(), "w");
    if (!trace.out) {
      return Error::unreadable(options.file, "cannot be written");
    }
  }
  return {};
}

bool is_traced(std::string_view category, int level) {
  const Trace& trace = the_trace();
  if (!trace.out || (trace.options.level >= 0 && level > trace.options.level)) {
    return false;
  }
  bool is_wanted = false;
  for (const std::string& pattern : trace.options.categories) {
    const bool takes_away = pattern.starts_with('^');
    if (fnmatch(pattern.c_str() + (takes_away ? 1 : 0), std::string(category).c_str(), 0) == 0) {
      is_wanted = !takes_away;
    }
  }
  return is_wanted;
}

void trace_line(std::string_view category, std::string_view text) {
  const Trace& trace = the_trace();
  std::string line;
  if (trace.options.has_timestamps) {
    line = fmt::format(
        "{:10.3f} ",
        std::chrono::duration<double>(std::chrono::steady_clock::now() - trace.start).count());
  }
  line += fmt::format("{}: {}\n", category, text);
  std::fwrite(line.data(), 1, line.size(), trace.out);
  std::fflush(trace.out);
}

}  // namespace kiln
