#include "editor/window/window_menus.h"

#include <QDesktopServices>
#include <QMenu>
#include <QUrl>

#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

void add_all(QMenu& menu, EditorContext& context, std::initializer_list<const char*> commands) {
  for (const char* command : commands) {
    if (*command == '\0') {
      menu.addSeparator();
    } else if (context.commands.find(command) || context.session.operators().find(command)) {
      add_menu_item(menu, context, command);
    }
  }
}

void add_files(QMenu& menu, EditorContext& context, const char* word) {
  for (const auto& type : context.session.operators().all()) {
    if (runs_beside(*type) && type->identifier.find(word) != std::string::npos) {
      std::string label = type->label;
      for (const char* verb : {"Import ", "Export "}) {
        label = label.starts_with(verb) ? label.substr(7) : label;
      }
      add_menu_item(menu, context, type->identifier, {}, label);
    }
  }
}

void add_recent(QMenu& menu, EditorContext& context) {
  for (const Path& path : context.recent.paths()) {
    QAction* action =
        menu.addAction(QString::fromStdString(path.filename().string()), [&context, path] {
          context.invoke("wm.open_mainfile", {{"filepath", Value(path.string())}});
        });
    action->setToolTip(QString::fromStdString(path.string()));
  }
  menu.setToolTipsVisible(true);
  if (menu.isEmpty()) {
    menu.addAction(QStringLiteral("No recent files"))->setEnabled(false);
  }
}

void fill_file(QMenu& menu, EditorContext& context) {
  add_all(menu, context, {"wm.read_homefile", "wm.open_mainfile"});
  add_named_menu(menu, context, "Open Recent", "TOPBAR_MT_file_open_recent");
  add_all(menu, context, {"wm.revert_mainfile"});
  add_named_menu(menu, context, "Recover", "TOPBAR_MT_file_recover");
  menu.addSeparator();
  add_all(menu, context, {"wm.save_mainfile", "wm.save_as_mainfile"});
  menu.addSeparator();
  add_named_menu(menu, context, "Import", "TOPBAR_MT_file_import");
  add_named_menu(menu, context, "Export", "TOPBAR_MT_file_export");
  menu.addSeparator();
  add_named_menu(menu, context, "Defaults", "TOPBAR_MT_file_defaults");
  menu.addSeparator();
  add_all(menu, context, {"wm.quit_blender"});
}

void add_lock_object_mode(QMenu& menu, Session& session) {
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  const Property& property = *ToolSettings::schema().property("lock_object_mode");
  const Handle owner{scene->id, {PathStep{Scene::schema().property("tool_settings")}}};
  QAction* action = menu.addAction(
      QString::fromStdString(property.label),
      [&session, owner, &property](bool is_on) { session.set(owner, property, Value(is_on)); });
  action->setCheckable(true);
  action->setChecked(scene->tool_settings.lock_object_mode);
}

}  // namespace

bool fill_window_menu(const std::string& name, QMenu& menu, EditorContext& context) {
  if (name == "TOPBAR_MT_file") {
    fill_file(menu, context);
  } else if (name == "TOPBAR_MT_file_open_recent") {
    add_recent(menu, context);
  } else if (name == "TOPBAR_MT_file_recover") {
    add_all(menu, context, {"wm.recover_last_session"});
  } else if (name == "TOPBAR_MT_file_defaults") {
    add_all(menu, context, {"wm.save_homefile", "wm.read_factory_settings"});
  } else if (name == "TOPBAR_MT_file_import") {
    add_files(menu, context, "import");
  } else if (name == "TOPBAR_MT_file_export") {
    add_files(menu, context, "export");
  } else if (name == "TOPBAR_MT_edit") {
    add_all(menu, context,
            {"ed.undo", "ed.redo", "ed.undo_history", "", "screen.redo_last", "screen.repeat_last",
             "", "view3d.copybuffer", "view3d.pastebuffer", "", "wm.search_menu", ""});
    add_lock_object_mode(menu, context.session);
    add_all(menu, context, {"", "screen.userpref_show"});
  } else if (name == "TOPBAR_MT_render") {
    add_all(menu, context, {"render.render", "render.view_show", "", "render.cancel"});
  } else if (name == "TOPBAR_MT_help") {
    add_all(menu, context, {"wm.splash", ""});
    menu.addAction(QStringLiteral("Kiln 0.1.0, Python interface of 3.4.1"))->setEnabled(false);
  } else {
    return false;
  }
  return true;
}

}  // namespace kiln::editor
