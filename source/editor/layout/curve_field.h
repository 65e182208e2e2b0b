#pragma once

#include "document/curve_mapping.h"
#include "editor/layout/plot_field.h"

namespace kiln::editor {

/// Curves that map numbers: points are dragged, a click on the curve adds one. Where there are
/// several curves one is shown at a time.
class CurveField : public PlotField {
public:
  CurveField(EditorContext& context, QWidget* parent) : PlotField(context, parent) {}
  PlacedItem::Field field() const override { return PlacedItem::Field::Curves; }

protected:
  LayoutItem make_fields() const override;
  int picture_height() const override { return 176; }
  bool take(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;
  std::vector<std::pair<std::string, QRect>> handles() const override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

private:
  QRectF area() const { return QRectF(6, 4, width() - 12, picture_height() - 10); }
  const CurveMapping* mapping() const;
  /// The curve that is shown, and the chosen point of it; -1 where there are none.
  std::int64_t curve() const;
  std::int64_t point() const;
  /// What the picture spans: the clipping region, else all points.
  QRectF span() const;
  QPointF place_of(float2 at) const;
  float2 value_at(QPointF at) const;
  void edit_curve(const std::string& label, FunctionRef<void(CurveMap&)> change,
                  std::uint64_t merge_key = 0);
  void add_point(float2 at);
  void paint_curves(QPainter& painter, const CurveMapping& curves) const;

  int chosen_curve_ = -1;  ///< -1: the first to be shown
  ItemId chosen_point_ = 0;
  bool is_dragging_ = false;
};

}  // namespace kiln::editor
