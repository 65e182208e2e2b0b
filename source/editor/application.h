#pragma once

#include <functional>
#include <string>

#include "core/script_service.h"
#include "document/project.h"
#include "evaluation/evaluator.h"
#include "operators/operator.h"

namespace kiln::editor {

/// What the window works with. All of it outlives the call.
struct WindowOptions {
  Project& project;
  evaluation::Evaluator& evaluator;
  const operators::OperatorRegistry& operators;
  Services& services;
  ScriptService* scripts = nullptr;
  Path keymap;                             ///< JSON file
  Path settings;                           ///< where workspaces and theme are kept; empty: nowhere
  std::function<void()> document_changed;  ///< called after every change; may be empty
  bool watches_handlers = false;           ///< handlers of events above 100 ms go to the log
  Path control_socket;  ///< answers requests there (see tests/gui/README.md); empty: no such socket
};

/// Shows the window until it is closed. Returns the exit status, or why there can be no window.
Result<int> run_window(const WindowOptions& options, int argc, char** argv);

}  // namespace kiln::editor
