#pragma once

#include "editor/window/editor.h"

namespace kiln::editor {

class Viewport;
class LastOperationPanel;

/// The 3D viewport: the scene, drawn and edited in space.
class View3DEditor : public Editor {
  Q_OBJECT
public:
  explicit View3DEditor(EditorContext& context);

  std::vector<std::string> keymaps() const override {
    return {"3D View", "Object Mode", "Object Non-modal"};
  }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool modal_key(const KeyStroke& stroke, const QString& text) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override;
  std::vector<std::pair<std::string, QRect>> named_places() const override;

private:
  void fill_view_menu(QMenu& menu);
  void show_add_menu();
  void show_context_menu();
  Viewport* viewport_;
};

/// Registers the editor.
void register_view3d(EditorRegistry& registry);

}  // namespace kiln::editor
