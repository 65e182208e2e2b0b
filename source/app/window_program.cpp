#include "app/window_program.h"

#include <cstdlib>

#include <unistd.h>

#include "core/log.h"
#include "core/result.h"

namespace kiln::app {

void become_window_program(char** arguments) {
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  if (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") && !is_set("QT_QPA_PLATFORM")) {
    log_line(LogLevel::Warning, "there is no display: working without a window");
    return;
  }
  std::error_code none;
  const Path program =
      std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / "kiln_window";
  ::execv(program.c_str(), arguments);
  log(LogLevel::Warning, "\"{}\" cannot be started: working without a window", program.string());
}

}  // namespace kiln::app
