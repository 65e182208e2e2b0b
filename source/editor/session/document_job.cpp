#include "editor/session/document_job.h"

#include <exception>

#include "document/file/store.h"
#include "operators/script_handlers.h"

namespace kiln::editor {
namespace {

// What an operator works on beside the window: a project with the same document, without scripts,
// which belong to the owner's thread.
struct ProjectCopy {
  Services services;
  Project project;
  explicit ProjectCopy(const Project& original)
      : services(original.services), project(original.registry, services) {
    services.set<operators::ScriptHandlers>(nullptr);
    services.set<Project>(&project);
    project.document = original.document;
    project.path = original.path;
  }
};

}  // namespace

bool runs_beside(const operators::OperatorType& type) {
  const std::string& name = type.identifier;
  const bool is_named = name.starts_with("import_") || name.starts_with("export_") ||
                        name.ends_with("_import") || name.ends_with("_export");
  return is_named && !type.settings->is_runtime && type.settings->property("filepath");
}

DocumentJob::~DocumentJob() {
  *is_alive_ = false;
  if (progress_) {
    progress_->cancel();
  }
  if (thread_.joinable()) {
    thread_.join();
  }
  static_cast<void>(session_.project().wait_for_saving());
}

bool DocumentJob::begin(const std::string& label) {
  if (is_running_) {
    session_.report(InfoLine::Kind::Warning, fmt::format("{} first has to end: {}", label, label_));
    return false;
  }
  if (!session_.held().empty()) {
    session_.report(InfoLine::Kind::Warning,
                    fmt::format("{} has to wait: {}", label, session_.held()));
    return false;
  }
  label_ = label;
  is_running_ = true;
  return true;
}

void DocumentJob::start(std::function<Finish(Progress&)> work) {
  progress_ = std::make_shared<Progress>();
  session_.hold(label_);
  if (thread_.joinable()) {
    thread_.join();
  }
  thread_ = std::thread([this, work = std::move(work), progress = progress_, alive = is_alive_,
                         post = session_.post()] {
    Finish finish;
    try {
      finish = work(*progress);
    } catch (const std::exception& problem) {
      finish = [this, text = std::string(problem.what())] {
        session_.report(InfoLine::Kind::Error, fmt::format("{}: {}", label_, text));
      };
    }
    post([this, finish = std::move(finish), alive] {
      if (*alive) {
        session_.hold({});
        finish();
        end();
      }
    });
  });
  started.emit();
}

void DocumentJob::end() {
  is_running_ = is_saving_ = false;
  progress_.reset();
  ended.emit();
}

void DocumentJob::cancel() {
  if (progress_) {
    progress_->cancel();
  }
}

bool DocumentJob::open(const Path& path) {
  const Path file = std::filesystem::absolute(path);
  if (!begin("Opening " + file.filename().string())) {
    return false;
  }
  if (auto* handlers = session_.services().find<operators::ScriptHandlers>()) {
    handlers->call_for_file("load_pre", file.string());
  }
  start([this, file, &registry = session_.project().registry](Progress& progress) -> Finish {
    auto opened = std::make_shared<Result<OpenedDocument>>(open_document(file, registry, progress));
    return [this, file, opened] { session_.opened(file, std::move(*opened)); };
  });
  return true;
}

bool DocumentJob::save(const Path& path) {
  if (!begin("Saving " + path.filename().string())) {
    return false;
  }
  is_saving_ = true;
  if (auto* handlers = session_.services().find<operators::ScriptHandlers>()) {
    handlers->call_for_file("save_pre", path.string());
  }
  session_.project().start_saving(std::filesystem::absolute(path));
  started.emit();
  return true;
}

void DocumentJob::poll() {
  if (!is_saving_) {
    return;
  }
  const std::optional<Result<SaveReport>> report = session_.project().finish_saving();
  if (!report) {
    return;
  }
  const std::string path = session_.project().path.string();
  if (*report) {
    if (auto* handlers = session_.services().find<operators::ScriptHandlers>()) {
      handlers->call_for_file("save_post", path);
    }
    session_.log.add(
        {InfoLine::Kind::Action, python_call("wm.save_as_mainfile", {{"filepath", Value(path)}})});
    session_.report(InfoLine::Kind::Info, "Saved " + path);
  } else {
    session_.report(InfoLine::Kind::Error, report->error().message);
  }
  end();
}

bool DocumentJob::run(const operators::OperatorType& type, const OperatorSettings& settings) {
  if (const std::optional<std::string> reason = session_.why_not(type)) {
    session_.report(InfoLine::Kind::Warning, fmt::format("{}: {}", type.label, *reason));
    return false;
  }
  session_.project().document.settle();
  const auto copy = std::make_shared<ProjectCopy>(session_.project());
  const auto prepared = std::make_shared<PreparedSettings>(*type.settings);
  if (const Result<void> written = prepared->fill(settings, copy->project.document, copy->services);
      !written) {
    session_.report(InfoLine::Kind::Error, written.error().message);
    return false;
  }
  if (!begin(type.label)) {
    return false;
  }
  start([this, &type, settings, copy, prepared,
         before = session_.document()](Progress& progress) -> Finish {
    operators::Context context(copy->project, progress);
    auto outcome = std::make_shared<Result<operators::Outcome>>(
        type.run(context, prepared->data(), prepared->given()));
    copy->project.document.settle();
    const bool is_cancelled = progress.cancelled();
    return [this, &type, settings, copy, outcome, is_cancelled, before,
            reports = std::move(context.reports)] {
      session_.report_all(reports);
      // An operator may have been too far to notice.
      if (is_cancelled || !*outcome) {
        session_.report(is_cancelled ? InfoLine::Kind::Info : InfoLine::Kind::Error,
                        fmt::format("{}: {}", type.label,
                                    is_cancelled ? "cancelled" : outcome->error().message));
        return;
      }
      session_.adopt(before, copy->project.document, type.label,
                     python_call(type.identifier, settings));
    };
  });
  return true;
}

}  // namespace kiln::editor
