#include <algorithm>
#include <utility>

#include "document/window_layout.h"
#include "editor/window/editor.h"
#include "editor/window/main_window.h"
#include "editor/window/playback.h"
#include "editor/window/script_host.h"

namespace kiln::editor {
namespace {

constexpr int header_height = 28;  ///< of areas, as scripts are told

// Panels of scripts may be drawn, and ask for the layout, while the editor that shows them is made.
bool is_whole(const ScreenWidget* screen) {
  if (!screen) {
    return false;
  }
  const std::vector<AreaWidget*> areas = screen->areas();
  return std::all_of(areas.begin(), areas.end(),
                     [](const AreaWidget* area) { return area->editor() != nullptr; });
}

// What is closed is one pixel large.
void fill_regions(ScreenArea& area, const AreaWidget& widget) {
  const std::span<const RegionPlace> places = region_places(widget.editor_type());
  if (area.regions.size() != std::int64_t(places.size()) ||
      area.regions[1].kind != places[1].kind) {
    area.regions.clear();
    for (const RegionPlace& place : places) {
      area.regions.add(ScreenRegion{place.kind, place.alignment, 0, 0, 1, 1, {}});
    }
  }
  const Editor& editor = *widget.editor();
  const int header = std::min(area.height, header_height);
  const auto open = editor.regions();
  for (std::int64_t i = 0; i < area.regions.size(); ++i) {
    ScreenRegion& region = area.regions.edit(i);
    const auto found = std::find_if(open.begin(), open.end(),
                                    [&](const auto& one) { return one.first == region.kind; });
    if (region.kind == "HEADER" && widget.bar().is_shown) {
      region.alignment = widget.bar().is_below ? "BOTTOM" : "TOP";
      region.x = area.x;
      region.y = widget.bar().is_below ? area.y : area.y + area.height - header;
      region.width = area.width;
      region.height = header;
    } else if (found != open.end()) {
      const QRect& rect = found->second;
      region.x = area.x + rect.x();
      region.y = area.y + area.height - 1 - editor.y() - rect.bottom();
      region.width = rect.width();
      region.height = rect.height();
    } else {
      region.x = area.x;
      region.y = area.y;
      region.width = region.height = 1;
    }
    const std::optional<float4> plane =
        region.kind == "WINDOW" ? editor.shown_plane() : std::nullopt;
    region.view = plane.value_or(float4{});
  }
}

}  // namespace

void ScriptHost::exchange() {
  auto* layout = context_.session.services().find<WindowLayout>();
  if (!layout || is_exchanging_ || !is_whole(window_.screen())) {
    return;
  }
  is_exchanging_ = true;
  if (std::exchange(layout->is_edited, false)) {
    if (layout->active_screen != window_.workspaces().active) {
      wanted_workspace_ = layout->active_screen;
      layout->active_screen = window_.workspaces().active;
    }
    take_layout(*layout);
  }
  fill_layout(*layout);
  is_exchanging_ = false;
}

// What scripts wrote goes to the editors. Other kinds of editors come later, in `serve`.
void ScriptHost::take_layout(const WindowLayout& layout) {
  const Screen& screen = layout.screens[layout.active_screen];
  for (std::int64_t i = 0; i < screen.areas.size(); ++i) {
    const ScreenArea& area = screen.areas[i];
    const AreaWidget* widget = window_.screen()->area(AreaId(area.number));
    if (widget && widget->editor() && widget->editor_type() == area.kind && !area.spaces.empty()) {
      widget->editor()->take_space(area.spaces[0]);
    }
    if (widget && !area.spaces.empty()) {
      AreaBar bar = widget->bar();
      bar.is_shown = area.spaces[0].show_region_header;
      bar.has_menus = area.show_menus;
      if (!(bar == widget->bar())) {
        window_.screen()->set_bar(widget->id(), bar);
      }
    }
  }
  window_.apply_screen_settings();
}

void ScriptHost::fill_layout(WindowLayout& layout) {
  const Workspaces& workspaces = window_.workspaces();
  while (layout.screens.size() < std::int64_t(workspaces.list.size())) {
    layout.screens.add(std::make_shared<Screen>());
  }
  while (layout.screens.size() > std::max<std::int64_t>(1, std::int64_t(workspaces.list.size()))) {
    layout.screens.remove(layout.screens.size() - 1);
  }
  for (std::size_t i = 0; i < workspaces.list.size(); ++i) {
    if (layout.screens[std::int64_t(i)].name != workspaces.list[i].name) {
      layout.screens.edit(std::int64_t(i)).name = workspaces.list[i].name;
    }
  }
  if (layout.active_screen != workspaces.active) {
    layout.edit_screen().areas.clear();  // areas are told of the screen that is shown
    layout.active_screen = std::clamp(workspaces.active, 0, int(layout.screens.size()) - 1);
  }
  Screen& screen = layout.edit_screen();
  screen.show_fullscreen = window_.screen()->is_maximized();
  screen.is_animation_playing = window_.playback().is_playing();
  std::vector<const AreaWidget*> widgets;
  for (const AreaWidget* widget : window_.screen()->areas()) {
    if (widget->isVisible() && widget->editor()) {
      widgets.push_back(widget);
    }
  }
  const auto widget_of = [&](const ScreenArea& area) {
    return std::any_of(widgets.begin(), widgets.end(), [&](const AreaWidget* widget) {
      return std::int64_t(widget->id()) == area.number;
    });
  };
  for (std::int64_t i = screen.areas.size() - 1; i >= 0; --i) {
    if (!is_filled_ || !widget_of(screen.areas[i])) {
      screen.areas.remove(i);
    }
  }
  is_filled_ = true;
  const AreaWidget* active = window_.screen()->active_area();
  layout.active_area = -1;
  layout.width = window_.width();
  layout.height = window_.height();
  for (const AreaWidget* widget : widgets) {
    std::int64_t at = 0;
    while (at < screen.areas.size() && screen.areas[at].number != std::int64_t(widget->id())) {
      ++at;
    }
    const bool is_new = at == screen.areas.size();
    ScreenArea& area =
        is_new ? screen.areas.add(std::make_shared<ScreenArea>()) : screen.areas.edit(at);
    if (is_new) {
      told_.erase(std::int64_t(widget->id()));  // of an area of another workspace
      area.number = std::int64_t(widget->id());
      area.kind = widget->editor_type();
      area.spaces.add(make_space(area.kind));
    }
    const QPoint low = to_script(widget->mapToGlobal(QPoint(0, widget->height() - 1)));
    area.x = low.x();
    area.y = low.y();
    area.width = widget->width();
    area.height = widget->height();
    fill_regions(area, *widget);
    if (widget == active) {
      layout.active_area = int(at);
    }
    // A script may have asked for another kind of editor, which comes when scripts are done.
    if (!wants_other_editor(area)) {
      if (!is_new && area.kind != widget->editor_type()) {
        area.spaces.clear();
        area.spaces.add(make_space(widget->editor_type()));
      }
      area.kind = widget->editor_type();
      told_[area.number] = area.kind;
      area.show_menus = widget->bar().has_menus;
      Space& space = area.spaces.edit(0);
      widget->editor()->fill_space(space);
      space.show_region_header = widget->bar().is_shown;
    }
  }
}

bool ScriptHost::wants_other_editor(const ScreenArea& area) const {
  const auto told = told_.find(area.number);
  return told != told_.end() && area.kind != told->second;
}

// Editors of the kinds that scripts wrote, with the state they wrote.
void ScriptHost::change_editors() {
  auto* layout = context_.session.services().find<WindowLayout>();
  if (!layout || !is_filled_) {
    return;
  }
  if (const std::optional<int> wanted = std::exchange(wanted_workspace_, std::nullopt);
      wanted && *wanted >= 0 && *wanted < int(window_.workspaces().list.size())) {
    window_.set_workspace(*wanted);
    return;
  }
  const Screen screen = layout->screens[layout->active_screen];
  for (std::int64_t i = 0; i < screen.areas.size(); ++i) {
    const ScreenArea& area = screen.areas[i];
    AreaWidget* widget = window_.screen()->area(AreaId(area.number));
    if (!widget || !wants_other_editor(area)) {
      continue;
    }
    told_.erase(area.number);
    if (window_.editors().find(area.kind) && widget->editor_type() != area.kind) {
      Q_EMIT widget->editor_chosen(widget->id(), QString::fromStdString(area.kind));
    }
    if (widget->editor_type() == area.kind && !area.spaces.empty()) {
      widget->editor()->take_space(area.spaces[0]);
    }
  }
  exchange();
}

}  // namespace kiln::editor
