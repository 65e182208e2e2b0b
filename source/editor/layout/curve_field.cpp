#include "editor/layout/curve_field.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

// Four curves are those of a color and one for all of it, three those of a vector.
std::vector<const char*> names_of(std::int64_t count) {
  return count == 4   ? std::vector<const char*>{"R", "G", "B", "C"}
         : count == 3 ? std::vector<const char*>{"X", "Y", "Z"}
                      : std::vector<const char*>();
}

QColor color_of(const Theme& theme, std::int64_t curve, std::int64_t count) {
  const QColor axes[] = {theme.axis_x, theme.axis_y, theme.axis_z};
  return count >= 3 && curve < 3 ? axes[curve] : theme.text;
}

}  // namespace

const CurveMapping* CurveField::mapping() const {
  const ConstRef ref = find();
  return ref ? &ref.as<CurveMapping>() : nullptr;
}

std::int64_t CurveField::curve() const {
  const CurveMapping* shown = mapping();
  const std::int64_t count = shown ? shown->curves.size() : 0;
  return chosen_curve_ >= 0 && chosen_curve_ < count ? chosen_curve_
         : count == 4                                ? 3
         : count > 0                                 ? 0
                                                     : -1;
}

std::int64_t CurveField::point() const {
  const std::int64_t at = curve();
  return at < 0 ? -1 : mapping()->curves[at].points.index_of(chosen_point_);
}

QRectF CurveField::span() const {
  const CurveMapping* shown = mapping();
  QRectF out(0, 0, 1, 1);
  if (shown && shown->use_clip) {
    out = QRectF(QPointF(double(shown->clip_min_x), double(shown->clip_min_y)),
                 QPointF(double(shown->clip_max_x), double(shown->clip_max_y)))
              .normalized();
  } else if (const std::int64_t at = curve(); at >= 0) {
    for (const CurveMapPoint& p : shown->curves[at].points) {
      out =
          out.united(QRectF(double(p.location.x) - 1e-6, double(p.location.y) - 1e-6, 2e-6, 2e-6));
    }
  }
  // Never so thin that nothing can be divided by it.
  out.setWidth(std::max(out.width(), 1e-4));
  out.setHeight(std::max(out.height(), 1e-4));
  return out;
}

QPointF CurveField::place_of(float2 at) const {
  const QRectF from = span(), to = area();
  return {to.x() + (double(at.x) - from.x()) / from.width() * to.width(),
          to.bottom() - (double(at.y) - from.y()) / from.height() * to.height()};
}

float2 CurveField::value_at(QPointF at) const {
  const QRectF to = span(), from = area();
  const double x = std::clamp((at.x() - from.x()) / from.width(), 0.0, 1.0);
  const double y = std::clamp((from.bottom() - at.y()) / from.height(), 0.0, 1.0);
  return {float(to.x() + x * to.width()), float(to.y() + y * to.height())};
}

void CurveField::edit_curve(const std::string& label, FunctionRef<void(CurveMap&)> change,
                            std::uint64_t merge_key) {
  const std::int64_t at = curve();
  edit(
      label,
      [&](const MutableRef& ref) {
        auto& edited = ref.as<CurveMapping>();
        if (at >= 0 && at < edited.curves.size()) {
          change(edited.curves.edit(at));
          edited.curves.edit(at).sort();
        }
      },
      merge_key);
}

void CurveField::add_point(float2 at) {
  ItemId made = 0;
  edit_curve("Add Curve Point", [&](CurveMap& edited) {
    CurveMapPoint p;
    p.location = at;
    edited.points.add(p);
    made = edited.points.id(edited.points.size() - 1);
  });
  chosen_point_ = made;
  refresh();
}

bool CurveField::take(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  const std::int64_t at = point();
  if (at < 0 || item.property != CurveMapPoint::schema().property("location") ||
      value.as_numbers().size() != 2) {
    return false;
  }
  const float2 to{float(value.as_numbers()[0]), float(value.as_numbers()[1])};
  edit_curve(
      "Move Curve Point", [&](CurveMap& edited) { edited.points.edit(at).location = to; },
      merge_key);
  refresh();
  return true;
}

LayoutItem CurveField::make_fields() const {
  LayoutItem root;
  const CurveMapping* shown = mapping();
  const std::int64_t at = curve();
  if (at < 0) {
    return root;
  }
  auto* self = const_cast<CurveField*>(this);
  LayoutItem& row = root.row();
  const std::vector<const char*> names = names_of(shown->curves.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    row.button(names[i],
               [self, i] {
                 self->chosen_curve_ = int(i);
                 self->chosen_point_ = 0;
                 self->refresh();
               })
        .is_depressed = std::int64_t(i) == at;
  }
  LayoutItem& limits = root.row();
  limits.prop(owner_, *CurveMapping::schema().property("use_clip"));
  limits.prop(owner_, *CurveMapping::schema().property("extend")).has_no_label = true;
  limits.button("Reset", [self] {
    self->edit_curve("Reset Curve", [&](CurveMap& edited) {
      const QRectF all = self->span();
      edited.points.clear();
      for (const QPointF corner : {all.topLeft(), all.bottomRight()}) {
        CurveMapPoint p;
        p.location = {float(corner.x()), float(corner.y())};
        edited.points.add(p);
      }
    });
    self->refresh();
  });
  const std::int64_t chosen = point();
  if (chosen < 0) {
    root.label("Click the curve to add a point");
    return root;
  }
  const CurveMap& points = shown->curves[at];
  Handle handle = owner_;
  handle.steps.push_back({CurveMapping::schema().property("curves"), shown->curves.id(at), at});
  handle.steps.push_back({CurveMap::schema().property("points"), points.points.id(chosen), chosen});
  LayoutItem& of_point = root.row();
  of_point.prop(handle, *CurveMapPoint::schema().property("handle_type")).has_no_label = true;
  LayoutItem& removal = of_point.button("", [self, chosen] {
    self->edit_curve("Delete Curve Point", [&](CurveMap& edited) { edited.points.remove(chosen); });
    self->chosen_point_ = 0;
    self->refresh();
  });
  removal.icon = "REMOVE";
  removal.is_enabled = points.points.size() > 2;
  root.prop(handle, *CurveMapPoint::schema().property("location"));
  return root;
}

