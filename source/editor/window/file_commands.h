#pragma once

#include <QString>
#include <functional>
#include <string>

#include "editor/session/session.h"

namespace kiln::editor {

class MainWindow;
struct EditorContext;

/// Opening, saving, importing and exporting: asks for the file where none is given, and leaves the
/// work to `DocumentJob`.
class FileCommands {
public:
  FileCommands(EditorContext& context, MainWindow& window);

  /// Asks what to do with changes that are not saved; calls `then` once they may go, at once or
  /// after they were saved.
  void when_discardable(std::function<void()> then);
  /// Runs an importer or exporter beside the window; asks for its file where the settings have
  /// none.
  void run_beside(const operators::OperatorType& type, const OperatorSettings& settings);

private:
  void open(const OperatorSettings& settings);
  void save(bool asks);
  QString ask(const QString& title, const QString& filter, bool saves, const QString& proposed);

  EditorContext& context_;
  MainWindow& window_;
  std::function<void()> after_save_;
  Connection job_ended_;
};

/// Extensions an operator reads or writes, as a filter of file dialogs: from its setting
/// `filter_glob`, else from its name.
QString file_filter(const operators::OperatorType& type);

}  // namespace kiln::editor
