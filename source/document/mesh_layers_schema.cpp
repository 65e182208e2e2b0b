#include "document/attribute_layers.h"
#include "document/mesh_schema.h"

// UV maps, colour layers, and the lists of attributes of a mesh.
namespace kiln {

const std::vector<EnumItem>& attribute_type_items();
const std::vector<EnumItem>& attribute_domain_items();
void add_legacy_byte_color(SchemaBuilder<ElementView>& s);

namespace {

constexpr int max_uv_maps = 8;

bool is_uv(const Attribute& a) {
  return a.is_uv_map;
}
bool is_corner_color(const Attribute& a) {
  return a.type() == AttributeType::ByteColor && a.domain == Domain::Corner;
}
bool is_point_color(const Attribute& a) {
  return a.type() == AttributeType::FloatColor && a.domain == Domain::Point;
}

Property string_parameter(std::string identifier, std::string default_value) {
  return parameter(PropertyType::String, std::move(identifier), "", [&](PropertyBuilder& p) {
    p.default_value(std::move(default_value)).never_none().max_bytes(64);
  });
}
Property flag_parameter(std::string identifier, bool default_value) {
  return parameter(PropertyType::Boolean, std::move(identifier), "",
                   [&](PropertyBuilder& p) { p.default_value(default_value); });
}
Property pointer_parameter(std::string identifier, const Schema& (*target)(), bool is_output) {
  Property p = parameter(PropertyType::Pointer, std::move(identifier), "", [&](PropertyBuilder& b) {
    b.target(target);
    if (is_output) {
      b.output();
    } else {
      b.required().never_none();
    }
  });
  return p;
}

/// A name in the mesh that says which layer plays a role, as a pointer and as an index.
using Role = std::string Mesh::*;
using Filter = bool (*)(const Attribute&);

PropertyBuilder add_role_pointer(SchemaBuilder<ElementView>& s, std::string identifier,
                                 std::string label, const Schema& (*element)(),
                                 const char* collection, Role role) {
  return s.add_link(
      std::move(identifier), std::move(label), element,
      [collection, role](const ConstRef& ref) {
        return attribute_step(ref.as<Mesh>(), collection, ref.as<Mesh>().*role);
      },
      [role](const MutableRef& ref, const Value& value) -> Result<void> {
        Mesh& mesh = ref.as<Mesh>();
        const std::int64_t i = attribute_of_handle(mesh, value.as_handle());
        if (i >= 0) {
          mesh.*role = mesh.attributes.items()[i].name;
        }
        return {};
      });
}

template <typename Builder>
PropertyBuilder add_role_index(Builder& s, std::string identifier, std::string label, Filter filter,
                               Role role) {
  return s.add_computed(
      PropertyType::Int, std::move(identifier), std::move(label),
      [filter, role](const ConstRef& ref) {
        return Value(std::max<std::int64_t>(
            position_in_list(ref.as<Mesh>(), filter, ref.as<Mesh>().*role), 0));
      },
      [filter, role](const MutableRef& ref, const Value& value) -> Result<void> {
        Mesh& mesh = ref.as<Mesh>();
        const std::int64_t count = std::int64_t(listed_attributes(mesh.attributes, filter).size());
        if (count > 0) {
          mesh.*role =
              name_at(mesh, filter, std::clamp<std::int64_t>(value.as_int(), 0, count - 1));
        }
        return {};
      });
}

/// A layer's own claim to play a role.
PropertyBuilder add_role_flag(SchemaBuilder<Attribute>& s, std::string identifier,
                              std::string label, Role role) {
  return s.add_computed(
      PropertyType::Boolean, std::move(identifier), std::move(label),
      [role](const ConstRef& ref) {
        return Value(mesh_of_block(ref).*role == ref.as<Attribute>().name);
      },
      [role](const MutableRef& ref, const Value& value) -> Result<void> {
        if (value.as_bool()) {
          mesh_of_block(ref).*role = ref.as<Attribute>().name;
        }
        return {};
      });
}

Schema without_instances(Schema schema) {
  schema.make = nullptr;
  schema.dynamic = nullptr;
  return schema;
}

std::int64_t value_count(const ConstRef& ref) {
  return std::int64_t(attribute_size(ref.as<Attribute>().values));
}

Value new_layer(const Mesh& mesh, const char* collection, std::string_view name) {
  const PathStep step = attribute_step(mesh, collection, name);
  // Layers with hidden names are in no list.
  return step.property ? Value(Handle{mesh.id, {step}}) : Value();
}

Result<Value> remove_layer(const Call& call) {
  Mesh* mesh = edit_mesh(call, Change::Geometry);
  if (!mesh) {
    return not_editable();
  }
  const std::int64_t i = attribute_of_handle(*mesh, call.values[0].as_handle());
  if (i >= 0) {
    remove_attribute(*mesh, i);
  }
  return Value();
}

// ---- UV maps ----

/// A truth value that goes with each UV of a map, in an attribute named after the map.
PropertyBuilder add_uv_flag(SchemaBuilder<ElementView>& s, std::string identifier,
                            std::string label, const char* prefix) {
  return s
      .add_computed(
          PropertyType::Boolean, std::move(identifier), std::move(label),
          [prefix](const ConstRef& ref) {
            const Array<std::uint8_t>* flags = mesh_of_block(ref).attributes.find<std::uint8_t>(
                prefix + ref.as<Attribute>().name, Domain::Corner);
            return Value(flags && std::uint64_t(ref.index) < flags->size() &&
                         (*flags)[std::size_t(ref.index)]);
          },
          [prefix](const MutableRef& ref, const Value& value) -> Result<void> {
            const Attribute& map = ref.as<Attribute>();
            const std::size_t count = attribute_size(map.values);
            const std::string name =
                prefix + map.name;  // `map` may move when an attribute is added
            if (std::uint64_t(ref.index) < count) {
              mesh_of_block(ref)
                  .attributes.ensure<std::uint8_t>(name, Domain::Corner, count)
                  .edit()[std::size_t(ref.index)] = value.as_bool();
            }
            return {};
          })
      .changes(Change::Selection);
}

const Schema& mesh_uv_loop_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshUVLoop", "Mesh UV Layer");
    s.add_column<float2>(
         "uv", "",
         [](const void* data, std::int64_t index) -> const void* {
           const Array<float2>* uvs = static_cast<const Attribute*>(data)->as<float2>();
           return uvs ? element_address(*uvs, index) : nullptr;
         },
         [](void* data, std::int64_t index) -> void* {
           Array<float2>* uvs = std::get_if<Array<float2>>(&static_cast<Attribute*>(data)->values);
           return uvs ? edit_element_address(*uvs, index) : nullptr;
         })
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz)
        .changes(Change::Geometry);
    add_uv_flag(s, "pin_uv", "UV Pinned", ".pin ");
    add_uv_flag(s, "select", "UV Select", ".select ");
    add_uv_flag(s, "select_edge", "UV Edge Select", ".select_edge ");
    return s.build();
  }();
  return schema;
}

