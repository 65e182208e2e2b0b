#pragma once

#include <functional>

#include "app/command_line.h"
#include "app/session.h"
#include "app/crash_handler.h"
#include "app/signals.h"
#include "core/interrupts.h"
#include "document/project.h"
#include "evaluation/evaluator.h"
#include "operators/color_service.h"
#include "operators/image_store.h"
#include "operators/operator.h"
#include "python/runtime.h"

namespace kiln::app {

/// The running program: all modules wired together around one project.
class Application {
 public:
  explicit Application(CommandLine line);

  /// Shows a window on the project until it is closed; its exit status, or why there is none.
  using RunWindow = std::function<Result<int>(Application&)>;
  /// What is to be done after the command line's actions, unless it asks for background work.
  void set_window(RunWindow run_window) { run_window_ = std::move(run_window); }

  Project& project() { return project_; }
  evaluation::Evaluator& evaluator() { return session_.evaluator; }
  const operators::OperatorRegistry& operators() const { return operators_; }
  Services& services() { return session_.services; }
  /// While `run` runs.
  python::Runtime& python() { return *python_; }
  const CommandLine& line() const { return line_; }

  /// Lets the keeper of the recovery file have the present state.
  void publish();

  /// Does what the command line asks for. `arguments` become `sys.argv`.
  ExitStatus run(const std::vector<std::string>& arguments);

 private:
  ExitStatus perform(const Action& action);
  ExitStatus run_script(const Result<void>& done);
  ExitStatus render(const std::vector<int>& frames);
  ExitStatus set_frame(const Action& action);
  /// Begins with the user's start-up file where there is one; one that cannot be read is left out with a warning.
  void read_startup_file();
  ExitStatus perform_all();
  Scene* edit_scene();
  /// Names what a session that crashed has left of a document, where it is newer than the file.
  void offer_recovery(const Path& file);

  CommandLine line_;
  RunWindow run_window_;
  Session session_;
  Registry& registry_ = session_.registry;
  operators::OperatorRegistry& operators_ = session_.operators;
  Project& project_ = session_.project;
  Interrupts& interrupts_ = session_.interrupts;
  std::unique_ptr<python::Runtime> python_;  // before the project goes
  std::optional<int> script_exit_;
  // The crash handler uses the keeper, which asks the interpreter for states.
  std::unique_ptr<RecoveryKeeper> keeper_;
  std::unique_ptr<CrashHandler> crash_handler_;
};

}  // namespace kiln::app
