#include "editor/layout/script_layout.h"

namespace kiln::editor {
namespace {

LayoutItem::Kind kind_of(ScriptLayoutItem::Kind kind) {
  using From = ScriptLayoutItem::Kind;
  using To = LayoutItem::Kind;
  switch (kind) {
    case From::Row:
      return To::Row;
    case From::Box:
      return To::Box;
    case From::Split:
      return To::Split;
    case From::Grid:
      return To::Grid;
    case From::Pie:
      return To::Pie;
    case From::SubMenu:
    case From::Menu:
      return To::Menu;
    case From::Label:
      return To::Label;
    case From::Picture:
      return To::Picture;
    case From::Property:
      return To::Property;
    case From::Operator:
      return To::Button;
    case From::Separator:
      return To::Separator;
    case From::Spacer:
      return To::Spacer;
    case From::Popover:
      return To::Popover;
    case From::List:
      return To::List;
    case From::Native:
      return To::Native;
    default:
      return To::Column;
  }
}

bool is_group(ScriptLayoutItem::Kind kind) {
  using Kind = ScriptLayoutItem::Kind;
  return kind == Kind::Column || kind == Kind::Row || kind == Kind::Box || kind == Kind::Split ||
         kind == Kind::Grid;
}

}  // namespace

LayoutItem from_script(const ScriptLayoutItem& from, const Session& session) {
  LayoutItem item{.kind = kind_of(from.kind), .text = from.text};
  item.icon = from.icon;
  item.picture = from.picture;
  item.name = from.name;
  item.owner = from.owner;
  item.script_owner = from.script_owner;
  item.property = from.property;
  item.index = from.index;
  item.item = from.item;
  item.candidates = from.candidates;
  item.has_candidates = from.has_candidates;
  item.has_no_label = from.has_text && from.text.empty();
  item.is_block = from.is_block;
  item.is_enabled = from.is_enabled;
  item.is_warning = from.is_warning;
  item.is_toggle = from.is_toggle;
  item.is_expanded = from.is_expanded;
  item.is_plain = from.is_plain;
  item.is_depressed = from.is_depressed || from.is_alphabetic;
  item.is_aligned = from.is_aligned;
  item.is_inverted = from.is_inverted;
  item.is_active = from.is_active;
  item.factor = from.factor;
  item.count = from.count;
  item.filter = from.filter;
  item.has_no_filter = from.has_own_filter;
  item.command = from.operator_name;
  item.settings = from.settings;
  if (!item.command.empty()) {
    if (const operators::OperatorType* type = session.operators().find(item.command)) {
      item.tip = from.tip.empty() ? type->description : from.tip;
      if (const std::optional<std::string> reason = session.why_not(*type)) {
        item.is_enabled = false;
        item.tip = *reason;
      }
    }
  }
  const bool is_list = from.kind == ScriptLayoutItem::Kind::List;
  for (const ScriptLayoutItem& child : from.children) {
    // Empty rows, such as headers without anything, take no room.
    if (!is_list && child.children.empty() && is_group(child.kind)) {
      continue;
    }
    LayoutItem& added = item.add(from_script(child, session));
    if (is_list) {
      // A click on a row makes its element the active one.
      added.owner = from.owner;
      added.script_owner = from.script_owner;
      added.property = from.property;
    }
  }
  return item;
}

void add_script_panel(LayoutItem& parent, const ScriptPanel& panel, const Session& session) {
  const std::string title =
      panel.category.empty() ? panel.title : panel.category + ": " + panel.title;
  LayoutItem& added = parent.panel("script." + panel.identifier, title, panel.is_open);
  added.add(from_script(panel.content, session));
  for (const ScriptPanel& inner : panel.panels) {
    add_script_panel(added, inner, session);
  }
}

}  // namespace kiln::editor
