#include "editor/view3d/transform_gizmo.h"

#include <QPainter>
#include <bit>
#include <cmath>
#include <numbers>

#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr float usual_reach = 88.0f;  // pixels

double distance_to_segment(QPointF p, QPointF a, QPointF b) {
  const QPointF d = b - a;
  const double length2 = QPointF::dotProduct(d, d);
  const double t =
      length2 > 0.0 ? std::clamp(QPointF::dotProduct(p - a, d) / length2, 0.0, 1.0) : 0.0;
  const QPointF q = a + d * t - p;
  return std::hypot(q.x(), q.y());
}

QPolygonF square(QPointF center, double half) {
  return QPolygonF({center + QPointF(-half, -half), center + QPointF(half, -half),
                    center + QPointF(half, half), center + QPointF(-half, half)});
}

std::string name_of(const TransformGizmo::Handle& handle) {
  static constexpr const char* modes[] = {"move", "rotate", "scale"};
  std::string axes;
  for (int i = 0; i < 3; ++i) {
    if (handle.axis_mask >> i & 1) {
      axes += "XYZ"[i];
    }
  }
  return std::string("handle:") + modes[int(handle.mode)] + " " + (axes.empty() ? "view" : axes);
}

}  // namespace

TransformGizmo::TransformGizmo(const TransformFrame& frame, Kinds kinds,
                               const render::raster::ViewCamera& camera, int width, int height,
                               float size, const std::array<float3x3, 3>* axes_of_modes)
    : pivot_(frame.center.pivot),
      axes_(axes_of_modes ? *axes_of_modes
                          : std::array<float3x3, 3>{frame.axes, frame.axes, frame.axes}),
      camera_(camera),
      width_(width),
      height_(height),
      reach_(usual_reach * size) {
  const auto center = project(camera_, width_, height_, pivot_);
  if (!center) {
    return;
  }
  center_ = QPointF(center->x, center->y);
  pixel_ = pixel_size_at(camera_, width_, height_, pivot_);
  const bool has_all = kinds.moves && kinds.rotates && kinds.scales;
  if (kinds.rotates) {
    add_rings(kinds.moves || kinds.scales ? reach_ * 0.82f : reach_);
    add_circle({TransformMode::Rotate, 0}, reach_ * (has_all ? 1.38f : 1.12f));
  }
  if (kinds.scales) {
    add_axes(TransformMode::Scale, has_all ? 0.0f : 14.0f, has_all ? reach_ * 0.62f : reach_);
    if (!kinds.moves) {
      add_planes(TransformMode::Scale, 0.42f, 0.58f);
      add_circle({TransformMode::Scale, 0}, reach_ * 1.12f);
    }
  }
  if (kinds.moves) {
    add_axes(TransformMode::Move, has_all ? reach_ * 0.86f : 14.0f,
             has_all ? reach_ * 1.2f : reach_);
    add_planes(TransformMode::Move, 0.42f, 0.58f);
    add_circle({TransformMode::Move, 0}, 11.0f);
  }
}

// `offset` from the pivot along the axes, in pixels.
std::optional<QPointF> TransformGizmo::on_screen(TransformMode mode, float3 offset) const {
  const auto p = project(camera_, width_, height_, pivot_ + axes(mode) * (offset * pixel_));
  return p ? std::optional<QPointF>(QPointF(p->x, p->y)) : std::nullopt;
}

void TransformGizmo::add_axes(TransformMode mode, float from, float to) {
  for (int i = 0; i < 3; ++i) {
    float3 direction;
    direction[i] = 1.0f;
    const auto a = on_screen(mode, direction * from), b = on_screen(mode, direction * to);
    // What points at the viewer cannot be taken hold of.
    if (!a || !b || std::hypot(b->x() - center_.x(), b->y() - center_.y()) < 0.2 * to) {
      continue;
    }
    const QPointF along = (*b - center_) / std::hypot(b->x() - center_.x(), b->y() - center_.y());
    const QPointF side(-along.y(), along.x());
    Shape shape{{mode, 1 << i}, QPolygonF({*a, *b}), {}, *b, false};
    shape.area = mode == TransformMode::Scale
                     ? square(*b, 5.0)
                     : QPolygonF({*b + along * 9.0, *b + side * 5.0, *b - side * 5.0});
    shapes_.push_back(std::move(shape));
  }
}

void TransformGizmo::add_planes(TransformMode mode, float from, float to) {
  for (int normal = 0; normal < 3; ++normal) {
    const int i = (normal + 1) % 3, j = (normal + 2) % 3;
    QPolygonF area;
    for (const float2 corner : {float2{from, from}, {to, from}, {to, to}, {from, to}}) {
      float3 offset;
      offset[i] = corner.x * reach_;
      offset[j] = corner.y * reach_;
      if (const auto p = on_screen(mode, offset)) {
        area << *p;
      }
    }
    // Seen from the side a plane is a line.
    double doubled = 0.0;
    for (int k = 0; k < area.size(); ++k) {
      const QPointF a = area[k], b = area[(k + 1) % area.size()];
      doubled += a.x() * b.y() - a.y() * b.x();
    }
    if (area.size() == 4 && std::abs(doubled) > 60.0) {
      QPointF middle;
      for (const QPointF& p : area) {
        middle += p / 4.0;
      }
      shapes_.push_back({{mode, 7 & ~(1 << normal)}, {}, area, middle, false});
    }
  }
}

