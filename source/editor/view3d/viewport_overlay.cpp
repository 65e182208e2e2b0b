// What is painted over the picture of a viewport.
#include <QPainter>
#include <QPainterPath>

#include "document/camera.h"
#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/camera_guides.h"
#include "editor/view3d/measure_overlay.h"
#include "editor/view3d/viewport.h"

namespace kiln::editor {

void Viewport::paint_overlay(QPainter& painter) {
  const Theme& t = context_.theme;
  if (!problem_.isEmpty()) {
    painter.setPen(t.error);
    painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                     problem_);
    return;
  }
  paint_camera_frame(painter);
  paint_names(painter);
  if (look_.overlay.show_overlays) {
    paint_measures(painter, context_.session, look_.overlay, camera(), size());
  }
  if (transform_) {
    paint_transform(painter);
  } else if (operator_ || loop_cut_) {
    paint_tools(painter);
  } else if (data_drag_) {
    if (const std::optional<DataGizmos> gizmos = data_gizmos()) {
      gizmos->paint(painter, t, data_drag_->handle());
    }
    paint_status(painter, data_drag_->status());
  } else {
    if (look_.overlay.show_overlays && look_.overlay.show_text) {
      paint_texts(painter);
    }
    if (const std::optional<DataGizmos> gizmos = data_gizmos()) {
      gizmos->paint(painter, t, hovered_data_);
    }
    if (const std::optional<TransformGizmo> gizmo = transform_gizmo()) {
      gizmo->paint(painter, t, hovered_handle_);
    }
  }
  paint_selecting(painter);
  if (shows_toolbar_ && width() > 200 && height() > 380) {
    toolbar_.paint(painter, t, tool_, hovered_tool_);
  }
  if (current_preferences(context_.session).view.mini_axis_type == MiniAxisType::Minimal) {
    paint_mini_axes(painter);
  }
  if (shows_navigation()) {
    navigation_gizmo().paint(
        painter, t, pressed_navigation_ ? pressed_navigation_ : hovered_navigation_, navigation_);
  }
}

// Three lines in the corner, as long as the user wants them.
void Viewport::paint_mini_axes(QPainter& painter) {
  const PreferencesView& chosen = current_preferences(context_.session).view;
  const Theme& t = context_.theme;
  const float4x4 view = camera().view;
  const double length = chosen.mini_axis_size;
  const QPointF center(width() - length - 24.0, length + 24.0);
  QColor colors[3] = {t.axis_x, t.axis_y, t.axis_z};
  for (int i = 0; i < 3; ++i) {
    colors[i].setAlphaF(0.2f + 0.08f * float(chosen.mini_axis_brightness));
    const QPointF end = center + QPointF(view[0][i], -view[1][i]) * length;
    painter.setPen(QPen(colors[i], 2.0));
    painter.drawLine(center, end);
    painter.drawText(end + QPointF(3, -3), QString(QChar("XYZ"[i])));
  }
}

void Viewport::paint_texts(QPainter& painter) {
  const Theme& t = context_.theme;
  const Session& session = context_.session;
  int y = 22;
  const auto line = [&](const QString& text) {
    painter.setPen(t.is_dark ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 160));
    painter.drawText(QPointF(13, y + 1), text);
    painter.setPen(t.text);
    painter.drawText(QPointF(12, y), text);
    y += 18;
  };
  const PreferencesView& chosen = current_preferences(session).view;
  if (!session.is_playing()) {
    frame_rate_.forget();
  } else if (chosen.show_playback_fps) {
    frame_rate_.note(session.frame());
    line(QStringLiteral("fps: %1").arg(frame_rate_.per_second(), 0, 'f', 2));
  }
  if (chosen.show_view_name) {
    line(QString::fromStdString(navigation_.label()) +
         (local_objects_ ? QStringLiteral(" (Local)") : QString()));
  }
  if (const Scene* scene = session.scene(); scene && chosen.show_object_info) {
    QString text = QStringLiteral("(%1) %2")
                       .arg(int(session.frame()))
                       .arg(QString::fromStdString(scene->name));
    if (const Object* active = session.active_object()) {
      text += QStringLiteral(" | ") + QString::fromStdString(active->name);
    }
    line(text);
  }
  if (const auto& evaluated = session.evaluated(); look_.overlay.show_stats && evaluated) {
    std::size_t objects = 0, vertices = 0, edges = 0, faces = 0;
    for (const evaluation::Instance& instance : evaluated->instances) {
      if (instance.is_visible && instance.show_self) {
        const auto& mesh = evaluated->objects[std::size_t(instance.object)].mesh;
        ++objects;
        vertices += mesh ? mesh->vertex_count() : 0;
        edges += mesh ? mesh->edges().size() : 0;
        faces += mesh ? mesh->face_count() : 0;
      }
    }
    line(QStringLiteral("Objects %1/%2 | Vertices %3 | Edges %4 | Faces %5")
             .arg(session.selected().size())
             .arg(objects)
             .arg(vertices)
             .arg(edges)
             .arg(faces));
  }
  if (!look_.shading.is_traced() || !live_) {
    return;
  }
  if (!live_->problem().empty()) {
    line(QString::fromStdString(live_->problem()));
  } else {
    const LiveProgress& done = live_->progress();
    line(done.pixel_size > 1
             ? QStringLiteral("Path tracing, 1 of %1 × %1 pixels").arg(done.pixel_size)
             : QStringLiteral("Path tracing, sample %1 of %2")
                   .arg(done.samples)
                   .arg(done.max_samples));
  }
}

