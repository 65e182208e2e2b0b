#include "editor/layout/layout_painter.h"

#include <QPainter>

#include "editor/layout/color_popup.h"
#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

QString with_icon(const LayoutItem& item, const std::string& text) {
  const QString sign = QString::fromUtf8(icon_sign(item.icon));
  const QString shown = QString::fromStdString(text);
  return sign.isEmpty() ? shown : shown.isEmpty() ? sign : sign + QStringLiteral("  ") + shown;
}

}  // namespace

QRectF to_qrect(const LayoutRect& r) {
  return QRectF(double(r.x), double(r.y), double(r.width), double(r.height));
}

QImage picture_of(const LayoutItem& item) {
  const ScriptIcon* icon = item.picture.get();
  return icon ? QImage(icon->bytes.data(), icon->width, icon->height, icon->width * 4,
                       QImage::Format_RGBA8888)
              : QImage();
}

QColor LayoutPainter::ink(const LayoutItem& item) const {
  return item.is_warning ? theme_.warning : item.is_enabled ? theme_.text : theme_.text_dim;
}

QColor LayoutPainter::field_color(const PlacedItem& placed) const {
  if (values_.is_changed_override(*placed.item)) {
    return theme_.field_overridden;
  }
  return is_hovered_ && values_.is_editable(*placed.item) ? theme_.field_hover : theme_.field;
}

void LayoutPainter::background(const QRectF& rect, const QColor& color) {
  painter_.setPen(theme_.is_dark ? QPen(Qt::NoPen) : QPen(theme_.border, 1));
  painter_.setBrush(color);
  painter_.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme_.radius, theme_.radius);
}

void LayoutPainter::text(const QRectF& rect, int flags, const QString& shown) {
  painter_.drawText(rect, flags | Qt::AlignVCenter,
                    painter_.fontMetrics().elidedText(shown, Qt::ElideRight, int(rect.width())));
}

QRectF LayoutPainter::picture(const LayoutItem& item, const QRectF& rect, bool has_text) {
  if (!item.picture) {
    return rect;
  }
  const QImage image = picture_of(item);
  const double room = rect.height() - 6.0;
  const QSizeF size = QSizeF(image.size()).scaled(room, room, Qt::KeepAspectRatio);
  const double x = has_text ? rect.x() + 4.0 : rect.center().x() - 0.5 * size.width();
  painter_.save();
  painter_.setRenderHint(QPainter::SmoothPixmapTransform);
  painter_.setOpacity(item.is_enabled ? 1.0 : 0.5);
  painter_.drawImage(QRectF(QPointF(x, rect.center().y() - 0.5 * size.height()), size), image);
  painter_.restore();
  return has_text ? rect.adjusted(room + 6.0, 0, 0, 0) : rect;
}

void LayoutPainter::chevron(const QRectF& rect) {
  painter_.setPen(QPen(theme_.text_dim, 1.4));
  const QPointF c(rect.right() - 12, rect.center().y());
  painter_.drawLine(c + QPointF(-3.5, -1.5), c + QPointF(0, 2));
  painter_.drawLine(c + QPointF(0, 2), c + QPointF(3.5, -1.5));
}

void LayoutPainter::panel(const PlacedItem& placed, const QRectF& rect) {
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(placed.depth % 2 == 0 ? theme_.panel
                                          : theme_.panel.lighter(theme_.is_dark ? 108 : 103));
  painter_.drawRoundedRect(rect, theme_.radius, theme_.radius);
  const QRectF head(rect.x(), rect.y(), rect.width(), theme_.row);
  painter_.setBrush(theme_.text_dim);
  const QPointF c(head.x() + 12, head.center().y());
  const bool is_open = placed.index == 1;
  const QPointF open_mark[3] = {c + QPointF(-4, -2.5), c + QPointF(4, -2.5), c + QPointF(0, 3)};
  const QPointF closed_mark[3] = {c + QPointF(-2.5, -4), c + QPointF(-2.5, 4), c + QPointF(3, 0)};
  painter_.drawPolygon(is_open ? open_mark : closed_mark, 3);
  painter_.setPen(theme_.text);
  text(head.adjusted(24, 0, -6, 0), Qt::AlignLeft, QString::fromStdString(placed.label));
}

void LayoutPainter::button(const PlacedItem& placed, const QRectF& rect) {
  const LayoutItem& item = *placed.item;
  const bool is_on = is_pressed_ || item.is_depressed;
  if (!item.is_plain || is_hovered_ || is_on) {
    background(rect, is_on                            ? theme_.accent
                     : is_hovered_ && item.is_enabled ? theme_.field_hover
                                                      : theme_.field);
  }
  painter_.setPen(is_on ? theme_.text_on_accent : ink(item));
  const bool opens = item.kind != Kind::Button;
  const bool is_narrow = rect.width() < theme_.row * 1.5;
  const QRectF inner = picture(item, rect, !item.text.empty());
  text(inner.adjusted(is_narrow ? 0 : 6, 0, is_narrow ? 0 : -6, 0), Qt::AlignHCenter,
       with_icon(item, item.text) + (opens ? is_narrow && item.text.empty() && *icon_sign(item.icon)
                                                 ? QString()
                                             : item.text.empty() ? QStringLiteral("▾")
                                                                 : QStringLiteral("  ▾")
                                           : QString()));
}

