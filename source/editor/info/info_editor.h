#pragma once

#include "editor/window/editor.h"

class QPlainTextEdit;

namespace kiln::editor {

/// What was done, as Python, and what the program said.
class InfoEditor : public Editor {
  Q_OBJECT
public:
  explicit InfoEditor(EditorContext& context);
  QString hint() const override {
    return QStringLiteral("Every action as Python: select and copy lines into scripts");
  }

private:
  void add_new();
  QPlainTextEdit* text_;
  std::size_t shown_ = 0;
  std::vector<Connection> connections_;
};

void register_info(EditorRegistry& registry);

}  // namespace kiln::editor
