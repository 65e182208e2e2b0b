#pragma once

#include "document/color_ramp.h"
#include "editor/layout/plot_field.h"

namespace kiln::editor {

/// A color ramp: a bar with its colors, and stops below that are dragged. A click beside all stops
/// chooses the nearest; with Ctrl, or two clicks, a new one is there.
class RampField : public PlotField {
public:
  RampField(EditorContext& context, QWidget* parent) : PlotField(context, parent) {}
  PlacedItem::Field field() const override { return PlacedItem::Field::Ramp; }

protected:
  LayoutItem make_fields() const override;
  int picture_height() const override { return 44; }
  bool take(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;
  std::vector<std::pair<std::string, QRect>> handles() const override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
  QRectF bar() const { return QRectF(6, 2, width() - 12, 24); }
  const ColorRamp* ramp() const;
  /// The chosen stop; -1 where there is no ramp.
  std::int64_t active() const;
  std::int64_t nearest(double x) const;
  double place_of(float position) const;
  float position_at(double x) const;
  void add_stop(float position);
  /// Stops stay in order.
  void move_stop(std::int64_t stop, float position, std::uint64_t merge_key);
  void choose(std::int64_t stop);

  ItemId active_ = 0;
  bool is_dragging_ = false;
};

}  // namespace kiln::editor
