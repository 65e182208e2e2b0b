#pragma once

#include "document/editor_spaces.h"
#include "editor/window/editor.h"

class QKeyEvent;
class QLabel;
class QTimer;
class QToolButton;

namespace kiln::editor {

class CodeEdit;
class FindBar;
class PythonHighlighter;

/// Writes text data-blocks and runs them.
class TextEditor : public Editor {
  Q_OBJECT
public:
  explicit TextEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Text"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral("Alt P run the script  ·  Ctrl F find  ·  Ctrl / comment");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::string state() const override;
  void restore(const std::string& state) override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

private:
  void show_text(BlockId text);
  void store();
  void store_selection() const;
  void run();
  /// Makes the field and the bar look as the settings say.
  void apply_settings();
  void settings_changed();
  void update_footer();
  bool take_key(QKeyEvent& event);
  bool edit_text(const std::string& command, const OperatorSettings& settings);
  bool manage_texts(const std::string& command);
  void make_text();
  void open_file();
  void save_file(bool asks);
  void reload();
  /// Selects the next place with the text that is looked for; false where there is none.
  bool find_next();
  void replace(bool replaces_all);
  QString indentation() const;
  QToolButton* add_switch(QHBoxLayout& header, const char* label, const char* tip,
                          bool SpaceTextEditor::*member);

  SpaceTextEditor settings_;
  CodeEdit* edit_;
  FindBar* find_;
  QLabel* footer_;  ///< where the text lies, and the cursor in it
  PythonHighlighter* highlighter_ = nullptr;
  QLabel* name_ = nullptr;
  std::vector<std::pair<QToolButton*, bool SpaceTextEditor::*>> switches_;
  QTimer* timer_;
  BlockId shown_;
  mutable std::uint64_t stored_version_ = 0;
  std::uint64_t merge_key_ = 0;
  std::vector<Connection> connections_;
};

void register_text(EditorRegistry& registry);

}  // namespace kiln::editor
