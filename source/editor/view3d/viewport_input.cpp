// Mouse and keys in a viewport.
#include <QApplication>
#include <QMouseEvent>
#include <cmath>
#include <ctime>

#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"
#include "editor/window/commands.h"
#include "editor/window/mouse_buttons.h"

namespace kiln::editor {
namespace {

float2 to_float2(QPointF p) {
  return {float(p.x()), float(p.y())};
}

// The clock that time stamps of events come from.
std::uint64_t now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::uint64_t(now.tv_sec) * 1000 + std::uint64_t(now.tv_nsec) / 1000000;
}

}  // namespace

void Viewport::note_input(const QInputEvent& event) {
  if (!input_time_) {
    input_time_ = event.timestamp();
  }
}

void Viewport::note_frame() {
  if (!input_time_) {
    return;
  }
  // The server counts milliseconds in 32 bits.
  const auto passed = double(std::uint32_t(now_ms()) - std::uint32_t(*input_time_));
  input_time_.reset();
  if (passed < 10000.0) {
    latency_max_ = std::max(latency_max_, passed);
    latency_sum_ += passed;
    ++latency_count_;
  }
}

QString Viewport::hint() const {
  if (operator_) {
    const QString own = QString::fromUtf8(operator_->kind().hint);
    return QStringLiteral(
               "LMB/Enter confirm  ·  RMB/Esc cancel  ·  numbers exact  ·  Shift precise") +
           (own.isEmpty() ? QString() : QStringLiteral("  ·  ") + own);
  }
  if (loop_cut_) {
    return QStringLiteral("LMB cut, then slide  ·  Wheel or numbers how many  ·  RMB/Esc cancel");
  }
  if (transform_) {
    return QStringLiteral(
        "LMB/Enter confirm  ·  RMB/Esc cancel  ·  X Y Z axis  ·  Shift+axis plane  ·  numbers "
        "exact  ·  Ctrl snap  ·  Shift precise  ·  O proportional, Wheel reach");
  }
  if (data_drag_) {
    return QStringLiteral("Release confirm  ·  RMB/Esc cancel  ·  Shift precise");
  }
  if (is_circle_modal_) {
    return QStringLiteral("LMB select  ·  Shift+LMB deselect  ·  Wheel size  ·  RMB/Esc end");
  }
  if (edited_mesh(context_.session).mesh) {
    return QStringLiteral(
        "LMB select, Alt loop  ·  1 2 3 vertices, edges, faces  ·  G R S move, rotate, scale  ·  E "
        "extrude  ·  I inset  ·  Ctrl+B bevel  ·  Ctrl+R loop cut  ·  X delete  ·  Tab object "
        "mode");
  }
  return QStringLiteral(
      "LMB select  ·  MMB orbit  ·  Shift+MMB pan  ·  Wheel zoom  ·  G move  ·  R rotate  ·  S "
      "scale  ·  Shift+A add  ·  X delete  ·  Tab edit mode  ·  F3 search");
}

void Viewport::start_transform(TransformMode mode, int axis_mask) {
  auto tool = std::make_unique<TransformTool>(context_.session, mode, camera(), width(), height(),
                                              to_float2(mouse_), axis_mask);
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
  drag_ = Drag::None;
  forget_wraps();
  context_.hint_changed.emit(hint());
  update();
}

void Viewport::end_modal() {
  is_box_pending_ = is_circle_modal_ = false;
  box_use_ = Drag::Box;
  drag_ = Drag::None;
  lasso_.clear();
  context_.hint_changed.emit(hint());
  update();
}

bool Viewport::modal_key(const KeyStroke& stroke, const QString& text) {
  if (operator_ || loop_cut_) {
    return tool_key(stroke, text);
  }
  if (data_drag_) {
    const bool ends = stroke.key == "RET" || stroke.key == "NUMPAD_ENTER";
    if (ends || stroke.key == "ESC") {
      end_data_drag(ends);
    }
    return true;
  }
  if (transform_ && stroke.key == "G" && transform_->mode() == TransformMode::Move &&
      edited_mesh(context_.session).mesh) {
    // The same key again: along the edges beside.
    end_transform(false);
    start_operator(*find_operator_tool("transform.edge_slide"));
    return true;
  }
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
  if (is_box_pending_ || is_circle_modal_ || drag_ == Drag::Box || drag_ == Drag::Lasso ||
      drag_ == Drag::RenderBorder || drag_ == Drag::ClipBox) {
    if (stroke.key == "ESC" || (is_circle_modal_ && stroke.key == "RET")) {
      end_modal();
      return true;
    }
    if (is_circle_modal_ && (stroke.key == "NUMPAD_PLUS" || stroke.key == "NUMPAD_MINUS")) {
      circle_radius_ =
          std::clamp(circle_radius_ * (stroke.key == "NUMPAD_PLUS" ? 1.2 : 1 / 1.2), 2.0, 1000.0);
      update();
      return true;
    }
  }
  return false;
}

