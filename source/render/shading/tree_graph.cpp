#include "render/shading/tree_graph.h"

#include <unordered_map>

#include "core/schema/ref.h"
#include "document/image.h"
#include "document/texture_mapping.h"

namespace kiln::render::shading {
namespace {

constexpr int max_group_depth = 32;

SocketType socket_type(const NodeSocket& socket) {
  switch (socket.type) {
    case kiln::SocketType::Vector:
      return SocketType::Vector;
    case kiln::SocketType::Rgba:
      return SocketType::Color;
    case kiln::SocketType::Shader:
      return SocketType::Shader;
    case kiln::SocketType::Int:
    case kiln::SocketType::Boolean:
      return SocketType::Int;
    case kiln::SocketType::String:
      return SocketType::String;
    default:
      return SocketType::Float;
  }
}

GraphSocket make_socket(const NodeSocket& socket) {
  const SocketType type = socket_type(socket);
  float4 value = socket.number;
  if (type == SocketType::Int) {
    value.x = float(socket.integer);
  }
  return {socket.identifier, type, value};
}

/// One property of a node as a setting; nothing where shaders have no use for it.
Setting make_setting(const ConstRef& ref, const Property& property,
                     const FindTexture& find_texture) {
  switch (property.type) {
    case PropertyType::Boolean:
      return read(ref, property).as_bool();
    case PropertyType::Enum:
      return read(ref, property).as_string();
    case PropertyType::String:
      return read(ref, property).as_string();
    case PropertyType::Int:
      return property.length ? Setting() : Setting(int(read(ref, property).as_int()));
    case PropertyType::Float: {
      const Value value = read(ref, property);
      if (!property.length) {
        return float(value.as_float());
      }
      float4 numbers;
      const Value::Numbers& all = value.as_numbers();
      for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 4); ++i) {
        numbers[int(i)] = float(all[i]);
      }
      return numbers;
    }
    case PropertyType::Pointer: {
      if (!property.target) {
        return {};
      }
      const Schema& target = property.target();
      if (&target == &Image::schema()) {
        const Value value = read(ref, property);
        const Property* user = ref.schema->property("image_user");
        return find_texture
                   ? Setting(find_texture(value.as_block(),
                                          user ? nested(ref, *user).as<ImageUser>() : ImageUser()))
                   : Setting();
      }
      if (property.storage != Storage::Struct) {
        return {};
      }
      const ConstRef inner = nested(ref, property);
      if (&target == &ColorRamp::schema()) {
        return std::make_shared<const ColorRamp>(inner.as<ColorRamp>());
      }
      if (&target == &TexMapping::schema()) {
        const auto& mapping = inner.as<TexMapping>();
        return mapping.is_identity() ? Setting() : std::make_shared<const TexMapping>(mapping);
      }
      if (&target == &CurveMapping::schema()) {
        const auto& mapping = inner.as<CurveMapping>();
        auto tables = std::make_shared<CurveTables>();
        for (const CurveMap& curve : mapping.curves) {
          tables->curves.emplace_back(mapping, curve);
        }
        return std::shared_ptr<const CurveTables>(std::move(tables));
      }
      return {};
    }
    default:
      return {};
  }
}

ShaderGraph convert(const NodeTree& tree, const Document& document, const FindTexture& find_texture,
                    int depth) {
  ShaderGraph graph;
  std::unordered_map<ItemId, int> nodes;
  for (std::int64_t i = 0; i < tree.nodes.size(); ++i) {
    const Node& from = tree.nodes[i];
    nodes[tree.nodes.id(i)] = int(graph.nodes.size());
    GraphNode node;
    const Schema& schema = from.dynamic_schema();
    node.type = schema.identifier;
    node.name = from.name;
    node.is_muted = from.mute;
    const ConstRef ref{&schema, &from, -1, &tree, &document, nullptr};
    for (const Schema* s = &schema; s && s != &Node::schema(); s = s->base) {
      for (const Property& property : s->properties) {
        Setting setting = make_setting(ref, property, find_texture);
        if (!std::holds_alternative<std::monostate>(setting)) {
          node.settings[property.identifier] = std::move(setting);
        }
      }
    }
    if (const NodeTree* group = document.find(from.group_tree());
        group && depth < max_group_depth) {
      node.settings["node_tree"] =
          std::make_shared<const ShaderGraph>(convert(*group, document, find_texture, depth + 1));
    }
    for (const NodeSocket& socket : from.inputs) {
      node.inputs.push_back(make_socket(socket));
    }
    for (const NodeSocket& socket : from.outputs) {
      node.outputs.push_back(make_socket(socket));
    }
    graph.nodes.push_back(std::move(node));
  }
  for (const NodeLink& link : tree.links) {
    const auto from = nodes.find(link.from_node), to = nodes.find(link.to_node);
    if (link.is_muted || !link.is_valid || from == nodes.end() || to == nodes.end()) {
      continue;
    }
    const auto& outputs = tree.find_node(link.from_node)->outputs;
    const auto& inputs = tree.find_node(link.to_node)->inputs;
    const std::int64_t output = outputs.index_of(link.from_socket);
    const std::int64_t input = inputs.index_of(link.to_socket);
    // Sockets that the settings of a node hide take and give nothing.
    if (output >= 0 && input >= 0 && outputs[output].enabled && inputs[input].enabled) {
      graph.links.push_back({from->second, int(output), to->second, int(input)});
    }
  }
  return graph;
}

}  // namespace

ShaderGraph make_graph(const NodeTree& tree, const Document& document,
                       const FindTexture& find_texture) {
  return convert(tree, document, find_texture, 0);
}

}  // namespace kiln::render::shading
