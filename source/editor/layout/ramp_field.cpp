#include "editor/layout/ramp_field.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "editor/layout/color_popup.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

QColor shown(const float4& color) {
  const auto byte = [](float v) {
    return std::clamp(linear_to_srgb(std::max(0.0f, v)), 0.0f, 1.0f);
  };
  return QColor::fromRgbF(byte(color.x), byte(color.y), byte(color.z),
                          std::isfinite(color.w) ? std::clamp(color.w, 0.0f, 1.0f) : 1.0f);
}

}  // namespace

const ColorRamp* RampField::ramp() const {
  const ConstRef ref = find();
  return ref ? &ref.as<ColorRamp>() : nullptr;
}

std::int64_t RampField::active() const {
  const ColorRamp* shown_ramp = ramp();
  if (!shown_ramp || shown_ramp->elements.empty()) {
    return -1;
  }
  return std::max<std::int64_t>(0, shown_ramp->elements.index_of(active_));
}

double RampField::place_of(float position) const {
  return bar().x() + double(std::clamp(position, 0.0f, 1.0f)) * bar().width();
}

float RampField::position_at(double x) const {
  return float(std::clamp((x - bar().x()) / std::max(1.0, bar().width()), 0.0, 1.0));
}

std::int64_t RampField::nearest(double x) const {
  const ColorRamp* shown_ramp = ramp();
  std::int64_t best = -1;
  for (std::int64_t i = 0; shown_ramp && i < shown_ramp->elements.size(); ++i) {
    const auto distance = [&](std::int64_t at) {
      return std::abs(place_of(shown_ramp->elements[at].position) - x);
    };
    // Of stops at one place the later one can go on to the right.
    if (best < 0 || distance(i) < distance(best) ||
        (distance(i) == distance(best) && x > place_of(shown_ramp->elements[i].position))) {
      best = i;
    }
  }
  return best;
}

void RampField::choose(std::int64_t stop) {
  const ColorRamp* shown_ramp = ramp();
  active_ = shown_ramp && stop >= 0 && stop < shown_ramp->elements.size()
                ? shown_ramp->elements.id(stop)
                : 0;
  refresh();
}

void RampField::add_stop(float position) {
  const ColorRamp* shown_ramp = ramp();
  if (!shown_ramp || shown_ramp->elements.size() >= max_color_ramp_elements) {
    return;
  }
  ItemId made = 0;
  edit("Add Color Stop", [&](const MutableRef& ref) {
    auto& edited = ref.as<ColorRamp>();
    ColorRampElement element;
    element.position = position;
    element.color = edited.evaluate(position);
    edited.elements.add(element);
    made = edited.elements.id(edited.elements.size() - 1);
    edited.sort();
  });
  active_ = made;
  refresh();
}

void RampField::move_stop(std::int64_t stop, float position, std::uint64_t merge_key) {
  active_ = ramp()->elements.id(stop);
  edit(
      "Move Color Stop",
      [&](const MutableRef& ref) {
        auto& edited = ref.as<ColorRamp>();
        edited.elements.edit(stop).position = position;
        edited.sort();
      },
      merge_key);
  refresh();
}

bool RampField::take(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  const std::int64_t at = active();
  if (at < 0 || item.property != ColorRampElement::schema().property("position")) {
    return false;
  }
  move_stop(at, std::clamp(float(value.as_float()), 0.0f, 1.0f), merge_key);
  return true;
}

