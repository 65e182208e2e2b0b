#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/schema/registry.h"
#include "document/document.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// A tree of rows, columns and fields: what a panel is before anyone draws it. Panels of all
/// origins become such trees.
struct LayoutItem {
  enum class Kind {
    Column,    ///< children below each other
    Row,       ///< children side by side, equally wide
    Box,       ///< a column on a background of its own
    Panel,     ///< a column under a title that can be closed; `text`
    Label,     ///< `text`
    Property,  ///< one value, or all values of an array
    Button,    ///< runs `command` with `settings`; `text`
    Menu,      ///< a button that offers `children` (buttons)
    Separator,
  };
  Kind kind = Kind::Column;
  std::string text = {};        ///< label; of properties empty: that of the schema
  std::string identifier = {};  ///< of panels: names it for remembering whether it is open
  Handle owner = {};  ///< of properties: the struct in the document; empty: the target of the view
  const Property* property = nullptr;
  int index = -1;  ///< of arrays: one value alone
  bool is_enabled = true;
  bool is_toggle = false;    ///< of booleans: a button rather than a check box
  bool is_expanded = false;  ///< of enumerations: all items side by side
  bool is_open = true;       ///< of panels, until the user says otherwise
  bool is_warning = false;   ///< of labels
  std::string tip = {};
  std::string command = {};
  OperatorSettings settings = {};
  std::function<void()> action = {};  ///< of buttons, instead of `command`
  std::vector<LayoutItem> children = {};

  LayoutItem& add(LayoutItem child) { return children.emplace_back(std::move(child)); }
  LayoutItem& column() { return add({.kind = Kind::Column}); }
  LayoutItem& row() { return add({.kind = Kind::Row}); }
  LayoutItem& box() { return add({.kind = Kind::Box}); }
  LayoutItem& panel(std::string panel_identifier, std::string title, bool opens = true) {
    return add({.kind = Kind::Panel,
                .text = std::move(title),
                .identifier = std::move(panel_identifier),
                .is_open = opens});
  }
  LayoutItem& label(std::string shown, bool warns = false) {
    return add({.kind = Kind::Label, .text = std::move(shown), .is_warning = warns});
  }
  LayoutItem& separator() { return add({.kind = Kind::Separator}); }
  LayoutItem& button(std::string shown, std::string runs, OperatorSettings with = {}) {
    return add({.kind = Kind::Button,
                .text = std::move(shown),
                .command = std::move(runs),
                .settings = std::move(with)});
  }
  LayoutItem& button(std::string shown, std::function<void()> does) {
    return add({.kind = Kind::Button, .text = std::move(shown), .action = std::move(does)});
  }
  LayoutItem& prop(const Handle& of, const Property& p, std::string shown = {}) {
    return add({.kind = Kind::Property, .text = std::move(shown), .owner = of, .property = &p});
  }
};

/// A rectangle in the view of a layout, in device-independent pixels from its top left.
struct LayoutRect {
  float x = 0, y = 0, width = 0, height = 0;
  bool contains(float px, float py) const {
    return px >= x && px < x + width && py >= y && py < y + height;
  }
};

/// What can be seen of an item, and where.
struct PlacedItem {
  enum class Field { None, Number, Text, Enum, EnumItem, Color, Check, Toggle, Pointer };
  const LayoutItem* item = nullptr;
  LayoutRect rect;        ///< of the field or the whole item
  LayoutRect label_rect;  ///< of the label beside a field; empty where it is in the field
  std::string label;
  Field field = Field::None;
  int index = -1;  ///< value of an array
  int depth = 0;   ///< of panels inside panels
};

struct LayoutMeasures {
  float row = 24, gap = 3, indent = 10, margin = 8, split = 0.42f;
};

/// Which panels the user opened or closed, by identifier.
using OpenPanels = std::unordered_map<std::string, bool>;

struct PlacedLayout {
  std::vector<PlacedItem> items;  ///< in drawing order: backgrounds before what lies on them
  float height = 0;
};

/// Where everything goes in a view of this width. The tree must outlive the result. Cost: linear.
PlacedLayout place_layout(const LayoutItem& root, float width, const OpenPanels& open,
                          const LayoutMeasures& measures = {});

/// How a property is edited.
PlacedItem::Field field_of(const Property& property);

/// A number as it is shown and typed, in the scene's units; and back.
std::string format_number(const Property& property, double value, const Scene* scene);
Result<double> parse_number(const Property& property, const std::string& text, const Scene* scene);
/// The value after dragging by so many pixels over a field of this width.
double dragged_number(const Property& property, double start, float pixels, float field_width,
                      bool is_precise, bool snaps);
/// Whether a number is shown as part of its range.
bool is_slider(const Property& property);

}  // namespace kiln::editor
