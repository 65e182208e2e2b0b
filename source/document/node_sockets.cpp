// The socket kinds and their schemas.
#include <deque>

#include "core/schema/registry.h"
#include "document/collection.h"
#include "document/image.h"
#include "document/material.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/script_nodes.h"

namespace kiln {
namespace {

struct Kind {
  std::string_view identifier;
  std::string_view label;
  SocketType type;
  Subtype subtype = Subtype::None;
  int length = 0;  ///< of numbers
};

constexpr Kind kinds[] = {
    {"NodeSocketBool", "Boolean Node Socket", SocketType::Boolean},
    {"NodeSocketCollection", "Collection Node Socket", SocketType::Collection},
    {"NodeSocketColor", "Color Node Socket", SocketType::Rgba, Subtype::Color, 4},
    {"NodeSocketFloat", "Float Node Socket", SocketType::Value},
    {"NodeSocketFloatAngle", "Float Node Socket", SocketType::Value, Subtype::Angle},
    {"NodeSocketFloatDistance", "Float Node Socket", SocketType::Value, Subtype::Distance},
    {"NodeSocketFloatFactor", "Float Node Socket", SocketType::Value, Subtype::Factor},
    {"NodeSocketFloatPercentage", "Float Node Socket", SocketType::Value, Subtype::Percentage},
    {"NodeSocketFloatTime", "Float Node Socket", SocketType::Value, Subtype::Time},
    {"NodeSocketFloatTimeAbsolute", "Float Node Socket", SocketType::Value, Subtype::TimeAbsolute},
    {"NodeSocketFloatUnsigned", "Float Node Socket", SocketType::Value, Subtype::Unsigned},
    {"NodeSocketGeometry", "Geometry Node Socket", SocketType::Geometry},
    {"NodeSocketImage", "Image Node Socket", SocketType::Image},
    {"NodeSocketInt", "Integer Node Socket", SocketType::Int},
    {"NodeSocketIntFactor", "Integer Node Socket", SocketType::Int, Subtype::Factor},
    {"NodeSocketIntPercentage", "Integer Node Socket", SocketType::Int, Subtype::Percentage},
    {"NodeSocketIntUnsigned", "Integer Node Socket", SocketType::Int, Subtype::Unsigned},
    {"NodeSocketMaterial", "Material Node Socket", SocketType::Material},
    {"NodeSocketObject", "Object Node Socket", SocketType::Object},
    {"NodeSocketShader", "Shader Node Socket", SocketType::Shader},
    {"NodeSocketString", "String Node Socket", SocketType::String},
    {"NodeSocketVector", "Vector Node Socket", SocketType::Vector, Subtype::None, 3},
    {"NodeSocketVectorAcceleration", "Vector Node Socket", SocketType::Vector,
     Subtype::Acceleration, 3},
    {"NodeSocketVectorDirection", "Vector Node Socket", SocketType::Vector, Subtype::Direction, 3},
    {"NodeSocketVectorEuler", "Vector Node Socket", SocketType::Vector, Subtype::Euler, 3},
    {"NodeSocketVectorTranslation", "Vector Node Socket", SocketType::Vector, Subtype::Translation,
     3},
    {"NodeSocketVectorVelocity", "Vector Node Socket", SocketType::Vector, Subtype::Velocity, 3},
    {"NodeSocketVectorXYZ", "Vector Node Socket", SocketType::Vector, Subtype::Xyz, 3},
    {"NodeSocketVirtual", "Virtual Node Socket", SocketType::Custom},
};

const Schema& (*block_schema(SocketType type))() {
  switch (type) {
    case SocketType::Object:
      return &Object::schema;
    case SocketType::Image:
      return &Image::schema;
    case SocketType::Collection:
      return &Collection::schema;
    default:
      return &Material::schema;
  }
}

const Schema& standard_socket() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "NodeSocketStandard";
    s.base = &NodeSocket::schema();
    s.name_property = s.base->name_property;
    return s;
  }();
  return schema;
}

std::vector<EnumItem> socket_type_items() {
  return {
      {"CUSTOM", "Custom", -1},   {"VALUE", "Value", 0},        {"INT", "Integer", 6},
      {"BOOLEAN", "Boolean", 4},  {"VECTOR", "Vector", 1},      {"STRING", "String", 7},
      {"RGBA", "RGBA", 2},        {"SHADER", "Shader", 3},      {"OBJECT", "Object", 8},
      {"IMAGE", "Image", 9},      {"GEOMETRY", "Geometry", 10}, {"COLLECTION", "Collection", 11},
      {"TEXTURE", "Texture", 12}, {"MATERIAL", "Material", 13}};
}

const NodeTree* tree_of(const ConstRef& socket) {
  return socket.block && socket.block->type() == BlockType::NodeTree
             ? static_cast<const NodeTree*>(socket.block)
             : nullptr;
}

