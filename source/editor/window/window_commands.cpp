#include "editor/window/window_commands.h"

#include "document/playback_range.h"
#include "editor/search/search_popup.h"
#include "editor/window/commands.h"
#include "editor/window/history_popup.h"
#include "editor/window/main_window.h"
#include "editor/window/playback.h"
#include "editor/window/redo_popup.h"
#include "editor/window/script_host.h"
#include "editor/window/splash.h"

namespace kiln::editor {
namespace {

using Reason = std::optional<std::string>;

Reason unless(bool is_possible, const char* reason) {
  return is_possible ? std::nullopt : Reason(reason);
}

void add_history(EditorContext& context, MainWindow& window) {
  Session& session = context.session;
  Commands& commands = context.commands;
  commands.add(
      {"ed.undo", "Undo", [&](const OperatorSettings&) { session.undo(); },
       [&] { return unless(session.project().undo.can_undo(), "there is nothing to undo"); }});
  commands.add(
      {"ed.redo", "Redo", [&](const OperatorSettings&) { session.redo(); },
       [&] { return unless(session.project().undo.can_redo(), "there is nothing to redo"); }});
  commands.add({"ed.undo_history", "Undo History",
                [&](const OperatorSettings&) { (new HistoryPopup(context, &window))->show(); }});
  commands.add({"screen.redo_last", "Adjust Last Operation",
                [&](const OperatorSettings&) {
                  if (!window.scripts() || !window.scripts()->show_redo()) {
                    (new RedoPopup(context, &window))->show();
                  }
                },
                [&] {
                  return unless(session.last_operation(),
                                "the last step has no settings to change");
                }});
  commands.add({"screen.repeat_last", "Repeat Last",
                [&](const OperatorSettings&) { session.do_again(); },
                [&] { return unless(session.last_operation(), "there is nothing to repeat"); }});
  commands.add({"wm.search_menu", "Search",
                [&](const OperatorSettings&) { (new SearchPopup(context, &window))->show(); }});
}

void add_render(EditorContext& context, MainWindow& window) {
  Commands& commands = context.commands;
  RenderJob& render = context.render;
  commands.add({"render.render", "Render Image", [&](const OperatorSettings&) { render.start(); },
                [&] { return unless(!render.is_running(), "a render is running"); }});
  commands.add({"render.cancel", "Cancel Render", [&](const OperatorSettings&) { render.cancel(); },
                [&] { return unless(render.is_running(), "no render is running"); }});
  commands.add({"render.view_show", "Show Render",
                [&](const OperatorSettings&) { window.show_editor("IMAGE_EDITOR"); }});
}

void add_areas(EditorContext& context, MainWindow& window) {
  Commands& commands = context.commands;
  commands.add({"screen.screen_full_area", "Maximize Area", [&](const OperatorSettings&) {
                  if (AreaWidget* area = window.screen()->active_area()) {
                    window.screen()->toggle_maximized(area->id());
                  }
                }});
  commands.add(
      {"screen.space_type_set_or_cycle", "Change Editor", [&](const OperatorSettings& settings) {
         const Value* type = find_setting(settings, "space_type");
         AreaWidget* area = window.screen()->active_area();
         if (type && area && window.editors().find(type->as_string())) {
           Q_EMIT area->editor_chosen(area->id(), QString::fromStdString(type->as_string()));
         }
       }});
  const auto add_of_bar = [&](const char* name, const char* label, bool AreaBar::*what) {
    commands.add({name, label, [&window, what](const OperatorSettings&) {
                    if (const AreaWidget* area = window.screen()->active_area()) {
                      AreaBar bar = area->bar();
                      bar.*what = !(bar.*what);
                      window.screen()->set_bar(area->id(), bar);
                    }
                  }});
  };
  add_of_bar("screen.header_toggle_menus", "Expand or Collapse Menus", &AreaBar::has_menus);
  add_of_bar("screen.region_flip", "Flip Bar", &AreaBar::is_below);
  commands.add({"screen.workspace_cycle", "Next Workspace", [&](const OperatorSettings& settings) {
                  const Value* direction = find_setting(settings, "direction");
                  const int count = int(window.workspaces().list.size());
                  const int step = direction && direction->as_string() == "PREV" ? count - 1 : 1;
                  window.set_workspace((window.workspaces().active + step) % count);
                }});
  commands.add({"wm.theme", "Toggle Dark and Light Theme", [&](const OperatorSettings& settings) {
                  // After colors were changed the theme stays the same one.
                  const Value* keeps = find_setting(settings, "keeps");
                  window.set_theme((keeps && keeps->as_bool()) == context.theme.is_dark);
                }});
  commands.add({"wm.splash", "Splash Screen",
                [&](const OperatorSettings&) { (new Splash(context, &window))->show(); }});
  commands.add({"wm.window_fullscreen_toggle", "Toggle Full Screen", [&](const OperatorSettings&) {
                  window.setWindowState(window.windowState() ^ Qt::WindowFullScreen);
                }});
  commands.add({"wm.quit_blender", "Quit", [&](const OperatorSettings&) { window.close(); }});
}

void add_playback(EditorContext& context, Playback& playback) {
  Commands& commands = context.commands;
  Session& session = context.session;
  commands.add(
      {"screen.frame_offset", "Next or Previous Frame", [&](const OperatorSettings& settings) {
         const Value* delta = find_setting(settings, "delta");
         playback.set_frame(int(session.frame()) + (delta ? int(delta->as_int()) : 1));
       }});
  commands.add({"screen.frame_jump", "Jump to Start or End", [&](const OperatorSettings& settings) {
                  const Scene* scene = session.scene();
                  const Value* end = find_setting(settings, "end");
                  if (scene) {
                    const FrameRange range = playback_range(*scene);
                    playback.set_frame(end && end->as_bool() ? range.last : range.first);
                  }
                }});
  commands.add({"screen.animation_play", "Play Animation", [&](const OperatorSettings& settings) {
                  const Value* reverse = find_setting(settings, "reverse");
                  playback.toggle(reverse && reverse->as_bool());
                }});
  commands.add({"screen.animation_cancel", "Stop Animation",
                [&](const OperatorSettings&) { playback.cancel(); }});
}

}  // namespace

void add_window_commands(EditorContext& context, MainWindow& window, Playback& playback) {
  add_history(context, window);
  add_render(context, window);
  add_areas(context, window);
  add_playback(context, playback);
}

}  // namespace kiln::editor
