#pragma once

#include <QElapsedTimer>
#include <QOpenGLWidget>
#include <memory>
#include <optional>

#include "editor/session/operator_settings.h"
#include "editor/view3d/data_drag.h"
#include "editor/view3d/edit_selection.h"
#include "editor/view3d/frame_rate.h"
#include "editor/view3d/live_render.h"
#include "editor/view3d/loop_cut_tool.h"
#include "editor/view3d/mesh_analysis.h"
#include "editor/view3d/navigation.h"
#include "editor/view3d/navigation_gizmo.h"
#include "editor/view3d/operator_tool.h"
#include "editor/view3d/scene_pictures.h"
#include "editor/view3d/toolbar.h"
#include "editor/view3d/transform_gizmo.h"
#include "editor/view3d/transform_tool.h"
#include "editor/view3d/view_flight.h"
#include "editor/view3d/view_options.h"
#include "editor/window/continuous_drag.h"
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
  std::optional<render::raster::GpuMemory> memory;  ///< as of the last picture of a view
};

/// The picture of a 3D viewport and what mouse and keys do in it. Drawing and commands are here and
/// in `viewport_overlay.cpp`, `viewport_commands.cpp`, edit mode in `viewport_edit.cpp`, events in
/// `viewport_input.cpp`, handles of data in `viewport_gizmos.cpp`, pictures in
/// `viewport_pictures.cpp`; what they work with has files of its own.
class Viewport : public QOpenGLWidget {
  Q_OBJECT
public:
  Viewport(EditorContext& context, Editor& editor);
  ~Viewport() override;

  bool run_command(const std::string& command, const OperatorSettings& settings);
  bool modal_key(const KeyStroke& stroke, const QString& text);
  QString hint() const;
  std::vector<std::pair<std::string, QRect>> named_places() const;

  render::raster::ViewLook& look() { return look_; }
  Navigation& navigation() { return navigation_; }
  const Navigation& navigation() const { return navigation_; }
  /// The scene as its camera sees it, without anything drawn over it; a square.
  QImage picture_from_camera(int edge);
  /// How it looks at the scene now.
  render::raster::ViewCamera seen_by() const { return camera(); }
  bool shows_toolbar() const { return shows_toolbar_; }
  QRect toolbar_rect() const { return toolbar_.bounds(); }
  void show_toolbar(bool is_shown) { shows_toolbar_ = is_shown; }
  ViewOptions options;  ///< `refresh` after changing them
  /// Kinds of objects that cannot be selected here, bits as of `object_kind_bit`.
  std::uint32_t unselectable_kinds = 0;
  ViewTool tool() const { return tool_; }
  void set_tool(ViewTool tool);
  /// Whether only what was selected then is shown.
  bool is_local_view() const { return local_objects_.has_value(); }
  /// After `look` was changed.
  void refresh();
  /// Milliseconds that frames took to draw, and from input events to the end of the frames that
  /// showed them: the longest and the mean since `forget_figures`.
  std::vector<std::pair<std::string, double>> figures() const;
  void forget_figures();

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
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

private:
  enum class Drag {
    None,
    Orbit,
    Pan,
    Zoom,
    Dolly,
    Press,
    Box,
    Lasso,
    Circle,
    Cursor,
    RenderBorder,
    ClipBox,
    Gizmo,
    Data,
    Transform
  };

  // Drawing.
  render::raster::ViewCamera camera() const;
  void rebuild();
  /// Moves the view, or the camera that is looked through where it goes along.
  void navigate(const std::function<void(Navigation&)>& change);
  /// Keeps the view about what it is locked to, and with the camera it has of its own.
  void follow_locks();
  const Object* looked_through() const;
  /// The part of the view that is rendered, from the bottom left in [0, 1].
  std::optional<float4> render_border() const;
  void set_render_border(QRectF box);
  void clear_render_border();
  void set_clip_box(QRectF box);
  bool run_view_command(const std::string& command);
  /// Asks for a file where none is given.
  void load_picture(const std::string& command, OperatorSettings settings);
  /// Those of the camera that is looked through.
  std::vector<render::raster::FixedPicture> camera_pictures() const;
  std::shared_ptr<const render::raster::ViewPicture> live_picture();
  std::optional<float3> turning_center_;  // of the drag that goes on
  bool shows_navigation() const { return options.show_gizmo && options.show_gizmo_navigate; }
  void apply_theme();
  void toggle_shading(const std::string& type);
  void offer_scene();
  StudioWorld studio_world();
  float studio_rotation() const;  ///< radians about Z
  void follow_studio_light();
  void follow_live_picture();
  void end_live_picture();
  bool is_moving() const;
  std::optional<TransformGizmo> transform_gizmo() const;
  /// Handles of the data of the active object; nothing where it has none.
  std::optional<DataGizmos> data_gizmos() const;
  const std::array<float3, 4>* shown_picture(BlockId object) const;
  void start_data_drag(DataHandle handle);
  void move_data_drag(QPointF at, bool is_precise);
  void end_data_drag(bool is_kept);
  NavigationGizmo navigation_gizmo() const;
  /// Lets the view be turned as the user likes it.
  void apply_input_preferences();
  /// The point that dragging from a place turns about; none: the pivot of the view.
  std::optional<float3> turning_center(QPointF at);
  std::optional<float3> surface_under(QPointF at);
  void orbit_by(QPointF step);
  void zoom_at(QPointF at, float factor);
  void drag_zoom(QPointF now, QPointF step);
  void keep_zooming();
  bool wraps_mouse() const;
  void forget_wraps();
  /// Does something to the view, which then takes its time to get there.
  void fly(const std::function<void()>& change);
  bool run_any(const std::string& command, const OperatorSettings& settings);
  void paint_mini_axes(QPainter& painter);
  void paint_overlay(QPainter& painter);
  void paint_texts(QPainter& painter);
  void paint_camera_frame(QPainter& painter);
  void paint_names(QPainter& painter);
  void paint_transform(QPainter& painter);
  void paint_selecting(QPainter& painter);
  void paint_tools(QPainter& painter);
  void paint_status(QPainter& painter, const std::string& text);
  void paint_reach(QPainter& painter, float3 center, float reach);

