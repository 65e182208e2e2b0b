#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/schema/property.h"

namespace kiln {

/// A piece of what a script describes in a panel.
struct ScriptLayoutItem {
  enum class Kind { Column, Row, Box, Label, Property, Operator, Separator };
  Kind kind = Kind::Column;
  std::string text;
  Handle owner;                        ///< of properties
  const Property* property = nullptr;  ///< of properties
  int index = -1;                      ///< of arrays: one value alone
  bool is_enabled = true;
  bool is_warning = false;
  bool is_toggle = false;
  bool is_expanded = false;
  std::string operator_name;  ///< such as "object.add"
  std::vector<std::pair<std::string, Value>> settings;
  std::vector<ScriptLayoutItem> children;
};

/// A panel of a script as it is at the moment. What its function raised is a warning in it.
struct ScriptPanel {
  std::string identifier, title, category;
  bool is_open = true;
  ScriptLayoutItem content;
};

/// Panels that scripts registered. A service; owner's thread only.
class ScriptPanels {
public:
  virtual ~ScriptPanels() = default;
  /// Those of a kind of editor, a region of it and (of properties) a tab, by the identifiers of the interface, whose poll function
  /// agrees; in their order.
  virtual std::vector<ScriptPanel> draw(std::string_view space, std::string_view region,
                                        std::string_view context) = 0;
};

}  // namespace kiln
