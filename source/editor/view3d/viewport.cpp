#include "editor/view3d/viewport.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "document/camera.h"
#include "document/scene.h"
#include "operators/picture_settings.h"

namespace kiln::editor {
namespace {

float4 rgba(const QColor& color) {
  return {float(color.redF()), float(color.greenF()), float(color.blueF()), 1.0f};
}
float2 to_float2(QPointF p) {
  return {float(p.x()), float(p.y())};
}

std::string text_setting(const OperatorSettings& settings, const char* name) {
  for (const auto& [key, value] : settings) {
    if (key == name && std::holds_alternative<std::string>(value.data)) {
      return value.as_string();
    }
  }
  return {};
}
bool flag_setting(const OperatorSettings& settings, const char* name) {
  for (const auto& [key, value] : settings) {
    if (key == name && std::holds_alternative<bool>(value.data)) {
      return value.as_bool();
    }
  }
  return false;
}

}  // namespace

Viewport::Viewport(EditorContext& context, Editor& editor)
    : QOpenGLWidget(&editor),
      context_(context),
      editor_(editor),
      gpu_(context.session.services().find<GpuService>()) {
  setMouseTracking(true);
  setFocusPolicy(Qt::NoFocus);
  apply_theme();
  rebuild();
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
    for (const BlockChange& change : changes.blocks) {
      if (any(change.kinds & (Change::Selection | Change::Settings | Change::Shading))) {
        refresh();
        return;
      }
    }
  }));
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
  const auto& evaluated = context_.session.evaluated();
  list_ = std::make_shared<const render::raster::DrawList>(
      render::raster::make_draw_list(evaluated, context_.session.document(), look_));
}

void Viewport::refresh() {
  rebuild();
  update();
}

render::raster::ViewCamera Viewport::camera() const {
  return navigation_.camera(width(), height(), context_.session.evaluated().get());
}

// Keys toggle between a kind of shading and solid.
void Viewport::toggle_shading(const std::string& type) {
  ViewShadingType& shown = look_.shading.type;
  const ViewShadingType wanted = type == "WIREFRAME"  ? ViewShadingType::Wireframe
                                 : type == "RENDERED" ? ViewShadingType::Rendered
                                                      : ViewShadingType::Solid;
  shown = shown == wanted ? ViewShadingType::Solid : wanted;
  Q_EMIT look_changed();
}

