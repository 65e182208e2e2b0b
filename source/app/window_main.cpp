#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "app/application.h"
#include "app/script_service.h"
#include "core/log.h"
#include "editor/application.h"

namespace {

// Where the user's settings are kept; nowhere where there is no home.
kiln::Path settings_file() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder && *folder) {
    return kiln::Path(folder) / "kiln/window.json";
  }
  const char* home = std::getenv("HOME");
  return home && *home ? kiln::Path(home) / ".config/kiln/window.json" : kiln::Path();
}

// `--debug-events` (and `--debug-all`) time all handlers of events.
bool watches_handlers(const kiln::app::CommandLine& line) {
  return std::any_of(line.debug_flags.begin(), line.debug_flags.end(),
                     [](const std::string& flag) { return flag == "events" || flag == "all"; });
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kiln;
  const std::vector<std::string> arguments(argv, argv + argc);
  Result<app::CommandLine> line = app::parse_command_line({arguments.begin() + 1, arguments.end()});
  if (!line) {
    log_line(LogLevel::Error, line.error().message);
    return int(app::ExitStatus::BadArguments);
  }
  if (line->shows_help || line->shows_version) {
    std::fputs(line->shows_help ? app::help_text().c_str() : app::version_text().c_str(), stdout);
    return 0;
  }
  app::Application application(std::move(*line));
  application.set_window([&](app::Application& running) {
    app::PythonScripts scripts(running.python());
    return editor::run_window(
        {running.project(), running.evaluator(), running.operators(), running.services(), &scripts,
         app::release_folder() / "keymaps/default.json",
         running.line().is_factory_startup ? Path() : settings_file(),
         [&running] { running.publish(); }, watches_handlers(running.line()), running.line().control_socket},
        argc, argv);
  });
  return int(application.run(arguments));
}