const Schema& mesh_uv_layer_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Attribute> s("MeshUVLoopLayer", "MeshUVLoopLayer");
    s.add_view("data", "", &mesh_uv_loop_schema, value_count);
    add_layer_name(s);
    add_role_flag(s, "active", "Active", &Mesh::active_uv);
    add_role_flag(s, "active_render", "Active Render", &Mesh::render_uv);
    add_role_flag(s, "active_clone", "Active Clone", &Mesh::clone_uv);
    return without_instances(s.build());
  }();
  return schema;
}

/// What a new UV map without a model shows: quads fill the unit square, other faces are inscribed
/// in its circle.
Array<float2> default_uvs(const Mesh& mesh) {
  Array<float2> result(mesh.corner_count());
  const std::span<float2> uvs = result.edit();
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::size_t first = std::size_t(mesh.face_offsets()[f]);
    const int size = mesh.face_size(f);
    constexpr float2 square[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int i = 0; i < size; ++i) {
      const float angle = float(i) / float(size) * 6.2831853f;
      uvs[first + std::size_t(i)] =
          size <= 4 ? square[i]
                    : float2{0.5f + 0.5f * std::sin(angle), 0.5f + 0.5f * std::cos(angle)};
    }
  }
  return result;
}

Result<Value> new_uv_map(const Call& call) {
  Mesh* mesh = edit_mesh(call, Change::Geometry);
  if (!mesh) {
    return not_editable();
  }
  if (listed_attributes(mesh->attributes, is_uv).size() >= max_uv_maps) {
    return Value();
  }
  mesh->resolve();
  const std::string wanted =
      call.values[0].as_string().empty() ? "UVMap" : call.values[0].as_string();
  const std::string name = free_attribute_name(*mesh, wanted.empty() ? "UVMap" : wanted);
  Array<float2> uvs(mesh->corner_count());
  if (call.values[1].as_bool()) {
    const Array<float2>* model = mesh->attributes.find<float2>(mesh->active_uv, Domain::Corner);
    uvs = model ? *model : default_uvs(*mesh);
  }
  mesh->add_uv_map(name, std::move(uvs));
  return new_layer(*mesh, "uv_layers", name);
}