// Tells the live picture about a new state of the scene, if it looks different.
void Viewport::offer_scene() {
  const auto& evaluated = context_.session.evaluated();
  if (!live_ || !evaluated) {
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

// Keeps the live picture looking where the view looks; there is one only while it is shown.
void Viewport::follow_live_picture() {
  if (look_.shading.type != ViewShadingType::Rendered) {
    live_.reset();
    live_scene_.reset();
    return;
  }
  if (!live_) {
    live_ = std::make_unique<LiveRender>(context_.session, [this] { update(); });
    offer_scene();
  }
  const double ratio = devicePixelRatioF();
  const auto& evaluated = context_.session.evaluated();
  live_->set_view({camera(), int(width() * ratio), int(height() * ratio),
                   navigation_.camera_frame(width(), height(), evaluated.get()).has_value(),
                   look_.shading.use_scene_lights_render, look_.shading.use_scene_world_render});
}

void Viewport::hideEvent(QHideEvent* event) {
  live_.reset();
  live_scene_.reset();
  QOpenGLWidget::hideEvent(event);
}

void Viewport::initializeGL() {
  const Result<void> loaded = render::raster::load_gl();
  if (!loaded) {
    problem_ = QString::fromStdString(loaded.error().message);
    return;
  }
  renderer_ = std::make_unique<render::raster::ViewRenderer>(gpu_->store);
}

void Viewport::paintGL() {
  QElapsedTimer timer;
  timer.start();
  if (renderer_) {
    follow_live_picture();
    const float ratio = float(devicePixelRatioF());
    look_.pixel_ratio = ratio;
    const Result<void> drawn = renderer_->draw(
        list_, camera(), look_, int(float(width()) * ratio), int(float(height()) * ratio),
        defaultFramebufferObject(), live_ ? live_->picture() : nullptr);
    problem_ = drawn ? QString() : QString::fromStdString(drawn.error().message);
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paint_overlay(painter);
  painter.end();
  last_frame_ms_ = double(timer.nsecsElapsed()) * 1e-6;
}

void Viewport::paint_overlay(QPainter& painter) {
  const Theme& t = context_.theme;
  const Session& session = context_.session;
  const auto shadowed = [&](QPointF at, const QString& text) {
    painter.setPen(t.is_dark ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 160));
    painter.drawText(at + QPointF(1, 1), text);
    painter.setPen(t.text);
    painter.drawText(at, text);
  };
  if (!problem_.isEmpty()) {
    painter.setPen(t.error);
    painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                     problem_);
    return;
  }
  // The picture of the camera, and darkness around it.
  const auto& evaluated = session.evaluated();
  if (const std::optional<float4> frame =
          navigation_.camera_frame(width(), height(), evaluated.get())) {
    const QRectF inner(frame->x, frame->y, frame->z, frame->w);
    const Scene* scene = session.scene();
    const Object* object = scene ? session.document().find(scene->camera) : nullptr;
    const Camera* lens = object ? session.document().find<Camera>(object->data.id) : nullptr;
    if (lens && lens->show_passepartout) {
      QPainterPath around;
      around.addRect(rect());
      around.addRect(inner);
      painter.fillPath(around, QColor(0, 0, 0, int(255 * lens->passepartout_alpha)));
    }
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(inner);
  }
  if (transform_) {
    const float3x3 axes = transform_->axes();
    const auto view = camera();
    const QColor colors[3] = {t.axis_x, t.axis_y, t.axis_z};
    for (int i = 0; i < 3; ++i) {
      if (!(transform_->axis_mask() >> i & 1)) {
        continue;
      }
      const float3 along{axes[0][i], axes[1][i], axes[2][i]};
      const float reach = navigation_.distance() * 0.7f;
      const auto a = project(view, width(), height(), transform_->pivot() - along * reach),
                 b = project(view, width(), height(), transform_->pivot() + along * reach);
      if (a && b) {
        painter.setPen(QPen(colors[i], 1.4));
        painter.drawLine(QPointF(a->x, a->y), QPointF(b->x, b->y));
      }
    }
    const QString text = QString::fromStdString(transform_->status());
    const QRectF bar(0, 0, width(), 26);
    painter.fillRect(bar, QColor(t.header.red(), t.header.green(), t.header.blue(), 230));
    painter.setPen(t.text);
    painter.drawText(bar.adjusted(12, 0, -12, 0), Qt::AlignVCenter, text);
  } else if (look_.overlay.show_overlays) {
    shadowed({12, 22}, QString::fromStdString(navigation_.label()));
    const Scene* scene = session.scene();
    if (scene) {
      const Object* active = session.active_object();
      QString text = QStringLiteral("(%1) %2")
                         .arg(int(session.frame()))
                         .arg(QString::fromStdString(scene->name));
      if (active) {
        text += QStringLiteral(" | ") + QString::fromStdString(active->name);
      }
      shadowed({12, 40}, text);
    }
    if (live_ && !live_->problem().empty()) {
      shadowed({12, 58}, QString::fromStdString(live_->problem()));
    } else if (live_) {
      const LiveProgress& done = live_->progress();
      shadowed({12, 58},
               done.pixel_size > 1
                   ? QStringLiteral("Path tracing, 1 of %1 × %1 pixels").arg(done.pixel_size)
                   : QStringLiteral("Path tracing, sample %1 of %2")
                         .arg(done.samples)
                         .arg(done.max_samples));
    }
  }
  if (drag_ == Drag::Box) {
    const QRectF box = QRectF(press_, last_).normalized();
    painter.setPen(QPen(t.text, 1, Qt::DashLine));
    painter.setBrush(QColor(255, 255, 255, 18));
    painter.drawRect(box);
  } else if (is_box_pending_) {
    painter.setPen(QPen(t.text_dim, 1, Qt::DashLine));
    painter.drawLine(QPointF(0, mouse_.y()), QPointF(width(), mouse_.y()));
    painter.drawLine(QPointF(mouse_.x(), 0), QPointF(mouse_.x(), height()));
  }
  paint_gizmo(painter);
}

QPointF Viewport::gizmo_center() const {
  return QPointF(width() - 54, 54);
}

// Ends of the six axes on the screen: 0 to 2 positive, 3 to 5 negative.
std::vector<std::pair<QPointF, int>> Viewport::gizmo_ends(std::vector<float>* depths) const {
  const float4x4 view = camera().view;
  std::vector<std::pair<QPointF, int>> ends;
  for (int i = 0; i < 6; ++i) {
    const float sign = i < 3 ? 1.0f : -1.0f;
    const float3 d{view[0][i % 3] * sign, view[1][i % 3] * sign, view[2][i % 3] * sign};
    ends.emplace_back(gizmo_center() + QPointF(d.x, -d.y) * 34.0, i);
    if (depths) {
      depths->push_back(d.z);
    }
  }
  return ends;
}

int Viewport::gizmo_axis_at(QPointF place) const {
  std::vector<float> depths;
  const auto ends = gizmo_ends(&depths);
  int best = -1;
  for (const auto& [end, i] : ends) {
    if (std::hypot(place.x() - end.x(), place.y() - end.y()) <= 9.0 &&
        (best < 0 || depths[std::size_t(i)] > depths[std::size_t(best)])) {
      best = i;
    }
  }
  return best;
}

void Viewport::paint_gizmo(QPainter& painter) {
  if (!look_.overlay.show_overlays || width() < 200 || height() < 160) {
    return;
  }
  const Theme& t = context_.theme;
  const QColor colors[3] = {t.axis_x, t.axis_y, t.axis_z};
  std::vector<float> depths;
  auto ends = gizmo_ends(&depths);
  std::sort(ends.begin(), ends.end(), [&](const auto& a, const auto& b) {
    return depths[std::size_t(a.second)] < depths[std::size_t(b.second)];
  });
  const bool is_over =
      std::hypot(mouse_.x() - gizmo_center().x(), mouse_.y() - gizmo_center().y()) < 46;
  if (is_over || drag_ == Drag::Gizmo) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(t.text.red(), t.text.green(), t.text.blue(), 28));
    painter.drawEllipse(gizmo_center(), 46, 46);
  }
  QFont font = painter.font();
  font.setBold(true);
  font.setPixelSize(11);
  painter.setFont(font);
  for (const auto& [end, i] : ends) {
    const QColor color = colors[i % 3];
    if (i < 3) {
      painter.setPen(QPen(color, 2.2));
      painter.drawLine(gizmo_center(), end);
      painter.setPen(Qt::NoPen);
      painter.setBrush(color);
      painter.drawEllipse(end, 8.5, 8.5);
      painter.setPen(QColor(0x14, 0x14, 0x16));
      painter.drawText(QRectF(end.x() - 8, end.y() - 8, 16, 16), Qt::AlignCenter,
                       QString(QChar("XYZ"[i])));
    } else {
      QColor inner = color;
      inner.setAlpha(70);
      painter.setPen(QPen(color, 1.6));
      painter.setBrush(inner);
      painter.drawEllipse(end, 7, 7);
    }
  }
}