SelectMode Viewport::mode_of(Qt::KeyboardModifiers modifiers) const {
  return modifiers.testFlag(Qt::ControlModifier) ? SelectMode::Subtract
         : modifiers.testFlag(Qt::ShiftModifier) ? SelectMode::Add
                                                 : SelectMode::Set;
}

void Viewport::set_hovered(QPointF at) {
  const auto navigation = shows_navigation() ? navigation_gizmo().hit(at) : std::nullopt;
  const auto tool =
      shows_toolbar_ && width() > 200 && height() > 380 ? toolbar_.hit(at) : std::nullopt;
  std::optional<TransformGizmo::Handle> handle;
  std::optional<DataHandle> of_data;
  if (!navigation && !tool) {
    if (const std::optional<DataGizmos> gizmos = data_gizmos()) {
      of_data = gizmos->hit(at);
    }
  }
  if (!navigation && !tool && !of_data) {
    if (const std::optional<TransformGizmo> gizmo = transform_gizmo()) {
      handle = gizmo->hit(at);
    }
  }
  if (navigation != hovered_navigation_ || tool != hovered_tool_ || handle != hovered_handle_ ||
      of_data != hovered_data_) {
    hovered_navigation_ = navigation;
    hovered_tool_ = tool;
    hovered_handle_ = handle;
    hovered_data_ = of_data;
    update();
  }
}

void Viewport::mousePressEvent(QMouseEvent* event) {
  note_input(*event);
  continuous_.restart();
  press_ = last_ = mouse_ = event->position();
  camera_key_ = unique_number();
  apply_input_preferences();
  const PreferencesInput& chosen = current_preferences(context_.session).inputs;
  if (transform_) {
    end_transform(event->button() == Qt::LeftButton);
    return;
  }
  if (operator_) {
    end_operator(event->button() == Qt::LeftButton);
    return;
  }
  if (data_drag_) {
    end_data_drag(event->button() == Qt::LeftButton);
    return;
  }
  if (loop_cut_ && event->button() != Qt::MiddleButton) {
    end_loop_cut(event->button() == Qt::LeftButton);
    return;
  }
  const Qt::KeyboardModifiers modifiers = event->modifiers();
  is_alt_press_ = event->button() == Qt::LeftButton && modifiers.testFlag(Qt::AltModifier);
  if (is_middle_press(*event, context_.session)) {
    flight_.stop();
    turning_center_ = turning_center(press_);
    drag_ = modifiers.testFlag(Qt::ShiftModifier) && modifiers.testFlag(Qt::ControlModifier)
                ? Drag::Dolly
            : modifiers.testFlag(Qt::ShiftModifier)   ? Drag::Pan
            : modifiers.testFlag(Qt::ControlModifier) ? Drag::Zoom
                                                      : Drag::Orbit;
    if (drag_ == Drag::Zoom && chosen.view_zoom_method == ViewZoomMethod::Continue) {
      zoom_timer_.start();
    }
  } else if (is_alt_press_) {
    // Loops are selected when it is let go.
  } else if (event->button() == Qt::LeftButton) {
    press_left(*event);
  } else if (event->button() == Qt::RightButton) {
    if (is_box_pending_ || is_circle_modal_) {
      end_modal();
    } else if (modifiers.testFlag(Qt::ControlModifier)) {
      drag_ = Drag::Lasso;
      lasso_ = QPolygonF({press_});
    } else if (modifiers.testFlag(Qt::ShiftModifier)) {
      drag_ = Drag::Cursor;
      place_cursor(press_);
    } else {
      context_.invoke("wm.call_menu", {{"name", Value(edited_mesh(context_.session).mesh
                                                          ? "VIEW3D_MT_edit_mesh_context_menu"
                                                          : "VIEW3D_MT_object_context_menu")}});
    }
  }
}

