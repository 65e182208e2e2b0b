#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/schema/property.h"

namespace kiln {

/// A struct that lies in no document: settings of an operator that waits, preferences of an add-on.
/// Owner's thread only.
class ScriptOwner {
public:
  virtual ~ScriptOwner() = default;
  /// Where it is now; empty when it is gone.
  virtual ConstRef find() const = 0;
  /// Writes a property as a script would, functions of scripts included.
  virtual Result<void> set(const Property& property, const Value& value) = 0;
};

/// A small picture of a script: four bytes a pixel, not premultiplied, the top row first.
struct ScriptIcon {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

/// A piece of what a script describes in a panel, menu or header.
struct ScriptLayoutItem {
  enum class Kind {
    Column,
    Row,
    Box,
    Split,    ///< `factor`: share of the first child; 0: all the same
    Grid,     ///< `count` columns
    Pie,      ///< children around the mouse
    SubMenu,  ///< children in a menu of its own
    Label,
    Picture,  ///< `picture`, `factor` rows high
    Property,
    Operator,
    Separator,
    Spacer,
    Menu,     ///< opens the menu `name`
    Popover,  ///< opens the panel `name`
    List,     ///< children are the rows; the property holds the active one; `name` for the filter
    Native,   ///< what the program itself puts into the menu `name`
  };
  Kind kind = Kind::Column;
  std::string text;
  bool has_text = false;  ///< of properties: an empty text means no label
  std::string icon;       ///< name of an icon, such as "ADD"; empty or "NONE": none
  std::shared_ptr<const ScriptIcon> picture;  ///< before the text; null: none
  std::string name;
  Handle owner;                               ///< of properties
  std::shared_ptr<ScriptOwner> script_owner;  ///< instead of `owner`
  const Property* property = nullptr;         ///< of properties
  int index = -1;                             ///< of arrays: one value alone
  std::string
      item;  ///< of enumerations: this item alone; of rows in lists: the number of the element
  std::vector<std::string> candidates;  ///< of texts: values to choose from
  bool has_candidates = false;
  bool is_block = false;  ///< of pointers: with users, new and unlink
  bool is_enabled = true;
  bool is_warning = false;
  bool is_toggle = false;
  bool is_expanded = false;
  bool is_plain = false;  ///< without a background
  bool is_depressed = false;
  bool is_aligned = false;
  bool is_inverted = false;  ///< of booleans: shown the other way round
  bool is_slider = false;
  bool is_active = false;  ///< of rows in lists
  bool is_split = false;   ///< of properties: label and value side by side also in rows
  float factor = 0.0f;
  int count = 0;                                    ///< columns of grids, rows of lists
  float width = 0.0f;                               ///< wanted, in units of 20 pixels; 0: any
  std::string filter;                               ///< of lists: what was typed
  bool has_own_filter = false;                      ///< of lists: the script shows it
  bool is_alphabetic = false, is_reversed = false;  ///< of lists: their order
  std::string operator_name;                        ///< such as "object.add"
  std::string tip;                                  ///< what the operator does here; empty: as ever
  std::vector<std::pair<std::string, Value>> settings;
  bool invokes = true;       ///< the operator may ask and wait
  std::string new_operator;  ///< of blocks: what makes a new one
  std::vector<ScriptLayoutItem> children;
};

/// A panel or menu of a script as it is at the moment. What its function raised is a warning in it.
struct ScriptPanel {
  std::string identifier, title, category;
  bool is_open = true;
  bool is_refused = false;  ///< its poll function said no
  int width = 0;            ///< wanted, in pixels; 0: any
  ScriptLayoutItem content;
  std::vector<ScriptPanel> panels;  ///< those inside it
};

/// Panels, menus and headers that scripts registered. A service; owner's thread only.
class ScriptPanels {
public:
  virtual ~ScriptPanels() = default;
  /// Panels of a kind of editor, a region of it and (of properties) a tab, by the identifiers of
  /// the interface, whose poll function agrees; in their order.
  virtual std::vector<ScriptPanel> draw(std::string_view space, std::string_view region,
                                        std::string_view context) = 0;
  /// A menu or panel by its identifier; nothing where there is none.
  virtual std::optional<ScriptPanel> draw_menu(std::string_view name) = 0;
  virtual std::optional<ScriptPanel> draw_panel(std::string_view name) = 0;
  /// What scripts add to the header of a kind of editor; nothing where they add nothing.
  virtual std::optional<ScriptLayoutItem> draw_header(std::string_view space) = 0;
  /// Settings of an enabled add-on, as it draws them; nothing where it has none.
  virtual std::optional<ScriptPanel> draw_preferences(std::string_view module) = 0;
  /// What the user typed into the filter of a list.
  virtual void set_list_filter(const std::string& name, const std::string& text, bool is_alphabetic,
                               bool is_reversed) = 0;
};

}  // namespace kiln