void LayoutPainter::list(const PlacedItem& placed, const QRectF& rect) {
  const LayoutItem& item = *placed.item;
  if (placed.field == Field::Filter) {
    painter_.setPen(theme_.text_dim);
    const QString order = item.is_depressed ? QStringLiteral("A-Z") : QStringLiteral("a-z");
    text(rect.adjusted(6, 0, -40, 0), Qt::AlignLeft,
         item.filter.empty() ? QStringLiteral("⌕  Filter")
                             : QString::fromStdString("⌕  " + item.filter));
    painter_.setPen(item.is_depressed ? theme_.accent : theme_.text_dim);
    text(QRectF(rect.right() - 36, rect.y(), 32, rect.height()), Qt::AlignRight, order);
    return;
  }
  background(rect, theme_.area);
  const int total = int(item.children.size()), seen = std::clamp(item.count, 1, 30);
  if (total > seen) {
    const double height = rect.height() - 6;
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(theme_.text_dim);
    painter_.drawRoundedRect(QRectF(rect.right() - 4, rect.y() + 3 + height * placed.index / total,
                                    2.5, std::max(8.0, height * seen / total)),
                             1, 1);
  }
  if (total == 0) {
    painter_.setPen(theme_.text_dim);
    text(rect, Qt::AlignHCenter,
         item.filter.empty() ? QStringLiteral("empty") : QStringLiteral("nothing fits"));
  }
}

void LayoutPainter::number(const PlacedItem& placed, const QRectF& rect) {
  const Property& p = *placed.item->property;
  background(rect, field_color(placed));
  if (is_slider(p)) {
    const double share =
        std::clamp((values_.number(placed) - p.soft_min) / (p.soft_max - p.soft_min), 0.0, 1.0);
    if (share > 0.0) {
      painter_.save();
      painter_.setClipRect(QRectF(rect.x(), rect.y(), rect.width() * share, rect.height()));
      background(rect, theme_.slider);
      painter_.restore();
    }
  }
  painter_.setPen(values_.is_editable(*placed.item) ? ink(*placed.item) : theme_.text_dim);
  const QString shown = QString::fromStdString(values_.text(placed));
  const QRectF inner = rect.adjusted(8, 0, -8, 0);
  if (!placed.label.empty() && placed.label_rect.width <= 0) {
    text(QRectF(inner.x(), inner.y(), inner.width() * 0.6, inner.height()), Qt::AlignLeft,
         QString::fromStdString(placed.label));
    text(inner, Qt::AlignRight, shown);
  } else {
    text(inner, Qt::AlignHCenter, shown);
  }
}

void LayoutPainter::color(const PlacedItem& placed, const QRectF& rect) {
  const std::optional<Value> value = values_.value(placed);
  float4 c{0, 0, 0, 1};
  if (value && value->as_numbers().size() >= 3) {
    for (std::size_t i = 0; i < std::min<std::size_t>(4, value->as_numbers().size()); ++i) {
      c[int(i)] = float(value->as_numbers()[i]);
    }
  }
  const bool is_linear = placed.item->property->subtype == Subtype::Color;
  const auto shown = [&](float v) {
    return std::clamp(is_linear ? linear_to_srgb(std::max(0.0f, v)) : v, 0.0f, 1.0f);
  };
  background(rect, QColor::fromRgbF(shown(c.x), shown(c.y), shown(c.z)));
  painter_.setPen(QPen(is_hovered_ ? theme_.text_dim : theme_.border, 1));
  painter_.setBrush(Qt::NoBrush);
  painter_.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme_.radius, theme_.radius);
}

void LayoutPainter::check(const PlacedItem& placed, const QRectF& rect) {
  const bool is_on = values_.is_on(placed);
  const QRectF box(rect.x() + 1, rect.center().y() - 8, 16, 16);
  painter_.setPen(theme_.is_dark ? QPen(Qt::NoPen) : QPen(theme_.border, 1));
  painter_.setBrush(is_on ? theme_.accent : field_color(placed));
  painter_.drawRoundedRect(box, 3, 3);
  if (is_on) {
    painter_.setPen(QPen(theme_.text_on_accent, 2));
    painter_.drawLine(box.topLeft() + QPointF(3.5, 8), box.topLeft() + QPointF(6.5, 11.5));
    painter_.drawLine(box.topLeft() + QPointF(6.5, 11.5), box.topLeft() + QPointF(12.5, 4.5));
  }
  painter_.setPen(ink(*placed.item));
  text(rect.adjusted(24, 0, 0, 0), Qt::AlignLeft, QString::fromStdString(placed.label));
}

