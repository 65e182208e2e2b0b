#pragma once

#include <QElapsedTimer>
#include <QOpenGLWidget>
#include <memory>
#include <optional>

#include "editor/view3d/live_render.h"
#include "editor/view3d/navigation.h"
#include "editor/view3d/transform_tool.h"
#include "editor/window/editor.h"
#include "render/raster/view_renderer.h"

namespace kiln::editor {

/// Buffers and programs of all 3D viewports of the program; their contexts share them.
class GpuService {
public:
  GpuService()
      : geometry(std::make_shared<render::raster::GeometryCache>()),
        store(std::make_shared<render::raster::GpuStore>(geometry)) {}
  std::shared_ptr<render::raster::GeometryCache> geometry;
  std::shared_ptr<render::raster::GpuStore> store;
};

/// The picture of a 3D viewport and what the mouse does in it.
class Viewport : public QOpenGLWidget {
  Q_OBJECT
public:
  Viewport(EditorContext& context, Editor& editor);
  ~Viewport() override;

  bool run_command(const std::string& command, const OperatorSettings& settings);
  bool modal_key(const KeyStroke& stroke, const QString& text);
  QString hint() const;

  render::raster::ViewLook& look() { return look_; }
  Navigation& navigation() { return navigation_; }
  /// After `look` was changed.
  void refresh();
  /// Milliseconds the last frame took to draw.
  double last_frame_ms() const { return last_frame_ms_; }

Q_SIGNALS:
  void look_changed();

protected:
  void initializeGL() override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

private:
  enum class Drag { None, Orbit, Pan, Zoom, Press, Box, Gizmo };
  render::raster::ViewCamera camera() const;
  void rebuild();
  void apply_theme();
  void toggle_shading(const std::string& type);
  void offer_scene();
  void follow_live_picture();
  void start_transform(TransformMode mode);
  void end_transform(bool is_kept);
  void select_at(QPointF place, bool extends);
  void select_box(QRect box, bool extends, bool removes);
  void set_selection(const std::vector<BlockId>& objects, std::optional<BlockId> active,
                     const std::string& label);
  void paint_overlay(QPainter& painter);
  void paint_gizmo(QPainter& painter);
  int gizmo_axis_at(QPointF place) const;
  QPointF gizmo_center() const;
  std::vector<std::pair<QPointF, int>> gizmo_ends(std::vector<float>* depths) const;

  EditorContext& context_;
  Editor& editor_;
  GpuService* gpu_;
  std::unique_ptr<render::raster::ViewRenderer> renderer_;
  render::raster::ViewLook look_;
  Navigation navigation_;
  std::shared_ptr<const render::raster::DrawList> list_;
  std::unique_ptr<LiveRender> live_;
  std::shared_ptr<const evaluation::EvaluatedScene> live_scene_;  ///< what it was given last
  bool has_other_scene_ = false;  ///< the document looks different since
  std::unique_ptr<TransformTool> transform_;
  Drag drag_ = Drag::None;
  QPointF press_, last_, mouse_;
  bool is_box_pending_ = false;  ///< the next press starts a box
  QPointF cycle_place_;
  std::vector<std::uint32_t> cycled_;
  QString problem_;
  double last_frame_ms_ = 0.0;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
