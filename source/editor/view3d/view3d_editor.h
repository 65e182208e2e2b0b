#pragma once

#include "editor/window/editor.h"

class QToolButton;

namespace kiln::editor {

class OperationPanel;
class Sidebar;
class SpaceOwner;
class ToolHeader;
class VertexMedian;
class Viewport;

/// The 3D viewport: the scene, drawn and edited in space.
class View3DEditor : public Editor {
  Q_OBJECT
public:
  explicit View3DEditor(EditorContext& context);

  std::vector<std::string> keymaps() const override;
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool modal_key(const KeyStroke& stroke, const QString& text) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override;
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::vector<std::pair<std::string, double>> figures(bool forgets) override;
  std::string state() const override;
  void restore(const std::string& state) override;
  std::vector<std::pair<std::string, QRect>> regions() const override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

private:
  bool is_edit_mode() const;
  void show_menu(const std::string& name);
  bool show_pie(const std::string& name);
  void add_mode_buttons(QHBoxLayout& header);
  void add_tool_settings(QHBoxLayout& header);
  void add_look_buttons(QHBoxLayout& header);
  void show_popover(bool is_overlays, QToolButton* button);
  /// Makes the bar show what holds now.
  void update_header();
  void update_signs();

  Viewport* viewport_;
  Sidebar* sidebar_ = nullptr;
  ToolHeader* tool_header_ = nullptr;
  OperationPanel* operation_ = nullptr;
  std::shared_ptr<VertexMedian> median_;
  std::shared_ptr<SpaceOwner> space_owner_;     ///< its settings, for panels
  std::vector<std::function<void()>> updates_;  ///< of parts of the bar, after every change
  std::vector<std::function<void()>> signs_;    ///< on its buttons, when the theme changes
  std::vector<Connection> connections_;
};

/// Registers the editor.
void register_view3d(EditorRegistry& registry);

}  // namespace kiln::editor
