#pragma once

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>
#include <vector>

#include "editor/layout/field_values.h"

namespace kiln::editor {

struct EditorContext;

/// Up to eight choices around the mouse: the direction chooses, a click, Enter or the release of
/// the key that opened it confirms.
class PiePopup : public QDialog {
  Q_OBJECT
public:
  /// `pie` holds buttons, menus and properties, in the order west, east, south, north, north-west,
  /// north-east, south-west, south-east; separators leave places empty.
  PiePopup(EditorContext& context, const QString& title, const LayoutItem& pie, QWidget* parent);
  /// For tests: the choices, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;

private:
  struct Entry {
    LayoutItem item;
    PlacedItem::Field field = PlacedItem::Field::None;
    QString text;
    QRect rect;      ///< at its place
    QPointF center;  ///< of `rect`, from the middle of the widget
  };
  void add(const LayoutItem& item, std::size_t& place);
  /// Puts the choices on their way from the middle, at 1 to their places.
  void grow(double share);
  /// What directions count from now.
  QPointF center() const;
  int entry_towards(QPointF at) const;
  void choose(int entry);

  EditorContext& context_;
  DocumentAccess access_;
  FieldValues values_;
  QString title_;
  std::vector<Entry> entries_;
  int chosen_ = -1;
  int side_ = 0;        ///< of the widget, a square
  QPointF opened_at_;   ///< where the mouse was, in this widget
  int initial_ms_ = 0;  ///< directions count from there for so long
  int growing_ms_ = 0;  ///< choices take so long to their places
  QTimer growing_;
  double radius_ = 0.0;           ///< from its middle to the choices
  double threshold_ = 0.0;        ///< nearer to the middle nothing is chosen
  double confirm_ = 0.0;          ///< so far beyond that a choice needs no click; 0: never
  int tap_ms_ = 0;                ///< a key that is held longer was not just tapped
  QElapsedTimer held_;            ///< since it opened
  bool is_pressed_anew_ = false;  ///< a key went down since it opened
};

}  // namespace kiln::editor