QString Viewport::hint() const {
  if (transform_) {
    return QStringLiteral(
        "LMB/Enter confirm  ·  RMB/Esc cancel  ·  X Y Z axis  ·  Shift+axis plane  ·  numbers "
        "exact  ·  Ctrl snap  ·  Shift precise");
  }
  return QStringLiteral(
      "LMB select  ·  MMB orbit  ·  Shift+MMB pan  ·  Wheel zoom  ·  G move  ·  R rotate  ·  S "
      "scale  ·  Shift+A add  ·  X delete  ·  F3 search");
}

void Viewport::start_transform(TransformMode mode) {
  if (const Object* active = context_.session.active_object();
      active && active->mode != ObjectMode::Object) {
    context_.session.report(InfoLine::Kind::Warning, "objects are moved in object mode");
    return;
  }
  auto tool = std::make_unique<TransformTool>(context_.session, mode, camera(), width(), height(),
                                              to_float2(mouse_));
  if (!tool->is_active()) {
    context_.session.report(InfoLine::Kind::Info, "nothing is selected");
    return;
  }
  transform_ = std::move(tool);
  context_.hint_changed.emit(hint());
  update();
}

void Viewport::end_transform(bool is_kept) {
  const std::unique_ptr<TransformTool> tool = std::move(transform_);
  if (is_kept) {
    tool->confirm();
  } else {
    tool->cancel();
  }
  context_.hint_changed.emit(hint());
  update();
}

