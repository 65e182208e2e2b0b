#pragma once

#include "editor/window/editor.h"

class QPlainTextEdit;
class QLineEdit;
class QLabel;

namespace kiln::editor {

/// Lines of Python and what comes of them.
class ConsoleEditor : public Editor {
  Q_OBJECT
public:
  explicit ConsoleEditor(EditorContext& context);
  QString hint() const override {
    return QStringLiteral("Enter run  ·  Tab complete  ·  Up/Down history");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void print(const QString& text, const QColor& color);
  void run_line();
  void complete();
  QPlainTextEdit* output_;
  QLabel* prompt_;
  QLineEdit* input_;
  QStringList history_;
  int history_at_ = 0;
};

void register_console(EditorRegistry& registry);

}  // namespace kiln::editor
