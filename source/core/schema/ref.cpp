#include "core/schema/ref.h"

#include <cmath>
#include <cstring>

#include "core/schema/item_list.h"
#include "core/schema/schema.h"
#include "core/utf8.h"

namespace kiln {
namespace {

int enum_value(const void* address, Storage storage) {
  if (storage == Storage::Enum8) {
    return *static_cast<const std::uint8_t*>(address);
  }
  std::int32_t value;
  std::memcpy(&value, address, sizeof(value));
  return value;
}

void set_enum_value(void* address, Storage storage, int value) {
  if (storage == Storage::Enum8) {
    *static_cast<std::uint8_t*>(address) = std::uint8_t(value);
  } else {
    const std::int32_t wide = value;
    std::memcpy(address, &wide, sizeof(wide));
  }
}

Value enum_to_value(const Property& p, int stored) {
  if (p.items.empty()) {
    return stored;  // internal: nobody reads names
  }
  if (p.is_enum_flag) {
    Value::List set;
    for (const EnumItem& item : p.items) {
      if (stored & item.value) {
        set.emplace_back(item.identifier);
      }
    }
    return set;
  }
  const EnumItem* item = p.item_of_value(stored);
  return item ? Value(item->identifier) : Value("");
}

Result<int> value_to_enum(const Property& p, const Value& value) {
  if (p.items.empty()) {
    return int(value.as_int());
  }
  const auto one = [&](const std::string& name) -> Result<int> {
    const EnumItem* item = p.item_named(name);
    if (!item) {
      std::string accepted;
      for (const EnumItem& i : p.items) {
        accepted += accepted.empty() ? "" : ", ";
        accepted += "'" + i.identifier + "'";
      }
      return Error::invalid("{}: enum \"{}\" not found in ({})", p.identifier, name, accepted);
    }
    return item->value;
  };
  if (!p.is_enum_flag) {
    return one(value.as_string());
  }
  int flags = 0;
  for (const Value& item : value.as_list()) {
    const Result<int> bit = one(item.as_string());
    if (!bit) {
      return bit.error();
    }
    flags |= *bit;
  }
  return flags;
}

double number_at(const void* address, Storage storage, int i) {
  switch (storage) {
    case Storage::Bool:
      return static_cast<const bool*>(address)[i];
    case Storage::Int32:
      return static_cast<const std::int32_t*>(address)[i];
    case Storage::Float:
      return static_cast<const float*>(address)[i];
    default:
      return 0.0;
  }
}

void set_number(void* address, const Property& p, int i, double value) {
  // NaN is kept where it can be: clamping must not turn a broken value into a plausible one without notice. Integers have none.
  if (p.storage == Storage::Int32 && std::isnan(value)) {
    value = 0.0;
  }
  if (value < p.hard_min) {
    value = p.hard_min;
  } else if (value > p.hard_max) {
    value = p.hard_max;
  }
  switch (p.storage) {
    case Storage::Bool:
      static_cast<bool*>(address)[i] = value != 0.0;
      break;
    case Storage::Int32:
      static_cast<std::int32_t*>(address)[i] =
          std::int32_t(std::clamp(value, -2147483648.0, 2147483647.0));
      break;
    case Storage::Float:
      static_cast<float*>(address)[i] = float(value);
      break;
    default:
      break;
  }
}

}  // namespace

std::int64_t CollectionAccess::index_of(const ConstRef& owner, ItemId item,
                                        std::int64_t hint) const {
  const std::int64_t count = size(owner);
  if (hint >= 0 && hint < count && at(owner, hint).item == item) {
    return hint;
  }
  for (std::int64_t i = 0; i < count; ++i) {
    if (at(owner, i).item == item) {
      return i;
    }
  }
  return -1;
}

MutableRef CollectionAccess::edit_at(const MutableRef&, std::int64_t) const {
  return {};
}

std::int64_t CollectionAccess::find(const ConstRef& owner, std::string_view name) const {
  if (holds_blocks()) {
    return -1;  // names of data-blocks are known to the document (`find_named`)
  }
  const std::int64_t count = size(owner);
  for (std::int64_t i = 0; i < count; ++i) {
    const ConstElement element = at(owner, i);
    if (element.ref && element.ref.schema->name_property &&
        read(element.ref, *element.ref.schema->name_property).as_string() == name) {
      return i;
    }
  }
  return -1;
}

Result<void> CollectionAccess::assign(const MutableRef&, std::int64_t, BlockId) const {
  return Error::invalid("items of this collection cannot be replaced");
}

void CollectionAccess::clear(const MutableRef&) const {}
MutableRef CollectionAccess::append(const MutableRef&, const Schema&, ItemId) const {
  return {};
}

Value read(const ConstRef& ref, const Property& p) {
  if (p.get) {
    return p.get(ref);
  }
  if (p.dynamic_values) {
    const DynamicValues values = p.dynamic_values(ref);
    Value::Numbers numbers(std::size_t(values.size));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = number_at(values.data, p.storage, int(i));
    }
    return numbers;
  }
  if (!p.address) {
    return {};
  }
  const void* address = p.address(ref.data, ref.index);
  if (!address) {
    return p.default_value;
  }
  if (p.length > 0) {
    Value::Numbers numbers(std::size_t(p.length));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = number_at(address, p.storage, int(i));
    }
    return numbers;
  }
  switch (p.storage) {
    case Storage::Bool:
      return *static_cast<const bool*>(address);
    case Storage::Int32:
      return std::int64_t(*static_cast<const std::int32_t*>(address));
    case Storage::Float:
      return double(*static_cast<const float*>(address));
    case Storage::String:
      return *static_cast<const std::string*>(address);
    case Storage::Enum8:
    case Storage::Enum32: {
      if (p.dynamic_items) {
        const int stored = enum_value(address, p.storage);
        for (const EnumItem& item : p.dynamic_items(ref)) {
          if (item.value == stored) {
            return item.identifier;
          }
        }
        return "";
      }
      return enum_to_value(p, enum_value(address, p.storage));
    }
    case Storage::Block:
      return *static_cast<const BlockId*>(address);
    case Storage::Item:
      return std::int64_t(*static_cast<const ItemId*>(address));
    default:
      return {};
  }
}

