#include "editor/view3d/toolbar.h"

#include <QPainter>
#include <QPainterPath>

#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

constexpr int tool_count = 8, size = 32, left = 10, top = 76;
constexpr const char* identifiers[tool_count] = {
    "builtin.select_box", "builtin.select_circle", "builtin.select_lasso", "builtin.cursor",
    "builtin.move",       "builtin.rotate",        "builtin.scale",        "builtin.transform"};
constexpr const char* labels[tool_count] = {"Select Box", "Select Circle", "Select Lasso",
                                            "Cursor",     "Move",          "Rotate",
                                            "Scale",      "Transform"};

void arrows(QPainter& painter, double reach) {
  for (const QPointF d : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
    const QPointF side(-d.y(), d.x());
    painter.drawLine(QPointF(0, 0), d * reach);
    painter.drawLine(d * reach, d * (reach - 3.0) + side * 2.6);
    painter.drawLine(d * reach, d * (reach - 3.0) - side * 2.6);
  }
}

// The sign of a tool, about (0, 0).
void paint_sign(QPainter& painter, ViewTool tool, const QColor& color) {
  QPen dashed(color, 1.3, Qt::DashLine);
  dashed.setDashPattern({2.0, 2.0});
  switch (tool) {
    case ViewTool::SelectBox:
      painter.setPen(dashed);
      painter.drawRect(QRectF(-8, -8, 16, 16));
      break;
    case ViewTool::SelectCircle:
      painter.setPen(dashed);
      painter.drawEllipse(QPointF(0, 0), 8.5, 8.5);
      break;
    case ViewTool::SelectLasso: {
      painter.setPen(dashed);
      QPainterPath path(QPointF(-2, 8));
      path.cubicTo(-14, 2, -6, -9, 2, -8);
      path.cubicTo(12, -7, 10, 5, 0, 3);
      path.cubicTo(-4, 2, -3, 7, -2, 8);
      painter.drawPath(path);
      break;
    }
    case ViewTool::Cursor:
      painter.drawEllipse(QPointF(0, 0), 5, 5);
      for (const QPointF d : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
        painter.drawLine(d * 3.0, d * 9.0);
      }
      break;
    case ViewTool::Move:
      arrows(painter, 9.0);
      break;
    case ViewTool::Rotate:
      painter.drawArc(QRectF(-8, -8, 16, 16), 40 * 16, 280 * 16);
      painter.drawLine(QPointF(6.1, -5.1), QPointF(6.6, -9.2));
      painter.drawLine(QPointF(6.1, -5.1), QPointF(2.0, -5.4));
      break;
    case ViewTool::Scale:
      painter.drawRect(QRectF(-8, 1, 7, 7));
      painter.drawRect(QRectF(-8, -8, 16, 16));
      painter.drawLine(QPointF(0, 0), QPointF(5, -5));
      break;
    case ViewTool::Transform:
      arrows(painter, 5.5);
      painter.drawEllipse(QPointF(0, 0), 9.0, 9.0);
      break;
  }
}

}  // namespace

const char* Toolbar::identifier(ViewTool tool) {
  return identifiers[int(tool)];
}
const char* Toolbar::label(ViewTool tool) {
  return labels[int(tool)];
}
std::optional<ViewTool> Toolbar::named(const std::string& identifier) {
  for (int i = 0; i < tool_count; ++i) {
    if (identifier == identifiers[i]) {
      return ViewTool(i);
    }
  }
  return std::nullopt;
}

// Groups of selecting, placing and transforming lie apart.
QRect Toolbar::rect(int i) const {
  return QRect(left, top + i * (size + 2) + (i >= 3 ? 6 : 0) + (i >= 4 ? 6 : 0), size, size);
}

std::optional<ViewTool> Toolbar::hit(QPointF at) const {
  for (int i = 0; i < tool_count; ++i) {
    if (rect(i).contains(at.toPoint())) {
      return ViewTool(i);
    }
  }
  return std::nullopt;
}

void Toolbar::paint(QPainter& painter, const Theme& theme, ViewTool active,
                    std::optional<ViewTool> hovered) const {
  for (int i = 0; i < tool_count; ++i) {
    const auto tool = ViewTool(i);
    QColor back = tool == active ? theme.accent : theme.header;
    back.setAlpha(tool == active ? 235 : hovered == tool ? 240 : 190);
    painter.setPen(Qt::NoPen);
    painter.setBrush(back);
    painter.drawRoundedRect(rect(i), 4, 4);
    const QColor color = tool == active ? theme.text_on_accent : theme.text;
    painter.save();
    painter.translate(QRectF(rect(i)).center());
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(Qt::NoBrush);
    paint_sign(painter, tool, color);
    painter.restore();
  }
  if (hovered) {
    const QString text = QString::fromUtf8(label(*hovered));
    const QRect at = rect(int(*hovered));
    const QRect box(at.right() + 8, at.y() + 4, painter.fontMetrics().horizontalAdvance(text) + 16,
                    24);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, text);
  }
}

QRect Toolbar::bounds() const {
  QRect all;
  for (const auto& [name, rect] : named_places()) {
    all |= rect;
  }
  return all;
}

std::vector<std::pair<std::string, QRect>> Toolbar::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (int i = 0; i < tool_count; ++i) {
    places.emplace_back(std::string("tool:") + labels[i], rect(i));
  }
  return places;
}

}  // namespace kiln::editor
