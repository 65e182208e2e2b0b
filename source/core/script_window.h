#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/schema/value.h"
#include "core/script_panels.h"

namespace kiln {

/// Something the user did, by the names of the interface: type "A", "LEFTMOUSE", "MOUSEMOVE", value
/// "PRESS", "RELEASE". Places are pixels of the window from its lower left corner.
struct ScriptEvent {
  std::string type = "NONE", value = "NOTHING";
  int x = 0, y = 0;
  bool shift = false, ctrl = false, alt = false, meta = false;
  std::string text;
  bool is_repeat = false;
};

/// What a script asks of the window.
struct ScriptRequest {
  std::string
      kind;  ///< "MENU", "PIE", "POPUP", "DIALOG", "SEARCH", "FILE", "CALL_MENU", "STATUS", ...
  int token = 0;  ///< of popups: names them in what follows
  std::string name, text, filter;
  int number = 0, width = 0;
  double value = 0.0;
  bool saves = false;
};

/// How an operator of a script ended that had waited for events or an answer.
struct ScriptOutcome {
  std::string identifier, label, outcome, error;
  std::vector<std::pair<std::string, std::string>> reports;  ///< severity ("Info", "Warning"), text
  std::vector<std::pair<std::string, Value>> settings;
  bool is_undoable = false;
};

/// What scripts and the window have to do with each other besides panels and the state of editors
/// (`WindowLayout`): events, timers, popups and keys. A service; owner's thread only.
class ScriptWindow {
public:
  virtual ~ScriptWindow() = default;
  /// The event that operators see which are invoked now.
  virtual void set_event(const ScriptEvent& event) = 0;
  /// Whether operators wait for events.
  virtual bool has_waiting() = 0;
  struct Answer {
    bool is_taken = false;
    std::vector<ScriptOutcome> ended;
  };
  /// Gives an event to waiting operators.
  virtual Answer handle(const ScriptEvent& event) = 0;
  /// Rings timers; `seconds` until the next one, less than 0: none.
  virtual Answer tick(double* seconds) = 0;
  /// Ends everything that waits: another document comes.
  virtual void cancel_all() = 0;
  virtual std::vector<ScriptRequest> take_requests() = 0;

  virtual std::optional<ScriptPanel> popup_content(int token) = 0;
  /// Of searches: identifiers and labels to choose from.
  virtual std::vector<std::pair<std::string, std::string>> popup_choices(int token) = 0;
  /// The popup was closed; `choice` is what was chosen, or paths, one a line.
  virtual std::optional<ScriptOutcome> popup_done(int token, bool is_accepted,
                                                  const std::string& choice) = 0;
  /// A popup for settings of an operator that draws them itself, by its number; 0 where it does
  /// not.
  virtual int open_redo(const std::string& identifier,
                        const std::vector<std::pair<std::string, Value>>& settings) = 0;
  /// The settings in a popup of an operator as they are now.
  virtual std::vector<std::pair<std::string, Value>> popup_settings(int token) = 0;
  /// A value in it was changed.
  virtual std::optional<ScriptOutcome> popup_changed(int token) = 0;

  /// The operator and settings that an add-on bound to an event in one of these keymaps.
  virtual std::optional<std::pair<std::string, std::vector<std::pair<std::string, Value>>>> binding(
      const std::vector<std::string>& keymaps, const ScriptEvent& event) = 0;
  /// Whether add-ons bound something to mouse buttons.
  virtual bool binds_mouse() = 0;
};

}  // namespace kiln
