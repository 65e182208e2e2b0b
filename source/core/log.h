#pragma once

#include <functional>
#include <string_view>

#include <fmt/core.h>

namespace kiln {

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes one line to standard error (warnings and errors) or standard output, in one piece. Safe
/// from any thread.
void log_line(LogLevel level, std::string_view text);

template <typename... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  log_line(level, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace kiln
