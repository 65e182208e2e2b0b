#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/log.h"
#include "core/result.h"

namespace kiln::app {

/// One thing the command line asks for; they are done in the order given, as scripts rely on.
struct Action {
  enum class Kind {
    OpenFile,        ///< text: path
    OpenLast,
    RunScript,       ///< text: path
    RunExpression,   ///< text: code
    RunText,         ///< text: name of a text data-block
    RunConsole,
    SetScene,        ///< text: name
    SetOutput,       ///< text: path with // and #
    SetEngine,       ///< text: identifier
    SetFormat,       ///< text: identifier
    SetExtension,    ///< number
    SetThreads,      ///< number
    SetFrameStart,   ///< text: number, or +N, -N relative
    SetFrameEnd,
    SetFrameStep,
    RenderFrames,    ///< text: list such as "1,3,5..8", "+2"
    RenderAnimation,
  };
  Kind kind;
  std::string text;
  int number = 0;
};

/// How the window comes up.
struct WindowPlacement {
  enum class State { Normal, Maximized, FullScreen } state = State::Normal;
  std::optional<std::array<int, 4>> geometry;  ///< left, bottom edge above that of the screen, width, height; pixels
  bool takes_focus = true;
};

struct CommandLine {
  bool is_background = false;
  bool is_factory_startup = false;
  bool use_system_python_environment = false;
  bool is_autoexec = false;
  std::string control_socket;  ///< where the window answers requests; empty: nowhere
  bool shows_help = false, shows_version = false;
  bool is_progress_json = false;
  bool handles_crashes = true, handles_aborts = true;
  std::vector<std::string> debug_flags;  ///< names such as "depsgraph", shown by `bpy.app`; "" is `--debug`
  int debug_value = 0;
  WindowPlacement window;
  TraceOptions trace;  ///< what the program tells of its work; no categories: nothing
  bool opens_file() const;
  std::vector<std::string> addons;  ///< modules of add-ons to enable before the first action
  bool runs_all_timers = false;     ///< stay until no timer of a script is left
  int python_exit_code = 0;  ///< 0: the program's own status for failed scripts
  std::vector<Action> actions;
};

/// Exit statuses.
enum class ExitStatus : int {
  Good = 0,
  Failed = 1,        ///< anything without a status of its own
  BadArguments = 2,
  BadFile = 3,       ///< a document cannot be read
  ScriptFailed = 4,
  RenderFailed = 5,
  OutputFailed = 6,  ///< a picture or file cannot be written
  Cancelled = 130,   ///< by Ctrl-C; 143 by SIGTERM
};

/// Arguments behind `--` are left to scripts. Unknown arguments are errors that name them.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments);

std::string help_text();
std::string version_text();

/// Frames named by a list: "5", "1,3", "1..4", "+2" (from the start), "-1" (from the end).
Result<std::vector<int>> parse_frames(const std::string& text, int start, int end);

}  // namespace kiln::app