const Schema& uv_layers_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("UVLoopLayers", "UV Map Layers");
    add_role_pointer(s, "active", "Active UV Map Layer", &mesh_uv_layer_schema, "uv_layers",
                     &Mesh::active_uv)
        .changes(Change::Geometry);
    add_role_index(s, "active_index", "Active UV Map Index", is_uv, &Mesh::active_uv)
        .non_negative()
        .changes(Change::Geometry);
    s.add_function("new",
                   {string_parameter("name", "UVMap"), flag_parameter("do_init", true),
                    pointer_parameter("layer", &mesh_uv_layer_schema, /*is_output=*/true)},
                   new_uv_map);
    s.add_function("remove",
                   {pointer_parameter("layer", &mesh_uv_layer_schema, /*is_output=*/false)},
                   remove_layer);
    return s.build();
  }();
  return schema;
}

// ---- colours ----

const Schema& mesh_corner_color_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshLoopColor", "Mesh Vertex Color");
    add_legacy_byte_color(s);
    return s.build();
  }();
  return schema;
}

const Schema& mesh_point_color_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshVertColor", "Mesh Sculpt Vertex Color");
    s.add_column<float4>(
         "color", "Color",
         [](const void* data, std::int64_t index) -> const void* {
           const Array<FloatColor>* colors = static_cast<const Attribute*>(data)->as<FloatColor>();
           return colors ? element_address(*colors, index) : nullptr;
         },
         [](void* data, std::int64_t index) -> void* {
           Array<FloatColor>* colors =
               std::get_if<Array<FloatColor>>(&static_cast<Attribute*>(data)->values);
           return colors ? edit_element_address(*colors, index) : nullptr;
         })
        .subtype(Subtype::Color)
        .range(0, 1)
        .changes(Change::Geometry);
    return s.build();
  }();
  return schema;
}

Schema color_layer_schema(const char* identifier, const char* label, const Schema& (*element)()) {
  SchemaBuilder<Attribute> s(identifier, label);
  add_layer_name(s);
  add_role_flag(s, "active", "Active", &Mesh::active_color);
  add_role_flag(s, "active_render", "Active Render", &Mesh::render_color);
  s.add_view("data", "Data", element, value_count);
  return without_instances(s.build());
}

const Schema& corner_color_layer_schema() {
  static const Schema schema = color_layer_schema("MeshLoopColorLayer", "Mesh Vertex Color Layer",
                                                  &mesh_corner_color_schema);
  return schema;
}
const Schema& point_color_layer_schema() {
  static const Schema schema = color_layer_schema(
      "MeshVertColorLayer", "Mesh Sculpt Vertex Color Layer", &mesh_point_color_schema);
  return schema;
}

