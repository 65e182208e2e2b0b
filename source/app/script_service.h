#pragma once

#include "core/script_service.h"
#include "python/runtime.h"

namespace kiln::app {

/// Scripting by the embedded Python.
class PythonScripts : public ScriptService {
public:
  explicit PythonScripts(python::Runtime& runtime) : runtime_(runtime) {}
  Result<std::string> run(const std::string& code, const std::string& name) override;
  ConsoleAnswer console_line(const std::string& line) override;
  std::vector<std::string> complete(const std::string& text) override;
  double run_timers() override;
  bool wants_events() override;
  bool handle_event(const Event& event) override;

private:
  python::Runtime& runtime_;
};

}  // namespace kiln::app
