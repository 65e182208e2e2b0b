#include "document/mesh_schema.h"

namespace kiln {
namespace {

const Mesh& mesh_of(const void* data) {
  return *static_cast<const Mesh*>(data);
}
Mesh& mesh_of(void* data) {
  return *static_cast<Mesh*>(data);
}

/// The corners of a face as a script sees them: what it wrote, cut to the corners there are.
std::span<const int> shown_face_vertices(const Mesh& mesh, std::int64_t face) {
  if (const RawTopology* raw = mesh.raw()) {
    if (std::uint64_t(face) >= raw->loop_start.size()) {
      return {};
    }
    const std::int64_t corners = std::int64_t(raw->corner_vertices.size());
    const std::int64_t begin =
        std::clamp<std::int64_t>(raw->loop_start[std::size_t(face)], 0, corners);
    const std::int64_t end =
        std::clamp<std::int64_t>(begin + raw->loop_total[std::size_t(face)], begin, corners);
    return raw->corner_vertices.span().subspan(std::size_t(begin), std::size_t(end - begin));
  }
  return std::uint64_t(face) < mesh.face_count() ? mesh.face_vertices(std::size_t(face))
                                                 : std::span<const int>();
}

Result<void> set_face_vertices(const MutableRef& ref, const Value& value) {
  Mesh& mesh = ref.as<Mesh>();
  const std::size_t size = shown_face_vertices(mesh, ref.index).size();
  const Value::Numbers& given = value.as_numbers();
  if (given.size() != size) {
    return Error::invalid("vertices needs {} values, not {}", size, given.size());
  }
  if (size > 0) {
    RawTopology& raw = mesh.edit_raw();
    const std::size_t first = std::size_t(raw.loop_start[std::size_t(ref.index)]);
    const std::span<int> vertices = raw.corner_vertices.edit();
    for (std::size_t i = 0; i < size; ++i) {
      vertices[first + i] = int(std::clamp(given[i], 0.0, 2147483647.0));
    }
  }
  return {};
}

bool is_settled_face(const ConstRef& ref) {
  return std::uint64_t(ref.index) < ref.as<Mesh>().face_count();
}

}  // namespace

const Schema& mesh_loop_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshLoop", "Mesh Loop");
    s.add_column<int>(
         "vertex_index", "Vertex",
         [](const void* data, std::int64_t index) {
           const Mesh& mesh = mesh_of(data);
           return element_address(mesh.raw() ? mesh.raw()->corner_vertices : mesh.corner_vertices(),
                                  index);
         },
         [](void* data, std::int64_t index) {
           return edit_element_address(mesh_of(data).edit_raw().corner_vertices, index);
         })
        .non_negative()
        .changes(Change::Geometry);
    s.add_column<int>(
         "edge_index", "Edge",
         [](const void* data, std::int64_t index) {
           const Mesh& mesh = mesh_of(data);
           return element_address(mesh.raw() ? mesh.raw()->corner_edges : mesh.corner_edges(),
                                  index);
         },
         [](void* data, std::int64_t index) {
           return edit_element_address(mesh_of(data).edit_raw().corner_edges, index);
         })
        .non_negative()
        .changes(Change::Geometry);
    add_index(s);
    s.add_column<float3>(
         "normal", "Normal",
         [](const void* data, std::int64_t index) -> const void* {
           const Array<float3>* normals = mesh_of(data).shown_corner_normals();
           return normals ? element_address(*normals, index) : nullptr;
         },
         nullptr)
        .subtype(Subtype::Direction)
        .range(-1, 1)
        .default_value(Value::Numbers{0, 0, 0});
    const auto tangent = [](const ConstRef& ref) {
      const Array<float4>* tangents = ref.as<Mesh>().shown_corner_tangents();
      return tangents && std::uint64_t(ref.index) < tangents->size()
                 ? (*tangents)[std::size_t(ref.index)]
                 : float4{};
    };
    s.add_computed(PropertyType::Float, "tangent", "Tangent",
                   [tangent](const ConstRef& ref) -> Value { return numbers(xyz(tangent(ref))); })
        .array(3)
        .subtype(Subtype::Direction)
        .range(-1, 1);
    s.add_computed(PropertyType::Float, "bitangent_sign", "Bitangent Sign",
                   [tangent](const ConstRef& ref) -> Value { return double(tangent(ref).w); })
        .range(-1, 1);
    s.add_computed(PropertyType::Float, "bitangent", "Bitangent",
                   [tangent](const ConstRef& ref) -> Value {
                     const Array<float3>* normals = ref.as<Mesh>().shown_corner_normals();
                     const float4 t = tangent(ref);
                     return numbers(normals && std::uint64_t(ref.index) < normals->size()
                                        ? cross((*normals)[std::size_t(ref.index)], xyz(t)) * t.w
                                        : float3{});
                   })
        .array(3)
        .subtype(Subtype::Direction)
        .range(-1, 1);
    return s.build();
  }();
  return schema;
}

