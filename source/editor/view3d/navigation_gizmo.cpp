#include "editor/view3d/navigation_gizmo.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

constexpr double disk_radius = 46.0, reach = 34.0, ball_radius = 8.5, button_radius = 13.0;
constexpr NavigationGizmo::Part button_parts[] = {
    NavigationGizmo::Part::Zoom, NavigationGizmo::Part::Move, NavigationGizmo::Part::Camera,
    NavigationGizmo::Part::Perspective};

double distance(QPointF a, QPointF b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

// Signs on the buttons, about (0, 0).
void paint_sign(QPainter& painter, NavigationGizmo::Part part, bool is_perspective) {
  switch (part) {
    case NavigationGizmo::Part::Zoom:
      painter.drawEllipse(QPointF(-1.5, -1.5), 4.2, 4.2);
      painter.drawLine(QPointF(1.8, 1.8), QPointF(5.5, 5.5));
      painter.drawLine(QPointF(-3.5, -1.5), QPointF(0.5, -1.5));
      painter.drawLine(QPointF(-1.5, -3.5), QPointF(-1.5, 0.5));
      break;
    case NavigationGizmo::Part::Move:
      for (const QPointF d : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
        const QPointF side(-d.y(), d.x());
        painter.drawLine(QPointF(0, 0), d * 6.5);
        painter.drawLine(d * 6.5, d * 4.0 + side * 2.2);
        painter.drawLine(d * 6.5, d * 4.0 - side * 2.2);
      }
      break;
    case NavigationGizmo::Part::Camera:
      painter.drawRoundedRect(QRectF(-6.5, -3.5, 8.5, 7.5), 1, 1);
      painter.drawPolygon(QPolygonF({QPointF(2, 0.2), QPointF(6, -3), QPointF(6, 3.4)}));
      break;
    default:
      // A grid that gets narrower with distance, or does not.
      const double top = is_perspective ? 2.6 : 5.5;
      for (int i = -1; i <= 1; ++i) {
        painter.drawLine(QPointF(5.5 * i, 5), QPointF(top * i, -5));
      }
      painter.drawLine(QPointF(-5.5, 5), QPointF(5.5, 5));
      painter.drawLine(QPointF(-top, -5), QPointF(top, -5));
      painter.drawLine(QPointF(-(5.5 + top) / 2, 0), QPointF((5.5 + top) / 2, 0));
      break;
  }
}

}  // namespace

NavigationGizmo::NavigationGizmo(const float4x4& view, int width, int height, const Look& look)
    : is_shown_(width >= 200 && height >= 160),
      look_(look),
      center_(width - 54.0 * look.size, 54.0 * look.size) {
  for (int i = 0; look.has_axes && i < 6; ++i) {
    const float sign = i < 3 ? 1.0f : -1.0f;
    const float3 d{view[0][i % 3] * sign, view[1][i % 3] * sign, view[2][i % 3] * sign};
    ends_.push_back({center_ + QPointF(d.x, -d.y) * reach * look.size, d.z, i});
  }
  std::stable_sort(ends_.begin(), ends_.end(),
                   [](const End& a, const End& b) { return a.depth < b.depth; });
}

QPointF NavigationGizmo::button(int i) const {
  return center_ + QPointF(28.0, look_.has_axes ? 70.0 + 31.0 * i : 31.0 * i) * look_.size;
}

std::optional<NavigationGizmo::Hit> NavigationGizmo::hit(QPointF at) const {
  if (!is_shown_) {
    return std::nullopt;
  }
  for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
    if (distance(at, end->at) <= ball_radius * look_.size + 1.0) {
      return Hit{Part::Axis, end->axis};
    }
  }
  for (int i = 0; look_.has_buttons && i < 4; ++i) {
    if (distance(at, button(i)) <= button_radius * look_.size) {
      return Hit{button_parts[i], -1};
    }
  }
  if (look_.has_axes && distance(at, center_) <= disk_radius * look_.size) {
    return Hit{Part::Turn, -1};
  }
  return std::nullopt;
}

