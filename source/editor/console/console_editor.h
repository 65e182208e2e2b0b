#pragma once

#include "document/editor_spaces.h"
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
  std::vector<std::string> keymaps() const override { return {"Console"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::string state() const override;
  void restore(const std::string& state) override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void print(const QString& text, ConsoleLineKind kind);
  QColor color_of(ConsoleLineKind kind) const;
  void set_font_size(int pixels);
  void copy_as_script();
  void clear(bool forgets_history);
  void run_line();
  void complete();
  QPlainTextEdit* output_;
  SpaceConsole state_;  ///< font, and the lines as scripts see them
  QLabel* prompt_;
  QLineEdit* input_;
  QStringList history_;
  int history_at_ = 0;
};

void register_console(EditorRegistry& registry);

}  // namespace kiln::editor
