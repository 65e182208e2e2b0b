#include "editor/window/menus.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>

#include "core/script_panels.h"
#include "editor/layout/layout_painter.h"
#include "editor/layout/layout_view.h"
#include "editor/layout/script_layout.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

// A field in a menu, with what it needs to live as long as the menu.
class FieldAction : public QWidgetAction {
public:
  FieldAction(QMenu& menu, EditorContext& context, const LayoutItem& item)
      : QWidgetAction(&menu), access_(context.session) {
    LayoutItem root;
    root.add(item);
    auto* view = new LayoutView(
        context, [root] { return root; }, access_, &menu);
    view->setMinimumWidth(240);
    setDefaultWidget(view);
  }

private:
  DocumentAccess access_;
};

void add_property(QMenu& menu, EditorContext& context, const LayoutItem& item) {
  const Property& p = *item.property;
  const auto access = std::make_shared<DocumentAccess>(context.session);
  const FieldValues values(context.session, *access);
  const auto add_switch = [&](const LayoutItem& shown, Field field, const std::string& text) {
    QAction* action = menu.addAction(QString::fromStdString(text));
    action->setCheckable(true);
    action->setChecked(values.is_on({&shown, {}, {}, {}, field}));
    action->setEnabled(values.is_editable(shown));
    QObject::connect(action, &QAction::triggered, &menu, [&context, access, shown, field] {
      FieldValues(context.session, *access).toggle({&shown, {}, {}, {}, field});
    });
  };
  const std::string label = item.text.empty() ? p.label : item.text;
  if (p.type == PropertyType::Boolean && !p.is_array()) {
    add_switch(item, Field::Check, label);
  } else if (p.type == PropertyType::Enum && !item.item.empty()) {
    add_switch(item, Field::EnumItem, label);
  } else if (p.type == PropertyType::Enum && item.is_expanded) {
    for (const EnumItem& choice : values.items(item)) {
      LayoutItem one = item;
      one.item = choice.identifier;
      add_switch(one, Field::EnumItem, choice.label);
    }
  } else if (p.type == PropertyType::Enum) {
    LayoutItem all = item;
    all.is_expanded = true;
    LayoutItem inner{.kind = Kind::Menu, .text = label};
    inner.add(all);
    fill_menu(*menu.addMenu(QString::fromStdString(label)), context, inner);
  } else {
    menu.addAction(new FieldAction(menu, context, item));
  }
}

void set_picture(QAction& action, const LayoutItem& item) {
  if (item.picture) {
    action.setIcon(QPixmap::fromImage(picture_of(item)));
    action.setIconVisibleInMenu(true);
  }
}

void add_button(QMenu& menu, EditorContext& context, const LayoutItem& item) {
  if (!item.action) {
    QAction* action = add_menu_item(menu, context, item.command, item.settings, item.text);
    action->setEnabled(action->isEnabled() && item.is_enabled);
    set_picture(*action, item);
    return;
  }
  QAction* action = menu.addAction(QString::fromStdString(item.text), item.action);
  action->setEnabled(item.is_enabled);
  action->setToolTip(QString::fromStdString(item.tip));
}

}  // namespace

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

QToolButton* add_header_menu(QHBoxLayout& header, EditorContext& context, const QString& title,
                             const std::string& name) {
  return add_header_menu(header, title, [&context, name](QMenu& menu) {
    static_cast<void>(fill_named_menu(menu, context, name));
  });
}

void fill_menu(QMenu& menu, EditorContext& context, const LayoutItem& item) {
  if (item.kind == Kind::Menu && !item.name.empty()) {
    if (!fill_named_menu(menu, context, item.name)) {
      menu.addAction(QString::fromStdString("Menu \"" + item.name + "\" not found"))
          ->setEnabled(false);
    }
    return;
  }
  for (const LayoutItem& child : item.children) {
    switch (child.kind) {
      case Kind::Button:
        add_button(menu, context, child);
        break;
      case Kind::Label: {
        QAction* action = menu.addAction(QString::fromStdString(
            child.is_warning ? std::string("⚠  ") + child.text : child.text));
        action->setEnabled(false);
        set_picture(*action, child);
        break;
      }
      case Kind::Property:
        add_property(menu, context, child);
        break;
      case Kind::Separator:
        menu.addSeparator();
        break;
      case Kind::Menu:
        if (!child.name.empty()) {
          add_named_menu(menu, context, child.text, child.name);
        } else {
          QMenu& inner = *menu.addMenu(QString::fromStdString(child.text));
          set_picture(*inner.menuAction(), child);
          fill_menu(inner, context, child);
        }
        break;
      case Kind::Popover:
        menu.addAction(QString::fromStdString(child.text),
                       [&context, name = child.name] { context.show_panel(name, QCursor::pos()); });
        break;
      case Kind::Native:
        if (context.fill_native_menu) {
          context.fill_native_menu(child.name, menu);
        }
        break;
      case Kind::List:
      case Kind::Spacer:
        break;
      default:
        fill_menu(menu, context, child);
        break;
    }
  }
}

bool fill_named_menu(QMenu& menu, EditorContext& context, const std::string& name) {
  auto* panels = context.session.services().find<ScriptPanels>();
  const std::optional<ScriptPanel> drawn = panels ? panels->draw_menu(name) : std::nullopt;
  if (!drawn) {
    return context.fill_native_menu && context.fill_native_menu(name, menu);
  }
  LayoutItem root;
  root.add(from_script(drawn->content, context.session));
  fill_menu(menu, context, root);
  return true;
}

QMenu* add_named_menu(QMenu& menu, EditorContext& context, const std::string& title,
                      const std::string& name) {
  QMenu* inner = menu.addMenu(QString::fromStdString(title));
  QObject::connect(inner, &QMenu::aboutToShow, inner, [inner, &context, name] {
    if (inner->isEmpty() && !fill_named_menu(*inner, context, name)) {
      inner->addAction(QStringLiteral("nothing here"))->setEnabled(false);
    }
  });
  return inner;
}

void add_script_items(QMenu& menu, EditorContext& context, const std::string& name) {
  auto* panels = context.session.services().find<ScriptPanels>();
  const std::optional<ScriptPanel> drawn = panels ? panels->draw_menu(name) : std::nullopt;
  if (!drawn) {
    return;
  }
  LayoutItem root;
  for (const ScriptLayoutItem& child : drawn->content.children) {
    if (child.kind != ScriptLayoutItem::Kind::Native) {
      root.add(from_script(child, context.session));
    }
  }
  if (!root.children.empty()) {
    menu.addSeparator();
    fill_menu(menu, context, root);
  }
}

}  // namespace kiln::editor
