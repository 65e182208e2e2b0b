#include "editor/layout/field_values.h"

#include <cmath>

#include "document/override_hierarchy.h"
#include "document/resolve.h"
#include "editor/preferences/current.h"

namespace kiln::editor {

using Field = PlacedItem::Field;

std::optional<Value> FieldValues::value(const PlacedItem& placed) const {
  const ConstRef ref = placed.item->property ? owner(*placed.item) : ConstRef{};
  return ref ? std::optional<Value>(read(ref, *placed.item->property)) : std::nullopt;
}

double FieldValues::number(const PlacedItem& placed) const {
  const std::optional<Value> now = value(placed);
  if (!now) {
    return 0.0;
  }
  if (!placed.item->property->is_array()) {
    return placed.item->property->type == PropertyType::Boolean ? double(now->as_bool())
                                                                : now->as_float();
  }
  const Value::Numbers& numbers = now->as_numbers();
  return placed.index >= 0 && placed.index < int(numbers.size())
             ? numbers[std::size_t(placed.index)]
             : 0.0;
}

bool FieldValues::is_on(const PlacedItem& placed) const {
  if (placed.field == Field::EnumItem) {
    const std::optional<Value> now = value(placed);
    const std::string identifier = item_of(placed);
    if (!now || !placed.item->property->is_enum_flag) {
      return now && now->as_string() == identifier;
    }
    const Value::List& set = now->as_list();
    return std::find(set.begin(), set.end(), Value(identifier)) != set.end();
  }
  return (number(placed) != 0.0) != placed.item->is_inverted;
}

std::vector<EnumItem> FieldValues::items(const LayoutItem& item) const {
  const Property& p = *item.property;
  const ConstRef ref = p.dynamic_items ? owner(item) : ConstRef{};
  return p.dynamic_items ? (ref ? p.dynamic_items(ref) : std::vector<EnumItem>()) : p.items;
}

std::string FieldValues::item_of(const PlacedItem& placed) const {
  if (!placed.item->item.empty()) {
    return placed.item->item;
  }
  const std::vector<EnumItem>& all = placed.item->property->items;
  return placed.index >= 0 && placed.index < int(all.size())
             ? all[std::size_t(placed.index)].identifier
             : std::string();
}

const DataBlock* FieldValues::block(const PlacedItem& placed) const {
  const std::optional<Value> now = value(placed);
  return now ? session_.document().find(now->as_block()) : nullptr;
}

std::string FieldValues::text(const PlacedItem& placed) const {
  const Property& p = *placed.item->property;
  const std::optional<Value> now = value(placed);
  if (!now) {
    return {};
  }
  switch (placed.field) {
    case Field::Number:
      return format_number(p, number(placed), session_.scene(),
                           current_preferences(session_).view.factor_display_type);
    case Field::Text:
      return now->as_string();
    case Field::Enum: {
      std::string shown;
      for (const EnumItem& item : items(*placed.item)) {
        const Value::List& set = now->as_list();
        const bool is_chosen =
            p.is_enum_flag ? std::find(set.begin(), set.end(), Value(item.identifier)) != set.end()
                           : item.identifier == now->as_string();
        if (is_chosen) {
          shown += (shown.empty() ? "" : ", ") + item.label;
        }
      }
      return shown.empty() ? now->as_string() : shown;
    }
    case Field::Pointer: {
      const DataBlock* found = block(placed);
      return found ? found->name : std::string();
    }
    default:
      return {};
  }
}

bool FieldValues::is_editable(const LayoutItem& item) const {
  const Property& p = *item.property;
  const DataBlock* block = session_.document().find(item.owner.block);
  if (block &&
      (block->is_linked() || (block->is_override() && block->library_override.is_system))) {
    return false;
  }
  return item.is_enabled && !(p.is_read_only || (p.storage == Storage::Computed && !p.set));
}

std::optional<Value> FieldValues::library_value(const LayoutItem& item) const {
  const Document& document = session_.document();
  const DataBlock* block = item.property ? document.find(item.owner.block) : nullptr;
  const bool is_name =
      block && item.owner.steps.empty() && item.property == block->dynamic_schema().name_property;
  if (!block || !block->is_override() || !item.property->is_stored || is_name) {
    return {};
  }
  const ConstRef followed = resolve(
      document, {block->library_override.reference.id, item.owner.steps}, &session_.services());
  if (!followed || followed.schema->property(item.property->identifier) != item.property) {
    return {};
  }
  const Value value = read(followed, *item.property);
  if (value.as_block()) {
    // Others of its hierarchy stand for linked blocks.
    for (const BlockId id : overrides_below(document, block->id)) {
      if (document.find(id)->library_override.reference.id == value.as_block()) {
        return Value(id);
      }
    }
  }
  return value;
}

bool FieldValues::is_changed_override(const LayoutItem& item) const {
  const std::optional<Value> followed = library_value(item);
  const ConstRef own = followed ? owner(item) : ConstRef{};
  return own && read(own, *item.property) != *followed;
}

void FieldValues::reset_to_library(const LayoutItem& item) {
  if (const std::optional<Value> followed = library_value(item)) {
    set(item, *followed);
  }
}

void FieldValues::set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  access_.set(item, value, merge_key);
}

