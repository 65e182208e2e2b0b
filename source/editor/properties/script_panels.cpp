#include "editor/properties/script_panels.h"

#include "core/script_panels.h"

namespace kiln::editor {
namespace {

LayoutItem::Kind kind_of(ScriptLayoutItem::Kind kind) {
  switch (kind) {
    case ScriptLayoutItem::Kind::Row:
      return LayoutItem::Kind::Row;
    case ScriptLayoutItem::Kind::Box:
      return LayoutItem::Kind::Box;
    case ScriptLayoutItem::Kind::Label:
      return LayoutItem::Kind::Label;
    case ScriptLayoutItem::Kind::Property:
      return LayoutItem::Kind::Property;
    case ScriptLayoutItem::Kind::Operator:
      return LayoutItem::Kind::Button;
    case ScriptLayoutItem::Kind::Separator:
      return LayoutItem::Kind::Separator;
    default:
      return LayoutItem::Kind::Column;
  }
}

LayoutItem convert(const ScriptLayoutItem& from) {
  LayoutItem item{.kind = kind_of(from.kind), .text = from.text};
  item.owner = from.owner;
  item.property = from.property;
  item.index = from.index;
  item.is_enabled = from.is_enabled;
  item.is_warning = from.is_warning;
  item.is_toggle = from.is_toggle;
  item.is_expanded = from.is_expanded;
  item.command = from.operator_name;
  item.settings = from.settings;
  for (const ScriptLayoutItem& child : from.children) {
    // Empty rows, such as headers without anything, take no room.
    const bool is_empty = child.children.empty() && kind_of(child.kind) <= LayoutItem::Kind::Box;
    if (!is_empty) {
      item.add(convert(child));
    }
  }
  return item;
}

// Identifiers of the tabs in the interface.
const char* context_of(PropertiesTab tab) {
  static constexpr const char* contexts[] = {"render", "output",   "view_layer", "scene", "world",
                                             "object", "modifier", "data",       "material"};
  return contexts[int(tab)];
}

}  // namespace

int add_script_panels(LayoutItem& root, Session& session, PropertiesTab tab) {
  auto* panels = session.services().find<ScriptPanels>();
  if (!panels) {
    return 0;
  }
  const bool is_tools = tab == PropertiesTab::Tools;
  const std::vector<ScriptPanel> drawn = is_tools ? panels->draw("VIEW_3D", "UI", "")
                                                  : panels->draw("PROPERTIES", "WINDOW", context_of(tab));
  for (const ScriptPanel& panel : drawn) {
    const std::string title = panel.category.empty() ? panel.title : panel.category + ": " + panel.title;
    root.panel("script." + panel.identifier, title, panel.is_open).add(convert(panel.content));
  }
  return int(drawn.size());
}

}  // namespace kiln::editor
