#pragma once

#include <QAbstractScrollArea>
#include <optional>

#include "editor/outliner/outliner_model.h"
#include "editor/window/editor.h"

class QLineEdit;

namespace kiln::editor {

/// Draws the rows that can be seen and takes clicks on them.
class OutlinerView : public QAbstractScrollArea {
  Q_OBJECT
public:
  OutlinerView(EditorContext& context, OutlinerModel& model);
  void refresh(bool rows_changed);
  void rename_active();
  /// Scrolls to the active object, opening nothing.
  void show_active();
  /// Whether the mouse is on a collection.
  bool is_on_collection() const;
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  static constexpr int row_height = 22, column_width = 24;
  int row_at(QPoint at) const;
  QRect row_rect(int row) const;
  QRect name_rect(int row) const;
  /// Of the column that is the n-th from the left.
  QRect column_rect(int row, int n) const;
  /// The column at a place; nothing where there is none.
  std::optional<OutlinerColumn> column_at(QPoint at) const;
  void paint_icon(QPainter& painter, const OutlinerRow& row, QRectF rect) const;
  void paint_row(QPainter& painter, int i) const;
  void start_rename(int row);

  EditorContext& context_;
  OutlinerModel& model_;
  int hovered_ = -1, pressed_ = -1, drop_ = -1;
  std::optional<OutlinerColumn> swept_;  ///< column that the mouse goes along with its button down
  bool sweeps_on_ = false;
  std::uint64_t sweep_key_ = 0;
  bool is_dragging_ = false;
  QPoint press_;
  QLineEdit* rename_ = nullptr;
};

/// The sign of a column.
void paint_outliner_switch(QPainter& painter, const Theme& theme, OutlinerColumn column, bool is_on,
                           QPointF center);

}  // namespace kiln::editor
