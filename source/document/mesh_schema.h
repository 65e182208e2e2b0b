#pragma once

#include "core/schema/builder.h"
#include "document/mesh.h"

// Parts of the mesh's schema, shared by the files that declare them. Views of elements have the
// mesh as owner.
namespace kiln {

/// Stands for structs that are views onto arrays: there are no instances.
struct ElementView {
  ElementView() = delete;
};

/// Name of an attribute as a template argument.
template <std::size_t N>
struct FixedName {
  char text[N];
  constexpr FixedName(const char (&name)[N]) { std::copy_n(name, N, text); }
};

inline std::size_t shown_edge_count(const Mesh& mesh) {
  return mesh.raw() ? mesh.raw()->edges.size() : mesh.edge_count();
}
inline std::size_t shown_corner_count(const Mesh& mesh) {
  return mesh.raw() ? mesh.raw()->corner_vertices.size() : mesh.corner_count();
}
inline std::size_t shown_face_count(const Mesh& mesh) {
  return mesh.raw() ? mesh.raw()->loop_start.size() : mesh.face_count();
}
inline std::size_t shown_size(const Mesh& mesh, Domain domain) {
  return domain == Domain::Point  ? mesh.vertex_count()
         : domain == Domain::Edge ? shown_edge_count(mesh)
         : domain == Domain::Face ? shown_face_count(mesh)
                                  : shown_corner_count(mesh);
}

template <typename T>
const void* element_address(const Array<T>& array, std::int64_t index) {
  return std::uint64_t(index) < array.size() ? array.data() + index : nullptr;
}
template <typename T>
void* edit_element_address(Array<T>& array, std::int64_t index) {
  return std::uint64_t(index) < array.size() ? array.edit().data() + index : nullptr;
}

/// Element of an attribute that may be missing: read as the default then, made when first written.
template <FixedName Name, typename T, Domain D>
const void* attribute_address(const void* data, std::int64_t index) {
  const Array<T>* values = static_cast<const Mesh*>(data)->attributes.find<T>(Name.text, D);
  return values ? element_address(*values, index) : nullptr;
}
template <FixedName Name, typename T, Domain D>
void* edit_attribute_address(void* data, std::int64_t index) {
  Mesh& mesh = *static_cast<Mesh*>(data);
  return edit_element_address(mesh.attributes.ensure<T>(Name.text, D, shown_size(mesh, D)), index);
}

template <FixedName Name, Domain D>
PropertyBuilder add_flag(SchemaBuilder<ElementView>& s, std::string identifier, std::string label,
                         Change change) {
  return s
      .add_column<bool>(std::move(identifier), std::move(label),
                        &attribute_address<Name, std::uint8_t, D>,
                        &edit_attribute_address<Name, std::uint8_t, D>)
      .default_value(false)
      .changes(change);
}
/// A weight that is kept between 0 and 1.
template <FixedName Name, Domain D>
PropertyBuilder add_unit_weight(SchemaBuilder<ElementView>& s, std::string identifier,
                                std::string label) {
  return s
      .add_column<float>(std::move(identifier), std::move(label),
                         &attribute_address<Name, float, D>,
                         &edit_attribute_address<Name, float, D>)
      .soft(-10000, 10000)
      .default_value(0.0f)
      .changes(Change::Geometry)
      .on_change([](const MutableRef& ref) {
        Array<float>& values = ref.as<Mesh>().attributes.template ensure<float>(
            Name.text, D, shown_size(ref.as<Mesh>(), D));
        const std::span<float> all = values.edit();
        for (float& value : ref.index < 0 ? all : all.subspan(std::size_t(ref.index), 1)) {
          value = std::clamp(value, 0.0f, 1.0f);
        }
      });
}
inline PropertyBuilder add_index(SchemaBuilder<ElementView>& s) {
  return s
      .add_computed(PropertyType::Int, "index", "Index",
                    [](const ConstRef& ref) { return Value(ref.index); })
      .non_negative();
}

/// Numbers of a vector, for computed values.
inline Value::Numbers numbers(float3 v) {
  return {v.x, v.y, v.z};
}

/// The mesh a function was called on, for writing; null where it belongs to no document.
inline Mesh* edit_mesh(const Call& call, Change change) {
  return call.edit ? static_cast<Mesh*>(call.edit(change).block) : nullptr;
}
inline Error not_editable() {
  return Error::invalid("evaluated meshes cannot be changed; change the original");
}

/// Elements of `polygon_normals` have indices from here on, those of `vertex_normals` from 0.
inline constexpr std::int64_t face_normal_index = std::int64_t(1) << 40;

// Elements.
const Schema& mesh_vertex_schema();
const Schema& mesh_edge_schema();
const Schema& mesh_loop_schema();
const Schema& mesh_polygon_schema();
const Schema& mesh_loop_triangle_schema();
const Schema& mesh_normal_schema();

// The collections they are in.
const Schema& mesh_vertices_schema();
const Schema& mesh_edges_schema();
const Schema& mesh_loops_schema();
const Schema& mesh_polygons_schema();
const Schema& mesh_loop_triangles_schema();

/// Adds `attributes`, `uv_layers`, `vertex_colors` and the other lists of layers.
void add_attribute_lists(SchemaBuilder<Mesh>& s);
void add_uv_layers(SchemaBuilder<Mesh>& s);
void add_materials(SchemaBuilder<Mesh>& s);
/// Adds the functions of `bpy.types.Mesh`.
void add_mesh_functions(SchemaBuilder<Mesh>& s);

}  // namespace kiln