void LayoutPainter::part(const PlacedItem& placed, const QRectF& rect) {
  const DataBlock* block = values_.block(placed);
  const auto which = BlockPart(placed.index);
  const bool is_fake = block && block->use_fake_user;
  QString shown;
  switch (which) {
    case BlockPart::Users: {
      const int users = block ? values_.session().document().users(block->id) : 0;
      shown = users > 1 ? QString::number(users) : QString();
      break;
    }
    case BlockPart::FakeUser:
      shown = block ? QStringLiteral("F") : QString();
      break;
    case BlockPart::New:
      shown = block ? QStringLiteral("❐") : QStringLiteral("+");
      break;
    case BlockPart::Unlink:
      shown = block && !placed.item->property->is_never_none ? QStringLiteral("✕") : QString();
      break;
  }
  if (shown.isEmpty()) {
    return;
  }
  const bool is_on = which == BlockPart::FakeUser && is_fake;
  background(rect.adjusted(1, 0, 0, 0), is_on         ? theme_.accent
                                        : is_hovered_ ? theme_.field_hover
                                                      : theme_.field);
  painter_.setPen(is_on ? theme_.text_on_accent : theme_.text);
  painter_.drawText(rect, Qt::AlignCenter, shown);
}

void LayoutPainter::field(const PlacedItem& placed, const QRectF& rect) {
  const LayoutItem& item = *placed.item;
  switch (placed.field) {
    case Field::Number:
      number(placed, rect);
      return;
    case Field::Text:
    case Field::Enum:
    case Field::Pointer: {
      const bool chooses = placed.field != Field::Text || item.has_candidates;
      if (!item.is_plain || is_hovered_) {
        background(rect, field_color(placed));
      }
      QString shown = QString::fromStdString(values_.text(placed));
      const bool is_none = shown.isEmpty() && placed.field == Field::Pointer;
      painter_.setPen(is_none || !values_.is_editable(item) ? theme_.text_dim : ink(item));
      if (!placed.label.empty() && placed.label_rect.width <= 0 && !item.is_plain) {
        shown = QString::fromStdString(placed.label) + QStringLiteral("  ") + shown;
      }
      text(rect.adjusted(item.is_plain ? 2 : 8, 0, chooses && !item.is_plain ? -22 : -4, 0),
           Qt::AlignLeft, is_none ? QStringLiteral("None") : with_icon(item, shown.toStdString()));
      if (chooses && !item.is_plain) {
        chevron(rect);
      }
      return;
    }
    case Field::EnumItem:
    case Field::Toggle: {
      const bool is_on = values_.is_on(placed);
      if (!item.is_plain || is_on || is_hovered_) {
        background(rect, is_on ? theme_.accent : field_color(placed));
      }
      painter_.setPen(is_on ? theme_.text_on_accent : ink(item));
      text(rect.adjusted(2, 0, -2, 0), Qt::AlignHCenter, with_icon(item, placed.label));
      return;
    }
    case Field::Color:
      color(placed, rect);
      return;
    case Field::Check:
      check(placed, rect);
      return;
    case Field::Part:
      part(placed, rect);
      return;
    default:
      return;
  }
}

void LayoutPainter::paint(const PlacedItem& placed, bool is_hovered, bool is_pressed) {
  is_hovered_ = is_hovered;
  is_pressed_ = is_pressed;
  const LayoutItem& item = *placed.item;
  const QRectF rect = to_qrect(placed.rect);
  if (placed.field == Field::Row) {
    if (item.is_active || is_hovered) {
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(item.is_active ? theme_.accent_dim : theme_.field);
      painter_.drawRoundedRect(rect, theme_.radius, theme_.radius);
    }
    return;
  }
  if (placed.label_rect.width > 0 && item.kind == Kind::Property) {
    painter_.setPen(item.is_warning ? theme_.warning : theme_.text_dim);
    text(to_qrect(placed.label_rect), Qt::AlignRight, QString::fromStdString(placed.label));
  }
  switch (item.kind) {
    case Kind::Box:
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(theme_.panel.darker(theme_.is_dark ? 112 : 104));
      painter_.drawRoundedRect(rect, theme_.radius, theme_.radius);
      return;
    case Kind::Panel:
      panel(placed, rect);
      return;
    case Kind::List:
      list(placed, rect);
      return;
    case Kind::Picture:
      if (const QImage image = picture_of(item); !image.isNull()) {
        QRectF place(QPointF(0, 0), QSizeF(image.size()).scaled(rect.size(), Qt::KeepAspectRatio));
        place.moveCenter(rect.center());
        painter_.setRenderHint(QPainter::SmoothPixmapTransform);
        painter_.drawImage(place, image);
      }
      return;
    case Kind::Label:
      painter_.setPen(item.is_warning ? theme_.warning : theme_.text_dim);
      text(picture(item, rect, !item.text.empty()).adjusted(4, 0, -4, 0),
           item.is_centered ? Qt::AlignHCenter : Qt::AlignLeft, with_icon(item, item.text));
      return;
    case Kind::Button:
    case Kind::Menu:
    case Kind::Popover:
      button(placed, rect);
      return;
    case Kind::Property:
      field(placed, rect);
      return;
    default:
      return;
  }
}

}  // namespace kiln::editor
