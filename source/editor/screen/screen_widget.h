#pragma once

#include <QWidget>
#include <map>
#include <optional>

#include "editor/screen/area_widget.h"
#include "editor/screen/screen_tree.h"

namespace kiln::editor {

/// The areas of one workspace and the borders between them, which can be dragged.
class ScreenWidget : public QWidget {
  Q_OBJECT
public:
  ScreenWidget(EditorContext& context, const EditorRegistry& editors, ScreenTree tree,
               QWidget* parent = nullptr);

  const ScreenTree& tree() const { return tree_; }
  AreaWidget* area(AreaId id) const;
  AreaWidget* area_at(QPoint global) const;
  /// The area the mouse was in last.
  AreaWidget* active_area() const;
  void note_mouse(QPoint global);
  std::vector<AreaWidget*> areas() const;
  /// Paints all editors again.
  void update_all();

  void split(AreaId area, ScreenTree::Axis axis, float factor);
  void join(AreaId kept, AreaId taken);
  void swap(AreaId a, AreaId b);
  void set_bar(AreaId area, const AreaBar& bar);
  /// Takes over what the preferences say of areas.
  void apply_preferences();
  void toggle_maximized(AreaId area);
  bool is_maximized() const { return maximized_.has_value(); }

Q_SIGNALS:
  void tree_changed();

protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

private:
  void sync();
  Rect window() const { return {0, 0, width(), height()}; }
  std::optional<ScreenTree::Gap> gap_at(QPoint at) const;
  void corner_dragged(AreaId area, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers,
                      bool is_over);
  void show_area_menu(AreaId area, QPoint at);

  static constexpr int gap_width = 4;
  EditorContext& context_;
  const EditorRegistry& editors_;
  ScreenTree tree_;
  std::map<AreaId, AreaWidget*> areas_;
  std::map<AreaId, Connection> states_;  ///< of the editors
  std::optional<AreaId> maximized_;
  AreaId active_ = 0;
  std::optional<ScreenTree::Gap> dragged_;
  QWidget* preview_ = nullptr;
};

}  // namespace kiln::editor
