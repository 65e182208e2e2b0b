#pragma once

#include <QAbstractScrollArea>

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
  static constexpr int row_height = 22;
  int row_at(QPoint at) const;
  QRect row_rect(int row) const;
  QRect name_rect(int row) const;
  QRect eye_rect(int row) const;
  QRect render_rect(int row) const;
  void paint_icon(QPainter& painter, const OutlinerRow& row, QRectF rect) const;
  void start_rename(int row);

  EditorContext& context_;
  OutlinerModel& model_;
  int hovered_ = -1, pressed_ = -1, drop_ = -1;
  bool is_dragging_ = false;
  QPoint press_;
  QLineEdit* rename_ = nullptr;
};

/// The scene as a tree.
class OutlinerEditor : public Editor {
  Q_OBJECT
public:
  explicit OutlinerEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Outliner", "Object Mode"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "LMB select  ·  Shift range  ·  Ctrl extend  ·  Double click or F2 rename  ·  Drag onto an "
        "object to parent, onto a collection to move");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;

private:
  void select_hierarchy();
  OutlinerModel model_;
  OutlinerView* view_;
  std::vector<Connection> connections_;
};

void register_outliner(EditorRegistry& registry);

}  // namespace kiln::editor