const Schema& mesh_polygon_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshPolygon", "Mesh Polygon");
    s.add_computed(
         PropertyType::Int, "vertices", "Vertices",
         [](const ConstRef& ref) -> Value {
           const std::span<const int> vertices = shown_face_vertices(ref.as<Mesh>(), ref.index);
           return Value::Numbers(vertices.begin(), vertices.end());
         },
         set_face_vertices)
        .array(3)
        .dynamic_length()
        .non_negative()
        .changes(Change::Geometry);
    s.add_column<int>(
         "loop_start", "Loop Start",
         [](const void* data, std::int64_t index) -> const void* {
           const Mesh& mesh = mesh_of(data);
           if (mesh.raw()) {
             return element_address(mesh.raw()->loop_start, index);
           }
           return std::uint64_t(index) < mesh.face_count() ? mesh.face_offsets().data() + index
                                                           : nullptr;
         },
         [](void* data, std::int64_t index) {
           RawTopology& raw = mesh_of(data).edit_raw();
           raw.has_starts = true;
           return edit_element_address(raw.loop_start, index);
         })
        .non_negative()
        .changes(Change::Geometry);
    s.add_column<int>(
         "loop_total", "Loop Total",
         [](const void* data, std::int64_t index) {
           const Mesh& mesh = mesh_of(data);
           return element_address(mesh.raw() ? mesh.raw()->loop_total : mesh.face_sizes(), index);
         },
         [](void* data, std::int64_t index) {
           RawTopology& raw = mesh_of(data).edit_raw();
           raw.has_totals = true;
           return edit_element_address(raw.loop_total, index);
         })
        .non_negative()
        .changes(Change::Geometry);
    s.add_column<int>("material_index", "Material Index",
                      &attribute_address<"material_index", int, Domain::Face>,
                      &edit_attribute_address<"material_index", int, Domain::Face>)
        .non_negative()
        .default_value(0)
        .changes(Change::Geometry);
    add_flag<".select_poly", Domain::Face>(s, "select", "Select", Change::Selection);
    add_flag<".hide_poly", Domain::Face>(s, "hide", "Hide", Change::Geometry);
    add_flag<".smooth", Domain::Face>(s, "use_smooth", "Smooth", Change::Geometry);
    add_flag<".freestyle_face", Domain::Face>(s, "use_freestyle_mark", "Freestyle Face Mark",
                                              Change::Shading);
    s.add_computed(PropertyType::Float, "normal", "Polygon Normal",
                   [](const ConstRef& ref) -> Value {
                     return numbers(is_settled_face(ref)
                                        ? ref.as<Mesh>().face_normal(std::size_t(ref.index))
                                        : float3{});
                   })
        .array(3)
        .subtype(Subtype::Direction)
        .range(-1, 1);
    s.add_computed(PropertyType::Float, "center", "Polygon Center",
                   [](const ConstRef& ref) -> Value {
                     return numbers(is_settled_face(ref)
                                        ? ref.as<Mesh>().face_center(std::size_t(ref.index))
                                        : float3{});
                   })
        .array(3)
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz);
    s.add_computed(PropertyType::Float, "area", "Polygon Area", [](const ConstRef& ref) {
       return Value(is_settled_face(ref) ? ref.as<Mesh>().face_area(std::size_t(ref.index)) : 0.0f);
     }).non_negative();
    add_index(s);
    s.add_function("flip", {}, [](const Call& call) -> Result<Value> {
      const std::int64_t face = call.target.index;
      Mesh* mesh = edit_mesh(call, Change::Geometry);
      if (!mesh) {
        return not_editable();
      }
      mesh->resolve();
      if (std::uint64_t(face) < mesh->face_count()) {
        mesh->flip_face(std::size_t(face));
      }
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