void FieldValues::set_number(const LayoutItem& item, int index, double number,
                             std::uint64_t merge_key) {
  const ConstRef ref = owner(item);
  const Property& p = *item.property;
  if (!ref) {
    return;
  }
  if (p.is_array()) {
    Value::Numbers numbers = read(ref, p).as_numbers();
    if (index >= 0 && index < int(numbers.size())) {
      numbers[std::size_t(index)] = number;
      set(item, Value(std::move(numbers)), merge_key);
    }
  } else if (p.type == PropertyType::Int) {
    set(item, Value(std::int64_t(std::llround(number))), merge_key);
  } else {
    set(item, Value(number), merge_key);
  }
}

void FieldValues::toggle(const PlacedItem& placed) {
  const LayoutItem& item = *placed.item;
  const Property& p = *item.property;
  if (placed.field == Field::EnumItem) {
    const std::string identifier = item_of(placed);
    if (!p.is_enum_flag) {
      set(item, Value(identifier));
      return;
    }
    Value::List chosen = value(placed).value_or(Value(Value::List())).as_list();
    if (std::erase(chosen, Value(identifier)) == 0) {
      chosen.emplace_back(identifier);
    }
    set(item, Value(std::move(chosen)));
  } else if (p.is_array()) {
    set_number(item, placed.index, number(placed) != 0.0 ? 0.0 : 1.0, 0);
  } else if (const std::optional<Value> now = value(placed)) {
    set(item, Value(!now->as_bool()));
  }
}

void FieldValues::set_text(const LayoutItem& item, int index, const std::string& typed) {
  if (item.property->type == PropertyType::String) {
    set(item, Value(typed));
  } else if (const Result<double> parsed =
                 parse_number(*item.property, typed, session_.scene(),
                              current_preferences(session_).view.factor_display_type)) {
    set_number(item, index, *parsed, 0);
  } else {
    session_.report(InfoLine::Kind::Warning,
                    fmt::format("\"{}\" is no number: {}", typed, parsed.error().message));
  }
}

void FieldValues::reset(const LayoutItem& item) {
  const Property& p = *item.property;
  if (p.default_value.is_none() && p.type != PropertyType::Pointer) {
    session_.report(InfoLine::Kind::Info, p.label + " has no default");
    return;
  }
  // One number may be the default of all values of an array.
  Value value = p.default_value;
  if (p.is_array() && !std::holds_alternative<Value::Numbers>(value.data)) {
    value = Value(Value::Numbers(std::size_t(p.length), p.default_value.as_float()));
  }
  set(item, value);
}

}  // namespace kiln::editor
