#pragma once

#include "editor/layout/layout.h"
#include "editor/node/node_model.h"
#include "editor/window/editor.h"

class QLabel;
class QMenu;
class QToolButton;

namespace kiln::editor {

class Sidebar;

/// The shader tree of the active material, light or of the world; the active node's values at the
/// right.
class NodeEditor : public Editor {
  Q_OBJECT
public:
  explicit NodeEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Node Editor"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "LMB select, drag sockets to link  ·  Ctrl+RMB drag cut links  ·  Shift+RMB drag reroute  "
        "·  "
        "Shift+A add  ·  G move  ·  Shift+D duplicate  ·  F link  ·  X delete  ·  M mute  ·  "
        "Ctrl+J "
        "frame  ·  Home all");
  }
  bool modal_key(const KeyStroke& stroke, const QString& text) override;
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  std::vector<std::pair<std::string, QRect>> regions() const override;
  std::optional<float4> shown_plane() const override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  /// Grab: the selected nodes follow the mouse until a click.
  enum class Drag { None, Pan, Move, Grab, Link, Box, Cut, Reroute };
  float2 to_tree(QPointF at) const;
  QPointF to_view(float2 at) const;
  int canvas_width() const;
  void view_all();
  void refresh();
  void show_add();
  /// After another tree is to be shown.
  void show_other_tree();
  void fill_type_menu(QMenu& menu);
  void fill_snap_menu(QMenu& menu);
  /// Takes the trees that are open from a script.
  void take_path(const SpaceNodeEditor& space);
  void choose_tree();
  void update_header();
  void grab();
  /// Ends moving: nodes stay and go into the link they lie on, or come back.
  void end_grab(bool is_kept);
  bool run_select_command(const std::string& command, const OperatorSettings& settings);
  QColor socket_color(SocketType type) const;
  void paint_node(QPainter& painter, const NodeView& node) const;
  void paint_plain(QPainter& painter, const NodeView& node) const;
  void paint_curve(QPainter& painter, float2 from, float2 to, const QColor& color,
                   double width) const;
  LayoutItem make_side() const;
  void place_side();

  NodeModel model_;
  Sidebar* side_ = nullptr;
  bool is_side_open_ = true;
  float2 center_;
  float zoom_ = 1.0f;
  bool is_fitted_ = false;
  Drag drag_ = Drag::None;
  QPointF press_, last_, mouse_;
  std::optional<NodeSocketView> link_from_;
  std::uint64_t merge_key_ = 0;
  float2 grabbed_;               ///< how far the nodes have gone
  float2 wanted_;                ///< the same without snapping
  bool use_insert_offset_ = true;
  InsertOffsetDirection insert_offset_direction_ = InsertOffsetDirection::Right;
  bool is_box_pending_ = false;  ///< the next drag with the left button selects
  SpaceNodeOverlay overlay_;
  // Of the header; null before there is one.
  QToolButton *type_ = nullptr, *tree_ = nullptr, *new_ = nullptr, *pin_ = nullptr,
              *parent_ = nullptr;
  std::vector<QToolButton*> subjects_;
  QLabel* title_ = nullptr;
  std::vector<Connection> connections_;
};

void register_node(EditorRegistry& registry);

}  // namespace kiln::editor