// Of every ring the half that is turned to the viewer.
void TransformGizmo::add_rings(float radius) {
  const float3 to_eye = camera_.is_perspective
                            ? normalize(camera_.position() - pivot_)
                            : float3{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z};
  constexpr int steps = 64;
  const TransformMode mode = TransformMode::Rotate;
  const float3x3& m = axes(mode);
  for (int axis = 0; axis < 3; ++axis) {
    const int i = (axis + 1) % 3, j = (axis + 2) % 3;
    float3 normal{m[0][axis], m[1][axis], m[2][axis]};
    const bool faces = std::abs(dot(normal, to_eye)) > 0.985f;
    QPolygonF line;
    const auto point = [&](int k) {
      const float angle = 2.0f * pi * float(k) / steps;
      float3 offset;
      offset[i] = std::cos(angle) * radius;
      offset[j] = std::sin(angle) * radius;
      return offset;
    };
    // Begins where the front half begins.
    int first = 0;
    for (int k = 0; k < steps && !faces; ++k) {
      if (dot(m * point(k), to_eye) < 0.0f && dot(m * point(k + 1), to_eye) >= 0.0f) {
        first = k + 1;
      }
    }
    for (int k = 0; k <= steps; ++k) {
      const float3 offset = point(first + k);
      if (!faces && dot(m * offset, to_eye) < -1e-3f) {
        break;
      }
      if (const auto p = on_screen(mode, offset)) {
        line << *p;
      }
    }
    if (line.size() > 1) {
      shapes_.push_back(
          {{mode, 1 << axis}, line, {}, line[line.size() / 2], false});
    }
  }
}

void TransformGizmo::add_circle(Handle handle, float pixels) {
  QPolygonF line;
  for (int k = 0; k < 48; ++k) {
    const double angle = 2.0 * pi * k / 48.0;
    line << center_ + QPointF(std::cos(angle), std::sin(angle)) * double(pixels);
  }
  Shape shape{handle, line, {}, line[6], true};
  if (pixels < 20.0f) {
    shape.area = line;
    shape.end = center_;
  }
  shapes_.push_back(std::move(shape));
}

std::optional<TransformGizmo::Handle> TransformGizmo::hit(QPointF at) const {
  std::optional<Handle> best;
  double nearest = 8.0;
  for (const Shape& shape : shapes_) {
    double distance = 1e9;
    for (int i = 0; i + 1 < shape.line.size() + (shape.is_closed ? 1 : 0); ++i) {
      distance = std::min(distance, distance_to_segment(at, shape.line[i],
                                                        shape.line[(i + 1) % shape.line.size()]));
    }
    if (shape.area.size() > 2 && shape.area.containsPoint(at, Qt::OddEvenFill)) {
      distance = 0.5;
    }
    if (distance < nearest) {
      nearest = distance;
      best = shape.handle;
    }
  }
  return best;
}

void TransformGizmo::paint(QPainter& painter, const Theme& theme,
                           const std::optional<Handle>& hovered) const {
  const QColor colors[3] = {theme.axis_x, theme.axis_y, theme.axis_z};
  for (const Shape& shape : shapes_) {
    const int mask = shape.handle.axis_mask;
    QColor color(235, 235, 235);
    if (std::popcount(unsigned(mask)) == 1) {
      color = colors[std::countr_zero(unsigned(mask))];
    } else if (mask != 0) {
      color = colors[std::countr_zero(unsigned(~mask & 7))];
    }
    const bool is_hovered = hovered == shape.handle;
    if (is_hovered) {
      color = color.lighter(145);
    } else {
      color.setAlpha(215);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, is_hovered ? 3.0 : 2.0));
    if (shape.is_closed) {
      painter.drawPolygon(shape.line);
    } else {
      painter.drawPolyline(shape.line);
    }
    if (!shape.area.isEmpty()) {
      QColor fill = color;
      fill.setAlpha(shape.line.isEmpty() || shape.is_closed ? (is_hovered ? 170 : 70)
                                                            : color.alpha());
      painter.setPen(shape.line.isEmpty() ? QPen(color, 1.2) : QPen(Qt::NoPen));
      painter.setBrush(fill);
      painter.drawPolygon(shape.area);
    }
  }
}

std::vector<std::pair<std::string, QRect>> TransformGizmo::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const Shape& shape : shapes_) {
    places.emplace_back(name_of(shape.handle),
                        QRect(int(shape.end.x()) - 2, int(shape.end.y()) - 2, 4, 4));
  }
  return places;
}

}  // namespace kiln::editor
