#pragma once

#include <QWidget>

#include "editor/screen/screen_tree.h"
#include "editor/window/editor.h"

class QHBoxLayout;
class QToolButton;

namespace kiln::editor {

/// One area: a bar with the choice of the editor, and the editor.
class AreaWidget : public QWidget {
  Q_OBJECT
public:
  AreaWidget(EditorContext& context, const EditorRegistry& editors, AreaId id, QWidget* parent);

  AreaId id() const { return id_; }
  const std::string& editor_type() const { return type_; }
  Editor* editor() const { return editor_; }
  /// True when it made a new editor.
  bool set_editor(const std::string& type);
  /// Names for tests: "editor_menu", "corner", and those of the editor, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

Q_SIGNALS:
  void editor_chosen(AreaId area, const QString& type);
  /// The handle in the bar was dragged; places are global.
  void corner_dragged(AreaId area, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers,
                      bool is_over);
  void menu_wanted(AreaId area, QPoint at);

protected:
  void paintEvent(QPaintEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

private:
  EditorContext& context_;
  const EditorRegistry& editors_;
  AreaId id_;
  std::string type_;
  QWidget* bar_ = nullptr;
  QHBoxLayout* bar_layout_ = nullptr;
  QToolButton* choice_ = nullptr;
  QWidget* corner_ = nullptr;
  Editor* editor_ = nullptr;
  Connection theme_connection_;
};

}  // namespace kiln::editor
