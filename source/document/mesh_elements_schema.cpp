#include "document/mesh_schema.h"

// Vertices, edges and triangles; faces and corners are in mesh_faces_schema.cpp.
namespace kiln {
namespace {

const Mesh& mesh_of(const void* data) {
  return *static_cast<const Mesh*>(data);
}
Mesh& mesh_of(void* data) {
  return *static_cast<Mesh*>(data);
}

/// Entries of a vertex in the vertex weights. The index of an element is vertex * 2^32 + number of
/// the entry.
class VertexGroupAccess final : public CollectionAccess {
public:
  bool is_view() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override {
    const Array<int>& offsets = owner.as<Mesh>().weights.offsets;
    return std::uint64_t(owner.index) + 1 < offsets.size()
               ? offsets[std::size_t(owner.index) + 1] - offsets[std::size_t(owner.index)]
               : 0;
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{&VertexGroupAccess::element(), owner.data, owner.index << 32 | i, owner.block,
             owner.document, owner.services},
            0,
            {}};
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    return {&VertexGroupAccess::element(),
            owner.data,
            owner.index << 32 | i,
            owner.block,
            owner.document,
            owner.services};
  }
  static const Schema& element();
  /// Position in the arrays of weights, or past their end when the entry is gone.
  static std::int64_t position(const Mesh& mesh, std::int64_t index) {
    const std::size_t vertex = std::size_t(index >> 32);
    const Array<int>& offsets = mesh.weights.offsets;
    const std::int64_t entry = index & 0xffffffff;
    return vertex + 1 < offsets.size() && offsets[vertex] + entry < offsets[vertex + 1]
               ? offsets[vertex] + entry
               : -1;
  }
};

const Schema& VertexGroupAccess::element() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("VertexGroupElement", "Vertex Group Element");
    s.add_column<int>(
         "group", "Group Index",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).weights.groups, position(mesh_of(data), index));
         },
         nullptr, /*is_contiguous=*/false)
        .non_negative();
    s.add_column<float>(
         "weight", "Weight",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).weights.weights, position(mesh_of(data), index));
         },
         [](void* data, std::int64_t index) {
           return edit_element_address(mesh_of(data).weights.weights,
                                       position(mesh_of(data), index));
         },
         /*is_contiguous=*/false)
        .range(0, 1)
        .changes(Change::Geometry);
    return s.build();
  }();
  return schema;
}

/// `add(count)` of a collection of elements.
template <typename Add>
void add_add(SchemaBuilder<ElementView>& s, std::int64_t (*size)(const Mesh&), Add add) {
  s.add_function("add",
                 {parameter(PropertyType::Int, "count", "Count",
                            [](PropertyBuilder& p) { p.range(0, 2147483647).required(); })},
                 [size, add](const Call& call) -> Result<Value> {
                   const std::int64_t count = call.values[0].as_int();
                   Mesh* mesh = edit_mesh(call, Change::Geometry);
                   if (!mesh) {
                     return not_editable();
                   }
                   if (count > max_element_count - size(*mesh)) {
                     return Error::invalid("a mesh has at most {} elements of a kind",
                                           max_element_count);
                   }
                   if (count > 0) {
                     add(*mesh, std::size_t(count));
                   }
                   return Value();
                 });
}

}  // namespace

const Schema& mesh_vertex_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshVertex", "Mesh Vertex");
    const auto position = [](const void* data, std::int64_t index) {
      return element_address(mesh_of(data).positions(), index);
    };
    s.add_column<float3>("co", "Location", position,
                         [](void* data, std::int64_t index) -> void* {
                           Mesh& mesh = mesh_of(data);
                           return std::uint64_t(index) < mesh.vertex_count()
                                      ? mesh.edit_positions_in_steps().data() + index
                                      : nullptr;
                         })
        .soft(-10000, 10000)
        .subtype(Subtype::Translation)
        .changes(Change::Geometry)
        .on_change([](const MutableRef& ref) {
          if (ref.index < 0) {
            ref.as<Mesh>().edit_positions();
          }
        });
    s.add_column<float3>(
         "normal", "Normal",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).vertex_normals(), index);
         },
         nullptr)
        .soft(-10000, 10000)
        .subtype(Subtype::Direction);
    add_flag<".select_vert", Domain::Point>(s, "select", "Select", Change::Selection);
    add_flag<".hide_vert", Domain::Point>(s, "hide", "Hide", Change::Geometry);
    add_unit_weight<".bevel_vert", Domain::Point>(s, "bevel_weight", "Bevel Weight");
    add_unit_weight<".crease_vert", Domain::Point>(s, "crease", "Crease");
    s.add_collection("groups", "Groups", &VertexGroupAccess::element,
                     std::make_shared<VertexGroupAccess>());
    add_index(s);
    s.add_column<float3>("undeformed_co", "Undeformed Location", position, nullptr)
        .soft(-10000, 10000)
        .subtype(Subtype::Translation);
    return s.build();
  }();
  return schema;
}

