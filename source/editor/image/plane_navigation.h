#pragma once

#include <QWidget>
#include <functional>

namespace kiln::editor {

struct Theme;

/// Two round buttons in a corner of a flat view: dragging the one zooms, the other moves.
class PlaneNavigation : public QWidget {
  Q_OBJECT
public:
  struct Actions {
    std::function<void(double factor)> zoom;  ///< about the middle of the view
    std::function<void(QPointF step)> move;   ///< pixels
  };
  PlaneNavigation(const Theme& theme, Actions actions, QWidget* parent);
  /// For tests: "zoom_button" and "pan_button", in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  const Theme& theme_;
  Actions actions_;
  int hovered_ = -1, held_ = -1;  ///< 0: zoom, 1: pan
  QPointF last_;
};

}  // namespace kiln::editor