std::optional<float3> Viewport::turning_center(QPointF at) {
  const PreferencesInput& chosen = current_preferences(context_.session).inputs;
  if (chosen.use_rotate_around_active) {
    const std::unique_ptr<TransformTarget> target = make_transform_target(context_.session);
    if (!target->empty()) {
      return transform_frame(context_.session, *target, transpose(upper3x3(camera().view)))
          .center.pivot;
    }
  }
  return chosen.use_mouse_depth_navigate && rect().contains(at.toPoint()) ? surface_under(at)
                                                                          : std::nullopt;
}

void Viewport::orbit_by(QPointF step) {
  navigate([&](Navigation& n) {
    const float3x3 before = n.rotation();
    n.orbit(float(step.x()), float(step.y()));
    if (turning_center_) {
      n.turned_about(*turning_center_, before);
    }
  });
}

void Viewport::zoom_at(QPointF at, float factor) {
  if (!current_preferences(context_.session).inputs.use_zoom_to_mouse) {
    navigate([&](Navigation& n) { n.zoom(factor); });
    return;
  }
  // The place under the mouse that is as far away as the pivot.
  const auto view = camera();
  const Ray ray = ray_at(view, width(), height(), to_float2(at));
  const float3 normal{view.view[2].x, view.view[2].y, view.view[2].z};
  const float across = dot(ray.direction, normal);
  navigate([&](Navigation& n) {
    const float3 point =
        std::abs(across) < 1e-6f
            ? n.pivot()
            : ray.origin + ray.direction * (dot(n.pivot() - ray.origin, normal) / across);
    n.zoom_towards(point, factor);
  });
}

void Viewport::press_left(QMouseEvent& event) {
  set_hovered(press_);
  if (is_box_pending_) {
    drag_ = std::exchange(box_use_, Drag::Box);
    is_box_pending_ = false;
    return;
  }
  stroke_key_ = unique_number();
  is_stroke_set_ = true;
  if (is_circle_modal_) {
    drag_ = Drag::Circle;
    is_stroke_set_ = false;
    paint_circle(press_, event.modifiers().testFlag(Qt::ShiftModifier) ? SelectMode::Subtract
                                                                       : SelectMode::Add);
  } else if (hovered_tool_) {
    set_tool(*hovered_tool_);
  } else if (hovered_navigation_) {
    pressed_navigation_ = hovered_navigation_;
    turning_center_ = turning_center({-1, -1});
    drag_ = Drag::Gizmo;
  } else if (hovered_data_) {
    start_data_drag(*hovered_data_);
  } else if (hovered_handle_) {
    start_transform(hovered_handle_->mode, hovered_handle_->axis_mask);
    drag_ = transform_ ? Drag::Transform : Drag::None;
  } else if (tool_ == ViewTool::SelectCircle) {
    drag_ = Drag::Circle;
    paint_circle(press_, mode_of(event.modifiers()));
  } else if (tool_ == ViewTool::Cursor) {
    drag_ = Drag::Cursor;
    place_cursor(press_);
  } else {
    drag_ = Drag::Press;
  }
}

void Viewport::forget_wraps() {
  mouse_ = last_ = continuous_.unwrapped(mouse_);
  continuous_.restart();
}

// While the view moves, or something with the mouse, that may go on beyond the edge.
bool Viewport::wraps_mouse() const {
  const bool is_dragging = drag_ == Drag::Orbit || drag_ == Drag::Pan || drag_ == Drag::Zoom ||
                           drag_ == Drag::Dolly || drag_ == Drag::Gizmo || transform_ || operator_;
  return is_dragging && current_preferences(context_.session).inputs.use_mouse_continuous;
}

void Viewport::drag_zoom(QPointF now, QPointF step) {
  const PreferencesInput& chosen = current_preferences(context_.session).inputs;
  const QPointF center = QRectF(rect()).center();
  const auto from_center = [&](QPointF at) {
    return std::max(1.0, std::hypot(at.x() - center.x(), at.y() - center.y()));
  };
  const double along = chosen.view_zoom_axis == ViewZoomAxis::Horizontal ? -step.x() : step.y();
  float factor = 1.0f;
  switch (chosen.view_zoom_method) {
    case ViewZoomMethod::Dolly:
      factor = std::exp(float(along) * 0.008f);
      break;
    case ViewZoomMethod::Scale:
      factor = float(from_center(now - step) / from_center(now));
      break;
    case ViewZoomMethod::Continue:
      return;  // the timer does it
  }
  zoom_at(press_, chosen.invert_mouse_zoom ? 1.0f / factor : factor);
}