// The node and item id of a socket, found by its address.
std::pair<ItemId, ItemId> locate(const ConstRef& socket) {
  if (const NodeTree* tree = tree_of(socket)) {
    for (std::int64_t n = 0; n < tree->nodes.size(); ++n) {
      const Node& node = tree->nodes[n];
      for (const ItemList<NodeSocket>* list : {&node.inputs, &node.outputs}) {
        for (std::int64_t i = 0; i < list->size(); ++i) {
          if (&(*list)[i] == socket.data) {
            return {tree->nodes.id(n), list->id(i)};
          }
        }
      }
    }
  }
  return {0, 0};
}

bool is_linked(const ConstRef& socket) {
  const NodeTree* tree = tree_of(socket);
  return tree && tree->is_linked(locate(socket).second);
}

Value node_of(const ConstRef& socket) {
  const NodeTree* tree = tree_of(socket);
  const ItemId node = locate(socket).first;
  return tree && node ? Value(node_handle(*tree, node)) : Value();
}

Schema make_schema(const Kind& kind) {
  SchemaBuilder<NodeSocket> s(std::string(kind.identifier), std::string(kind.label),
                              &standard_socket());
  const auto number_range = [&](PropertyBuilder p) {
    const bool is_int = kind.type == SocketType::Int;
    const bool is_part = kind.subtype == Subtype::Factor || kind.subtype == Subtype::Percentage;
    const bool is_positive =
        kind.subtype == Subtype::Unsigned || kind.subtype == Subtype::Color || (is_int && is_part);
    if (kind.subtype == Subtype::Factor && !is_int) {
      p.range(0, 1);
    } else if (kind.subtype == Subtype::Color) {
      p.range(0, infinity).soft(0, 1);
    } else if (is_positive) {
      p.range(0, infinity).soft(0, 10000);
    } else {
      p.soft(-10000, 10000);
    }
    p.subtype(kind.subtype).changes(Change::Shading | Change::Geometry);
  };
  switch (kind.type) {
    case SocketType::Value:
    case SocketType::Vector:
    case SocketType::Rgba: {
      PropertyBuilder p = s.add_column<float>(
          "default_value", "Default Value",
          [](const void* data, std::int64_t) -> const void* {
            return &static_cast<const NodeSocket*>(data)->number;
          },
          [](void* data, std::int64_t) -> void* { return &static_cast<NodeSocket*>(data)->number; },
          false);
      if (kind.length) {
        Value::Numbers numbers(std::size_t(kind.length), 0.0);
        numbers.back() = kind.subtype == Subtype::Direction ? 1.0 : 0.0;
        p.array(kind.length).default_value(std::move(numbers));
      } else {
        p.default_value(0.0);
      }
      number_range(p);
      break;
    }
    case SocketType::Int: {
      PropertyBuilder p = s.add_column<int>(
          "default_value", "Default Value",
          [](const void* data, std::int64_t) -> const void* {
            return &static_cast<const NodeSocket*>(data)->integer;
          },
          [](void* data, std::int64_t) -> void* {
            return &static_cast<NodeSocket*>(data)->integer;
          },
          false);
      p.default_value(kind.subtype == Subtype::Factor       ? 1
                      : kind.subtype == Subtype::Percentage ? 100
                                                            : 0);
      number_range(p);
      break;
    }
    case SocketType::Boolean:
      s.add_computed(
           PropertyType::Boolean, "default_value", "Default Value",
           [](const ConstRef& r) { return Value(r.as<NodeSocket>().integer != 0); },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             r.as<NodeSocket>().integer = v.as_bool();
             return {};
           })
          .default_value(false)
          .changes(Change::Shading | Change::Geometry);
      break;
    case SocketType::String:
      s.add_column<std::string>(
           "default_value", "Default Value",
           [](const void* data, std::int64_t) -> const void* {
             return &static_cast<const NodeSocket*>(data)->text;
           },
           [](void* data, std::int64_t) -> void* { return &static_cast<NodeSocket*>(data)->text; },
           false)
          .max_bytes(1024)
          .never_none()
          .not_animatable()
          .default_value("")
          .changes(Change::Shading | Change::Geometry);
      break;
    case SocketType::Object:
    case SocketType::Image:
    case SocketType::Collection:
    case SocketType::Material:
      // The reference to the block itself is stored by `block` of the base.
      s.add_computed(
           PropertyType::Pointer, "default_value", "Default Value",
           [](const ConstRef& r) { return Value(r.as<NodeSocket>().block.id); },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             r.as<NodeSocket>().block.id = v.as_block();
             return {};
           })
          .not_animatable()
          .overridable()
          .target(block_schema(kind.type))
          .changes(Change::Shading | Change::Geometry | Change::Hierarchy);
      break;
    default:
      break;
  }
  return s.build();
}

