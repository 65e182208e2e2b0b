#include "render/scene_builder/named_values.h"

#include "core/schema/bag_property.h"
#include "document/resolve.h"
#include "document/world.h"
#include "render/shading/graph.h"

namespace kiln::render {
namespace {

std::optional<float4> from_numbers(const std::vector<double>& v) {
  if (v.empty() || v.size() > 4) {
    return std::nullopt;
  }
  float4 out{0, 0, 0, 1};
  for (std::size_t i = 0; i < v.size(); ++i) {
    out[int(i)] = float(v[i]);
  }
  return v.size() == 1 ? float4{out.x, out.x, out.x, 1.0f} : out;
}

std::optional<float4> from_custom(const CustomValue& value) {
  return std::visit(
      [](const auto& v) -> std::optional<float4> {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_arithmetic_v<T>) {
          return from_numbers({double(v)});
        } else if constexpr (std::is_same_v<T, CustomValue::Ints> ||
                             std::is_same_v<T, CustomValue::Floats> ||
                             std::is_same_v<T, CustomValue::Doubles> ||
                             std::is_same_v<T, CustomValue::Bools>) {
          return from_numbers(std::vector<double>(v.begin(), v.end()));
        } else {
          return std::nullopt;
        }
      },
      value.data);
}

std::optional<float4> from_property(const ConstRef& owner, const Property& property) {
  if (property.type != PropertyType::Boolean && property.type != PropertyType::Int &&
      property.type != PropertyType::Float) {
    return std::nullopt;
  }
  const Value value = read(owner, property);
  if (property.length > 0) {
    return from_numbers(value.as_numbers());
  }
  return from_numbers({property.type == PropertyType::Boolean ? double(value.as_bool())
                       : property.type == PropertyType::Int   ? double(value.as_int())
                                                              : value.as_float()});
}

// The struct that a pointer leads to.
ConstRef follow(const Document& document, const ConstRef& owner, const Property& property) {
  if (property.type != PropertyType::Pointer) {
    return {};
  }
  if (property.storage == Storage::Struct) {
    return step_into(owner, PathStep{&property});
  }
  const Value value = property.storage == Storage::Block ? read(owner, property) : Value();
  return std::holds_alternative<Handle>(value.data) ? resolve(document, value.as_handle())
                                                    : ConstRef{};
}

}  // namespace

void WantedValues::gather(const shading::ShaderGraph& graph) {
  for (const shading::GraphNode& node : graph.nodes) {
    if (node.type != "ShaderNodeAttribute" || node.text("attribute_type") == "GEOMETRY") {
      continue;
    }
    (node.text("attribute_type") == "VIEW_LAYER" ? of_layer : of_objects)
        .insert(node.text("attribute_name"));
  }
}

std::optional<float4> find_number(const Document& document, const ConstRef& owner,
                                  std::string_view path) {
  if (!owner || path.empty()) {
    return std::nullopt;
  }
  const auto custom = [&](std::string_view name) -> std::optional<float4> {
    const PropertyBag* bag = bag_of(owner);
    const CustomValue* value = bag ? bag->find(name) : nullptr;
    return value ? from_custom(*value) : std::nullopt;
  };
  if (const std::optional<float4> own = custom(path)) {
    return own;
  }
  if (path.starts_with("[\"") && path.ends_with("\"]")) {
    return custom(path.substr(2, path.size() - 4));
  }
  const std::size_t end = path.find_first_of(".[");
  const Property* property = owner.schema->property(std::string(path.substr(0, end)));
  if (!property) {
    return std::nullopt;
  }
  if (end == std::string_view::npos) {
    return from_property(owner, *property);
  }
  return find_number(document, follow(document, owner, *property),
                     path.substr(path[end] == '.' ? end + 1 : end));
}

NamedValues object_values(const Document& document, const Object& object,
                          const std::set<std::string>& names) {
  NamedValues out;
  const ConstRef own = resolve(document, Handle{object.id, {}}),
                 data = resolve(document, Handle{object.data.id, {}});
  for (const std::string& name : names) {
    std::optional<float4> value = find_number(document, own, name);
    value = value ? value : find_number(document, data, name);
    if (value) {
      out.emplace_back(name, *value);
    }
  }
  return out;
}

NamedValues layer_values(const Document& document, const Scene& scene, const ViewLayer* layer,
                         const std::set<std::string>& names) {
  NamedValues out;
  const ConstRef of_scene = resolve(document, Handle{scene.id, {}}),
                 of_world = resolve(document, Handle{scene.world.id, {}});
  ConstRef of_layer;
  for (std::int64_t i = 0; layer && i < scene.view_layers.size(); ++i) {
    if (&scene.view_layers[i] == layer) {
      of_layer = resolve(
          document,
          Handle{scene.id,
                 {PathStep{Scene::schema().property("view_layers"), scene.view_layers.id(i), i}}});
    }
  }
  for (const std::string& name : names) {
    for (const ConstRef& owner : {of_layer, of_scene, of_world}) {
      if (const std::optional<float4> value = find_number(document, owner, name)) {
        out.emplace_back(name, *value);
        break;
      }
    }
  }
  return out;
}

}  // namespace kiln::render
