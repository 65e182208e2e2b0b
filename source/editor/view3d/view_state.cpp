#include "editor/view3d/view_state.h"

#include <nlohmann/json.hpp>

#include "core/schema/ref.h"

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
    case PropertyType::Float:
      return json.is_number() ? std::optional<Value>(json.get<double>()) : std::nullopt;
    case PropertyType::Enum:
    case PropertyType::String:
      return json.is_string() ? std::optional<Value>(json.get<std::string>()) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Json differences(const Schema& schema, const void* data, const void* standard) {
  Json out = Json::object();
  for (const Property* property : schema.all_properties()) {
    const Json now = to_json(read({&schema, data}, *property));
    if (!property->is_read_only && now != to_json(read({&schema, standard}, *property))) {
      out[property->identifier] = now;
    }
  }
  return out;
}

void take(const Json& json, const char* key, const Schema& schema, void* data) {
  if (!json.is_object() || !json.contains(key) || !json[key].is_object()) {
    return;
  }
  for (const Property* property : schema.all_properties()) {
    const auto found = json[key].find(property->identifier);
    if (property->is_read_only || found == json[key].end()) {
      continue;
    }
    if (const std::optional<Value> value = value_of(*property, *found)) {
      // What is not among the items of an enumeration keeps its value.
      static_cast<void>(write({&schema, data}, *property, *value));
    }
  }
}

}  // namespace

std::string write_view_state(const View3DShading& shading, const View3DOverlay& overlay) {
  const View3DShading standard_shading;
  const View3DOverlay standard_overlay;
  return Json{{"shading", differences(View3DShading::schema(), &shading, &standard_shading)},
              {"overlay", differences(View3DOverlay::schema(), &overlay, &standard_overlay)}}
      .dump();
}

void read_view_state(const std::string& text, View3DShading& shading, View3DOverlay& overlay) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  take(json, "shading", View3DShading::schema(), &shading);
  take(json, "overlay", View3DOverlay::schema(), &overlay);
}

}  // namespace kiln::editor
