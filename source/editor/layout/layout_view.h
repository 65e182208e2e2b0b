#pragma once

#include <QWidget>
#include <functional>

#include "editor/layout/field_menus.h"
#include "editor/layout/layout.h"
#include "editor/layout/value_access.h"

class QLineEdit;

namespace kiln::editor {

class PlotField;
struct EditorContext;
struct KeyStroke;

/// Draws a layout tree and edits the values in it: numbers by dragging and typing, texts, check
/// boxes, enumerations, colors, data-blocks and lists. The tree is asked for again whenever the
/// document changes.
class LayoutView : public QWidget {
  Q_OBJECT
public:
  using Make = std::function<LayoutItem()>;
  LayoutView(EditorContext& context, Make make, ValueAccess& access, QWidget* parent = nullptr);
  ~LayoutView() override;

  /// Asks for the tree again.
  void rebuild();
  /// Whether the content of a panel is seen.
  bool is_open(const LayoutItem& panel) const;
  /// Rows without a margin, as high as headers have place for.
  void fit_header();
  /// Copies, pastes or resets the value under the mouse; false for other keys.
  bool key(const KeyStroke& stroke);
  int heightForWidth(int width) const override;
  bool hasHeightForWidth() const override { return true; }
  QSize sizeHint() const override;
  /// For tests: fields by "label" (of arrays "label index") and buttons by their text.
  std::vector<std::pair<std::string, QRect>> named_places() const;

Q_SIGNALS:
  /// A value was changed, or a button has run.
  void used();

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void place();
  /// Puts plots where the layout has them.
  void place_plots();
  int item_at(QPointF at) const;
  void click(int placed);
  void click_field(int placed);
  void run(const LayoutItem& item);
  void edit_as_text(int placed);
  void edit_filter(int placed);
  void finish_text(bool is_kept);
  QPoint below(const PlacedItem& placed) const;

  EditorContext& context_;
  Make make_;
  FieldValues values_;
  FieldMenus menus_;
  LayoutItem root_;
  PlacedLayout placed_;
  LayoutMeasures measures_;
  OpenPanels open_;
  ListOffsets offsets_;
  int hovered_ = -1, pressed_ = -1;
  QPointF press_;
  bool is_dragging_ = false;
  double drag_start_ = 0.0;
  float drag_pixels_ = 0.0f;
  QPointF drag_last_;
  std::uint64_t merge_key_ = 0;
  QLineEdit* text_ = nullptr;
  LayoutItem text_item_;
  int text_index_ = -1;
  std::vector<std::unique_ptr<PlotField>> plots_;  ///< in the order of the layout
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
