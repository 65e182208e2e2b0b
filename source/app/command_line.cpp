#include "app/command_line.h"

#include <charconv>
#include <functional>
#include <sstream>

namespace kiln::app {
namespace {

struct Flag {
  const char* name;
  const char* alias;
  const char* argument;  ///< null: takes none; several: `<a> <b>`, applied as one text
  const char* help;
  std::function<Result<void>(CommandLine&, const std::string&)> apply;
};

Result<int> number(const std::string& flag, const std::string& text, int min, int max) {
  int value = 0;
  const auto end = text.data() + text.size();
  if (std::from_chars(text.data(), end, value).ptr != end || text.empty() || value < min || value > max) {
    return Error::invalid("{} needs a number from {} to {}, not \"{}\"", flag, min, max, text);
  }
  return value;
}

std::function<Result<void>(CommandLine&, const std::string&)> add(Action::Kind kind) {
  return [kind](CommandLine& line, const std::string& text) -> Result<void> {
    line.actions.push_back({kind, text});
    return {};
  };
}

std::function<Result<void>(CommandLine&, const std::string&)> set(bool CommandLine::* flag) {
  return [flag](CommandLine& line, const std::string&) -> Result<void> {
    line.*flag = true;
    return {};
  };
}

std::function<Result<void>(CommandLine&, const std::string&)> clear(bool CommandLine::* flag) {
  return [flag](CommandLine& line, const std::string&) -> Result<void> {
    line.*flag = false;
    return {};
  };
}

// Accepted for the sake of existing command lines where there is nothing to do: no window, no sound, no other logs.
Result<void> nothing(CommandLine&, const std::string&) { return {}; }

std::function<Result<void>(CommandLine&, const std::string&)> debug(std::string name) {
  return [name](CommandLine& line, const std::string&) -> Result<void> {
    line.debug_flags.push_back(name);
    return {};
  };
}

template <typename T>
std::function<Result<void>(CommandLine&, const std::string&)> set_window(T WindowPlacement::* member, T value) {
  return [member, value](CommandLine& line, const std::string&) -> Result<void> {
    line.window.*member = value;
    return {};
  };
}

Result<void> set_geometry(CommandLine& line, const std::string& text) {
  std::istringstream words(text);
  std::array<int, 4> geometry{};
  for (std::size_t i = 0; i < 4; ++i) {
    std::string word;
    words >> word;
    const Result<int> value = number("--window-geometry", word, i < 2 ? 0 : 1, 100000);
    if (!value) {
      return value.error();
    }
    geometry[i] = *value;
  }
  line.window.geometry = geometry;
  return {};
}

// A debug flag that also makes a part of the program tell what it does.
std::function<Result<void>(CommandLine&, const std::string&)> debug_and_trace(std::string name, std::string category) {
  return [name, category](CommandLine& line, const std::string&) -> Result<void> {
    if (!name.empty()) {
      line.debug_flags.push_back(name);
    }
    line.trace.categories.push_back(category);
    return {};
  };
}

Result<void> add_trace(CommandLine& line, const std::string& text) {
  std::stringstream patterns(text);
  for (std::string pattern; std::getline(patterns, pattern, ',');) {
    line.trace.categories.push_back(pattern);
  }
  return {};
}

Result<void> set_trace_level(CommandLine& line, const std::string& text) {
  const Result<int> level = number("--log-level", text, -1, 1000);
  if (!level) {
    return level.error();
  }
  line.trace.level = *level;
  return {};
}

const std::vector<Flag>& flags() {
  using Kind = Action::Kind;
  static const std::vector<Flag> list = {
      {"-b", "--background", nullptr, "work without a window", set(&CommandLine::is_background)},
      {"-a", "--render-anim", nullptr, "render all frames of the scene", add(Kind::RenderAnimation)},
      {"-S", "--scene", "<name>", "work on this scene", add(Kind::SetScene)},
      {"-f", "--render-frame", "<frames>", "render frames: N, +N from the start, -N from the end, a,b and a..b", add(Kind::RenderFrames)},
      {"-s", "--frame-start", "<frame>", "first frame; +N or -N relative to the present one", add(Kind::SetFrameStart)},
      {"-e", "--frame-end", "<frame>", "last frame; +N or -N relative to the present one", add(Kind::SetFrameEnd)},
      {"-j", "--frame-jump", "<frames>", "step between frames", add(Kind::SetFrameStep)},
      {"-o", "--render-output", "<path>", "where pictures go; // is the folder of the file, # digits of the frame", add(Kind::SetOutput)},
      {"-E", "--engine", "<engine>", "render engine; \"help\" lists them", add(Kind::SetEngine)},
      {"-t", "--threads", "<threads>", "threads, 0 for all processors",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         const Result<int> threads = number("--threads", text, 0, 1024);
         if (!threads) {
           return threads.error();
         }
         line.actions.push_back({Kind::SetThreads, text, *threads});
         return {};
       }},
      {"-F", "--render-format", "<format>", "format of pictures, such as PNG or OPEN_EXR", add(Kind::SetFormat)},
      {"-x", "--use-extension", "<0|1>", "add the extension of the format to file names",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         const Result<int> on = number("--use-extension", text, 0, 1);
         if (!on) {
           return on.error();
         }
         line.actions.push_back({Kind::SetExtension, text, *on});
         return {};
       }},
      {"-w", "--window-border", nullptr, "the window has borders (default)", nothing},
      {"-W", "--window-fullscreen", nullptr, "the window fills the screen", set_window(&WindowPlacement::state, WindowPlacement::State::FullScreen)},
      {"-p", "--window-geometry", "<left> <bottom> <width> <height>", "place and size of the window in pixels, from the lower left corner of the screen",
       set_geometry},
      {"-M", "--window-maximized", nullptr, "the window is maximized", set_window(&WindowPlacement::state, WindowPlacement::State::Maximized)},
      {"--no-window-focus", nullptr, nullptr, "the window opens behind others", set_window(&WindowPlacement::takes_focus, false)},
      {"-P", "--python", "<file>", "run a script", add(Kind::RunScript)},
      {"--python-text", nullptr, "<name>", "run a text data-block", add(Kind::RunText)},
      {"--python-expr", nullptr, "<code>", "run code", add(Kind::RunExpression)},
      {"--python-exit-code", nullptr, "<status>", "exit status when a script fails, 1 to 255",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         const Result<int> status = number("--python-exit-code", text, 0, 255);
         if (!status) {
           return status.error();
         }
         line.python_exit_code = *status;
         return {};
       }},
      {"--addons", nullptr, "<names>", "enable add-ons, separated by commas, as well",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         std::stringstream names(text);
         for (std::string name; std::getline(names, name, ',');) {
           if (!name.empty()) {
             line.addons.push_back(name);
           }
         }
         return {};
       }},
      {"--run-timers", nullptr, nullptr, "stay until no timer of a script is left", set(&CommandLine::runs_all_timers)},
      {"--python-use-system-env", nullptr, nullptr, "honour PYTHON* variables", set(&CommandLine::use_system_python_environment)},
      {"-y", "--enable-autoexec", nullptr, "allow scripts in files", set(&CommandLine::is_autoexec)},
      {"-Y", "--disable-autoexec", nullptr, "forbid scripts in files (default)", nothing},
      {"--factory-startup", nullptr, nullptr, "ignore the user's start-up file and preferences", set(&CommandLine::is_factory_startup)},
      {"--progress", nullptr, "json", "print progress as one JSON object a line",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         if (text != "json") {
           return Error::invalid("--progress knows the form \"json\" only, not \"{}\"", text);
         }
         line.is_progress_json = true;
         return {};
       }},
      {"--control-socket", nullptr, "<path>", "the window answers requests on this socket (tests, tutorials)",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         line.control_socket = text;
         return {};
       }},
      {"--disable-crash-handler", nullptr, nullptr, "let crashes end the program at once", clear(&CommandLine::handles_crashes)},
      {"--disable-abort-handler", nullptr, nullptr, "the same for aborts only", clear(&CommandLine::handles_aborts)},
      {"--log", nullptr, "<match>", "tell of steps in categories such as file, render or e*; ^ takes away, commas separate", add_trace},
      {"--log-level", nullptr, "<level>", "1: steps (default), 2: details, -1: everything", set_trace_level},
      {"--log-show-timestamp", nullptr, nullptr, "seconds since the start in front of each line",
       [](CommandLine& line, const std::string&) -> Result<void> {
         line.trace.has_timestamps = true;
         return {};
       }},
      {"--log-file", nullptr, "<path>", "the log goes into this file",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         line.trace.file = text;
         return {};
       }},
      {"-d", "--debug", nullptr, "set bpy.app.debug", debug("")},
      {"--debug-value", nullptr, "<value>", "set bpy.app.debug_value",
       [](CommandLine& line, const std::string& text) -> Result<void> {
         const Result<int> value = number("--debug-value", text, -32768, 32767);
         if (!value) {
           return value.error();
         }
         line.debug_value = *value;
         return {};
       }},
      {"--debug-cycles", nullptr, nullptr, "tell of rendering", debug_and_trace("", "render")},
      {"--debug-depsgraph", nullptr, nullptr, "set bpy.app.debug_depsgraph, tell of evaluation", debug_and_trace("depsgraph", "evaluation")},
      {"--debug-depsgraph-build", nullptr, nullptr, "set bpy.app.debug_depsgraph_build", debug_and_trace("depsgraph_build", "evaluation")},
      {"--debug-depsgraph-eval", nullptr, nullptr, "set bpy.app.debug_depsgraph_eval", debug_and_trace("depsgraph_eval", "evaluation")},
      {"--debug-depsgraph-tag", nullptr, nullptr, "set bpy.app.debug_depsgraph_tag", debug_and_trace("depsgraph_tag", "evaluation")},
      {"--debug-depsgraph-time", nullptr, nullptr, "set bpy.app.debug_depsgraph_time", debug_and_trace("depsgraph_time", "evaluation")},
      {"--debug-depsgraph-pretty", nullptr, nullptr, "set bpy.app.debug_depsgraph_pretty", debug_and_trace("depsgraph_pretty", "evaluation")},
      {"--debug-events", nullptr, nullptr, "set bpy.app.debug_events", debug("events")},
      {"--debug-ffmpeg", nullptr, nullptr, "set bpy.app.debug_ffmpeg", debug("ffmpeg")},
      {"--debug-freestyle", nullptr, nullptr, "set bpy.app.debug_freestyle", debug("freestyle")},
      {"--debug-handlers", nullptr, nullptr, "set bpy.app.debug_handlers", debug("handlers")},
      {"--debug-io", nullptr, nullptr, "set bpy.app.debug_io", debug("io")},
      {"--debug-python", nullptr, nullptr, "set bpy.app.debug_python", debug("python")},
      {"--debug-wm", nullptr, nullptr, "set bpy.app.debug_wm", debug("wm")},
      {"--debug-all", nullptr, nullptr, "set all of these", debug("all")},
      {"--python-console", nullptr, nullptr, "type Python until the end of input", add(Kind::RunConsole)},
      {"-setaudio", nullptr, "<device>", "choose a sound device, where there is sound", nothing},
      {"-noaudio", nullptr, nullptr, "no sound device", nothing},
      {"--open-last", nullptr, nullptr, "open the file that was used last", add(Kind::OpenLast)},
      {"-h", "--help", nullptr, "show this and exit", set(&CommandLine::shows_help)},
      {"-v", "--version", nullptr, "show the version and exit", set(&CommandLine::shows_version)},
  };
  return list;
}