void CurveField::paint_curves(QPainter& painter, const CurveMapping& curves) const {
  const QRectF to = area();
  const std::int64_t shown = curve();
  for (std::int64_t c = 0; c < curves.curves.size(); ++c) {
    if (curves.curves[c].points.empty()) {
      continue;
    }
    const CurveTable table(curves, curves.curves[c]);
    QPolygonF line;
    for (int x = 0; x <= int(to.width()); ++x) {
      const float at = value_at(QPointF(to.x() + x, to.y())).x;
      const QPointF p = place_of({at, table.evaluate(at)});
      line.append(QPointF(p.x(), std::clamp(p.y(), to.y() - 1e4, to.bottom() + 1e4)));
    }
    QColor color = color_of(context_.theme, c, curves.curves.size());
    color.setAlphaF(c == shown ? 1.0f : 0.3f);
    painter.setPen(QPen(color, c == shown ? 1.8 : 1.0));
    painter.drawPolyline(line);
  }
}

void CurveField::paintEvent(QPaintEvent*) {
  const CurveMapping* curves = mapping();
  const std::int64_t shown = curve();
  if (!curves || shown < 0) {
    return;
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& theme = context_.theme;
  const QRectF to = area();
  painter.fillRect(to, theme.area);
  painter.setPen(QPen(theme.border, 1));
  for (int i = 0; i <= 4; ++i) {
    painter.drawLine(QPointF(to.x() + to.width() * i / 4, to.y()),
                     QPointF(to.x() + to.width() * i / 4, to.bottom()));
    painter.drawLine(QPointF(to.x(), to.y() + to.height() * i / 4),
                     QPointF(to.right(), to.y() + to.height() * i / 4));
  }
  painter.setClipRect(to.adjusted(-1, -1, 1, 1));
  paint_curves(painter, *curves);
  painter.setClipping(false);
  const std::int64_t chosen = point();
  for (std::int64_t i = 0; i < curves->curves[shown].points.size(); ++i) {
    const QPointF p = place_of(curves->curves[shown].points[i].location);
    painter.setPen(QPen(theme.text, 1));
    painter.setBrush(i == chosen ? theme.accent : theme.field);
    painter.drawRect(QRectF(p.x() - 3.5, p.y() - 3.5, 7, 7));
  }
}

void CurveField::mousePressEvent(QMouseEvent* event) {
  const CurveMapping* curves = mapping();
  const std::int64_t shown = curve();
  if (event->button() != Qt::LeftButton || shown < 0 ||
      !area().adjusted(-6, -6, 6, 6).contains(event->position())) {
    return;
  }
  constexpr double reach = 8.0;
  const CurveMap& points = curves->curves[shown];
  chosen_point_ = 0;
  double best = reach;
  for (std::int64_t i = 0; i < points.points.size(); ++i) {
    const QPointF to = place_of(points.points[i].location) - event->position();
    if (std::hypot(to.x(), to.y()) < best) {
      best = std::hypot(to.x(), to.y());
      chosen_point_ = points.points.id(i);
    }
  }
  const float2 at = value_at(event->position());
  if (!chosen_point_ && !points.points.empty()) {
    const QPointF on_curve = place_of({at.x, CurveTable(*curves, points).evaluate(at.x)});
    if (std::abs(on_curve.y() - event->position().y()) < reach) {
      add_point(at);
    }
  }
  is_dragging_ = chosen_point_ != 0;
  merge_key_ = unique_number();
  refresh();
}

void CurveField::mouseMoveEvent(QMouseEvent* event) {
  const std::int64_t at = point();
  if (!is_dragging_ || at < 0) {
    return;
  }
  const float2 to = value_at(event->position());
  if (mapping()->curves[curve()].points[at].location != to) {
    edit_curve(
        "Move Curve Point", [&](CurveMap& edited) { edited.points.edit(at).location = to; },
        merge_key_);
    refresh();
  }
}

void CurveField::mouseReleaseEvent(QMouseEvent*) {
  is_dragging_ = false;
}

std::vector<std::pair<std::string, QRect>> CurveField::handles() const {
  std::vector<std::pair<std::string, QRect>> places{{"curve", area().toRect()}};
  const CurveMapping* curves = mapping();
  const std::int64_t shown = curve();
  for (std::int64_t i = 0; shown >= 0 && i < curves->curves[shown].points.size(); ++i) {
    const QPointF p = place_of(curves->curves[shown].points[i].location);
    places.emplace_back(fmt::format("point:{}", i), QRectF(p.x() - 3, p.y() - 3, 7, 7).toRect());
  }
  return places;
}

}  // namespace kiln::editor
