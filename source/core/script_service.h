#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace kiln {

/// What the program's scripting language offers to those who do not know which one it is. Found in
/// `Services`; owner's thread only.
class ScriptService {
public:
  virtual ~ScriptService() = default;

  /// Runs a whole script; what it prints is returned, what it raises is the error.
  virtual Result<std::string> run(const std::string& code, const std::string& name) = 0;

  struct ConsoleAnswer {
    std::string output;
    bool is_error = false;
    bool wants_more = false;  ///< the line opens a block that goes on
  };
  /// A line typed into the console, which keeps its names between lines.
  virtual ConsoleAnswer console_line(const std::string& line) = 0;
  /// Ways to go on with what is typed up to the cursor, each the whole last word.
  virtual std::vector<std::string> complete(const std::string& text) = 0;

  /// Calls timers of scripts that are due. Seconds until the next one, negative without one: whoever runs the loop of events calls
  /// this again by then, and after scripts ran.
  virtual double run_timers() = 0;

  struct Event {
    std::string type;   ///< key, button or movement by its name in the interface, such as "LEFTMOUSE"
    std::string value;  ///< "PRESS", "RELEASE", "CLICK", "NOTHING", ...
    std::string text;   ///< what was typed
    int x = 0, y = 0;   ///< pixels from the lower left corner of the window
    int region_x = 0, region_y = 0;
    bool shift = false, ctrl = false, alt = false, super = false, is_repeat = false;
  };
  /// Whether operators of scripts wait for events.
  virtual bool wants_events() = 0;
  /// Gives them an event; whether one of them took it, so that nobody else shall.
  virtual bool handle_event(const Event& event) = 0;
};

}  // namespace kiln