Result<void> write(const MutableRef& ref, const Property& p, const Value& value) {
  if (p.set) {
    return p.set(ref, value);
  }
  if (p.edit_dynamic_values) {
    // Too many values or too few are taken as far as they go.
    const DynamicEdit edit = p.edit_dynamic_values(ref);
    const Value::Numbers& numbers = value.as_numbers();
    const std::size_t count = std::min(numbers.size(), std::size_t(edit.size));
    for (std::size_t i = 0; i < count; ++i) {
      set_number(edit.data, p, int(i), numbers[i]);
    }
    if (p.on_change) {
      p.on_change(ref);
    }
    return {};
  }
  if (!p.edit_address) {
    return Error::invalid("{} is read-only", p.identifier);
  }
  void* address = p.edit_address(ref.data, ref.index);
  if (!address) {
    return Error::invalid("{} cannot be written here", p.identifier);
  }
  if (p.length > 0) {
    const Value::Numbers& numbers = value.as_numbers();
    const auto expected = std::size_t(p.length);
    if (numbers.size() != expected) {
      return Error::invalid("{} needs {} values, not {}", p.identifier, expected, numbers.size());
    }
    for (std::size_t i = 0; i < expected; ++i) {
      set_number(address, p, int(i), numbers[i]);
    }
  } else {
    switch (p.storage) {
      case Storage::Bool:
      case Storage::Int32:
      case Storage::Float:
        set_number(address, p, 0, value.as_float());
        break;
      case Storage::String:
        *static_cast<std::string*>(address) = cut_utf8(value.as_string(), p.max_bytes);
        break;
      case Storage::Enum8:
      case Storage::Enum32: {
        if (p.dynamic_items) {
          bool found = false;
          for (const EnumItem& item : p.dynamic_items(ref)) {
            if (item.identifier == value.as_string()) {
              set_enum_value(address, p.storage, item.value);
              found = true;
            }
          }
          if (!found) {
            return Error::invalid("{}: enum \"{}\" not found", p.identifier, value.as_string());
          }
          break;
        }
        const Result<int> stored = value_to_enum(p, value);
        if (!stored) {
          return stored.error();
        }
        set_enum_value(address, p.storage, *stored);
        break;
      }
      case Storage::Block:
        *static_cast<BlockId*>(address) = value.as_block();
        break;
      case Storage::Item:
        *static_cast<ItemId*>(address) = ItemId(value.as_int());
        break;
      default:
        return Error::invalid("{} is read-only", p.identifier);
    }
  }
  if (p.on_change) {
    p.on_change(ref);
  }
  return {};
}

ConstRef nested(const ConstRef& ref, const Property& p) {
  if (p.link) {
    const PathStep step = p.link(ref);
    const std::int64_t i = step.property ? step.property->collection->index_of(ref, step.item, step.index) : -1;
    return i < 0 ? ConstRef{} : step.property->collection->at(ref, i).ref;
  }
  if (p.inner) {
    return p.inner(ref);
  }
  if (p.storage != Storage::Struct || !p.address) {
    return {};
  }
  const void* address = p.address(ref.data, ref.index);
  if (!address) {
    return {};
  }
  const Schema* schema = p.target_schema();
  return {schema->dynamic ? &schema->dynamic(address) : schema,
          address,
          -1,
          ref.block,
          ref.document,
          ref.services};
}

MutableRef nested(const MutableRef& ref, const Property& p) {
  if (p.link) {
    const PathStep step = p.link(ref);
    const std::int64_t i = step.property ? step.property->collection->index_of(ref, step.item, step.index) : -1;
    return i < 0 ? MutableRef{} : step.property->collection->edit_at(ref, i);
  }
  if (p.edit_inner) {
    return p.edit_inner(ref);
  }
  if (p.storage != Storage::Struct || !p.edit_address) {
    return {};
  }
  void* address = p.edit_address(ref.data, ref.index);
  if (!address) {
    return {};
  }
  const Schema* schema = p.target_schema();
  return {schema->dynamic ? &schema->dynamic(address) : schema,
          address,
          -1,
          ref.block,
          ref.document,
          ref.services};
}

Value matrix_value(const float4x4& m) {
  Value::Numbers numbers;
  for (int r = 0; r < 4; ++r) {
    for (int c = 0; c < 4; ++c) {
      numbers.push_back(m[r][c]);
    }
  }
  return numbers;
}

float4x4 value_matrix(const Value& value) {
  float4x4 m;
  const Value::Numbers& numbers = value.as_numbers();
  for (int i = 0; i < 16 && numbers.size() == 16; ++i) {
    m[i / 4][i % 4] = float(numbers[std::size_t(i)]);
  }
  return m;
}

bool is_default(const ConstRef& ref, const Property& p) {
  return read(ref, p) == p.default_value;
}

}  // namespace kiln