const Schema& mesh_vertices_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshVertices", "Mesh Vertices");
    add_add(
        s, [](const Mesh& mesh) { return std::int64_t(mesh.vertex_count()); },
        [](Mesh& mesh, std::size_t count) { mesh.add_vertices(count); });
    return s.build();
  }();
  return schema;
}

const Schema& mesh_edge_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshEdge", "Mesh Edge");
    s.add_column<int2>(
         "vertices", "Vertices",
         [](const void* data, std::int64_t index) {
           const Mesh& mesh = mesh_of(data);
           return element_address(mesh.raw() ? mesh.raw()->edges : mesh.edges(), index);
         },
         [](void* data, std::int64_t index) {
           return edit_element_address(mesh_of(data).edit_raw().edges, index);
         })
        .non_negative()
        .changes(Change::Geometry);
    add_unit_weight<".crease_edge", Domain::Edge>(s, "crease", "Crease");
    add_unit_weight<".bevel_edge", Domain::Edge>(s, "bevel_weight", "Bevel Weight");
    add_flag<".select_edge", Domain::Edge>(s, "select", "Select", Change::Selection);
    add_flag<".hide_edge", Domain::Edge>(s, "hide", "Hide", Change::Geometry);
    add_flag<".seam", Domain::Edge>(s, "use_seam", "Seam", Change::Geometry);
    add_flag<".sharp", Domain::Edge>(s, "use_edge_sharp", "Sharp", Change::Geometry);
    s.add_computed(
        PropertyType::Boolean, "is_loose", "Loose",
        [](const ConstRef& ref) {
          const Mesh& mesh = ref.as<Mesh>();
          return Value(std::uint64_t(ref.index) < mesh.edge_count() &&
                       mesh.edge_corners()[std::size_t(ref.index)].empty());
        },
        // Scripts may set it, but faces decide.
        [](const MutableRef&, const Value&) { return Result<void>(); });
    add_flag<".freestyle_edge", Domain::Edge>(s, "use_freestyle_mark", "Freestyle Edge Mark",
                                              Change::Shading);
    add_index(s);
    return s.build();
  }();
  return schema;
}

const Schema& mesh_edges_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshEdges", "Mesh Edges");
    add_add(
        s, [](const Mesh& mesh) { return std::int64_t(shown_edge_count(mesh)); },
        [](Mesh& mesh, std::size_t count) { mesh.add_raw(count, 0, 0); });
    return s.build();
  }();
  return schema;
}

const Schema& mesh_loops_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshLoops", "Mesh Loops");
    add_add(
        s, [](const Mesh& mesh) { return std::int64_t(shown_corner_count(mesh)); },
        [](Mesh& mesh, std::size_t count) { mesh.add_raw(0, count, 0); });
    return s.build();
  }();
  return schema;
}

const Schema& mesh_polygons_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshPolygons", "Mesh Polygons");
    s.add_column<int>(
         "active", "Active Polygon",
         [](const void* data, std::int64_t) -> const void* { return &mesh_of(data).active_face; },
         [](void* data, std::int64_t) -> void* { return &mesh_of(data).active_face; },
         /*is_contiguous=*/false)
        .soft(-10000, 10000)
        .changes(Change::Selection);
    add_add(
        s, [](const Mesh& mesh) { return std::int64_t(shown_face_count(mesh)); },
        [](Mesh& mesh, std::size_t count) { mesh.add_raw(0, 0, count); });
    return s.build();
  }();
  return schema;
}

