#pragma once

#include "document/editor_spaces.h"
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
  std::vector<std::string> keymaps() const override { return {"Info"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::string state() const override;
  void restore(const std::string& state) override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

private:
  bool is_wanted(const InfoLine& line) const;
  void show_all();
  void add_new();
  SpaceInfo settings_;          ///< which kinds of lines are shown
  bool is_last_shown_ = false;  ///< the newest line of the log is among those
  QPlainTextEdit* text_;
  std::size_t shown_ = 0;
  std::vector<Connection> connections_;
};

void register_info(EditorRegistry& registry);

}  // namespace kiln::editor
