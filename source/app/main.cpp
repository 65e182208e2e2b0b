#include <cstdio>

#include "app/application.h"
#include "app/freed_memory.h"
#include "app/subcommands.h"
#include "app/window_program.h"
#include "core/log.h"

int main(int argc, char** argv) {
  using namespace kiln;
  app::keep_freed_memory();
  const std::vector<std::string> arguments(argv, argv + argc);
  if (const std::optional<int> status =
          app::run_subcommand({arguments.begin() + 1, arguments.end()})) {
    return *status;
  }
  Result<app::CommandLine> line = app::parse_command_line({arguments.begin() + 1, arguments.end()});
  if (!line) {
    log_line(LogLevel::Error, line.error().message);
    return int(app::ExitStatus::BadArguments);
  }
  if (line->shows_help || line->shows_version) {
    std::fputs(line->shows_help ? (app::help_text() + app::subcommand_help()).c_str()
                                : app::version_text().c_str(),
               stdout);
    return 0;
  }
  if (!line->is_background) {
    // Only that program knows the libraries a window needs, so that work without one starts
    // quickly. Does not come back where there is a display.
    app::become_window_program(argv);
  }
  return int(app::Application(std::move(*line)).run(arguments));
}