const Schema& mesh_loop_triangle_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshLoopTriangle", "Mesh Loop Triangle");
    s.add_column<int3>(
         "vertices", "Vertices",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).triangle_vertices(), index);
         },
         nullptr)
        .non_negative();
    s.add_column<int3>(
         "loops", "Loops",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).triangles().corners, index);
         },
         nullptr)
        .non_negative();
    s.add_column<int>(
         "polygon_index", "Polygon",
         [](const void* data, std::int64_t index) {
           return element_address(mesh_of(data).triangles().faces, index);
         },
         nullptr)
        .non_negative();
    const auto area_vector = [](const ConstRef& ref) {
      const Mesh& mesh = ref.as<Mesh>();
      const Array<int3>& triangles = mesh.triangle_vertices();
      if (std::uint64_t(ref.index) >= triangles.size()) {
        return float3{};
      }
      const int3 t = triangles[std::size_t(ref.index)];
      const float3 a = mesh.positions()[std::size_t(t.x)];
      return cross(mesh.positions()[std::size_t(t.y)] - a, mesh.positions()[std::size_t(t.z)] - a);
    };
    const auto face = [](const ConstRef& ref) {
      const Array<int>& faces = ref.as<Mesh>().triangles().faces;
      return std::uint64_t(ref.index) < faces.size() ? faces[std::size_t(ref.index)] : -1;
    };
    s.add_computed(
         PropertyType::Float, "normal", "Triangle Normal",
         [area_vector](const ConstRef& ref) { return numbers(normalize(area_vector(ref))); })
        .array(3)
        .subtype(Subtype::Direction)
        .range(-1, 1);
    s.add_computed(PropertyType::Float, "split_normals", "Split Normals",
                   [](const ConstRef& ref) {
                     const Mesh& mesh = ref.as<Mesh>();
                     const Array<float3>* normals = mesh.shown_corner_normals();
                     const Array<int3>& triangles = mesh.triangles().corners;
                     Value::Numbers result(9, 0.0);
                     for (int k = 0;
                          k < 3 && normals && std::uint64_t(ref.index) < triangles.size(); ++k) {
                       const std::size_t corner = std::size_t(triangles[std::size_t(ref.index)][k]);
                       for (int j = 0; j < 3 && corner < normals->size(); ++j) {
                         result[std::size_t(3 * k + j)] = (*normals)[corner][j];
                       }
                     }
                     return result;
                   })
        .matrix(3, 3)
        .subtype(Subtype::Direction)
        .range(-1, 1);
    s.add_computed(
         PropertyType::Float, "area", "Triangle Area",
         [area_vector](const ConstRef& ref) { return Value(0.5f * length(area_vector(ref))); })
        .non_negative();
    add_index(s);
    s.add_computed(PropertyType::Int, "material_index", "Material Index",
                   [face](const ConstRef& ref) {
                     const int f = face(ref);
                     return Value(f < 0 ? 0 : ref.as<Mesh>().material_index(std::size_t(f)));
                   })
        .non_negative();
    s.add_computed(PropertyType::Boolean, "use_smooth", "Smooth", [face](const ConstRef& ref) {
      const int f = face(ref);
      return Value(f >= 0 && ref.as<Mesh>().is_face_smooth(std::size_t(f)));
    });
    return s.build();
  }();
  return schema;
}

const Schema& mesh_loop_triangles_schema() {
  static const Schema schema =
      SchemaBuilder<ElementView>("MeshLoopTriangles", "Mesh Loop Triangles").build();
  return schema;
}

const Schema& mesh_normal_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("MeshNormalValue", "Mesh Normal Vector");
    s.add_column<float3>(
         "vector", "Vector",
         [](const void* data, std::int64_t index) {
           return index < face_normal_index
                      ? element_address(mesh_of(data).vertex_normals(), index)
                      : element_address(mesh_of(data).face_normals(), index - face_normal_index);
         },
         nullptr)
        .soft(-10000, 10000)
        .subtype(Subtype::Direction);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
