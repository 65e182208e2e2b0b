#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/units.h"
#include "editor/keymap/keymap.h"

namespace kiln::editor {

/// What numbers typed while a tool runs mean: "2.5", "-1m", "45+5", per axis with Tab.
class NumberInput {
public:
  /// True when the key belongs to the number.
  bool key(const KeyStroke& stroke, const std::string& text);
  bool is_empty() const;
  /// As if nothing had been typed.
  void clear() {
    texts_ = {};
    is_negative_ = {};
    field_ = 0;
    is_expression_ = false;
  }
  /// Numbers are expressions from their first digit on; else from the key = on.
  void begin_with_expressions(bool begins) { begins_with_expressions_ = begins; }
  bool is_expression() const { return is_expression_; }
  void set_fields(int count) { field_ = std::min(field_, count - 1), fields_ = count; }
  int field() const { return field_; }
  const std::string& text(int field) const { return texts_[std::size_t(field)]; }
  /// The value of a field in the unit's base; nothing where it is empty or has no value.
  std::optional<double> value(int field, UnitCategory category, UnitSystem system) const;

private:
  std::array<std::string, 3> texts_;
  std::array<bool, 3> is_negative_{};
  int field_ = 0, fields_ = 1;
  bool begins_with_expressions_ = false;
  bool is_expression_ = false;  ///< all that is typed belongs to the number
};

}  // namespace kiln::editor
