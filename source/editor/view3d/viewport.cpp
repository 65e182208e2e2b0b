#include "editor/view3d/viewport.h"

#include <QPainter>
#include <QTimer>

#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/edit_overlay.h"
#include "operators/picture_settings.h"

namespace kiln::editor {
namespace {

constexpr int zoom_interval_ms = 16;

float4 rgba(const QColor& color) {
  return {float(color.redF()), float(color.greenF()), float(color.blueF()), 1.0f};
}

// What the user has chosen for the graphics card.
render::raster::GpuRules rules_of(const PreferencesSystem& chosen) {
  render::raster::GpuRules rules;
  rules.mesh_time_out = chosen.vbo_time_out;
  rules.mesh_interval = chosen.vbo_collection_rate;
  rules.picture_time_out = chosen.texture_time_out;
  rules.picture_interval = chosen.texture_collection_rate;
  rules.picture_limit =
      chosen.gl_texture_limit == TextureLimit::Off ? 0 : 16384 >> int(chosen.gl_texture_limit);
  rules.anisotropy = int(chosen.anisotropic_filter);
  rules.clip_alpha = chosen.gl_clip_alpha;
  return rules;
}

}  // namespace

Viewport::Viewport(EditorContext& context, Editor& editor)
    : QOpenGLWidget(&editor),
      context_(context),
      editor_(editor),
      gpu_(context.session.services().find<GpuService>()),
      pictures_(context.session.services().find<ScenePictures>()),
      studio_pictures_(context.session),
      flight_(context.flights, [this] { update(); }) {
  setAcceptDrops(true);
  setMouseTracking(true);
  setFocusPolicy(Qt::NoFocus);
  apply_theme();
  rebuild();
  zoom_timer_.setInterval(zoom_interval_ms);
  connect(&zoom_timer_, &QTimer::timeout, this, [this] { keep_zooming(); });
  connect(this, &QOpenGLWidget::frameSwapped, this, [this] { note_frame(); });
  connections_.push_back(context.session.scene_evaluated.connect([this] {
    offer_scene();
    refresh();
  }));
  connections_.push_back(context.session.changed.connect([this](const ChangeSet& changes) {
    // What is selected does not change how things look.
    for (const BlockChange& change : changes.blocks) {
      has_other_scene_ =
          has_other_scene_ ||
          any(change.kinds & (Change::Transform | Change::Geometry | Change::Shading |
                              Change::Visibility | Change::Hierarchy | Change::Settings));
    }
    const bool is_editing = edited_mesh(context_.session).mesh != nullptr;
    for (const BlockChange& change : changes.blocks) {
      if (any(change.kinds & (Change::Selection | Change::Settings | Change::Shading)) ||
          is_editing) {
        refresh();
        return;
      }
    }
  }));
  if (pictures_) {
    connections_.push_back(pictures_->changed.connect([this] { refresh(); }));
  }
  connections_.push_back(studio_pictures_.changed.connect([this] { update(); }));
  connections_.push_back(context.theme_changed.connect([this] {
    apply_theme();
    refresh();
  }));
}

Viewport::~Viewport() {
  makeCurrent();
  renderer_.reset();
  doneCurrent();
}

void Viewport::apply_theme() {
  const Theme& t = context_.theme;
  look_.background_top = rgba(t.view_top);
  look_.background_bottom = rgba(t.view_bottom);
  look_.grid = rgba(t.grid);
  look_.wire = rgba(t.wire);
  look_.select = rgba(t.select);
  look_.active = rgba(t.active);
  look_.axis_x = rgba(t.axis_x);
  look_.axis_y = rgba(t.axis_y);
  look_.axis_z = rgba(t.axis_z);
}

void Viewport::rebuild() {
  auto list = std::make_shared<render::raster::DrawList>(render::raster::make_draw_list(
      context_.session.evaluated(), context_.session.document(), look_,
      local_objects_ ? &*local_objects_ : nullptr,
      [this](const Document& document, BlockId image, const ImageUser& user) {
        return pictures_ ? pictures_->find(document, image, user) : nullptr;
      }));
  analysis_.add_fills(context_.session, look_.overlay, *list);
  add_edit_overlay(context_.session, look_, *list);
  list_ = std::move(list);
}

void Viewport::refresh() {
  rebuild();
  update();
}

render::raster::ViewCamera Viewport::camera() const {
  return flight_.shown(navigation_).camera(width(), height(), context_.session.evaluated().get());
}

// Keys toggle between a kind of shading and solid.
void Viewport::toggle_shading(const std::string& type) {
  ViewShadingType& shown = look_.shading.type;
  const ViewShadingType wanted = type == "WIREFRAME"  ? ViewShadingType::Wireframe
                                 : type == "RENDERED" ? ViewShadingType::Rendered
                                 : type == "MATERIAL" ? ViewShadingType::Material
                                                      : ViewShadingType::Solid;
  shown = shown == wanted ? ViewShadingType::Solid : wanted;
  Q_EMIT look_changed();
}

// Tells the live picture about a new state of the scene, if it looks different.
void Viewport::offer_scene() {
  const auto& evaluated = context_.session.evaluated();
  if (!live_ || !evaluated || !look_.shading.is_traced() || !isVisible()) {
    return;
  }
  const auto& before = live_scene_;
  if (!before || has_other_scene_ || before->scene != evaluated->scene ||
      before->view_layer != evaluated->view_layer || before->frame != evaluated->frame) {
    has_other_scene_ = false;
    live_scene_ = evaluated;
    live_->set_scene(evaluated);
    if (const Scene* scene = context_.session.scene()) {
      live_->set_colors(operators::view_settings(scene->view_settings, scene->display_settings));
    }
  }
}

void Viewport::hideEvent(QHideEvent* event) {
  end_live_picture();
  QOpenGLWidget::hideEvent(event);
}

void Viewport::initializeGL() {
  const Result<void> loaded = render::raster::load_gl();
  if (!loaded) {
    problem_ = QString::fromStdString(loaded.error().message);
    return;
  }
  renderer_ = std::make_unique<render::raster::ViewRenderer>(gpu_->store);
  is_software_gl_ = render::raster::is_software_gl();
}

void Viewport::paintGL() {
  QElapsedTimer timer;
  timer.start();
  follow_locks();
  if (renderer_) {
    follow_live_picture();
    const float ratio = float(devicePixelRatioF());
    const Preferences& chosen = current_preferences(context_.session);
    look_.pixel_ratio = ratio * line_width_of(chosen) / std::max(1.0f, chosen.system.pixel_size);
    gpu_->store->set_rules(rules_of(chosen.system));
    look_.fixed_pictures = camera_pictures();
    // Where shaders run on the processor, smooth edges wait until the view stands still.
    look_.has_antialiasing =
        chosen.system.viewport_aa != ViewportAntialiasing::Off && !(is_software_gl_ && is_moving());
    look_.has_smooth_lines = chosen.system.use_overlay_smooth_wire;
    look_.has_smooth_edit_lines = chosen.system.use_edit_mode_smooth_wire;
    look_.samples = is_moving() ? 1 : std::max(1, int(chosen.system.viewport_aa));
    look_.is_refined = std::exchange(is_refining_, false);
    follow_studio_light();
    const Result<void> drawn =
        renderer_->draw(list_, camera(), look_, int(float(width()) * ratio),
                        int(float(height()) * ratio), defaultFramebufferObject(), live_picture());
    gpu_->memory = chosen.view.show_statusbar_vram ? render::raster::gpu_memory() : std::nullopt;
    problem_ = drawn ? QString() : QString::fromStdString(drawn.error().message);
    if (drawn && renderer_->sample_count() < look_.samples) {
      // The next sample comes when there is nothing else to do.
      QTimer::singleShot(0, this, [this] {
        is_refining_ = true;
        update();
      });
    }
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paint_overlay(painter);
  painter.end();
  last_frame_ms_ = double(timer.nsecsElapsed()) * 1e-6;
  frame_max_ = std::max(frame_max_, last_frame_ms_);
  frame_sum_ += last_frame_ms_;
  ++frame_count_;
}

bool Viewport::is_moving() const {
  return transform_ || data_drag_ || drag_ == Drag::Orbit || drag_ == Drag::Pan ||
         drag_ == Drag::Zoom || drag_ == Drag::Gizmo;
}

// There are handles for the tool in use, while nothing is going on.
std::optional<TransformGizmo> Viewport::transform_gizmo() const {
  const bool has_handles =
      options.show_gizmo && current_preferences(context_.session).view.show_gizmo;
  const bool of_tool = has_handles && options.show_gizmo_tool,
             of_context = has_handles && options.show_gizmo_context;
  const auto is_tool = [&](ViewTool tool) {
    return of_tool && (tool_ == tool || tool_ == ViewTool::Transform);
  };
  const TransformGizmo::Kinds kinds{
      is_tool(ViewTool::Move) || (of_context && options.show_gizmo_object_translate),
      is_tool(ViewTool::Rotate) || (of_context && options.show_gizmo_object_rotate),
      is_tool(ViewTool::Scale) || (of_context && options.show_gizmo_object_scale)};
  if (transform_ || operator_ || loop_cut_ || data_drag_ ||
      !(kinds.moves || kinds.rotates || kinds.scales)) {
    return std::nullopt;
  }
  const std::unique_ptr<TransformTarget> target = make_transform_target(context_.session);
  if (target->empty()) {
    return std::nullopt;
  }
  const auto view = camera();
  const float3x3 turn = transpose(upper3x3(view.view));
  const TransformFrame frame = transform_frame(context_.session, *target, turn);
  std::array<float3x3, 3> axes;
  for (int kind = 1; kind <= 3; ++kind) {
    const Scene& scene = *context_.session.scene();
    axes[std::size_t(kind - 1)] =
        orientation_axes(context_.session, scene.orientation_slot(kind), turn);
  }
  return TransformGizmo(frame, kinds, view, width(), height(),
                        float(current_preferences(context_.session).view.gizmo_size) / 75.0f,
                        &axes);
}

NavigationGizmo Viewport::navigation_gizmo() const {
  const PreferencesView& chosen = current_preferences(context_.session).view;
  return NavigationGizmo(camera().view, width(), height(),
                         {.has_axes = chosen.mini_axis_type == MiniAxisType::Gizmo,
                          .has_buttons = chosen.show_navigate_ui,
                          .size = float(chosen.gizmo_size_navigate_v3d) / 80.0f});
}

void Viewport::apply_input_preferences() {
  const Preferences& chosen = current_preferences(context_.session);
  constexpr float usual_speed = 0.4f * 3.14159265f / 180.0f;
  Navigation::Style& style = navigation_.style;
  style.is_trackball = chosen.inputs.view_rotate_method == ViewRotateMethod::Trackball;
  style.speed = style.is_trackball ? chosen.inputs.view_rotate_sensitivity_trackball
                                   : chosen.inputs.view_rotate_sensitivity_turntable / usual_speed;
  style.key_step = chosen.view.rotation_angle * 3.14159265f / 180.0f;
  style.has_flat_axis_views = chosen.inputs.use_auto_perspective;
}

std::vector<std::pair<std::string, QRect>> Viewport::named_places() const {
  std::vector<std::pair<std::string, QRect>> places{{"viewport", rect()}};
  const auto add = [&](const std::vector<std::pair<std::string, QRect>>& more) {
    places.insert(places.end(), more.begin(), more.end());
  };
  if (shows_toolbar_) {
    add(toolbar_.named_places());
  }
  if (shows_navigation()) {
    add(navigation_gizmo().named_places());
  }
  if (const std::optional<TransformGizmo> gizmo = transform_gizmo()) {
    add(gizmo->named_places());
  }
  if (const std::optional<DataGizmos> gizmos = data_gizmos()) {
    add(gizmos->named_places());
  }
  return places;
}

void Viewport::set_tool(ViewTool tool) {
  tool_ = tool;
  hovered_handle_.reset();
  hovered_data_.reset();
  context_.hint_changed.emit(hint());
  update();
}

std::vector<std::pair<std::string, double>> Viewport::figures() const {
  return {{"frame_ms_last", last_frame_ms_},
          {"frame_ms_max", frame_max_},
          {"frame_ms_mean", frame_count_ ? frame_sum_ / frame_count_ : 0.0},
          {"frames", double(frame_count_)},
          {"input_ms_max", latency_max_},
          {"input_ms_mean", latency_count_ ? latency_sum_ / latency_count_ : 0.0},
          {"inputs", double(latency_count_)},
          {"samples", live_ ? double(live_->progress().samples) : 0.0}};
}

void Viewport::forget_figures() {
  latency_max_ = latency_sum_ = frame_max_ = frame_sum_ = 0.0;
  latency_count_ = frame_count_ = 0;
}

}  // namespace kiln::editor
