#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/schema/registry.h"
#include "core/script_panels.h"
#include "document/document.h"
#include "document/preferences_view.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// A tree of rows, columns and fields: what a panel is before anyone draws it. Panels of all
/// origins become such trees.
struct LayoutItem {
  enum class Kind {
    Column,    ///< children below each other
    Row,       ///< children side by side, equally wide; labels as narrow as their text
    Split,     ///< children side by side, the first as wide as `factor` says
    Grid,      ///< children in `count` columns, row by row
    Box,       ///< a column on a background of its own
    Panel,     ///< a column under a title that can be closed; `text`
    Label,     ///< `text`
    Picture,   ///< `picture`, `factor` rows high
    Property,  ///< one value, or all values of an array
    Button,    ///< runs `command` with `settings`; `text`
    Menu,      ///< a button that offers `children`, or the menu `name`
    Popover,   ///< a button that opens the panel `name`
    List,      ///< children are rows; the property holds which one is active
    Pie,       ///< children around the mouse; in panels a column
    Native,    ///< what the program puts into the menu `name`
    Separator,
    Spacer,
  };
  Kind kind = Kind::Column;
  std::string text = {};        ///< label; of properties empty: that of the schema
  std::string identifier = {};  ///< of panels: names it for remembering whether it is open
  std::string icon = {};        ///< a sign before the text, or in its place; see `icon_sign`
  std::shared_ptr<const ScriptIcon> picture = {};  ///< a picture there
  std::string name = {};
  Handle owner = {};  ///< of properties: the struct in the document; empty: the target of the view
  std::shared_ptr<ScriptOwner> script_owner = {};  ///< of properties that lie in no document
  const Property* property = nullptr;
  int index = -1;         ///< of arrays: one value alone
  std::string item = {};  ///< of enumerations: this item alone; of rows in lists: its number
  std::vector<std::string> candidates = {};  ///< of texts: values to choose from
  bool has_candidates = false;
  bool has_no_label = false;
  bool is_block = false;  ///< of pointers: with users, new and unlink
  bool is_plain = false;  ///< without a background
  bool is_depressed = false;
  bool is_aligned = false;   ///< of groups: without gaps
  bool is_inverted = false;  ///< of booleans: shown the other way round
  bool is_active = false;    ///< of rows in lists
  bool is_centered = false;  ///< of labels
  float factor = 0.0f;  ///< of splits: share of the first child; 0: all the same; of pictures: rows
  int count = 0;        ///< of grids: columns; of lists: rows that are seen
  std::string filter = {};  ///< of lists: what was typed
  bool has_no_filter = false;
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
  LayoutItem& large_picture(std::shared_ptr<const ScriptIcon> shown, float rows) {
    return add({.kind = Kind::Picture, .picture = std::move(shown), .factor = rows});
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
  enum class Field {
    None,
    Number,
    Text,
    Enum,
    EnumItem,
    Color,
    Check,
    Toggle,
    Pointer,
    Row,
    Filter,
    Part,
    Ramp,   ///< a color ramp, see `PlotField`
    Curves  ///< a mapping of numbers by curves, see `PlotField`
  };
  const LayoutItem* item = nullptr;
  LayoutRect rect;        ///< of the field or the whole item
  LayoutRect label_rect;  ///< of the label beside a field; empty where it is in the field
  std::string label;
  Field field = Field::None;
  int index = -1;  ///< value of an array; of parts: which one
  int depth = 0;   ///< of panels inside panels
};

/// What stands at the right of a choice of a data-block, by `PlacedItem::index`.
enum class BlockPart { Users, FakeUser, New, Unlink };

struct LayoutMeasures {
  float row = 24, gap = 3, indent = 10, margin = 8, split = 0.42f;
  float ramp = 170, curves = 330;  ///< height of plots
};

/// Which panels the user opened or closed, by identifier.
using OpenPanels = std::unordered_map<std::string, bool>;

struct PlacedLayout {
  std::vector<PlacedItem> items;  ///< in drawing order: backgrounds before what lies on them
  float height = 0;
};

/// The first row that is seen of lists, by name.
using ListOffsets = std::unordered_map<std::string, int>;

/// Where everything goes in a view of this width. The tree must outlive the result. Cost: linear.
PlacedLayout place_layout(const LayoutItem& root, float width, const OpenPanels& open,
                          const LayoutMeasures& measures = {}, const ListOffsets& offsets = {});

/// A sign for an icon of the interface, such as "+" for "ADD"; empty where there is none.
const char* icon_sign(std::string_view icon);

/// How a property is edited.
PlacedItem::Field field_of(const Property& property);
/// Whether it is drawn as a picture (`PlotField`).
bool is_plot(PlacedItem::Field field);

/// A number as it is shown and typed, in the scene's units; and back.
std::string format_number(const Property& property, double value, const Scene* scene,
                          FactorDisplay shares = FactorDisplay::Factor);
Result<double> parse_number(const Property& property, const std::string& text, const Scene* scene,
                            FactorDisplay shares = FactorDisplay::Factor);
/// The value after dragging by so many pixels over a field of this width.
double dragged_number(const Property& property, double start, float pixels, float field_width,
                      bool is_precise, bool snaps);
/// Whether a number is shown as part of its range.
bool is_slider(const Property& property);

}  // namespace kiln::editor
