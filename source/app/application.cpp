#include "app/application.h"

#include <csignal>
#include <fstream>

#include "app/progress_output.h"
#include "app/user_folder.h"
#include "core/log.h"
#include "core/stopwatch.h"
#include "document/text.h"
#include "python/safe_points.h"

namespace kiln::app {

namespace {

ExitStatus status_of(const Error& error) {
  switch (error.kind) {
    case Error::Kind::Cancelled:
      return ExitStatus::Cancelled;
    case Error::Kind::Unreadable:
      return ExitStatus::OutputFailed;
    default:
      return ExitStatus::RenderFailed;
  }
}

}  // namespace

Application::Application(CommandLine line) : line_(std::move(line)) {}

Scene* Application::edit_scene() {
  const Scene* scene = active_scene(project_.document);
  return scene ? &project_.document.edit<Scene>(scene->id, Change::Settings) : nullptr;
}

ExitStatus Application::run(const std::vector<std::string>& arguments) {
  if (!line_.trace.categories.empty()) {
    if (const Result<void> started = start_trace(line_.trace); !started) {
      log_line(LogLevel::Error, started.error().message);
      return ExitStatus::OutputFailed;
    }
    trace("app", "{}", fmt::join(arguments, " "));
  }
  python::Runtime::Options options;
  options.arguments = arguments;
  options.scripts = release_folder() / "scripts";
  options.use_system_environment = line_.use_system_python_environment;
  options.is_background = line_.is_background;
  options.is_factory_startup = line_.is_factory_startup;
  options.debug_flags = line_.debug_flags;
  options.debug_value = line_.debug_value;
  Result<std::unique_ptr<python::Runtime>> runtime = python::Runtime::start(project_, options);
  if (!runtime) {
    log_line(LogLevel::Error, runtime.error().message);
    return ExitStatus::Failed;
  }
  python_ = std::move(*runtime);

  read_startup_file();
  RecoveryKeeper::Options keeping;
  keeping.folder = recovery_folder();
  // In batch a script can be run again: only a crash is worth a file.
  keeping.interval_seconds = line_.is_background ? 1e9 : 120.0;
  keeping.registry = &registry_;
  keeping.head = &project_.document;
  keeping.ask_for_state = [this] {
    python::call_soon([](void* self) { static_cast<Application*>(self)->publish(); }, this);
  };
  keeper_ = std::make_unique<RecoveryKeeper>(std::move(keeping));
  if (line_.handles_crashes) {
    crash_handler_ = std::make_unique<CrashHandler>(
        CrashHandler::Options{keeper_.get(), python::write_traceback, line_.handles_aborts});
  }
  std::optional<EndRequests> ends(std::in_place, python::interrupt_script,
                                  [this](int) { interrupts_.interrupt(); });
  project_.on_other_file = [this] { publish(); };
  publish();
  if (!line_.opens_file() && !line_.is_factory_startup) {
    offer_recovery({});
  }

  ExitStatus status = perform_all();
  const int signal = ends->received();
  if (signal != 0 && !script_exit_) {
    log(LogLevel::Error, "ended by {}; what was not finished is not written",
        signal == SIGINT ? "Ctrl-C (SIGINT)" : "SIGTERM");
    status = ExitStatus(128 + signal);
  }
  if (line_.is_progress_json) {
    print_event("end", {{"status", std::to_string(int(status))}});
  }
  ends.reset();
  crash_handler_.reset();
  keeper_->close();
  keeper_.reset();
  python_.reset();
  return status;
}

void Application::read_startup_file() {
  session_.startup_file = {user_folder().empty() ? Path() : user_folder() / "startup.kiln",
                           !line_.is_factory_startup};
  const operators::StartupFile& startup = session_.startup_file;
  if (!startup.is_used || startup.path.empty() || !std::filesystem::exists(startup.path)) {
    return;
  }
  Result<Document> document = operators::read_startup_file(startup.path, registry_);
  if (document) {
    project_.replace(std::move(*document));
  } else {
    log(LogLevel::Warning, "the start-up file is left out: {}", document.error().message);
  }
}

ExitStatus Application::perform_all() {
  for (const std::string& addon : line_.addons) {
    // As in the reference, one that fails is reported and the work goes on.
    const Result<void> enabled = python_->enable_addon(addon);
    if (!enabled) {
      log(LogLevel::Error, "add-on \"{}\": {}", addon, enabled.error().message);
    }
  }
  if (line_.is_autoexec) {
    session_.preferences.filepaths.use_scripts_auto_execute = true;
  }
  for (const Action& action : line_.actions) {
    const ExitStatus now = perform(action);
    if (now != ExitStatus::Good) {
      return now;
    }
    if (script_exit_) {
      return ExitStatus(*script_exit_);
    }
    if (interrupts_.is_interrupted()) {
      return ExitStatus::Cancelled;
    }
  }
  if (!run_window_ || line_.is_background) {
    const ExitStatus status = run_script(python_->run_timers(line_.runs_all_timers));
    return script_exit_ ? ExitStatus(*script_exit_) : status;
  }
  const Result<int> shown = run_window_(*this);
  if (!shown) {
    log_line(LogLevel::Error, shown.error().message);
    return ExitStatus::Failed;
  }
  return ExitStatus(*shown);
}

void Application::publish() {
  if (keeper_) {
    project_.document.settle();
    if (!line_.is_background) {
      const PreferencesFilePaths& files = session_.preferences.filepaths;
      keeper_->set_interval(files.use_auto_save_temporary_files ? files.auto_save_time * 60.0
                                                                : 1e9);
    }
    keeper_->publish(project_.document, project_.path, project_.is_dirty());
    if (crash_handler_) {
      crash_handler_->name_after(project_.path);
    }
  }
}

void Application::offer_recovery(const Path& file) {
  std::error_code problem;
  const auto saved = file.empty() ? std::filesystem::file_time_type::min()
                                  : std::filesystem::last_write_time(file, problem);
  for (const Recoverable& found : find_recoverable(recovery_folder())) {
    if (found.original_path == file && found.time > saved) {
      log(LogLevel::Warning,
          "unsaved changes{} were kept when the program crashed: \"{}\"; wm.recover_auto_save "
          "opens them",
          file.empty() ? std::string(" of a document without a file")
                       : fmt::format(" of \"{}\"", file.string()),
          found.file.string());
      return;
    }
  }
}

ExitStatus Application::run_script(const Result<void>& done) {
  if (python_->exit_status()) {
    script_exit_ = python_->exit_status();
    return ExitStatus::Good;
  }
  publish();
  if (!done) {
    if (done.error().kind == Error::Kind::Cancelled) {
      return ExitStatus::Cancelled;
    }
    log_line(LogLevel::Error, done.error().message);
    return done.error().kind == Error::Kind::Unreadable || line_.python_exit_code == 0
               ? ExitStatus::ScriptFailed
               : ExitStatus(line_.python_exit_code);
  }
  return ExitStatus::Good;
}

ExitStatus Application::perform(const Action& action) {
  using Kind = Action::Kind;
  const auto bad = [](const std::string& message) {
    log_line(LogLevel::Error, message);
    return ExitStatus::BadArguments;
  };
  switch (action.kind) {
    case Kind::RunScript: {
      const Stopwatch watch;
      const ExitStatus status = run_script(python_->run_file(action.text));
      trace("python", "ran \"{}\" in {:.3f} s", action.text, watch.seconds());
      return status;
    }
    case Kind::RunExpression:
      return run_script(python_->run_text(action.text, "<expression>"));
    case Kind::RunConsole:
      return run_script(python_->run_text(
          "import code as _code\n_code.interact(local=globals())\ndel _code\n", "<console>"));
    case Kind::RunText: {
      const Text* text = project_.document.named<Text>(action.text);
      return text ? run_script(python_->run_text(text->as_string(), action.text))
                  : bad(fmt::format("there is no text \"{}\"", action.text));
    }
    case Kind::SetScene: {
      const Scene* scene = project_.document.named<Scene>(action.text);
      if (!scene) {
        return bad(fmt::format("there is no scene \"{}\"", action.text));
      }
      auto& settings = project_.document.edit_settings();
      settings.active_scene = scene->id;
      settings.active_view_layer = scene->view_layers[0].name;
      return ExitStatus::Good;
    }
    case Kind::SetOutput:
      edit_scene()->render.filepath = action.text;
      return ExitStatus::Good;
    case Kind::SetThreads:
      edit_scene()->render.threads_mode =
          action.number == 0 ? RenderSettingsThreadsMode::Auto : RenderSettingsThreadsMode::Fixed;
      edit_scene()->render.threads = std::max(1, action.number);
      return ExitStatus::Good;
    case Kind::SetExtension:
      edit_scene()->render.use_file_extension = action.number != 0;
      return ExitStatus::Good;
    case Kind::SetEngine:
    case Kind::SetFormat: {
      Scene& scene = *edit_scene();
      const bool is_engine = action.kind == Kind::SetEngine;
      void* data = is_engine ? static_cast<void*>(&scene.render) : &scene.render.image_settings;
      const Schema& schema = is_engine ? RenderSettings::schema() : ImageFormatSettings::schema();
      const Property& property = *schema.property(is_engine ? "engine" : "file_format");
      const Result<void> done =
          write({&schema, data, -1, &scene, &project_.document, &session_.services}, property,
                Value(action.text));
      return done ? ExitStatus::Good : bad(done.error().message);
    }
    case Kind::SetFrameStart:
    case Kind::SetFrameEnd:
    case Kind::SetFrameStep:
      return set_frame(action);
    case Kind::RenderFrames: {
      const Scene& scene = *active_scene(project_.document);
      const Result<std::vector<int>> frames =
          parse_frames(action.text, scene.frame_start, scene.frame_end);
      return frames ? render(*frames) : bad(frames.error().message);
    }
    case Kind::RenderAnimation: {
      const Scene& scene = *active_scene(project_.document);
      std::vector<int> frames;
      for (int frame = scene.frame_start; frame <= scene.frame_end;
           frame += std::max(1, scene.frame_step)) {
        frames.push_back(frame);
      }
      return render(frames);
    }
    case Kind::OpenLast: {
      std::ifstream recent(user_folder() / "recent_files.txt");
      std::string path;
      return std::getline(recent, path) && !path.empty() ? perform({Kind::OpenFile, path})
                                                         : bad("no file was opened before");
    }
    case Kind::OpenFile: {
      const Stopwatch watch;
      const Result<void> done = python_->open_file(action.text);
      if (!done) {
        if (done.error().kind == Error::Kind::Cancelled) {
          return ExitStatus::Cancelled;
        }
        log_line(LogLevel::Error, done.error().message);
        return ExitStatus::BadFile;
      }
      trace("app", "opened \"{}\" in {:.3f} s", project_.path.string(), watch.seconds());
      publish();
      offer_recovery(project_.path);
      if (line_.is_progress_json) {
        print_event("opened", {{"path", json_text(project_.path.string())}});
      }
      return ExitStatus::Good;
    }
  }
  return ExitStatus::Good;
}

ExitStatus Application::set_frame(const Action& action) {
  const bool is_relative = !action.text.empty() && (action.text[0] == '+' || action.text[0] == '-');
  const Result<std::vector<int>> value =
      parse_frames(is_relative ? action.text.substr(1) : action.text, 0, 0);
  if (!value || value->size() != 1) {
    log(LogLevel::Error, "a frame is a number, not \"{}\"", action.text);
    return ExitStatus::BadArguments;
  }
  Scene& scene = *edit_scene();
  const int sign = action.text[0] == '-' ? -1 : 1;
  const auto apply = [&](int now) {
    return std::clamp(is_relative ? now + sign * (*value)[0] : (*value)[0], 0, 1048574);
  };
  if (action.kind == Action::Kind::SetFrameStart) {
    scene.frame_start = apply(scene.frame_start);
  } else if (action.kind == Action::Kind::SetFrameEnd) {
    scene.frame_end = apply(scene.frame_end);
  } else {
    scene.frame_step = std::max(1, apply(scene.frame_step));
  }
  return ExitStatus::Good;
}

ExitStatus Application::render(const std::vector<int>& frames) {
  const operators::OperatorType* type = operators_.find("render.render");
  if (!type) {
    log_line(LogLevel::Error, "there is no renderer");
    return ExitStatus::RenderFailed;
  }
  for (const int frame : frames) {
    Scene& scene = *edit_scene();
    scene.frame_current = frame;
    scene.frame_subframe = 0.0f;
    Progress progress(make_progress_listener(line_.is_progress_json, frame));
    const Interrupts::Scope scope(&interrupts_, progress);
    if (line_.is_progress_json) {
      print_event("frame_begin", {{"frame", std::to_string(frame)}});
    }
    operators::Context context(project_, progress);
    context.is_sequence = true;
    void* settings = type->settings->make();
    const Property* write_still = type->settings->property("write_still");
    static_cast<void>(write({type->settings, settings}, *write_still, Value(true)));
    const Result<operators::Outcome> outcome = type->run(context, settings, {"write_still"});
    type->settings->destroy(settings);
    for (const operators::Report& report : context.reports) {
      log_line(report.severity < operators::Report::Severity::Warning ? LogLevel::Info
                                                                      : LogLevel::Warning,
               report.text);
    }
    if (!outcome || *outcome == operators::Outcome::Cancelled) {
      const Error why = outcome ? Error::cancelled() : outcome.error();
      if (line_.is_progress_json) {
        print_event("error",
                    {{"frame", std::to_string(frame)}, {"message", json_text(why.message)}});
      }
      log(LogLevel::Error, "frame {}: {}", frame, why.message);
      return status_of(why);
    }
    if (line_.is_progress_json) {
      print_event("frame_end", {{"frame", std::to_string(frame)}});
    }
  }
  return ExitStatus::Good;
}

}  // namespace kiln::app
