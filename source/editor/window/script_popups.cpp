#include <QCursor>
#include <QFileDialog>
#include <QMenu>

#include "editor/layout/choice_popup.h"
#include "editor/layout/layout_popup.h"
#include "editor/layout/pie_popup.h"
#include "editor/layout/script_layout.h"
#include "editor/window/main_window.h"
#include "editor/window/menus.h"
#include "editor/window/script_host.h"

namespace kiln::editor {
namespace {

const LayoutItem* find_pie(const LayoutItem& item) {
  if (item.kind == LayoutItem::Kind::Pie) {
    return &item;
  }
  for (const LayoutItem& child : item.children) {
    if (const LayoutItem* found = find_pie(child)) {
      return found;
    }
  }
  return nullptr;
}

}  // namespace

void ScriptHost::show_popup(const ScriptRequest& request, bool has_buttons) {
  const int token = request.token;
  const std::optional<ScriptPanel> first = scripts_.popup_content(token);
  if (!first) {
    return;
  }
  LayoutPopup::Content content;
  content.title = QString::fromStdString(first->title);
  content.width = std::clamp(request.width, 120, 1200);
  content.has_buttons = has_buttons;
  content.make = [this, token] {
    LayoutItem root;
    if (const std::optional<ScriptPanel> drawn = scripts_.popup_content(token)) {
      root.add(from_script(drawn->content, context_.session));
    }
    return root;
  };
  content.changed = [this, token] { end(scripts_.popup_changed(token)); };
  content.done = [this, token](bool is_accepted) {
    end(scripts_.popup_done(token, is_accepted, ""));
  };
  auto* popup = new LayoutPopup(context_, std::move(content), &window_);
  popups_.emplace_back(popup);
  popup->show_at(QCursor::pos() - QPoint(40, 14));
}

void ScriptHost::show_menu(int token) {
  const std::optional<ScriptPanel> drawn = scripts_.popup_content(token);
  if (!drawn) {
    return;
  }
  auto* menu = new QMenu(&window_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (!drawn->title.empty()) {
    menu->addAction(QString::fromStdString(drawn->title))->setEnabled(false);
    menu->addSeparator();
  }
  LayoutItem root;
  root.add(from_script(drawn->content, context_.session));
  fill_menu(*menu, context_, root);
  connect(menu, &QMenu::aboutToHide, this,
          [this, token] { end(scripts_.popup_done(token, true, "")); });
  popups_.emplace_back(menu);
  menu->popup(QCursor::pos());
}

void ScriptHost::show_pie(int token) {
  const std::optional<ScriptPanel> drawn = scripts_.popup_content(token);
  if (!drawn) {
    return;
  }
  const LayoutItem root = from_script(drawn->content, context_.session);
  const LayoutItem* pie = find_pie(root);
  auto* popup =
      new PiePopup(context_, QString::fromStdString(drawn->title), pie ? *pie : root, &window_);
  popups_.emplace_back(popup);
  popup->show();
  end(scripts_.popup_done(token, true, ""));
}

void ScriptHost::show_search(int token) {
  auto* popup = new ChoicePopup(
      context_, QStringLiteral("Search"),
      [choices = scripts_.popup_choices(token)](const QString& text) {
        std::vector<Choice> found;
        for (const auto& [identifier, label] : choices) {
          const QString shown = QString::fromStdString(label);
          if (shown.contains(text, Qt::CaseInsensitive)) {
            found.push_back({shown, {}, true, QString::fromStdString(identifier)});
          }
        }
        return found;
      },
      [this, token](const Choice& choice) {
        end(scripts_.popup_done(token, true, choice.key.toStdString()));
      },
      &window_);
  popups_.emplace_back(popup);
  popup->show();
}

void ScriptHost::choose_file(const ScriptRequest& request) {
  auto* dialog = new QFileDialog(&window_, QString::fromStdString(request.text));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QString glob = QString::fromStdString(request.filter);
  glob.replace(QLatin1Char(';'), QLatin1Char(' '));
  dialog->setNameFilters(
      {QStringLiteral("Wanted files (%1)").arg(glob), QStringLiteral("All files (*)")});
  dialog->setAcceptMode(request.saves ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(request.saves       ? QFileDialog::AnyFile
                      : request.width > 0 ? QFileDialog::ExistingFiles
                                          : QFileDialog::ExistingFile);
  if (!request.name.empty()) {
    dialog->selectFile(QString::fromStdString(request.name));
  }
  connect(dialog, &QDialog::finished, this, [this, dialog, token = request.token](int result) {
    end(scripts_.popup_done(token, result == QDialog::Accepted,
                            dialog->selectedFiles().join(QLatin1Char('\n')).toStdString()));
  });
  popups_.emplace_back(dialog);
  dialog->open();
}

bool ScriptHost::call_menu(const std::string& name) {
  auto* menu = new QMenu(&window_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  prepare();
  if (!fill_named_menu(*menu, context_, name) || menu->isEmpty()) {
    delete menu;
    return false;
  }
  popups_.emplace_back(menu);
  menu->popup(QCursor::pos());
  return true;
}

void ScriptHost::call_pie(const std::string& name) {
  auto* panels = context_.session.services().find<ScriptPanels>();
  prepare();
  const std::optional<ScriptPanel> drawn = panels ? panels->draw_menu(name) : std::nullopt;
  if (!drawn || drawn->is_refused) {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("there is no pie menu \"{}\" here", name));
    return;
  }
  const LayoutItem root = from_script(drawn->content, context_.session);
  const LayoutItem* pie = find_pie(root);
  auto* popup =
      new PiePopup(context_, QString::fromStdString(drawn->title), pie ? *pie : root, &window_);
  popups_.emplace_back(popup);
  popup->show();
}

void ScriptHost::show_panel(const std::string& name, QPoint at) {
  auto* panels = context_.session.services().find<ScriptPanels>();
  prepare();
  const std::optional<ScriptPanel> first = panels ? panels->draw_panel(name) : std::nullopt;
  if (!first || first->is_refused) {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("the panel \"{}\" is not shown here", name));
    return;
  }
  LayoutPopup::Content content;
  content.title = QString::fromStdString(first->title);
  content.width = first->width > 0 ? std::clamp(first->width, 120, 1200) : 260;
  content.make = [this, panels, name] {
    LayoutItem root;
    if (const std::optional<ScriptPanel> drawn = panels->draw_panel(name)) {
      root.add(from_script(drawn->content, context_.session));
      for (const ScriptPanel& inner : drawn->panels) {
        add_script_panel(root, inner, context_.session);
      }
    }
    return root;
  };
  auto* popup = new LayoutPopup(context_, std::move(content), &window_);
  popups_.emplace_back(popup);
  popup->show_at(at);
}

bool ScriptHost::show_redo() {
  Session& session = context_.session;
  const LastOperation* last = session.last_operation();
  const int token = last ? scripts_.open_redo(last->type->identifier, last->settings) : 0;
  const std::optional<ScriptPanel> first = token > 0 ? scripts_.popup_content(token) : std::nullopt;
  if (!first) {
    return false;
  }
  LayoutPopup::Content content;
  content.title = QString::fromStdString(last->type->label);
  content.width = 330;
  content.make = [this, token] {
    LayoutItem root;
    if (const std::optional<ScriptPanel> drawn = scripts_.popup_content(token)) {
      root.add(from_script(drawn->content, context_.session));
    }
    return root;
  };
  content.changed = [this, token] {
    if (context_.session.last_operation()) {
      context_.session.repeat_last(scripts_.popup_settings(token));
    }
  };
  content.done = [this, token](bool is_accepted) {
    end(scripts_.popup_done(token, is_accepted, ""));
  };
  auto* popup = new LayoutPopup(context_, std::move(content), &window_);
  popups_.emplace_back(popup);
  popup->show_at(QCursor::pos() - QPoint(40, 14));
  return true;
}

}  // namespace kiln::editor