bool Viewport::modal_key(const KeyStroke& stroke, const QString& text) {
  if (transform_) {
    if (stroke.key == "ESC") {
      end_transform(false);
    } else if (stroke.key == "RET" || stroke.key == "NUMPAD_ENTER") {
      end_transform(true);
    } else {
      transform_->key(stroke, text.toStdString());
    }
    update();
    return true;
  }
  if (is_box_pending_ || drag_ == Drag::Box) {
    if (stroke.key == "ESC") {
      is_box_pending_ = false;
      drag_ = Drag::None;
      update();
    }
    return stroke.key == "ESC";
  }
  return false;
}

bool Viewport::run_command(const std::string& command, const OperatorSettings& settings) {
  Session& session = context_.session;
  if (command == "view3d.view_axis") {
    navigation_.view_axis(text_setting(settings, "type"));
  } else if (command == "view3d.view_orbit") {
    navigation_.orbit_step(text_setting(settings, "type"));
  } else if (command == "view3d.view_persportho") {
    navigation_.toggle_perspective();
  } else if (command == "view3d.view_camera") {
    if (!session.scene() || !session.document().find(session.scene()->camera)) {
      session.report(InfoLine::Kind::Warning, "the scene has no camera");
      return true;
    }
    navigation_.toggle_camera();
  } else if (command == "view3d.view_selected" || command == "view3d.view_all") {
    const std::vector<BlockId> selected = session.selected();
    float3 low, high;
    const bool is_all = command == "view3d.view_all" || selected.empty();
    if (session.evaluated() &&
        render::raster::bounds_of(*session.evaluated(), is_all ? nullptr : &selected, &low,
                                  &high)) {
      navigation_.frame(low, high);
    }
    if (flag_setting(settings, "center")) {
      session.edit("Reset Cursor", [&](Document& document) -> Result<void> {
        document.edit<Scene>(session.scene()->id, Change::Settings).cursor = {};
        return {};
      });
    }
  } else if (command == "view3d.zoom") {
    navigation_.zoom(text_setting(settings, "delta") == "-1" ? 1.2f : 1.0f / 1.2f);
  } else if (command == "view3d.toggle_shading") {
    toggle_shading(text_setting(settings, "type"));
  } else if (command == "view3d.toggle_xray") {
    bool& is_on = look_.shading.type == ViewShadingType::Wireframe
                      ? look_.shading.show_xray_wireframe
                      : look_.shading.show_xray;
    is_on = !is_on;
    Q_EMIT look_changed();
  } else if (command == "view3d.select_box") {
    is_box_pending_ = true;
  } else if (command == "transform.translate" || command == "transform.rotate" ||
             command == "transform.resize") {
    start_transform(command == "transform.translate" ? TransformMode::Move
                    : command == "transform.rotate"  ? TransformMode::Rotate
                                                     : TransformMode::Scale);
  } else if (command == "object.duplicate_move") {
    if (session.run("object.duplicate")) {
      start_transform(TransformMode::Move);
    }
  } else {
    return false;
  }
  update();
  return true;
}

