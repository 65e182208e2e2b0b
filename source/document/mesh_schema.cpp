#include "document/mesh_schema.h"

#include "core/schema/registry.h"
#include "document/document.h"
#include "document/object.h"

namespace kiln {
namespace {

std::int64_t count_true(const Mesh& mesh, std::string_view name, Domain domain) {
  const Array<std::uint8_t>* flags = mesh.attributes.find<std::uint8_t>(name, domain);
  return flags ? std::count_if(flags->begin(), flags->end(),
                               [](std::uint8_t flag) { return flag != 0; })
               : 0;
}

void add_has(SchemaBuilder<Mesh>& s, std::string identifier, std::string label,
             const char* attribute) {
  s.add_computed(PropertyType::Boolean, std::move(identifier), std::move(label),
                 [attribute](const ConstRef& ref) {
                   return Value(ref.as<Mesh>().attributes.find(attribute) != nullptr);
                 });
}

// Selections are counted while the mesh is being edited, as scripts expect; else the counts are 0.
bool is_in_edit_mode(const ConstRef& mesh) {
  if (!mesh.document) {
    return false;
  }
  for (const BlockId id : mesh.document->all(BlockType::Object)) {
    const Object* object = mesh.document->find<Object>(id);
    if (object->mode == ObjectMode::Edit && mesh.block && object->data.id == mesh.block->id) {
      return true;
    }
  }
  return false;
}

void add_selected_total(SchemaBuilder<Mesh>& s, std::string identifier, std::string label,
                        const char* attribute, Domain domain) {
  s.add_computed(PropertyType::Int, std::move(identifier), std::move(label),
                 [attribute, domain](const ConstRef& ref) {
                   return Value(is_in_edit_mode(ref) ? count_true(ref.as<Mesh>(), attribute, domain)
                                                     : std::int64_t(0));
                 })
      .non_negative();
}

/// Centre or half size of the box around the mesh, which is what texture space follows
/// automatically.
float3 box(const Mesh& mesh, bool is_size) {
  float3 low, high;
  if (!mesh.bounds(&low, &high)) {
    return is_size ? float3{1, 1, 1} : float3{};
  }
  if (!is_size) {
    return (low + high) * 0.5f;
  }
  float3 size = (high - low) * 0.5f;
  for (int k = 0; k < 3; ++k) {
    size[k] = size[k] > 0.0f ? std::max(size[k], 1e-5f) : 1.0f;
  }
  return size;
}

void add_is_editmode(SchemaBuilder<Mesh>& s) {
  s.add_computed(PropertyType::Boolean, "is_editmode", "Is Editmode", [](const ConstRef& ref) {
     if (!ref.document || !ref.block) {
       return Value(false);
     }
     for (const BlockId id : ref.document->all(BlockType::Object)) {
       const auto* object = ref.document->find<Object>(id);
       if (object && object->data.id == ref.block->id && object->mode == ObjectMode::Edit) {
         return Value(true);
       }
     }
     return Value(false);
   }).default_value(false);
}

// An automatic texture space follows the shape and is not set.
template <float3 Mesh::*Member>
auto texture_space_setter() {
  return [](const MutableRef& ref, const Value& value) -> Result<void> {
    Mesh& mesh = ref.as<Mesh>();
    const auto* numbers = std::get_if<Value::Numbers>(&value.data);
    if (!numbers || numbers->size() != 3) {
      return Error::invalid("expected three numbers");
    }
    if (!mesh.use_auto_texspace) {
      mesh.*Member = {float((*numbers)[0]), float((*numbers)[1]), float((*numbers)[2])};
    }
    return {};
  };
}

void add_texture_space(SchemaBuilder<Mesh>& s) {
  s.add<&Mesh::use_auto_texspace>("use_auto_texspace", "Auto Texture Space")
      .changes(Change::Geometry);
  s.add_computed(
       PropertyType::Boolean, "auto_texspace", "Auto Texture Space",
       [](const ConstRef& ref) { return Value(ref.as<Mesh>().use_auto_texspace); },
       [](const MutableRef& ref, const Value& value) {
         ref.as<Mesh>().use_auto_texspace = value.as_bool();
         return Result<void>();
       })
      .default_value(true);
  // What automatic texture space comes to is shown in place of what was stored.
  s.add<&Mesh::texspace_location>("texspace_location", "Texture Space Location")
      .soft(-10000, 10000)
      .subtype(Subtype::Translation)
      .changes(Change::Geometry)
      .get([](const ConstRef& ref) -> Value {
        const Mesh& mesh = ref.as<Mesh>();
        return numbers(mesh.use_auto_texspace ? box(mesh, /*is_size=*/false)
                                              : mesh.texspace_location);
      })
      .set(texture_space_setter<&Mesh::texspace_location>())
      .not_stored();
  s.add<&Mesh::texspace_location>("stored_texspace_location", "").internal();
  s.add<&Mesh::texspace_size>("texspace_size", "Texture Space Size")
      .soft(-10000, 10000)
      .subtype(Subtype::Xyz)
      .changes(Change::Geometry)
      .get([](const ConstRef& ref) -> Value {
        const Mesh& mesh = ref.as<Mesh>();
        return numbers(mesh.use_auto_texspace ? box(mesh, /*is_size=*/true) : mesh.texspace_size);
      })
      .set(texture_space_setter<&Mesh::texspace_size>())
      .not_stored();
  s.add<&Mesh::texspace_size>("stored_texspace_size", "").internal();
}

// Which layers play which role; the interface shows it in their lists.
void add_stored_roles(SchemaBuilder<Mesh>& s) {
  s.add<&Mesh::active_attribute>("stored_active_attribute", "").internal();
  s.add<&Mesh::active_uv>("stored_active_uv", "").internal();
  s.add<&Mesh::render_uv>("stored_render_uv", "").internal();
  s.add<&Mesh::clone_uv>("stored_clone_uv", "").internal();
  s.add<&Mesh::stencil_uv>("stored_stencil_uv", "").internal();
  s.add<&Mesh::active_color>("stored_active_color", "").internal();
  s.add<&Mesh::render_color>("stored_render_color", "").internal();
  s.add<&Mesh::active_vertex_group>("stored_active_vertex_group", "").internal();
}

void add_tool_settings(SchemaBuilder<Mesh>& s) {
  s.add<&Mesh::use_mirror_x>("use_mirror_x", "X");
  s.add<&Mesh::use_mirror_y>("use_mirror_y", "Y");
  s.add<&Mesh::use_mirror_z>("use_mirror_z", "Z");
  s.add<&Mesh::use_mirror_vertex_groups>("use_mirror_vertex_groups", "Mirror Vertex Groups");
}

}  // namespace

const Schema& Mesh::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Mesh> s("Mesh", "Mesh", &DataBlock::schema());
    s.add_view("vertices", "Vertices", &mesh_vertex_schema, [](const ConstRef& ref) {
       return std::int64_t(ref.as<Mesh>().vertex_count());
     }).collection_schema(&mesh_vertices_schema);
    s.add_view("edges", "Edges", &mesh_edge_schema, [](const ConstRef& ref) {
       return std::int64_t(shown_edge_count(ref.as<Mesh>()));
     }).collection_schema(&mesh_edges_schema);
    s.add_view("loops", "Loops", &mesh_loop_schema, [](const ConstRef& ref) {
       return std::int64_t(shown_corner_count(ref.as<Mesh>()));
     }).collection_schema(&mesh_loops_schema);
    s.add_view("polygons", "Polygons", &mesh_polygon_schema, [](const ConstRef& ref) {
       return std::int64_t(shown_face_count(ref.as<Mesh>()));
     }).collection_schema(&mesh_polygons_schema);
    s.add_view("vertex_normals", "Vertex Normals", &mesh_normal_schema,
               [](const ConstRef& ref) { return std::int64_t(ref.as<Mesh>().vertex_count()); });
    s.add_collection(
        "polygon_normals", "Polygon Normals", &mesh_normal_schema,
        std::make_shared<detail::ViewAccess>(
            [](const ConstRef& ref) { return std::int64_t(ref.as<Mesh>().face_count()); },
            &mesh_normal_schema, face_normal_index));
    s.add_view("loop_triangles", "Loop Triangles", &mesh_loop_triangle_schema,
               [](const ConstRef& ref) {
                 const Mesh& mesh = ref.as<Mesh>();
                 return mesh.has_triangles() ? std::int64_t(mesh.triangles().faces.size()) : 0;
               })
        .collection_schema(&mesh_loop_triangles_schema);
    add_uv_layers(s);
    add_attribute_lists(s);
    add_tool_settings(s);
    s.add<&Mesh::use_auto_smooth>("use_auto_smooth", "Auto Smooth").changes(Change::Geometry);
    s.add<&Mesh::auto_smooth_angle>("auto_smooth_angle", "Auto Smooth Angle")
        .subtype(Subtype::Angle)
        .range(0, 3.1415927)
        .changes(Change::Geometry);
    add_has(s, "has_custom_normals", "Has Custom Normals", ".custom_normal");
    add_has(s, "has_bevel_weight_edge", "Has Edge Bevel Weight", ".bevel_edge");
    add_has(s, "has_bevel_weight_vertex", "Has Vertex Bevel Weight", ".bevel_vert");
    add_has(s, "has_crease_edge", "Has Edge Crease", ".crease_edge");
    add_has(s, "has_crease_vertex", "Has Vertex Crease", ".crease_vert");
    add_is_editmode(s);
    add_texture_space(s);
    add_materials(s);
    add_selected_total(s, "total_vert_sel", "Selected Vertex Total", ".select_vert", Domain::Point);
    add_selected_total(s, "total_edge_sel", "Selected Edge Total", ".select_edge", Domain::Edge);
    add_selected_total(s, "total_face_sel", "Selected Face Total", ".select_poly", Domain::Face);
    add_mesh_functions(s);
    s.add_stored_blocks<&Mesh::materials>("stored_materials");
    add_stored_roles(s);
    return s.build();
  }();
  return schema;
}

void register_mesh_types(Registry& registry) {
  registry.add(Mesh::schema());
  for (int type = 0; type <= int(AttributeType::Int8); ++type) {
    Attribute attribute;
    attribute.values = make_attribute(AttributeType(type), 0);
    registry.add(attribute.dynamic_schema());
  }
}

}  // namespace kiln
