// How a node editor paints its tree.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "editor/node/node_editor.h"
#include "editor/preferences/current.h"

namespace kiln::editor {
namespace {

QPointF to_qpoint(float2 p) {
  return QPointF(double(p.x), double(p.y));
}

QColor to_qcolor(float3 c) {
  return QColor::fromRgbF(float(std::clamp(c.x, 0.0f, 1.0f)), float(std::clamp(c.y, 0.0f, 1.0f)),
                          float(std::clamp(c.z, 0.0f, 1.0f)));
}

void paint_socket(QPainter& painter, QPointF at, SocketShape shape) {
  const double r = double(NodeModel::socket_radius);
  switch (shape) {
    case SocketShape::Circle:
    case SocketShape::CircleDot:
      painter.drawEllipse(at, r, r);
      break;
    case SocketShape::Square:
    case SocketShape::SquareDot:
      painter.drawRect(QRectF(at.x() - r * 0.9, at.y() - r * 0.9, r * 1.8, r * 1.8));
      break;
    case SocketShape::Diamond:
    case SocketShape::DiamondDot:
      painter.drawPolygon(QPolygonF({{at.x(), at.y() - r * 1.25},
                                     {at.x() + r * 1.25, at.y()},
                                     {at.x(), at.y() + r * 1.25},
                                     {at.x() - r * 1.25, at.y()}}));
      break;
  }
  if (shape == SocketShape::CircleDot || shape == SocketShape::SquareDot ||
      shape == SocketShape::DiamondDot) {
    painter.setBrush(Qt::black);
    painter.drawEllipse(at, r * 0.35, r * 0.35);
  }
}

}  // namespace

QColor NodeEditor::socket_color(SocketType type) const {
  switch (type) {
    case SocketType::Shader:
      return QColor(0x62, 0xc4, 0x62);
    case SocketType::Rgba:
      return QColor(0xd2, 0xc0, 0x3a);
    case SocketType::Vector:
      return QColor(0x70, 0x70, 0xd8);
    case SocketType::Value:
      return QColor(0xa8, 0xa8, 0xa8);
    case SocketType::Int:
    case SocketType::Boolean:
      return QColor(0x5c, 0x96, 0x6a);
    default:
      return QColor(0xb8, 0x78, 0xb0);
  }
}

void NodeEditor::paint_curve(QPainter& painter, float2 from, float2 to, const QColor& color,
                             double line_width) const {
  QPainterPath path;
  const std::vector<float2> points = link_curve(from, to);
  path.moveTo(to_qpoint(points[0]));
  for (const float2 p : points) {
    path.lineTo(to_qpoint(p));
  }
  const Preferences& chosen = current_preferences(session());
  line_width *= line_width_of(chosen) / std::max(1.0f, chosen.system.pixel_size);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 120), line_width + 1.6));
  painter.drawPath(path);
  painter.setPen(QPen(color, line_width));
  painter.drawPath(path);
}

void NodeEditor::paint_node(QPainter& painter, const NodeView& node) const {
  const Theme& t = theme();
  const QRectF rect(to_qpoint(node.corner), QSizeF(double(node.size.x), double(node.size.y)));
  if (node.is_frame || node.is_reroute) {
    paint_plain(painter, node);
    return;
  }
  const bool has_shader =
      std::any_of(node.sockets.begin(), node.sockets.end(),
                  [](const NodeSocketView& s) { return s.type == SocketType::Shader; });
  const bool is_output = std::none_of(node.sockets.begin(), node.sockets.end(),
                                      [](const NodeSocketView& s) { return s.is_output; });
  QColor head = is_output    ? QColor(0x7c, 0x3a, 0x3c)
                : has_shader ? QColor(0x3a, 0x6e, 0x46)
                             : QColor(0x4a, 0x56, 0x80);
  if (!t.is_dark) {
    head = head.lighter(150);
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 60));
  painter.drawRoundedRect(rect.adjusted(2, 3, 3, 4), 6, 6);
  QColor body = t.panel.lighter(t.is_dark ? 112 : 106);
  if (node.own_color) {
    body = to_qcolor(*node.own_color);
  }
  body.setAlpha(node.is_muted ? 140 : 245);
  painter.setBrush(body);
  painter.drawRoundedRect(rect, 6, 6);
  QPainterPath top;
  top.addRoundedRect(rect, 6, 6);
  QPainterPath band;
  band.addRect(QRectF(rect.x(), rect.y(), rect.width(), double(NodeModel::header)));
  painter.setBrush(head);
  painter.drawPath(top.intersected(band));
  painter.setPen(node.is_selected ? QPen(node.is_active ? QColor(Qt::white) : t.select, 1.6)
                                  : QPen(t.border, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(rect, 6, 6);
  painter.setPen(QColor(0xf2, 0xf2, 0xf4));
  painter.drawText(QRectF(rect.x() + 10, rect.y(), rect.width() - 20, double(NodeModel::header)),
                   Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(QString::fromStdString(node.title),
                                                    Qt::ElideRight, int(rect.width()) - 20));
  for (const NodeSocketView& socket : node.sockets) {
    const QPointF at = to_qpoint(socket.at);
    if (!node.is_folded) {
      const QRectF line(rect.x() + 12, at.y() - double(NodeModel::row) * 0.5, rect.width() - 24,
                        double(NodeModel::row));
      painter.setPen(t.text);
      painter.drawText(line, Qt::AlignVCenter | (socket.is_output ? Qt::AlignRight : Qt::AlignLeft),
                       painter.fontMetrics().elidedText(
                           QString::fromStdString(socket.label), Qt::ElideRight,
                           int(line.width() * (socket.value.empty() ? 1.0 : 0.68))));
      if (!socket.value.empty()) {
        painter.setPen(t.text_dim);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight,
                         QString::fromStdString(socket.value));
      }
    }
    painter.setPen(QPen(QColor(0x14, 0x14, 0x16), 1));
    painter.setBrush(socket_color(socket.type));
    paint_socket(painter, at, socket.shape);
  }
}