void Viewport::mousePressEvent(QMouseEvent* event) {
  press_ = last_ = mouse_ = event->position();
  if (transform_) {
    end_transform(event->button() == Qt::LeftButton);
    return;
  }
  if (event->button() == Qt::LeftButton &&
      std::hypot(press_.x() - gizmo_center().x(), press_.y() - gizmo_center().y()) < 46 &&
      look_.overlay.show_overlays) {
    drag_ = Drag::Gizmo;
  } else if (event->button() == Qt::MiddleButton ||
             (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::AltModifier))) {
    drag_ = event->modifiers().testFlag(Qt::ShiftModifier)     ? Drag::Pan
            : event->modifiers().testFlag(Qt::ControlModifier) ? Drag::Zoom
                                                               : Drag::Orbit;
  } else if (event->button() == Qt::LeftButton) {
    drag_ = is_box_pending_ ? Drag::Box : Drag::Press;
    is_box_pending_ = false;
  } else if (event->button() == Qt::RightButton) {
    if (is_box_pending_) {
      is_box_pending_ = false;
      update();
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
      // The 3D cursor, at the depth of the pivot.
      const auto view = camera();
      const Ray ray = ray_at(view, width(), height(), to_float2(press_));
      const float3 normal{view.view[2].x, view.view[2].y, view.view[2].z};
      const float3 place =
          ray.origin + ray.direction * (dot(navigation_.pivot() - ray.origin, normal) /
                                        dot(ray.direction, normal));
      const Scene* scene = context_.session.scene();
      if (const Property* property = Cursor3D::schema().property("location"); scene && property) {
        context_.session.set({scene->id, {PathStep{Scene::schema().property("cursor")}}}, *property,
                             Value(Value::Numbers{place.x, place.y, place.z}));
      }
    } else {
      context_.invoke("wm.call_menu", {{"name", Value("VIEW3D_MT_object_context_menu")}});
    }
  }
}

void Viewport::mouseMoveEvent(QMouseEvent* event) {
  const QPointF now = event->position();
  const QPointF step = now - last_;
  mouse_ = now;
  if (transform_) {
    transform_->mouse_moved(to_float2(now), event->modifiers().testFlag(Qt::ControlModifier),
                            event->modifiers().testFlag(Qt::ShiftModifier));
    last_ = now;
    update();
    return;
  }
  switch (drag_) {
    case Drag::Orbit:
    case Drag::Gizmo:
      navigation_.orbit(float(step.x()), float(step.y()));
      update();
      break;
    case Drag::Pan:
      navigation_.pan(float(step.x()), float(step.y()), width(), height());
      update();
      break;
    case Drag::Zoom:
      navigation_.zoom(std::exp(float(step.y()) * 0.008f));
      update();
      break;
    case Drag::Press:
      if ((now - press_).manhattanLength() > QApplication::startDragDistance()) {
        drag_ = Drag::Box;
      }
      break;
    case Drag::Box:
      update();
      break;
    case Drag::None:
      if (is_box_pending_ ||
          std::hypot(now.x() - gizmo_center().x(), now.y() - gizmo_center().y()) < 60) {
        update();
      }
      break;
  }
  last_ = now;
}

void Viewport::mouseReleaseEvent(QMouseEvent* event) {
  const Drag drag = std::exchange(drag_, Drag::None);
  const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
  if (drag == Drag::Press) {
    select_at(event->position(), extends);
  } else if (drag == Drag::Box) {
    select_box(QRectF(press_, event->position()).normalized().toRect(), extends,
               event->modifiers().testFlag(Qt::ControlModifier));
  } else if (drag == Drag::Gizmo && (event->position() - press_).manhattanLength() < 4) {
    static constexpr const char* names[6] = {"RIGHT", "BACK", "TOP", "LEFT", "FRONT", "BOTTOM"};
    const int axis = gizmo_axis_at(press_);
    if (axis >= 0) {
      navigation_.view_axis(names[axis]);
    }
  }
  update();
}

void Viewport::wheelEvent(QWheelEvent* event) {
  const QPoint pixels = event->pixelDelta();
  if (!pixels.isNull() && event->phase() != Qt::NoScrollPhase) {
    // A touch pad: turns, with shift moves, with ctrl comes nearer.
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
      navigation_.zoom(std::exp(-float(pixels.y()) * 0.01f));
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
      navigation_.pan(float(pixels.x()), float(pixels.y()), width(), height());
    } else {
      navigation_.orbit(float(pixels.x()), float(pixels.y()));
    }
  } else {
    navigation_.zoom(std::pow(1.2f, -float(event->angleDelta().y()) / 120.0f));
  }
  update();
}

