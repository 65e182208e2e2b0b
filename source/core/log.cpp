#include "core/log.h"

#include <cstdio>
#include <string>

namespace kiln {

void log_line(LogLevel level, std::string_view text) {
  static constexpr std::string_view prefixes[] = {"Debug: ", "", "Warning: ", "Error: "};
  std::string line(prefixes[int(level)]);
  line.append(text);
  line.push_back('\n');
  std::FILE* out = level >= LogLevel::Warning ? stderr : stdout;
  std::fwrite(line.data(), 1, line.size(), out);
  std::fflush(out);
}

}  // namespace kiln