LayoutItem RampField::make_fields() const {
  LayoutItem root;
  const ColorRamp* shown_ramp = ramp();
  const std::int64_t at = active();
  if (at < 0) {
    return root;
  }
  auto* self = const_cast<RampField*>(this);
  LayoutItem& row = root.row();
  row.button("",
             [self, at] {
               const auto& elements = self->ramp()->elements;
               const float from = elements[at].position, to = at + 1 < elements.size()
                                                                  ? elements[at + 1].position
                                                              : at > 0 ? elements[at - 1].position
                                                                       : 1.0f;
               self->add_stop((from + to) * 0.5f);
             })
      .icon = "ADD";
  LayoutItem& removal = row.button("", [self, at] {
    self->edit("Delete Color Stop",
               [&](const MutableRef& ref) { ref.as<ColorRamp>().elements.remove(at); });
    self->choose(std::max<std::int64_t>(0, at - 1));
  });
  removal.icon = "REMOVE";
  removal.is_enabled = shown_ramp->elements.size() > 1;
  row.button("Flip", [self] {
    self->edit("Flip Color Ramp", [&](const MutableRef& ref) {
      auto& edited = ref.as<ColorRamp>();
      for (std::int64_t i = 0; i < edited.elements.size(); ++i) {
        edited.elements.edit(i).position = 1.0f - edited.elements[i].position;
      }
      edited.sort();
    });
  });
  const Schema& schema = ColorRamp::schema();
  LayoutItem& modes = root.row();
  const bool is_rgb = shown_ramp->color_mode == ColorRampMode::Rgb;
  for (const char* name : {"color_mode", is_rgb ? "interpolation" : "hue_interpolation"}) {
    modes.prop(owner_, *schema.property(name)).has_no_label = true;
  }
  Handle stop = owner_;
  stop.steps.push_back({schema.property("elements"), shown_ramp->elements.id(at), at});
  root.prop(stop, *ColorRampElement::schema().property("position"),
            fmt::format("Stop {} of {}", at + 1, shown_ramp->elements.size()));
  root.prop(stop, *ColorRampElement::schema().property("color"));
  return root;
}

void RampField::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const ColorRamp* shown_ramp = ramp();
  if (!shown_ramp) {
    return;
  }
  const QRectF area = bar();
  // What is transparent shows squares.
  painter.fillRect(area, QColor(110, 110, 110));
  for (int x = 0; x < int(area.width()); x += 6) {
    for (int y = 0; y < int(area.height()); y += 6) {
      if ((x / 6 + y / 6) % 2) {
        painter.fillRect(QRectF(area.x() + x, area.y() + y, 6, 6).intersected(area),
                         QColor(160, 160, 160));
      }
    }
  }
  for (int x = 0; x < int(area.width()); ++x) {
    painter.fillRect(QRectF(area.x() + x, area.y(), 1, area.height()),
                     shown(shown_ramp->evaluate(position_at(area.x() + x + 0.5))));
  }
  const Theme& theme = context_.theme;
  painter.setPen(QPen(theme.border, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(area);
  const std::int64_t chosen = active();
  for (std::int64_t i = 0; i < shown_ramp->elements.size(); ++i) {
    const double x = place_of(shown_ramp->elements[i].position);
    const QPointF mark[5] = {{x, area.bottom() - 4},
                             {x + 5, area.bottom() + 3},
                             {x + 5, area.bottom() + 14},
                             {x - 5, area.bottom() + 14},
                             {x - 5, area.bottom() + 3}};
    QColor color = shown(shown_ramp->elements[i].color);
    color.setAlphaF(1.0f);
    painter.setBrush(color);
    painter.setPen(QPen(i == chosen ? theme.accent : theme.text_dim, i == chosen ? 2.0 : 1.0));
    painter.drawPolygon(mark, 5);
  }
}

void RampField::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || event->position().y() > picture_height()) {
    return;
  }
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    add_stop(position_at(event->position().x()));
  } else {
    choose(nearest(event->position().x()));
  }
  is_dragging_ = true;
  merge_key_ = unique_number();
}

void RampField::mouseMoveEvent(QMouseEvent* event) {
  const std::int64_t at = active();
  if (!is_dragging_ || at < 0) {
    return;
  }
  const float position = position_at(event->position().x());
  if (ramp()->elements[at].position != position) {
    move_stop(at, position, merge_key_);
  }
}

void RampField::mouseReleaseEvent(QMouseEvent*) {
  is_dragging_ = false;
}

void RampField::mouseDoubleClickEvent(QMouseEvent* event) {
  if (bar().contains(event->position())) {
    add_stop(position_at(event->position().x()));
  }
}

std::vector<std::pair<std::string, QRect>> RampField::handles() const {
  std::vector<std::pair<std::string, QRect>> places{{"ramp", bar().toRect()}};
  const ColorRamp* shown_ramp = ramp();
  for (std::int64_t i = 0; shown_ramp && i < shown_ramp->elements.size(); ++i) {
    const double x = place_of(shown_ramp->elements[i].position);
    places.emplace_back(fmt::format("stop:{}", i),
                        QRectF(x - 4, bar().bottom() + 2, 8, 10).toRect());
  }
  return places;
}

}  // namespace kiln::editor
