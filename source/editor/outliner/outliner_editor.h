#pragma once

#include "editor/layout/layout.h"
#include "editor/outliner/outliner_model.h"
#include "editor/window/editor.h"

class QLineEdit;
class QToolButton;

namespace kiln::editor {

class OutlinerView;

/// The scene, or everything in the document, as a tree.
class OutlinerEditor : public Editor {
  Q_OBJECT
public:
  explicit OutlinerEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Outliner", "Object Mode"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "LMB select  ·  Shift range  ·  Ctrl extend  ·  Double click or F2 rename  ·  Drag onto an "
        "object to parent, onto a collection to move");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::string state() const override;
  void restore(const std::string& state) override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

private:
  /// After a setting was changed.
  void settings_changed();
  LayoutItem filter_layout() const;
  void copy_python_path();
  /// "UP", "DOWN" through the objects, "LEFT" and "RIGHT" close and open.
  void walk(const std::string& direction, bool extends);
  bool run_collection_command(const std::string& command, const OperatorSettings& settings);
  void fill_collection_menu(QMenu& menu);
  OutlinerModel model_;
  OutlinerView* view_;
  QLineEdit* search_ = nullptr;
  QToolButton *mode_ = nullptr, *add_ = nullptr, *purge_ = nullptr;
  std::vector<Connection> connections_;
};

void register_outliner(EditorRegistry& registry);

}  // namespace kiln::editor