const char* NavigationGizmo::view_name(int axis) {
  static constexpr const char* names[6] = {"RIGHT", "BACK", "TOP", "LEFT", "FRONT", "BOTTOM"};
  return names[std::clamp(axis, 0, 5)];
}

void NavigationGizmo::paint(QPainter& painter, const Theme& theme,
                            const std::optional<Hit>& hovered, const Navigation& navigation) const {
  if (!is_shown_) {
    return;
  }
  const QColor colors[3] = {theme.axis_x, theme.axis_y, theme.axis_z};
  if (hovered && (hovered->part == Part::Turn || hovered->part == Part::Axis)) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(theme.text.red(), theme.text.green(), theme.text.blue(), 28));
    painter.drawEllipse(center_, disk_radius * look_.size, disk_radius * look_.size);
  }
  QFont font = painter.font();
  font.setBold(true);
  font.setPixelSize(std::max(6, int(11 * look_.size)));
  painter.setFont(font);
  for (const End& end : ends_) {
    const QColor color = colors[end.axis % 3];
    const bool is_hovered = hovered && hovered->part == Part::Axis && hovered->axis == end.axis;
    if (end.axis < 3) {
      painter.setPen(QPen(color, 2.2));
      painter.drawLine(center_, end.at);
      painter.setPen(is_hovered ? QPen(Qt::white, 1.5) : QPen(Qt::NoPen));
      painter.setBrush(color);
      painter.drawEllipse(end.at, ball_radius * look_.size, ball_radius * look_.size);
    } else {
      QColor inner = color;
      inner.setAlpha(is_hovered ? 200 : 70);
      painter.setPen(QPen(color, 1.6));
      painter.setBrush(inner);
      painter.drawEllipse(end.at, 7 * look_.size, 7 * look_.size);
    }
    if (end.axis < 3 || is_hovered) {
      painter.setPen(is_hovered ? QColor(Qt::white) : QColor(0x14, 0x14, 0x16));
      const QString name =
          (end.axis < 3 ? QString() : QStringLiteral("-")) + QChar("XYZ"[end.axis % 3]);
      painter.drawText(QRectF(end.at.x() - 9, end.at.y() - 8, 18, 16), Qt::AlignCenter, name);
    }
  }
  for (int i = 0; look_.has_buttons && i < 4; ++i) {
    const bool is_hovered = hovered && hovered->part == button_parts[i];
    const bool is_on = button_parts[i] == Part::Camera && navigation.is_camera();
    QColor back = is_on ? theme.accent : theme.header;
    back.setAlpha(is_hovered ? 255 : 170);
    painter.setPen(Qt::NoPen);
    painter.setBrush(back);
    painter.drawEllipse(button(i), button_radius * look_.size, button_radius * look_.size);
    painter.save();
    painter.translate(button(i));
    painter.scale(look_.size, look_.size);
    painter.setPen(QPen(is_on ? theme.text_on_accent : theme.text, 1.3));
    painter.setBrush(Qt::NoBrush);
    paint_sign(painter, button_parts[i], navigation.is_perspective());
    painter.restore();
  }
}

std::vector<std::pair<std::string, QRect>> NavigationGizmo::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  if (!is_shown_) {
    return places;
  }
  const auto add = [&](const std::string& name, QPointF at, int half) {
    places.emplace_back("gizmo:" + name,
                        QRect(int(at.x()) - half, int(at.y()) - half, 2 * half, 2 * half));
  };
  for (const End& end : ends_) {
    add((end.axis < 3 ? "" : "-") + std::string(1, "XYZ"[end.axis % 3]), end.at, 6);
  }
  static constexpr const char* names[] = {"zoom", "move", "camera", "perspective"};
  for (int i = 0; look_.has_buttons && i < 4; ++i) {
    add(names[i], button(i), 8);
  }
  if (look_.has_axes) {
    add("turn", center_ + QPointF(0, 43) * look_.size, 2);
  }
  return places;
}

}  // namespace kiln::editor
