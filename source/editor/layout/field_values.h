#pragma once

#include <optional>

#include "editor/layout/layout.h"
#include "editor/layout/value_access.h"

namespace kiln::editor {

/// Reads and writes what the fields of a layout stand for.
class FieldValues {
public:
  FieldValues(Session& session, ValueAccess& access) : session_(session), access_(access) {}

  ConstRef owner(const LayoutItem& item) const { return access_.owner(item); }
  /// Nothing where the owner is gone.
  std::optional<Value> value(const PlacedItem& placed) const;
  /// The component of an array that the field shows, or the value itself; booleans are 0 and 1.
  double number(const PlacedItem& placed) const;
  bool is_on(const PlacedItem& placed) const;
  /// As it is shown and typed.
  std::string text(const PlacedItem& placed) const;
  const DataBlock* block(const PlacedItem& placed) const;
  std::vector<EnumItem> items(const LayoutItem& item) const;
  /// Identifier of the item that a field of one item stands for.
  std::string item_of(const PlacedItem& placed) const;
  /// Not where the property says so, and not what lies in a library or is left to it.
  bool is_editable(const LayoutItem& item) const;
  /// Of an override: differs from what the library has.
  bool is_changed_override(const LayoutItem& item) const;

  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key = 0);
  void set_number(const LayoutItem& item, int index, double number, std::uint64_t merge_key);
  /// Turns a boolean, or an item of an enumeration whose values are sets.
  void toggle(const PlacedItem& placed);
  /// What was typed into a field: numbers with units and arithmetic. Says why it is none.
  void set_text(const LayoutItem& item, int index, const std::string& typed);
  /// Back to what a new thing has.
  void reset(const LayoutItem& item);
  /// Of an override: back to what the library has.
  void reset_to_library(const LayoutItem& item);

  Session& session() const { return session_; }

private:
  /// What an override would have if it was not changed; nothing of all else.
  std::optional<Value> library_value(const LayoutItem& item) const;

  Session& session_;
  ValueAccess& access_;
};

}  // namespace kiln::editor