// The picture of the camera, and darkness around it.
void Viewport::paint_camera_frame(QPainter& painter) {
  if (const std::optional<float4> border = render_border(); border && look_.overlay.show_overlays) {
    const double w = width(), h = height();
    painter.setPen(QPen(QColor(230, 90, 60), 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(QPointF(double(border->x) * w, (1.0 - double(border->w)) * h),
                            QPointF(double(border->z) * w, (1.0 - double(border->y)) * h)));
  }
  const Session& session = context_.session;
  const std::optional<float4> frame =
      navigation_.camera_frame(width(), height(), session.evaluated().get());
  if (!frame) {
    return;
  }
  const QRectF inner(frame->x, frame->y, frame->z, frame->w);
  const Scene* scene = session.scene();
  const Object* object = looked_through();
  const Camera* lens = object ? session.document().find<Camera>(object->data.id) : nullptr;
  if (lens && lens->show_passepartout) {
    QPainterPath around;
    around.addRect(rect());
    around.addRect(inner);
    painter.fillPath(around, QColor(0, 0, 0, int(255 * lens->passepartout_alpha)));
  }
  if (look_.overlay.show_overlays) {
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(inner);
    if (lens && scene) {
      paint_camera_guides(painter, inner, *lens, *object, *scene);
    }
  }
}

// The names of objects that show theirs.
void Viewport::paint_names(QPainter& painter) {
  const Session& session = context_.session;
  const auto evaluated = session.evaluated();
  if (!evaluated || !look_.overlay.show_overlays) {
    return;
  }
  const auto view = camera();
  painter.setPen(context_.theme.text);
  for (const evaluation::EvaluatedObject& object : evaluated->objects) {
    if (!object.object->show_name || !object.visibility.is_visible) {
      continue;
    }
    if (const auto at = project(view, width(), height(), translation(object.world_matrix))) {
      painter.drawText(QPointF(at->x + 8, at->y - 6), QString::fromStdString(object.object->name));
    }
  }
}

// Axes that are kept, what is snapped to, and what is being done as text.
void Viewport::paint_transform(QPainter& painter) {
  const Theme& t = context_.theme;
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
  if (transform_->snapped_to()) {
    if (const auto at = project(view, width(), height(), transform_->snapped_to()->place)) {
      painter.setPen(QPen(t.active, 2.0));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(QPointF(at->x, at->y), 8, 8);
    }
  }
  paint_reach(painter, transform_->pivot(), transform_->reach());
  paint_status(painter, transform_->status());
}

void Viewport::paint_status(QPainter& painter, const std::string& text) {
  const Theme& t = context_.theme;
  const QRectF bar(0, 0, width(), 26);
  painter.fillRect(bar, QColor(t.header.red(), t.header.green(), t.header.blue(), 230));
  painter.setPen(t.text);
  painter.drawText(bar.adjusted(12, 0, -12, 0), Qt::AlignVCenter, QString::fromStdString(text));
}

// How far proportional editing reaches.
void Viewport::paint_reach(QPainter& painter, float3 center, float reach) {
  const auto view = camera();
  const auto at = project(view, width(), height(), center);
  if (reach <= 0.0f || !at) {
    return;
  }
  const double radius = double(reach / pixel_size_at(view, width(), height(), center));
  painter.setPen(QPen(QColor(255, 255, 255, 150), 1.2));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(QPointF(at->x, at->y), radius, radius);
}

// What operators that follow the mouse show.
void Viewport::paint_tools(QPainter& painter) {
  const auto view = camera();
  if (operator_) {
    const auto center = project(view, width(), height(), operator_->pivot());
    if (center && drag_ != Drag::Transform) {
      painter.setPen(QPen(context_.theme.text_dim, 1, Qt::DashLine));
      painter.drawLine(QPointF(center->x, center->y), mouse_);
    }
    paint_reach(painter, operator_->pivot(), operator_->reach());
    paint_status(painter, operator_->status());
    return;
  }
  painter.setPen(QPen(QColor(240, 200, 60), 1.6));
  for (const auto& [from, to] : loop_cut_->lines()) {
    const auto a = project(view, width(), height(), from), b = project(view, width(), height(), to);
    if (a && b) {
      painter.drawLine(QPointF(a->x, a->y), QPointF(b->x, b->y));
    }
  }
  paint_status(painter, fmt::format("Loop Cut  Cuts: {}", loop_cut_->cuts()));
}

// Boxes, lassos and circles in the making.
void Viewport::paint_selecting(QPainter& painter) {
  const Theme& t = context_.theme;
  painter.setPen(QPen(t.text, 1, Qt::DashLine));
  painter.setBrush(QColor(255, 255, 255, 18));
  if (drag_ == Drag::Box || drag_ == Drag::RenderBorder || drag_ == Drag::ClipBox) {
    painter.drawRect(QRectF(press_, last_).normalized());
  } else if (drag_ == Drag::Lasso) {
    painter.drawPolygon(lasso_);
  } else if (is_circle_modal_ || drag_ == Drag::Circle) {
    painter.drawEllipse(mouse_, circle_radius_, circle_radius_);
  } else if (is_box_pending_) {
    painter.setPen(QPen(t.text_dim, 1, Qt::DashLine));
    painter.drawLine(QPointF(0, mouse_.y()), QPointF(width(), mouse_.y()));
    painter.drawLine(QPointF(mouse_.x(), 0), QPointF(mouse_.x(), height()));
  }
}

}  // namespace kiln::editor
