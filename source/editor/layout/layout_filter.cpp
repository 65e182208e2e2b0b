#include "editor/layout/layout_filter.h"

#include <algorithm>
#include <cctype>

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

bool has_text(const LayoutItem& item, const std::string& text) {
  const auto has = [&](const std::string& label) {
    return lower(label).find(text) != std::string::npos;
  };
  return has(item.text) ||
         (item.kind == Kind::Property && item.property && has(item.property->label));
}

// Whether anything is left of the item.
bool keep(LayoutItem& item, const std::string& text) {
  if (item.kind == Kind::Separator || item.kind == Kind::Spacer || item.kind == Kind::Native ||
      item.kind == Kind::Picture) {
    return false;
  }
  if (has_text(item, text)) {
    return true;
  }
  const bool is_group = item.kind == Kind::Column || item.kind == Kind::Row ||
                        item.kind == Kind::Split || item.kind == Kind::Grid ||
                        item.kind == Kind::Box || item.kind == Kind::Panel;
  if (!is_group) {
    return false;
  }
  // Rows and splits go together: a value is of no use without its label.
  if (item.kind == Kind::Row || item.kind == Kind::Split) {
    return std::any_of(item.children.begin(), item.children.end(),
                       [&](LayoutItem child) { return keep(child, text); });
  }
  std::erase_if(item.children, [&](LayoutItem& child) { return !keep(child, text); });
  if (item.kind == Kind::Panel && !item.children.empty()) {
    item.is_open = true;
    item.identifier = "found." + item.identifier;  // what the user closed is open here
  }
  return !item.children.empty();
}

}  // namespace

void keep_matches(LayoutItem& root, const std::string& text) {
  const std::string wanted = lower(text);
  std::erase_if(root.children, [&](LayoutItem& child) { return !keep(child, wanted); });
}

}  // namespace kiln::editor