// The farther the mouse is from where it was pressed, the faster.
void Viewport::keep_zooming() {
  if (drag_ != Drag::Zoom) {
    zoom_timer_.stop();
    return;
  }
  const PreferencesInput& chosen = current_preferences(context_.session).inputs;
  const QPointF way = last_ - press_;
  const double along = chosen.view_zoom_axis == ViewZoomAxis::Horizontal ? -way.x() : way.y();
  zoom_at(press_, std::exp(float(chosen.invert_mouse_zoom ? -along : along) * 0.0004f));
  update();
}

void Viewport::mouseMoveEvent(QMouseEvent* event) {
  if (!wraps_mouse()) {
    continuous_.restart();
  }
  const QPointF now = continuous_.moved(*this, event->position(), wraps_mouse());
  const QPointF step = now - last_;
  mouse_ = now;
  if (transform_) {
    note_input(*event);
    transform_->mouse_moved(to_float2(now), event->modifiers().testFlag(Qt::ControlModifier),
                            event->modifiers().testFlag(Qt::ShiftModifier));
    last_ = now;
    update();
    return;
  }
  if (operator_) {
    note_input(*event);
    operator_->mouse_moved(to_float2(now), event->modifiers().testFlag(Qt::ControlModifier),
                           event->modifiers().testFlag(Qt::ShiftModifier));
    last_ = now;
    update();
    return;
  }
  if (data_drag_) {
    note_input(*event);
    move_data_drag(now, event->modifiers().testFlag(Qt::ShiftModifier));
    last_ = now;
    return;
  }
  if (loop_cut_ && drag_ == Drag::None) {
    move_loop_cut(now);
    last_ = now;
    return;
  }
  if (drag_ != Drag::None && drag_ != Drag::Press) {
    note_input(*event);
  }
  switch (drag_) {
    case Drag::Orbit:
      orbit_by(step);
      update();
      break;
    case Drag::Gizmo:
      switch (pressed_navigation_ ? pressed_navigation_->part : NavigationGizmo::Part::Turn) {
        case NavigationGizmo::Part::Zoom:
          navigate([&](Navigation& n) { n.zoom(std::exp(float(step.y() - step.x()) * 0.01f)); });
          break;
        case NavigationGizmo::Part::Move:
          navigate(
              [&](Navigation& n) { n.pan(float(step.x()), float(step.y()), width(), height()); });
          break;
        case NavigationGizmo::Part::Axis:
        case NavigationGizmo::Part::Turn:
          if ((now - press_).manhattanLength() >= 4) {
            orbit_by(step);
          }
          break;
        default:
          break;
      }
      update();
      break;
    case Drag::Pan:
      navigate([&](Navigation& n) { n.pan(float(step.x()), float(step.y()), width(), height()); });
      update();
      break;
    case Drag::Dolly:
      navigate([&](Navigation& n) { n.dolly(-float(step.y()) * 0.008f); });
      update();
      break;
    case Drag::Zoom:
      drag_zoom(now, step);
      update();
      break;
    case Drag::Press:
      if ((now - press_).manhattanLength() > QApplication::startDragDistance()) {
        const TransformMode modes[] = {TransformMode::Move, TransformMode::Rotate,
                                       TransformMode::Scale, TransformMode::Move};
        if (tool_ == ViewTool::SelectLasso) {
          drag_ = Drag::Lasso;
          lasso_ = QPolygonF({press_, now});
        } else if (int(tool_) >= int(ViewTool::Move)) {
          mouse_ = press_;
          start_transform(modes[int(tool_) - int(ViewTool::Move)]);
          drag_ = transform_ ? Drag::Transform : Drag::None;
        } else {
          drag_ = Drag::Box;
        }
      }
      break;
    case Drag::Box:
    case Drag::RenderBorder:
    case Drag::ClipBox:
      update();
      break;
    case Drag::Lasso:
      lasso_ << now;
      update();
      break;
    case Drag::Circle:
      paint_circle(now, is_circle_modal_ && event->modifiers().testFlag(Qt::ShiftModifier)
                            ? SelectMode::Subtract
                        : is_circle_modal_ ? SelectMode::Add
                                           : mode_of(event->modifiers()));
      update();
      break;
    case Drag::Cursor:
      place_cursor(now);
      break;
    case Drag::Data:
    case Drag::Transform:
      break;
    case Drag::None:
      if (is_box_pending_ || is_circle_modal_) {
        note_input(*event);
        update();
      } else {
        set_hovered(now);
      }
      break;
  }
  last_ = now;
}