std::size_t count_of_arguments(const Flag& flag) {
  const std::string_view text = flag.argument ? flag.argument : "";
  return text.empty() ? 0 : std::size_t(std::max<std::ptrdiff_t>(1, std::count(text.begin(), text.end(), '<')));
}

const Flag* find_flag(const std::string& name) {
  for (const Flag& flag : flags()) {
    if (name == flag.name || (flag.alias && name == flag.alias)) {
      return &flag;
    }
  }
  return nullptr;
}

}  // namespace

bool CommandLine::opens_file() const {
  return std::any_of(actions.begin(), actions.end(), [](const Action& action) { return action.kind == Action::Kind::OpenFile || action.kind == Action::Kind::OpenLast; });
}

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments) {
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      line.actions.push_back({Action::Kind::OpenFile, argument});
      continue;
    }
    const Flag* flag = find_flag(argument);
    if (!flag) {
      return Error::invalid("unknown argument \"{}\"; --help lists all", argument);
    }
    std::string value;
    for (std::size_t wanted = count_of_arguments(*flag); wanted > 0; --wanted) {
      if (i + 1 == arguments.size()) {
        return Error::invalid("{} needs {}", argument, flag->argument);
      }
      value += (value.empty() ? "" : " ") + arguments[++i];
    }
    const Result<void> done = flag->apply(line, value);
    if (!done) {
      return done.error();
    }
  }
  return line;
}

