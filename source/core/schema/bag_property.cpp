#include "core/schema/bag_property.h"

#include <algorithm>
#include <cmath>

#include "core/utf8.h"

namespace kiln {
namespace {

const PropertyBag empty_bag;

PropertyBag* own_bag(void* data) {
  return static_cast<PropertyBag*>(data);
}

const CustomValue* stored(const ConstRef& owner, const Property& p) {
  const PropertyBag* bag = bag_of(owner);
  return bag ? bag->find(p.identifier) : nullptr;
}

double clamped(double value, const Property& p) {
  return value < p.hard_min ? p.hard_min : value > p.hard_max ? p.hard_max : value;
}

// Integers that were stored for a float and the like are refused, as a value of another kind would be.
std::optional<double> one_number(const CustomValue* value, PropertyType type) {
  if (!value) {
    return std::nullopt;
  }
  if (const auto* whole = std::get_if<std::int32_t>(&value->data); whole && type != PropertyType::Float) {
    return double(*whole);
  }
  if (const auto* flag = std::get_if<bool>(&value->data); flag && type != PropertyType::Float) {
    return double(*flag);
  }
  if (const auto* real = std::get_if<double>(&value->data); real && type == PropertyType::Float) {
    return *real;
  }
  return std::nullopt;
}

std::optional<Value::Numbers> numbers(const CustomValue* value, const Property& p) {
  Value::Numbers out;
  const auto take = [&](const auto& list) { out.assign(list.begin(), list.end()); };
  if (!value) {
    return std::nullopt;
  }
  if (const auto* whole = std::get_if<CustomValue::Ints>(&value->data); whole && p.type != PropertyType::Float) {
    take(*whole);
  } else if (const auto* flags = std::get_if<CustomValue::Bools>(&value->data); flags && p.type == PropertyType::Boolean) {
    take(*flags);
  } else if (const auto* floats = std::get_if<CustomValue::Floats>(&value->data); floats && p.type == PropertyType::Float) {
    take(*floats);
  } else if (const auto* doubles = std::get_if<CustomValue::Doubles>(&value->data); doubles && p.type == PropertyType::Float) {
    take(*doubles);
  }
  return int(out.size()) == p.length ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<EnumItem> items_of(const Property& p, const ConstRef& owner) {
  return p.dynamic_items ? p.dynamic_items(owner) : p.items;
}

Value enum_value(const ConstRef& owner, const Property& p) {
  const std::optional<double> number = one_number(stored(owner, p), PropertyType::Int);
  if (!number && !p.dynamic_items) {
    return p.default_value;
  }
  // The default of items that a function gives is their number.
  const int value = number ? int(*number) : int(p.default_value.is_none() ? 0 : p.default_value.as_float());
  return value_of_items(p, items_of(p, owner), value);
}

Value get(const ConstRef& owner, const Property& p) {
  const CustomValue* value = stored(owner, p);
  switch (p.type) {
    case PropertyType::Boolean:
    case PropertyType::Int:
    case PropertyType::Float: {
      if (p.is_array()) {
        std::optional<Value::Numbers> list = numbers(value, p);
        return list ? Value(std::move(*list)) : p.default_value;
      }
      const std::optional<double> number = one_number(value, p.type);
      if (!number) {
        return p.default_value;
      }
      return p.type == PropertyType::Float ? Value(*number) : p.type == PropertyType::Int ? Value(Value(*number).as_int()) : Value(*number != 0.0);
    }
    case PropertyType::String: {
      if (const auto* bytes = value ? std::get_if<CustomValue::Bytes>(&value->data) : nullptr) {
        return bytes->data;
      }
      const auto* text = value ? std::get_if<std::string>(&value->data) : nullptr;
      return text ? Value(*text) : p.default_value;
    }
    case PropertyType::Enum:
      return enum_value(owner, p);
    default: {
      const auto* block = value ? std::get_if<BlockId>(&value->data) : nullptr;
      return block ? Value(*block) : Value();
    }
  }
}

Result<int> enum_number(const ConstRef& owner, const Property& p, const Value& value) {
  // A number needs no items, which may come from a function of a script.
  const bool is_number = std::holds_alternative<std::int64_t>(value.data);
  return number_of_items(p, is_number ? std::vector<EnumItem>() : items_of(p, owner), value);
}

Result<CustomValue> to_custom(const ConstRef& owner, const Property& p, const Value& value) {
  switch (p.type) {
    case PropertyType::Boolean:
    case PropertyType::Int:
    case PropertyType::Float: {
      if (!p.is_array()) {
        const double number = clamped(value.as_float(), p);
        return p.type == PropertyType::Float     ? CustomValue{double(float(number))}
               : p.type == PropertyType::Boolean ? CustomValue{std::int32_t(number != 0.0)}
                                                 : CustomValue{std::int32_t(std::clamp(number, -2147483648.0, 2147483647.0))};
      }
      const Value::Numbers& given = value.as_numbers();
      if (int(given.size()) != p.length) {
        return Error::invalid("{} needs {} values, not {}", p.identifier, p.length, given.size());
      }
      if (p.type == PropertyType::Float) {
        CustomValue::Floats floats;
        for (const double v : given) {
          floats.push_back(float(clamped(v, p)));
        }
        return CustomValue{std::move(floats)};
      }
      CustomValue::Ints whole;
      for (const double v : given) {
        whole.push_back(p.type == PropertyType::Boolean ? std::int32_t(v != 0.0)
                                                        : std::int32_t(std::clamp(clamped(v, p), -2147483648.0, 2147483647.0)));
      }
      return CustomValue{std::move(whole)};
    }
    case PropertyType::String:
      return p.subtype == Subtype::ByteString ? CustomValue{CustomValue::Bytes{cut_utf8(value.as_string(), p.max_bytes)}}
                                              : CustomValue{cut_utf8(value.as_string(), p.max_bytes)};
    case PropertyType::Enum: {
      const Result<int> number = enum_number(owner, p, value);
      return number ? Result<CustomValue>(CustomValue{std::int32_t(*number)}) : Result<CustomValue>(number.error());
    }
    default:
      return CustomValue{value.as_block()};
  }
}

Result<void> set(const MutableRef& owner, const Property& p, const Value& value) {
  Result<CustomValue> custom = to_custom(owner, p, value);
  if (!custom) {
    return custom.error();
  }
  PropertyBag* bag = bag_of(owner);
  if (!bag) {
    return Error::invalid("{} cannot hold the property {}", owner.schema->identifier, p.identifier);
  }
  if (p.type == PropertyType::Pointer && !value.as_block()) {
    bag->remove(p.identifier);
  } else {
    bag->set(p.identifier, std::move(*custom));
  }
  return {};
}

ConstRef inner(const ConstRef& owner, const Property& p) {
  const CustomValue* value = stored(owner, p);
  const auto* group = value ? std::get_if<PropertyBag>(&value->data) : nullptr;
  return {p.target_schema(), group ? group : &empty_bag, -1, owner.block, owner.document, owner.services};
}

MutableRef edit_inner(const MutableRef& owner, const Property& p) {
  PropertyBag* bag = bag_of(owner);
  if (!bag) {
    return {};
  }
  CustomValue* value = bag->edit(p.identifier);
  if (!value || !std::holds_alternative<PropertyBag>(value->data)) {
    value = &bag->set(p.identifier, CustomValue{PropertyBag()});
  }
  return {p.target_schema(), &std::get<PropertyBag>(value->data), -1, owner.block, owner.document, owner.services};
}

// Groups in a list: found by position.
class GroupListAccess final : public CollectionAccess {
public:
  explicit GroupListAccess(std::string name, const Schema* target) {
    place_.identifier = std::move(name);
    place_.runtime_target = target;
  }
  bool is_view() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override {
    const auto* groups = groups_of(owner, place_);
    return groups ? std::int64_t(groups->size()) : 0;
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    const auto* groups = groups_of(owner, place_);
    return {{place_.target_schema(), &(*groups)[std::size_t(i)], -1, owner.block, owner.document, owner.services}, 0, {}};
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    auto* groups = edit_groups(owner, place_);
    if (!groups || i < 0 || i >= std::int64_t(groups->size())) {
      return {};
    }
    return {place_.target_schema(), &(*groups)[std::size_t(i)], -1, owner.block, owner.document, owner.services};
  }

private:
  Property place_;  // what the list is called
};

}  // namespace

const PropertyBag* bag_of(const ConstRef& ref) {
  const auto find = ref.schema && ref.data && ref.index < 0 ? ref.schema->find_bag() : nullptr;
  return find ? find(const_cast<void*>(ref.data)) : nullptr;
}

PropertyBag* bag_of(const MutableRef& ref) {
  const auto find = ref.schema && ref.data && ref.index < 0 ? ref.schema->find_bag() : nullptr;
  return find ? find(ref.data) : nullptr;
}

bool is_group(const Schema& schema) {
  return schema.bag == &own_bag;
}

const CustomValue::Groups* groups_of(const ConstRef& owner, const Property& p) {
  const CustomValue* value = stored(owner, p);
  return value ? std::get_if<CustomValue::Groups>(&value->data) : nullptr;
}

CustomValue::Groups* edit_groups(const MutableRef& owner, const Property& p) {
  PropertyBag* bag = bag_of(owner);
  if (!bag) {
    return nullptr;
  }
  CustomValue* value = bag->edit(p.identifier);
  if (!value || !std::holds_alternative<CustomValue::Groups>(value->data)) {
    value = &bag->set(p.identifier, CustomValue{CustomValue::Groups()});
  }
  return &std::get<CustomValue::Groups>(value->data);
}

bool is_kept_in_bag(const ConstRef& owner, const Property& p) {
  return stored(owner, p) != nullptr;
}

void drop_from_bag(const MutableRef& owner, const Property& p) {
  if (PropertyBag* bag = bag_of(owner)) {
    bag->remove(p.identifier);
  }
}

Value value_of_items(const Property& p, const std::vector<EnumItem>& items, int number) {
  Value::List set;
  for (const EnumItem& item : items) {
    if (!p.is_enum_flag && item.value == number) {
      return item.identifier;
    }
    if (p.is_enum_flag && (number & item.value)) {
      set.emplace_back(item.identifier);
    }
  }
  return p.is_enum_flag ? Value(std::move(set)) : Value("");
}

Result<int> number_of_items(const Property& p, const std::vector<EnumItem>& items, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) {
    return int(*number);
  }
  const auto number_of = [&](const std::string& name) -> Result<int> {
    for (const EnumItem& item : items) {
      if (item.identifier == name) {
        return item.value;
      }
    }
    return Error::invalid("{}: enum \"{}\" not found", p.identifier, name);
  };
  if (!p.is_enum_flag) {
    return number_of(value.as_string());
  }
  int flags = 0;
  for (const Value& item : value.as_list()) {
    const Result<int> bit = number_of(item.as_string());
    if (!bit) {
      return bit;
    }
    flags |= *bit;
  }
  return flags;
}

Result<Value> with_item_numbers(const ConstRef& owner, const Property& p, const Value& value) {
  if (!p.is_runtime || p.type != PropertyType::Enum || !p.dynamic_items) {
    return value;
  }
  const Result<int> number = enum_number(owner, p, value);
  return number ? Result<Value>(Value(*number)) : Result<Value>(number.error());
}

void keep_in_bag(Property& property) {
  property.is_runtime = true;
  // The functions hold the facts they need, since the property itself moves while it is being registered.
  const auto facts = std::make_shared<Property>(property);
  const Schema* target = property.target_schema();
  if (property.type == PropertyType::Collection) {
    property.is_read_only = true;
    property.collection = std::make_shared<GroupListAccess>(property.identifier, target);
    return;
  }
  if (property.type == PropertyType::Pointer && target && is_group(*target)) {
    property.is_read_only = true;
    property.storage = Storage::Struct;
    property.inner = [facts](const ConstRef& owner) { return inner(owner, *facts); };
    property.edit_inner = [facts](const MutableRef& owner) { return edit_inner(owner, *facts); };
    return;
  }
  property.get = [facts](const ConstRef& owner) { return get(owner, *facts); };
  property.set = [facts](const MutableRef& owner, const Value& value) { return set(owner, *facts, value); };
}

std::unique_ptr<Schema> make_group_schema(std::string identifier, const Schema* base, bool has_name) {
  auto schema = std::make_unique<Schema>();
  schema->identifier = std::move(identifier);
  schema->base = base;
  schema->is_runtime = true;
  schema->bag = &own_bag;
  schema->make = []() -> void* { return new PropertyBag(); };
  schema->destroy = [](void* instance) { delete static_cast<PropertyBag*>(instance); };
  if (!has_name) {
    return schema;
  }
  Property name;
  name.identifier = "name";
  name.label = "Name";
  name.type = PropertyType::String;
  name.default_value = Value("");
  keep_in_bag(name);
  name.is_runtime = false;
  schema->properties.push_back(std::move(name));
  schema->name_property = &schema->properties.back();
  return schema;
}

}  // namespace kiln