const std::deque<Schema>& kind_schemas() {
  static const std::deque<Schema> schemas = [] {
    std::deque<Schema> all;
    for (const Kind& kind : kinds) {
      all.push_back(make_schema(kind));
    }
    return all;
  }();
  return schemas;
}

}  // namespace

int NodeSocket::most_links() const {
  return link_limit > 0 ? link_limit : is_output || is_multi_input ? max_links : 1;
}

const Schema& NodeSocket::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodeSocket> s("NodeSocket", "Node Socket");
    s.add<&NodeSocket::name>("name", "Name").max_bytes(64).never_none().not_animatable();
    s.add<&NodeSocket::label>("label", "Label")
        .max_bytes(64)
        .read_only()
        .never_none()
        .not_animatable();
    s.add<&NodeSocket::identifier>("identifier", "Identifier")
        .max_bytes(64)
        .read_only()
        .never_none()
        .not_animatable();
    s.add<&NodeSocket::description>("description", "Tooltip")
        .max_bytes(64)
        .never_none()
        .not_animatable();
    s.add<&NodeSocket::is_output>("is_output", "Is Output").read_only();
    s.add<&NodeSocket::hide>("hide", "Hide");
    s.add<&NodeSocket::enabled>("enabled", "Enabled").default_value(false);
    s.add_computed(PropertyType::Boolean, "is_linked", "Linked", [](const ConstRef& r) {
       return Value(is_linked(r));
     }).default_value(false);
    s.add_computed(PropertyType::Boolean, "is_unavailable", "Unavailable", [](const ConstRef& r) {
       return Value(!r.as<NodeSocket>().enabled);
     }).default_value(false);
    s.add<&NodeSocket::is_multi_input>("is_multi_input", "Multi Input").read_only();
    s.add<&NodeSocket::link_limit>("stored_link_limit", "").internal();
    s.add_computed(
         PropertyType::Int, "link_limit", "Link Limit",
         [](const ConstRef& r) { return Value(r.as<NodeSocket>().most_links()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<NodeSocket>().link_limit = int(v.as_int());
           return {};
         })
        .describe("How many links it takes")
        .range(1, NodeSocket::max_links)
        .default_value(std::int64_t(0));
    s.add<&NodeSocket::show_expanded>("show_expanded", "Expanded");
    s.add<&NodeSocket::hide_value>("hide_value", "Hide Value");
    s.add_computed(PropertyType::Pointer, "node", "Node",
                   [](const ConstRef& r) { return node_of(r); })
        .target(&Node::schema)
        .not_animatable();
    s.add<&NodeSocket::type>("type", "Type").items(socket_type_items());
    s.add<&NodeSocket::display_shape>("display_shape", "Shape")
        .items({{"CIRCLE", "Circle", 0},
                {"SQUARE", "Square", 1},
                {"DIAMOND", "Diamond", 2},
                {"CIRCLE_DOT", "Circle with inner dot", 3},
                {"SQUARE_DOT", "Square with inner dot", 4},
                {"DIAMOND_DOT", "Diamond with inner dot", 5}});
    s.add<&NodeSocket::kind>("bl_idname", "ID Name")
        .set(keep_class_fact("bl_idname",
                             [](const ConstRef& r) { return Value(r.as<NodeSocket>().kind); }))
        .never_none()
        .not_animatable();
    const auto label = [](const ConstRef& r) { return Value(r.schema ? r.schema->label : ""); };
    s.add_computed(PropertyType::String, "bl_label", "Label", label,
                   keep_class_fact("bl_label", label))
        .default_value("")
        .never_none()
        .not_animatable();
    s.add<&NodeSocket::number>("stored_number", "").internal();
    s.add<&NodeSocket::min>("stored_min", "").internal();
    s.add<&NodeSocket::max>("stored_max", "").internal();
    s.add<&NodeSocket::integer>("stored_integer", "").internal();
    s.add<&NodeSocket::text>("stored_text", "").internal();
    s.add<&NodeSocket::block>("stored_block", "").internal();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

std::optional<SocketType> socket_type_of(std::string_view kind) {
  for (const Kind& k : kinds) {
    if (k.identifier == kind) {
      return k.type;
    }
  }
  return std::nullopt;
}

const Schema& NodeSocket::dynamic_schema() const {
  if (script_type) {
    return *script_type;
  }
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    if (kinds[i].identifier == kind) {
      return kind_schemas()[i];
    }
  }
  return schema();
}

void register_socket_types(Registry& registry) {
  registry.add(NodeSocket::schema());
  registry.add(standard_socket());
  for (const Schema& schema : kind_schemas()) {
    registry.add(schema);
  }
}

}  // namespace kiln