std::string help_text() {
  std::string text = "Usage: kiln [arguments] [file] [arguments] [-- arguments of scripts]\n\nArguments are done in the order given.\n\n";
  for (const Flag& flag : flags()) {
    std::string name = flag.name;
    if (flag.alias) {
      name += std::string(", ") + flag.alias;
    }
    if (flag.argument) {
      name += std::string(" ") + flag.argument;
    }
    text += fmt::format("  {:36} {}\n", name, flag.help);
  }
  text += "\nExit status: 0 good, 1 failed, 2 bad arguments, 3 unreadable file, 4 a script failed, 5 rendering failed,\n"
          "6 output could not be written, 130 ended by Ctrl-C, 143 by SIGTERM.\n";
  return text;
}

std::string version_text() { return "Kiln 0.1.0 (Python interface of 3.4.1)\n"; }

Result<std::vector<int>> parse_frames(const std::string& text, int start, int end) {
  const auto one = [&](std::string part) -> Result<int> {
    const char sign = part.empty() ? ' ' : part[0];
    const std::string digits = sign == '+' || sign == '-' ? part.substr(1) : part;
    const Result<int> value = number("--render-frame", digits, 0, 1048574);
    if (!value) {
      return value.error();
    }
    return sign == '+' ? start + *value : sign == '-' ? end - *value : *value;
  };
  std::vector<int> frames;
  std::stringstream list(text);
  for (std::string part; std::getline(list, part, ',');) {
    const std::size_t dots = part.find("..");
    const Result<int> first = one(part.substr(0, dots));
    const Result<int> last = dots == std::string::npos ? first : one(part.substr(dots + 2));
    if (!first || !last) {
      return !first ? first.error() : last.error();
    }
    for (int frame = *first; frame <= *last; ++frame) {
      frames.push_back(frame);
    }
  }
  if (frames.empty()) {
    return Error::invalid("--render-frame needs frames such as 5, 1,3 or 1..4, not \"{}\"", text);
  }
  return frames;
}

}  // namespace kiln::app
