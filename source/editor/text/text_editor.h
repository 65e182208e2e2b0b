#pragma once

#include "editor/window/editor.h"

class QPlainTextEdit;
class QLabel;
class QTimer;

namespace kiln::editor {

class PythonHighlighter;

/// Writes text data-blocks and runs them.
class TextEditor : public Editor {
  Q_OBJECT
public:
  explicit TextEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Text"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override { return QStringLiteral("Alt P run the script"); }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

private:
  void show_text(BlockId text);
  void store();
  void run();
  QPlainTextEdit* edit_;
  PythonHighlighter* highlighter_ = nullptr;
  int tab_width_ = 4;  ///< spaces a tab is wide
  QLabel* name_ = nullptr;
  QTimer* timer_;
  BlockId shown_;
  std::uint64_t stored_version_ = 0, merge_key_ = 0;
  std::vector<Connection> connections_;
};

void register_text(EditorRegistry& registry);

}  // namespace kiln::editor