/// A new attribute under a free name; colours start white and become active where none is.
const std::string new_attribute(Mesh& mesh, std::string_view wanted, AttributeType type,
                                Domain domain) {
  mesh.resolve();
  const char* usual = type == AttributeType::ByteColor ? "Col" : type == AttributeType::FloatColor ? "Color" : "Attribute";
  const std::string name = free_attribute_name(mesh, wanted.empty() ? usual : wanted);
  AttributeArray values = make_attribute(type, mesh.domain_size(domain));
  if (type == AttributeType::FloatColor) {
    values = Array<FloatColor>(mesh.domain_size(domain), FloatColor{1, 1, 1, 1});
  } else if (type == AttributeType::ByteColor) {
    values = Array<ByteColor>(mesh.domain_size(domain), ByteColor{255, 255, 255, 255});
  }
  const bool is_new_color = is_color(mesh.attributes.set(name, domain, std::move(values)));
  if (is_new_color && mesh.active_color.empty()) {
    mesh.active_color = name;
  }
  if (is_new_color && mesh.render_color.empty()) {
    mesh.render_color = name;
  }
  if (mesh.active_attribute.empty()) {
    mesh.active_attribute = name;
  }
  return name;
}

template <AttributeType Type, Domain D>
Result<Value> new_color_layer(const Call& call) {
  Mesh* mesh = edit_mesh(call, Change::Geometry);
  if (!mesh) {
    return not_editable();
  }
  const char* collection = D == Domain::Corner ? "vertex_colors" : "sculpt_vertex_colors";
  return new_layer(*mesh, collection, new_attribute(*mesh, call.values[0].as_string(), Type, D));
}

void add_color_list(SchemaBuilder<ElementView>& s, const char* label, const Schema& (*element)(),
                    const char* collection, Filter filter, Result<Value> (*make)(const Call&)) {
  add_role_pointer(s, "active", fmt::format("Active {} Layer", label), element, collection,
                   &Mesh::active_color)
      .changes(Change::Geometry);
  add_role_index(s, "active_index", fmt::format("Active {} Index", label), filter,
                 &Mesh::active_color)
      .non_negative()
      .changes(Change::Geometry);
  s.add_function("new",
                 {string_parameter("name", "Col"), flag_parameter("do_init", true),
                  pointer_parameter("layer", element, /*is_output=*/true)},
                 make);
  s.add_function("remove", {pointer_parameter("layer", element, /*is_output=*/false)},
                 remove_layer);
}

const Schema& corner_colors_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("LoopColors", "Loop Colors");
    add_color_list(s, "Vertex Color", &corner_color_layer_schema, "vertex_colors", is_corner_color,
                   &new_color_layer<AttributeType::ByteColor, Domain::Corner>);
    return s.build();
  }();
  return schema;
}
const Schema& point_colors_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("VertColors", "Vert Colors");
    add_color_list(s, "Sculpt Vertex Color", &point_color_layer_schema, "sculpt_vertex_colors",
                   is_point_color, &new_color_layer<AttributeType::FloatColor, Domain::Point>);
    return s.build();
  }();
  return schema;
}

// ---- attributes ----

Result<Value> new_listed_attribute(const Call& call) {
  const std::optional<AttributeType> type = attribute_type_named(call.values[1].as_string());
  const std::optional<Domain> domain = domain_named(call.values[2].as_string());
  if (!type || !domain || *domain == Domain::Curve || *domain == Domain::Instance) {
    return Error::invalid("Attribute domain not supported by this geometry type");
  }
  Mesh* mesh = edit_mesh(call, Change::Geometry);
  if (!mesh) {
    return not_editable();
  }
  const std::string wanted =
      call.values[0].as_string().empty() ? "Attribute" : call.values[0].as_string();
  return new_layer(*mesh, "attributes", new_attribute(*mesh, wanted, *type, *domain));
}

