#include "editor/window/menus.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include "editor/window/commands.h"
#include "editor/window/editor.h"

namespace kiln::editor {

QAction* add_menu_item(QMenu& menu, EditorContext& context, const std::string& command,
                       const OperatorSettings& settings, const std::string& label) {
  const Command* own = context.commands.find(command);
  const operators::OperatorType* type = own ? nullptr : context.session.operators().find(command);
  const std::string text = !label.empty() ? label : own ? own->label : type ? type->label : command;
  const std::string keys =
      settings.empty() ? context.commands.keymap.strokes_of(command) : std::string();
  QAction* action =
      menu.addAction(QString::fromStdString(text) +
                     (keys.empty() ? QString() : "\t" + QString::fromStdString(keys)));
  const std::optional<std::string> reason = own    ? (own->why_not ? own->why_not() : std::nullopt)
                                            : type ? context.session.why_not(*type)
                                                   : std::nullopt;
  if (reason) {
    action->setEnabled(false);
    action->setToolTip(QString::fromStdString(*reason));
    menu.setToolTipsVisible(true);
  }
  QObject::connect(action, &QAction::triggered,
                   [&context, command, settings] { context.invoke(command, settings); });
  return action;
}

QToolButton* add_header_menu(QHBoxLayout& header, const QString& title,
                             std::function<void(QMenu&)> fill) {
  auto* button = new QToolButton;
  button->setText(title);
  button->setProperty("flat", true);
  button->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button);
  QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, fill = std::move(fill)] {
    menu->clear();
    fill(*menu);
  });
  button->setMenu(menu);
  header.addWidget(button);
  return button;
}

}  // namespace kiln::editor