// Frames are grounds with a title, reroutes are dots.
void NodeEditor::paint_plain(QPainter& painter, const NodeView& node) const {
  const Theme& t = theme();
  const QRectF rect(to_qpoint(node.corner), QSizeF(double(node.size.x), double(node.size.y)));
  const QPen edge = node.is_selected ? QPen(node.is_active ? QColor(Qt::white) : t.select, 1.6)
                                     : QPen(t.border, 1);
  painter.setPen(edge);
  if (node.is_reroute) {
    painter.setBrush(node.sockets.empty() ? t.text_dim : socket_color(node.sockets[0].type));
    painter.drawEllipse(rect.center(), 5.5, 5.5);
    return;
  }
  QColor ground =
      node.own_color ? to_qcolor(*node.own_color) : t.panel.lighter(t.is_dark ? 125 : 97);
  ground.setAlpha(130);
  painter.setBrush(ground);
  painter.drawRoundedRect(rect, 8, 8);
  painter.setPen(t.text);
  painter.save();
  QFont font = painter.font();
  font.setPixelSize(std::max(4, node.label_size * 2 / 3));
  painter.setFont(font);
  painter.drawText(QRectF(rect.x(), rect.y() + 2, rect.width(), double(node.label_size) + 2),
                   Qt::AlignCenter, QString::fromStdString(node.title));
  if (!node.text.empty()) {
    font.setPixelSize(12);
    painter.setFont(font);
    painter.setPen(t.text_dim);
    const double head = node.title.empty() ? 8.0 : double(node.label_size) + 10.0;
    painter.drawText(rect.adjusted(12, head, -12, -8),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     QString::fromStdString(node.text));
  }
  painter.restore();
}

void NodeEditor::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = theme();
  painter.fillRect(rect(), t.area.darker(t.is_dark ? 112 : 104));
  const NodeTree* tree = model_.tree();
  if (!tree) {
    painter.setPen(t.text_dim);
    painter.drawText(
        QRect(0, 0, canvas_width(), height()), Qt::AlignCenter,
        QStringLiteral("No node tree: choose an object with a material that uses nodes"));
    return;
  }
  painter.save();
  painter.setClipRect(0, 0, canvas_width(), height());
  // Dots at every 40 units, further apart where they would be too dense.
  double spacing = 40;
  while (spacing * double(zoom_) < 16) {
    spacing *= 4;
  }
  const float2 low = to_tree(QPointF(0, 0)), high = to_tree(QPointF(canvas_width(), height()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.field);
  for (double x = std::floor(double(low.x) / spacing) * spacing; x < double(high.x); x += spacing) {
    for (double y = std::floor(double(low.y) / spacing) * spacing; y < double(high.y);
         y += spacing) {
      painter.drawEllipse(to_view({float(x), float(y)}), 1.1, 1.1);
    }
  }
  painter.translate(canvas_width() * 0.5, height() * 0.5);
  painter.scale(double(zoom_), double(zoom_));
  painter.translate(-double(center_.x), -double(center_.y));
  for (const NodeView& node : model_.nodes()) {
    if (node.is_frame) {
      paint_node(painter, node);
    }
  }
  const bool has_wire_colors = overlay_.show_overlays && overlay_.show_wire_color;
  for (const NodeLinkView& link : model_.links()) {
    paint_curve(painter, link.from, link.to,
                !link.is_valid    ? t.error
                : has_wire_colors ? socket_color(link.type)
                                  : t.text_dim,
                2.2);
  }
  for (const NodeView& node : model_.nodes()) {
    if (!node.is_frame) {
      paint_node(painter, node);
    }
  }
  if (drag_ == Drag::Link && link_from_) {
    const float2 end = to_tree(mouse_);
    paint_curve(painter, link_from_->is_output ? link_from_->at : end,
                link_from_->is_output ? end : link_from_->at, t.text, 2.2);
  }
  painter.restore();
  if (drag_ == Drag::Box) {
    painter.setPen(QPen(t.text, 1, Qt::DashLine));
    painter.setBrush(QColor(255, 255, 255, 18));
    painter.drawRect(QRectF(press_, mouse_).normalized());
  } else if (drag_ == Drag::Cut || drag_ == Drag::Reroute) {
    painter.setPen(QPen(drag_ == Drag::Cut ? t.error : t.accent, 1.6, Qt::DashLine));
    painter.drawLine(press_, mouse_);
  }
}

}  // namespace kiln::editor
