#include "editor/window/file_commands.h"

#include <QMessageBox>

#include "document/preferences.h"
#include "editor/files/file_dialog.h"
#include "editor/preferences/current.h"
#include "editor/window/commands.h"
#include "editor/window/main_window.h"

namespace kiln::editor {
namespace {

const QString native_filter = QStringLiteral("Kiln files (*.kiln)");

}  // namespace

QString file_filter(const operators::OperatorType& type) {
  const QString all = QStringLiteral("All files (*)");
  const Property* glob = type.settings->property("filter_glob");
  std::string patterns = glob ? glob->default_value.as_string() : std::string();
  if (patterns.empty()) {
    // "wm.obj_import", "import_mesh.ply"
    const std::string name = type.identifier.substr(type.identifier.find('.') + 1);
    patterns = "*." + name.substr(0, name.find('_'));
  }
  QString shown = QString::fromStdString(patterns).replace(QLatin1Char(';'), QLatin1Char(' '));
  return QStringLiteral("%1 (%2);;%3").arg(QString::fromStdString(type.label), shown, all);
}

FileCommands::FileCommands(EditorContext& context, MainWindow& window)
    : context_(context), window_(window) {
  Commands& commands = context_.commands;
  commands.add({"wm.read_homefile", "New File", [this](const OperatorSettings&) {
                  when_discardable([this] {
                    context_.session.run("wm.read_homefile");
                    window_.update_title();
                  });
                }});
  commands.add(
      {"wm.read_factory_settings", "Load Factory Settings", [this](const OperatorSettings&) {
         when_discardable([this] {
           context_.session.run("wm.read_factory_settings");
           window_.update_title();
         });
       }});
  commands.add(
      {"wm.open_mainfile", "Open", [this](const OperatorSettings& settings) { open(settings); }});
  commands.add({"wm.save_as_mainfile", "Save As", [this](const OperatorSettings&) { save(true); }});
  commands.add({"wm.save_mainfile", "Save", [this](const OperatorSettings&) {
                  save(context_.session.project().path.empty());
                }});
  commands.add(
      {"wm.revert_mainfile", "Revert",
       [this](const OperatorSettings&) { context_.job.open(context_.session.project().path); },
       [this]() -> std::optional<std::string> {
         return context_.session.project().path.empty()
                    ? std::optional<std::string>("the document has never been saved")
                    : std::nullopt;
       }});
  job_ended_ = context_.job.ended.connect([this] {
    const Project& project = context_.session.project();
    window_.update_title();
    if (!project.path.empty()) {
      const auto* preferences = project.services.find<Preferences>();
      context_.recent.add(project.path, preferences
                                            ? std::size_t(preferences->filepaths.recent_files)
                                            : RecentFiles::most);
    }
    if (const auto then = std::exchange(after_save_, nullptr); then && !project.is_dirty()) {
      then();
    }
  });
}

QString FileCommands::ask(const QString& title, const QString& filter, bool saves,
                          const QString& proposed) {
  return ask_file({title, filter, saves, proposed}, context_.recent,
                  current_preferences(context_.session).filepaths, &window_);
}

void FileCommands::open(const OperatorSettings& settings) {
  const Value* given = find_setting(settings, "filepath");
  const Path now = context_.session.project().path;
  const QString path =
      given ? QString::fromStdString(given->as_string())
            : ask(QStringLiteral("Open"), native_filter + QStringLiteral(";;All files (*)"), false,
                  QString::fromStdString(now.parent_path().string()));
  if (!path.isEmpty()) {
    when_discardable([this, path] { context_.job.open(path.toStdString()); });
  }
}

void FileCommands::save(bool asks) {
  Path path = context_.session.project().path;
  if (asks) {
    const QString proposed =
        path.empty() ? QStringLiteral("untitled.kiln") : QString::fromStdString(path.string());
    QString chosen = ask(QStringLiteral("Save As"), native_filter, true, proposed);
    if (chosen.isEmpty()) {
      after_save_ = nullptr;
      return;
    }
    if (!chosen.contains(QLatin1Char('.'))) {
      chosen += QStringLiteral(".kiln");
    }
    path = chosen.toStdString();
  }
  context_.job.save(path);
}

void FileCommands::run_beside(const operators::OperatorType& type,
                              const OperatorSettings& settings) {
  OperatorSettings with = settings;
  if (!find_setting(settings, "filepath")) {
    const bool saves = type.identifier.find("export") != std::string::npos;
    const QString path = ask(QString::fromStdString(type.label), file_filter(type), saves, {});
    if (path.isEmpty()) {
      return;
    }
    with.emplace_back("filepath", Value(path.toStdString()));
  }
  context_.job.run(type, with);
}

void FileCommands::when_discardable(std::function<void()> then) {
  if (!context_.session.project().is_dirty() || qEnvironmentVariableIsSet("KILN_NO_QUESTIONS")) {
    then();
    return;
  }
  QMessageBox box(QMessageBox::Question, QStringLiteral("Unsaved changes"),
                  QStringLiteral("The document has changes that are not saved."),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window_);
  const int answer = box.exec();
  if (answer == QMessageBox::Save) {
    after_save_ = std::move(then);
    save(context_.session.project().path.empty());
  } else if (answer == QMessageBox::Discard) {
    then();
  }
}

}  // namespace kiln::editor
