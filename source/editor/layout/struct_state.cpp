#include "editor/layout/struct_state.h"

#include <optional>

#include <nlohmann/json.hpp>

#include "core/schema/schema.h"

namespace kiln::editor {
namespace {

using Json = nlohmann::json;

Json to_json(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value.data)) {
    return *flag;
  }
  if (const auto* whole = std::get_if<std::int64_t>(&value.data)) {
    return *whole;
  }
  if (const auto* number = std::get_if<double>(&value.data)) {
    return *number;
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    return *text;
  }
  if (const auto* numbers = std::get_if<Value::Numbers>(&value.data)) {
    return std::vector<double>(numbers->begin(), numbers->end());
  }
  return {};
}

// Nothing where the JSON is no value of that property's type.
std::optional<Value> value_of(const Property& property, const Json& json) {
  if (property.length > 0) {
    if (!json.is_array() || int(json.size()) != property.length) {
      return std::nullopt;
    }
    Value::Numbers numbers;
    for (const Json& item : json) {
      if (!item.is_number()) {
        return std::nullopt;
      }
      numbers.push_back(item.get<double>());
    }
    return Value(numbers);
  }
  switch (property.type) {
    case PropertyType::Boolean:
      return json.is_boolean() ? std::optional<Value>(json.get<bool>()) : std::nullopt;
    case PropertyType::Int:
      return json.is_number_integer() ? std::optional<Value>(json.get<std::int64_t>())
                                      : std::nullopt;
    case PropertyType::Float:
      return json.is_number() ? std::optional<Value>(json.get<double>()) : std::nullopt;
    case PropertyType::Enum:
    case PropertyType::String:
      return json.is_string() ? std::optional<Value>(json.get<std::string>()) : std::nullopt;
    default:
      return std::nullopt;
  }
}

bool is_kept(const Property& property) {
  const bool is_struct =
      property.type == PropertyType::Pointer && property.storage == Storage::Struct;
  const bool is_value =
      property.type != PropertyType::Pointer && property.type != PropertyType::Collection;
  return (is_struct || (is_value && !property.is_read_only)) && property.identifier != "rna_type";
}

Json differences(const ConstRef& now, const ConstRef& standard) {
  Json out = Json::object();
  for (const Property* property : now.schema->all_properties()) {
    if (!is_kept(*property)) {
      continue;
    }
    if (property->type == PropertyType::Pointer) {
      const ConstRef part = nested(now, *property), other = nested(standard, *property);
      if (part && other) {
        if (Json inner = differences(part, other); !inner.empty()) {
          out[property->identifier] = std::move(inner);
        }
      }
      continue;
    }
    Json value = to_json(read(now, *property));
    if (value != to_json(read(standard, *property))) {
      out[property->identifier] = std::move(value);
    }
  }
  return out;
}

void take(const Json& json, const MutableRef& into) {
  if (!json.is_object()) {
    return;
  }
  for (const Property* property : into.schema->all_properties()) {
    const auto found = json.find(property->identifier);
    if (found == json.end() || !is_kept(*property)) {
      continue;
    }
    if (property->type == PropertyType::Pointer) {
      if (const MutableRef part = nested(into, *property)) {
        take(*found, part);
      }
    } else if (const std::optional<Value> value = value_of(*property, *found)) {
      // What is not among the items of an enumeration keeps its value.
      static_cast<void>(write(into, *property, *value));
    }
  }
}

}  // namespace

std::string write_struct_state(const ConstRef& now) {
  void* standard = now.schema->make();
  const std::string text =
      differences(now, {now.schema, standard}).dump(-1, ' ', false, Json::error_handler_t::replace);
  now.schema->destroy(standard);
  return text;
}

void read_struct_state(const std::string& text, const MutableRef& into) {
  take(Json::parse(text, nullptr, /*allow_exceptions=*/false), into);
}

}  // namespace kiln::editor
