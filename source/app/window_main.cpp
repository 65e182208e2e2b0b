#include <algorithm>
#include <cstdio>

#include "app/application.h"
#include "app/freed_memory.h"
#include "app/script_service.h"
#include "app/user_folder.h"
#include "core/log.h"
#include "editor/application.h"

namespace {

// Workspaces and theme.
kiln::Path settings_file() {
  const kiln::Path folder = kiln::app::user_folder();
  return folder.empty() ? folder : folder / "window.json";
}

// `--debug-events` (and `--debug-all`) time all handlers of events.
bool watches_handlers(const kiln::app::CommandLine& line) {
  return std::any_of(line.debug_flags.begin(), line.debug_flags.end(),
                     [](const std::string& flag) { return flag == "events" || flag == "all"; });
}

kiln::editor::WindowPlacement placement_of(const kiln::app::WindowPlacement& asked) {
  using State = kiln::app::WindowPlacement::State;
  return {asked.state == State::FullScreen, asked.state == State::Maximized, asked.geometry,
          asked.takes_focus};
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kiln;
  app::keep_freed_memory();
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
         [&running] { running.publish(); }, watches_handlers(running.line()),
         running.line().control_socket, placement_of(running.line().window)},
        argc, argv);
  });
  return int(application.run(arguments));
}
