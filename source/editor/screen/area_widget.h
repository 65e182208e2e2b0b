#pragma once

#include <QWidget>

#include "editor/screen/screen_tree.h"
#include "editor/window/editor.h"

class QHBoxLayout;
class QToolButton;

namespace kiln::editor {

class ScriptHeader;

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
  void set_bar(const AreaBar& bar);
  const AreaBar& bar() const { return state_; }
  /// Takes over which handles there are.
  void apply_preferences();
  /// Names for tests: "editor_menu", "corner", and those of the editor, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

Q_SIGNALS:
  void editor_chosen(AreaId area, const QString& type);
  /// The handle in the bar was dragged; places are global.
  void corner_dragged(AreaId area, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers,
                      bool is_over);
  void menu_wanted(AreaId area, QPoint at);
  void bar_chosen(AreaId area, const AreaBar& bar);

protected:
  void paintEvent(QPaintEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void place_tab();
  void show_menus();

  EditorContext& context_;
  const EditorRegistry& editors_;
  AreaId id_;
  std::string type_;
  QWidget* bar_ = nullptr;
  QHBoxLayout* bar_layout_ = nullptr;
  QToolButton* choice_ = nullptr;
  QToolButton* all_menus_ = nullptr;  ///< in place of the menus of the bar
  QToolButton* tab_ = nullptr;        ///< brings a hidden bar back
  AreaBar state_;
  QWidget* corner_ = nullptr;
  ScriptHeader* script_header_ = nullptr;
  Editor* editor_ = nullptr;
  Connection theme_connection_;
};

}  // namespace kiln::editor
