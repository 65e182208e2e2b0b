#pragma once

#include "core/script_window.h"

namespace kiln::python {

/// Events, timers, popups and keys of scripts, kept by `bpy._window` and `bpy._keymaps`.
class PythonWindow final : public ScriptWindow {
public:
  void set_event(const ScriptEvent& event) override;
  bool has_waiting() override;
  Answer handle(const ScriptEvent& event) override;
  Answer tick(double* seconds) override;
  void cancel_all() override;
  std::vector<ScriptRequest> take_requests() override;
  std::optional<ScriptPanel> popup_content(int token) override;
  std::vector<std::pair<std::string, std::string>> popup_choices(int token) override;
  std::optional<ScriptOutcome> popup_done(int token, bool is_accepted,
                                          const std::string& choice) override;
  int open_redo(const std::string& identifier,
                const std::vector<std::pair<std::string, Value>>& settings) override;
  std::vector<std::pair<std::string, Value>> popup_settings(int token) override;
  std::optional<ScriptOutcome> popup_changed(int token) override;
  std::optional<std::pair<std::string, std::vector<std::pair<std::string, Value>>>> binding(
      const std::vector<std::string>& keymaps, const ScriptEvent& event) override;
  bool binds_mouse() override;
};

}  // namespace kiln::python
