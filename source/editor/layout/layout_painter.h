#pragma once

#include <QImage>
#include <QRectF>

#include "editor/layout/field_values.h"

class QPainter;

namespace kiln::editor {

struct Theme;

QRectF to_qrect(const LayoutRect& rect);

/// The picture of an item; null where it has none. Shares the pixels, so it is no longer lived than
/// the item.
QImage picture_of(const LayoutItem& item);

/// Paints the items of a placed layout.
class LayoutPainter {
public:
  LayoutPainter(QPainter& painter, const Theme& theme, const FieldValues& values)
      : painter_(painter), theme_(theme), values_(values) {}
  void paint(const PlacedItem& placed, bool is_hovered, bool is_pressed);

private:
  void background(const QRectF& rect, const QColor& color);
  void text(const QRectF& rect, int flags, const QString& shown);
  void chevron(const QRectF& rect);
  /// Draws the picture of an item at the left, or in the middle where there is no text; what is
  /// left of the rectangle.
  QRectF picture(const LayoutItem& item, const QRectF& rect, bool has_text);
  void panel(const PlacedItem& placed, const QRectF& rect);
  void button(const PlacedItem& placed, const QRectF& rect);
  void list(const PlacedItem& placed, const QRectF& rect);
  void field(const PlacedItem& placed, const QRectF& rect);
  void number(const PlacedItem& placed, const QRectF& rect);
  void color(const PlacedItem& placed, const QRectF& rect);
  void check(const PlacedItem& placed, const QRectF& rect);
  void part(const PlacedItem& placed, const QRectF& rect);
  QColor ink(const LayoutItem& item) const;
  QColor field_color(const PlacedItem& placed) const;

  QPainter& painter_;
  const Theme& theme_;
  const FieldValues& values_;
  bool is_hovered_ = false, is_pressed_ = false;
};

}  // namespace kiln::editor