void Viewport::leaveEvent(QEvent*) {
  mouse_ = {-1000, -1000};
  update();
}

void Viewport::select_at(QPointF place, bool extends) {
  if (!renderer_) {
    return;
  }
  if ((place - cycle_place_).manhattanLength() > 4) {
    cycled_.clear();
    cycle_place_ = place;
  }
  makeCurrent();
  const double ratio = devicePixelRatioF();
  const int reach = int(7 * ratio), w = int(width() * ratio), h = int(height() * ratio);
  const render::raster::PixelRect rect{int(place.x() * ratio) - reach,
                                       h - 1 - int(place.y() * ratio) - reach, 2 * reach + 1,
                                       2 * reach + 1};
  Result<std::vector<render::raster::PickHit>> hits =
      renderer_->pick(list_, camera(), look_, w, h, rect, cycled_);
  if (hits && hits->empty() && !cycled_.empty()) {
    cycled_.clear();
    hits = renderer_->pick(list_, camera(), look_, w, h, rect);
  }
  doneCurrent();
  Session& session = context_.session;
  if (!hits) {
    session.report(InfoLine::Kind::Error, hits.error().message);
    return;
  }
  if (hits->empty()) {
    if (!extends && !session.selected().empty()) {
      set_selection({}, std::nullopt, "Deselect All");
    }
    return;
  }
  const std::uint32_t number = hits->front().number;
  cycled_.push_back(number);
  const BlockId id = list_->objects[number - 1];
  if (!extends) {
    set_selection({id}, id, "Select");
    return;
  }
  // Shift: an active selected object is left out, any other becomes the active one.
  std::vector<BlockId> selected = session.selected();
  const auto found = std::find(selected.begin(), selected.end(), id);
  if (found != selected.end() && session.layer()->active.id == id) {
    selected.erase(found);
  } else if (found == selected.end()) {
    selected.push_back(id);
  }
  set_selection(selected, id, "Select");
}

void Viewport::select_box(QRect box, bool extends, bool removes) {
  if (!renderer_) {
    return;
  }
  box = box.intersected(rect());
  makeCurrent();
  const double ratio = devicePixelRatioF();
  const int h = int(height() * ratio);
  const render::raster::PixelRect rect{int(box.x() * ratio),
                                       h - int((box.y() + box.height()) * ratio),
                                       int(box.width() * ratio), int(box.height() * ratio)};
  const Result<std::vector<std::uint32_t>> hits =
      renderer_->pick_all(list_, camera(), look_, int(width() * ratio), h, rect);
  doneCurrent();
  if (!hits) {
    return;
  }
  std::vector<BlockId> inside;
  for (const std::uint32_t number : *hits) {
    inside.push_back(list_->objects[number - 1]);
  }
  std::vector<BlockId> chosen =
      extends || removes ? context_.session.selected() : std::vector<BlockId>();
  for (const BlockId id : inside) {
    const auto found = std::find(chosen.begin(), chosen.end(), id);
    if (removes && found != chosen.end()) {
      chosen.erase(found);
    } else if (!removes && found == chosen.end()) {
      chosen.push_back(id);
    }
  }
  set_selection(chosen, std::nullopt, "Box Select");
}

void Viewport::set_selection(const std::vector<BlockId>& objects, std::optional<BlockId> active,
                             const std::string& label) {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  session.edit(label, [&](Document& document) -> Result<void> {
    const std::int64_t at = active_layer_index(document, *scene);
    ViewLayer& layer = document.edit<Scene>(scene->id, Change::Selection).view_layers.edit(at);
    std::vector<BlockId> ordered;
    for (const BlockId id : objects) {
      const Object* object = document.find<Object>(id);
      if (object && !object->hide_select) {
        ordered.push_back(id);
      }
    }
    std::sort(ordered.begin(), ordered.end());
    layer.selected = Array<BlockId>(std::move(ordered));
    if (active) {
      layer.active = {*active};
    }
    return {};
  });
}

}  // namespace kiln::editor