void Viewport::mouseReleaseEvent(QMouseEvent* event) {
  zoom_timer_.stop();
  forget_wraps();
  const Drag drag = std::exchange(drag_, Drag::None);
  const SelectMode mode = mode_of(event->modifiers());
  const bool is_alt_click =
      std::exchange(is_alt_press_, false) && (event->position() - press_).manhattanLength() < 4;
  if (is_alt_click && edited_mesh(context_.session).mesh) {
    select_loop_at(
        event->position(), event->modifiers().testFlag(Qt::ControlModifier),
        event->modifiers().testFlag(Qt::ShiftModifier) ? SelectMode::Add : SelectMode::Set);
  } else if (drag == Drag::Data && data_drag_) {
    end_data_drag(true);
  } else if (drag == Drag::Transform && transform_) {
    if (current_preferences(context_.session).inputs.use_drag_immediately) {
      end_transform(true);
    }
  } else if (drag == Drag::Press) {
    if (mode == SelectMode::Subtract && edited_mesh(context_.session).mesh) {
      select_path_to(event->position());
    } else {
      select_at(event->position(), mode == SelectMode::Add ? SelectMode::Toggle : mode);
    }
  } else if (drag == Drag::Box) {
    select_box(QRectF(press_, event->position()).normalized().toRect(), mode);
  } else if (drag == Drag::RenderBorder) {
    set_render_border(QRectF(press_, event->position()).normalized());
  } else if (drag == Drag::ClipBox) {
    set_clip_box(QRectF(press_, event->position()).normalized());
  } else if (drag == Drag::Lasso) {
    // With the right button held, Ctrl is what asks for the lasso: it does not take away then.
    const bool is_right = event->button() == Qt::RightButton;
    const SelectMode of_lasso = !is_right ? mode
                                : event->modifiers().testFlag(Qt::ShiftModifier)
                                    ? SelectMode::Subtract
                                    : SelectMode::Add;
    select_shape(inside_polygon(lasso_), of_lasso, "Lasso Select", 0);
    lasso_.clear();
  } else if (drag == Drag::Gizmo && (event->position() - press_).manhattanLength() < 4 &&
             pressed_navigation_) {
    switch (pressed_navigation_->part) {
      case NavigationGizmo::Part::Axis:
        fly([&] { navigation_.view_axis(NavigationGizmo::view_name(pressed_navigation_->axis)); });
        break;
      case NavigationGizmo::Part::Camera:
        run_command("view3d.view_camera", {});
        break;
      case NavigationGizmo::Part::Perspective:
        navigation_.toggle_perspective();
        break;
      default:
        break;
    }
  }
  pressed_navigation_.reset();
  set_hovered(event->position());
  update();
}

void Viewport::wheelEvent(QWheelEvent* event) {
  note_input(*event);
  flight_.stop();
  const QPoint pixels = event->pixelDelta();
  const int steps = event->angleDelta().y() > 0 ? 1 : -1;
  if (operator_) {
    operator_->wheel(steps);
  } else if (loop_cut_) {
    loop_cut_->set_cuts(loop_cut_->cuts() + steps);
  } else if (transform_ && transform_->wheel(steps)) {
    // The reach has changed.
  } else if (is_circle_modal_) {
    circle_radius_ =
        std::clamp(circle_radius_ * (event->angleDelta().y() > 0 ? 1 / 1.15 : 1.15), 2.0, 1000.0);
  } else if (!pixels.isNull() && event->phase() != Qt::NoScrollPhase) {
    // A touch pad: turns, with shift moves, with ctrl comes nearer.
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
      navigate([&](Navigation& n) { n.zoom(std::exp(-float(pixels.y()) * 0.01f)); });
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
      navigate(
          [&](Navigation& n) { n.pan(float(pixels.x()), float(pixels.y()), width(), height()); });
    } else {
      navigate([&](Navigation& n) { n.orbit(float(pixels.x()), float(pixels.y())); });
    }
  } else {
    const float turned = float(event->angleDelta().y()) / 120.0f;
    const bool is_inverted = current_preferences(context_.session).inputs.invert_zoom_wheel;
    zoom_at(event->position(), std::pow(1.2f, is_inverted ? turned : -turned));
  }
  update();
}

void Viewport::leaveEvent(QEvent*) {
  mouse_ = {-1000, -1000};
  hovered_navigation_.reset();
  hovered_tool_.reset();
  hovered_handle_.reset();
  hovered_data_.reset();
  update();
}

}  // namespace kiln::editor
