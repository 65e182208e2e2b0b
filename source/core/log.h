#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "core/result.h"

namespace kiln {

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes one line to standard error (warnings and errors) or standard output, in one piece. Safe
/// from any thread.
void log_line(LogLevel level, std::string_view text);

template <typename... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  log_line(level, fmt::format(format, std::forward<Args>(args)...));
}

/// What the program tells about its own work, for those who look for a fault: silent unless asked
/// for on the command line.
struct TraceOptions {
  std::vector<std::string>
      categories;               ///< patterns with `*`; one with `^` before it takes away again
  int level = 1;                ///< 1: steps; 2: details; less than 0: everything
  Path file;                    ///< instead of standard output
  bool has_timestamps = false;  ///< seconds since the start of the program
};

/// Begins to tell; to be called once, before other threads run. A file that cannot be written is an
/// error.
Result<void> start_trace(const TraceOptions& options);

/// Whether anybody listens. Cheap where nobody does.
bool is_traced(std::string_view category, int level = 1);
void trace_line(std::string_view category, std::string_view text);

/// Tells of a step in one of the categories "app", "file", "evaluation", "render", "python".
template <typename... Args>
void trace(std::string_view category, fmt::format_string<Args...> format, Args&&... args) {
  if (is_traced(category)) {
    trace_line(category, fmt::format(format, std::forward<Args>(args)...));
  }
}

}  // namespace kiln