  // Tools.
  void start_transform(TransformMode mode, int axis_mask = 0);
  void end_transform(bool is_kept);
  void end_modal();
  void place_cursor(QPointF at);
  void extrude();
  bool run_edit_command(const std::string& command, const OperatorSettings& settings);
  void start_operator(const OperatorToolKind& kind, const OperatorSettings& settings = {});
  void end_operator(bool is_kept);
  void extrude_faces();
  void start_loop_cut();
  void move_loop_cut(QPointF at);
  void end_loop_cut(bool is_kept);
  bool tool_key(const KeyStroke& stroke, const QString& text);
  void select_linked_at_mouse(bool deselects);
  void select_loop_at(QPointF place, bool is_ring, SelectMode mode);
  void select_path_to(QPointF place);
  void toggle_local_view();
  void toggle_proportional();
  void snap_toggle();
  void use_camera(bool comes_here);

  // Selecting.
  SelectMode mode_of(Qt::KeyboardModifiers modifiers) const;
  bool is_selectable(BlockId id) const;
  void select_at(QPointF place, SelectMode mode);
  void select_box(QRect box, SelectMode mode);
  void select_shape(const ScreenTest& test, SelectMode mode, const std::string& label,
                    std::uint64_t merge_key);
  void paint_circle(QPointF at, SelectMode mode);
  DepthAt depth_reader();
  /// Hits of a small square of the view; empty also without OpenGL.
  Result<std::vector<render::raster::PickHit>> pick_by_middle(
      QPointF at, const render::raster::PixelRect& rect, const std::vector<std::uint32_t>& ignored);
  std::vector<render::raster::PickHit> pick(QPointF at,
                                            const std::vector<std::uint32_t>& ignored = {});

  // Events.
  void press_left(QMouseEvent& event);
  void note_input(const QInputEvent& event);
  void note_frame();
  void set_hovered(QPointF at);

  EditorContext& context_;
  Editor& editor_;
  GpuService* gpu_;
  ScenePictures* pictures_;
  StudioPictures studio_pictures_;
  std::unique_ptr<render::raster::ViewRenderer> renderer_;
  render::raster::ViewLook look_;
  bool is_refining_ = false;  ///< the next picture only adds a sample to the last one
  Navigation navigation_;
  std::shared_ptr<const render::raster::DrawList> list_;
  MeshAnalysis analysis_;
  std::unique_ptr<LiveRender> live_;
  /// The live picture laid into the whole view, where only a part is rendered.
  std::shared_ptr<const render::raster::ViewPicture> placed_picture_, placed_from_;
  float4 placed_border_;
  std::shared_ptr<const evaluation::EvaluatedScene> live_scene_;  ///< what it was given last
  bool has_other_scene_ = false;  ///< the document looks different since
  std::unique_ptr<TransformTool> transform_;
  std::unique_ptr<OperatorTool> operator_;
  std::unique_ptr<DataDrag> data_drag_;
  std::unique_ptr<LoopCutTool> loop_cut_;
  FrameRate frame_rate_;  ///< while the animation plays
  ViewFlight flight_;
  ContinuousDrag continuous_;
  QTimer zoom_timer_;                                  ///< while zooming goes on by itself
  std::optional<std::vector<BlockId>> local_objects_;  ///< ordered by id; in local view only these
  Navigation global_navigation_;                       ///< where the view was before local view

  ViewTool tool_ = ViewTool::SelectBox;
  Toolbar toolbar_;
  bool shows_toolbar_ = true;
  std::optional<ViewTool> hovered_tool_;
  std::optional<NavigationGizmo::Hit> hovered_navigation_, pressed_navigation_;
  std::optional<TransformGizmo::Handle> hovered_handle_;
  std::optional<DataHandle> hovered_data_;

  Drag drag_ = Drag::None;
  QPointF press_, last_, mouse_{-1000, -1000};
  bool is_alt_press_ = false;     ///< with Alt a click selects loops, a drag turns
  bool is_box_pending_ = false;   ///< the next press starts a box
  Drag box_use_ = Drag::Box;      ///< what that box is for
  std::uint64_t camera_key_ = 0;  ///< makes a movement of the camera one undo step
  bool is_circle_modal_ = false;  ///< circle selection until it is ended
  double circle_radius_ = 25.0;
  QPolygonF lasso_;
  std::uint64_t stroke_key_ = 0;  ///< makes a stroke of circles one undo step
  bool is_stroke_set_ = false;    ///< the next circle replaces the selection
  QPointF cycle_place_;
  std::vector<std::uint32_t> cycled_;

  QString problem_;
  bool is_software_gl_ = false;
  double last_frame_ms_ = 0.0;
  std::optional<std::uint64_t> input_time_;  ///< of the first event that no frame has shown yet
  double latency_max_ = 0.0, latency_sum_ = 0.0, frame_max_ = 0.0, frame_sum_ = 0.0;
  int latency_count_ = 0, frame_count_ = 0;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