const Schema& attribute_group_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("AttributeGroup", "Attribute Group");
    add_role_pointer(s, "active", "Active Attribute", &Attribute::schema, "attributes",
                     &Mesh::active_attribute)
        .changes(Change::Settings);
    add_role_index(s, "active_index", "Active Attribute Index", is_listed_attribute,
                   &Mesh::active_attribute)
        .soft(-10000, 10000)
        .not_animatable();
    add_role_pointer(s, "active_color", "Active Color", &Attribute::schema, "color_attributes",
                     &Mesh::active_color)
        .changes(Change::Geometry);
    add_role_index(s, "active_color_index", "Active Color Index", is_color, &Mesh::active_color)
        .soft(-10000, 10000)
        .not_animatable()
        .changes(Change::Geometry);
    add_role_index(s, "render_color_index", "Active Render Color Index", is_color,
                   &Mesh::render_color)
        .soft(-10000, 10000)
        .not_animatable()
        .changes(Change::Geometry);
    for (const auto& [identifier, label, role] :
         {std::tuple("default_color_name", "Default Color Attribute", &Mesh::render_color),
          std::tuple("active_color_name", "Active Color Attribute", &Mesh::active_color)}) {
      s.add_computed(PropertyType::String, identifier, label,
                     [role = role](const ConstRef& ref) { return Value(ref.as<Mesh>().*role); })
          .max_bytes(64)
          .never_none()
          .not_animatable();
    }
    s.add_function("new",
                   {parameter(PropertyType::String, "name", "Name",
                              [](PropertyBuilder& p) {
                                p.default_value("Attribute").required().never_none();
                              }),
                    parameter(PropertyType::Enum, "type", "Type",
                              [](PropertyBuilder& p) {
                                p.items(attribute_type_items()).default_value("FLOAT").required();
                              }),
                    parameter(PropertyType::Enum, "domain", "Domain",
                              [](PropertyBuilder& p) {
                                p.items(attribute_domain_items()).default_value("POINT").required();
                              }),
                    pointer_parameter("attribute", &Attribute::schema, /*is_output=*/true)},
                   new_listed_attribute);
    s.add_function("remove",
                   {pointer_parameter("attribute", &Attribute::schema, /*is_output=*/false)},
                   remove_layer);
    return s.build();
  }();
  return schema;
}

PropertyBuilder add_list(SchemaBuilder<Mesh>& s, const char* identifier, const char* label,
                         Filter filter, const Schema& (*element)(), bool has_own_types = false) {
  return s.add_collection(
      identifier, label, element,
      std::make_shared<AttributeListAccess>(filter, has_own_types ? nullptr : element));
}

}  // namespace

void add_uv_layers(SchemaBuilder<Mesh>& s) {
  add_list(s, "uv_layers", "UV Loop Layers", is_uv, &mesh_uv_layer_schema)
      .collection_schema(&uv_layers_schema);
  const auto add_role = [&](std::string identifier, std::string label, Role role) {
    s.add_link(
        identifier, label + " UV Loop Layer", &mesh_uv_layer_schema,
        [role](const ConstRef& ref) {
          return attribute_step(ref.as<Mesh>(), "uv_layers", ref.as<Mesh>().*role);
        },
        [role](const MutableRef& ref, const Value& value) -> Result<void> {
          Mesh& mesh = ref.as<Mesh>();
          const std::int64_t i = attribute_of_handle(mesh, value.as_handle());
          if (i >= 0) {
            mesh.*role = mesh.attributes.items()[i].name;
          }
          return {};
        });
    add_role_index(s, identifier + "_index", label + " UV Loop Layer Index", is_uv, role)
        .non_negative();
  };
  add_role("uv_layer_clone", "Clone", &Mesh::clone_uv);
  add_role("uv_layer_stencil", "Mask", &Mesh::stencil_uv);
}

void add_attribute_lists(SchemaBuilder<Mesh>& s) {
  add_list(s, "vertex_colors", "Vertex Colors", is_corner_color, &corner_color_layer_schema)
      .collection_schema(&corner_colors_schema);
  add_list(s, "sculpt_vertex_colors", "Sculpt Vertex Colors", is_point_color,
           &point_color_layer_schema)
      .collection_schema(&point_colors_schema);
  add_list(s, "attributes", "Attributes", is_listed_attribute, &Attribute::schema,
           /*has_own_types=*/true)
      .collection_schema(&attribute_group_schema);
  add_list(s, "color_attributes", "Color Attributes", is_color, &Attribute::schema,
           /*has_own_types=*/true)
      .collection_schema(&attribute_group_schema);
}

}  // namespace kiln
