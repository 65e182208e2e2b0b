#include "document/document.h"
#include "document/mesh_schema.h"

namespace kiln {
namespace {

Property flag_parameter(const char* identifier, const char* label, bool default_value = false) {
  return parameter(PropertyType::Boolean, identifier, label,
                   [&](PropertyBuilder& p) { p.default_value(default_value); });
}
Property flag_result(const char* identifier, const char* label) {
  return parameter(PropertyType::Boolean, identifier, label,
                   [&](PropertyBuilder& p) { p.output(); });
}

/// A function without parameters that changes the mesh.
template <typename Do>
void add_edit(SchemaBuilder<Mesh>& s, const char* identifier, Change change, Do what) {
  s.add_function(identifier, {}, [change, what](const Call& call) -> Result<Value> {
    Mesh* mesh = edit_mesh(call, change);
    if (!mesh) {
      return not_editable();
    }
    what(*mesh);
    return Value();
  });
}

float4x4 matrix_of(const Value& value) {
  const Value::Numbers& n = value.as_numbers();
  float4x4 m;
  for (std::size_t i = 0; i < 16 && n.size() == 16; ++i) {
    m[int(i / 4)][int(i % 4)] = float(n[i]);
  }
  return m;
}

/// Vectors from an argument, which may be flat numbers or a list of triples.
std::vector<float3> vectors_of(const Value& value) {
  std::vector<float3> result;
  const Value::Numbers& flat = value.as_numbers();
  for (std::size_t i = 0; i + 2 < flat.size(); i += 3) {
    result.push_back({float(flat[i]), float(flat[i + 1]), float(flat[i + 2])});
  }
  for (const Value& item : value.as_list()) {
    const Value::Numbers& n = item.as_numbers();
    result.push_back(n.size() == 3 ? float3{float(n[0]), float(n[1]), float(n[2])} : float3{});
  }
  return result;
}

Result<Value> set_custom_normals(const Call& call, bool is_per_vertex) {
  const std::vector<float3> given = vectors_of(call.values[0]);
  const Mesh& target = call.target.as<Mesh>();
  const std::size_t expected = is_per_vertex ? target.vertex_count() : shown_corner_count(target);
  if (given.size() != expected) {
    return Error::invalid("Number of custom normals is not number of {} ({} / {})",
                          is_per_vertex ? "vertices" : "loops", given.size(), expected);
  }
  Mesh* mesh = edit_mesh(call, Change::Geometry);
  if (!mesh) {
    return not_editable();
  }
  mesh->resolve();
  if (!is_per_vertex) {
    mesh->set_custom_normals(Array<float3>(given));
    return Value();
  }
  Array<float3> per_corner(mesh->corner_count());
  const std::span<float3> normals = per_corner.edit();
  for (std::size_t c = 0; c < normals.size(); ++c) {
    normals[c] = given[std::size_t(mesh->corner_vertices()[c])];
  }
  mesh->set_custom_normals(std::move(per_corner));
  return Value();
}

/// Groups of faces that smooth edges connect, from 1; 0 for flat faces where bits are asked for.
std::vector<int> smooth_groups(const Mesh& mesh, int* count) {
  std::vector<int> group(mesh.face_count(), 0);
  const Array<std::uint8_t>* is_sharp = mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge);
  std::vector<int> stack;
  *count = 0;
  for (std::size_t seed = 0; seed < group.size(); ++seed) {
    if (group[seed] != 0) {
      continue;
    }
    group[seed] = ++*count;
    stack.assign(1, int(seed));
    while (!stack.empty()) {
      const std::size_t f = std::size_t(stack.back());
      stack.pop_back();
      for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1] && mesh.is_face_smooth(f);
           ++c) {
        const std::size_t edge = std::size_t(mesh.corner_edges()[std::size_t(c)]);
        const std::span<const int> corners = mesh.edge_corners()[edge];
        if (corners.size() != 2 || (is_sharp && (*is_sharp)[edge])) {
          continue;
        }
        const std::size_t other =
            std::size_t(mesh.corner_faces()[std::size_t(corners[corners[0] == c ? 1 : 0])]);
        if (group[other] == 0 && mesh.is_face_smooth(other)) {
          group[other] = *count;
          stack.push_back(int(other));
        }
      }
    }
  }
  return group;
}

/// Turns groups into single bits, such that groups that share an edge have different ones.
void groups_to_bits(const Mesh& mesh, std::vector<int>& group, int* count) {
  std::vector<std::uint32_t> taken(std::size_t(*count) + 1, 0), bit(std::size_t(*count) + 1, 0);
  std::vector<std::vector<int>> neighbours(std::size_t(*count) + 1);
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    for (std::size_t i = 1; i < corners.size(); ++i) {
      const int a = group[std::size_t(mesh.corner_faces()[std::size_t(corners[0])])];
      const int b = group[std::size_t(mesh.corner_faces()[std::size_t(corners[i])])];
      if (a != b) {
        neighbours[std::size_t(a)].push_back(b);
        neighbours[std::size_t(b)].push_back(a);
      }
    }
  }
  std::uint32_t used = 0;
  for (std::size_t g = 1; g < bit.size(); ++g) {
    for (const int n : neighbours[g]) {
      taken[g] |= bit[std::size_t(n)];
    }
    bit[g] = ~taken[g] & (taken[g] + 1);  // the lowest free one; none when 32 neighbours differ
    used |= bit[g];
  }
  for (int& g : group) {
    g = int(bit[std::size_t(g)]);
  }
  *count = __builtin_popcount(used);
}

Result<Value> calc_smooth_groups(const Call& call) {
  const Mesh& mesh = call.target.as<Mesh>();
  int count = 0;
  std::vector<int> groups = smooth_groups(mesh, &count);
  if (call.values[0].as_bool()) {
    groups_to_bits(mesh, groups, &count);
  }
  return Value(Value::List{Value::Numbers(groups.begin(), groups.end()), count});
}

/// The first difference of two meshes in words, or "Same".
std::string difference(const Mesh& a, const Mesh& b, float threshold) {
  if (a.vertex_count() != b.vertex_count()) {
    return "Number of verts don't match";
  }
  if (a.edge_count() != b.edge_count()) {
    return "Number of edges don't match";
  }
  if (a.face_count() != b.face_count()) {
    return "Number of faces don't match";
  }
  if (a.corner_count() != b.corner_count()) {
    return "Number of loops don't match";
  }
  for (std::size_t v = 0; v < a.vertex_count(); ++v) {
    const float3 d = a.positions()[v] - b.positions()[v];
    if (!(std::abs(d.x) <= threshold && std::abs(d.y) <= threshold && std::abs(d.z) <= threshold)) {
      return "Vertices Coordinates differ";
    }
  }
  if (!(a.corner_vertices() == b.corner_vertices()) || !(a.face_offsets() == b.face_offsets())) {
    return "Polygon loops differ";
  }
  return "Same";
}

bool clamp_material_indices(Mesh& mesh) {
  Attribute* attribute = mesh.attributes.edit("material_index");
  Array<int>* indices = attribute ? std::get_if<Array<int>>(&attribute->values) : nullptr;
  bool is_changed = false;
  if (indices) {
    const int last = std::max(int(mesh.materials.size()) - 1, 0);
    for (int& i : indices->edit()) {
      is_changed |= i < 0 || i > last;
      i = std::clamp(i, 0, last);
    }
  }
  return is_changed;
}

}  // namespace

void add_mesh_functions(SchemaBuilder<Mesh>& s) {
  s.add_function(
      "transform",
      {parameter(PropertyType::Float, "matrix", "",
                 [](PropertyBuilder& p) { p.matrix(4, 4).subtype(Subtype::Matrix).required(); }),
       flag_parameter("shape_keys", "")},
      [](const Call& call) -> Result<Value> {
        Mesh* mesh = edit_mesh(call, Change::Geometry);
        if (!mesh) {
          return not_editable();
        }
        mesh->transform(matrix_of(call.values[0]));
        return Value();
      });
  add_edit(s, "flip_normals", Change::Geometry, [](Mesh& mesh) { mesh.flip_faces(); });
  // Normals are always there; asking for them is allowed.
  s.add_function("calc_normals", {}, [](const Call&) -> Result<Value> { return Value(); });
  const auto show_normals = [](const Call& call) -> Result<Value> {
    if (Mesh* mesh = edit_mesh(call, Change::None)) {
      mesh->finish_editing();
      mesh->forget_shown();
      mesh->show_corner_normals();
    } else {
      call.target.as<Mesh>().show_corner_normals();
    }
    return Value();
  };
  s.add_function("create_normals_split", {}, show_normals);
  s.add_function("calc_normals_split", {}, show_normals);
  s.add_function("free_normals_split", {}, [](const Call& call) -> Result<Value> {
    if (Mesh* mesh = edit_mesh(call, Change::None)) {
      mesh->forget_shown();
    }
    return Value();
  });
  s.add_function(
      "calc_tangents",
      {parameter(PropertyType::String, "uvmap", "",
                 [](PropertyBuilder& p) { p.max_bytes(64).never_none().default_value(""); })},
      [](const Call& call) -> Result<Value> {
        const std::string& map = call.values[0].as_string();
        const Mesh* target = &call.target.as<Mesh>();
        if (Mesh* mesh = edit_mesh(call, Change::None)) {
          mesh->finish_editing();
          mesh->forget_shown();
          target = mesh;
        }
        for (std::size_t f = 0; f < target->face_count(); ++f) {
          if (target->face_size(f) > 4) {
            return Error::invalid(
                "Error: Tangent space can only be computed for tris/quads, aborting");
          }
        }
        if (!target->show_corner_tangents(map)) {
          return Error::invalid(
              "Error: Tangent space computation needs a UV Map, \"{}\" not found, aborting", map);
        }
        return Value();
      });
  s.add_function("free_tangents", {}, [](const Call& call) -> Result<Value> {
    if (Mesh* mesh = edit_mesh(call, Change::None)) {
      mesh->forget_shown();
    }
    return Value();
  });
  s.add_function("calc_loop_triangles", {}, [](const Call& call) -> Result<Value> {
    if (Mesh* mesh = edit_mesh(call, Change::None)) {
      mesh->finish_editing();
      mesh->triangles();
    } else {
      call.target.as<Mesh>().triangles();
    }
    return Value();
  });
  s.add_function("calc_smooth_groups",
                 {flag_parameter("use_bitflags", ""),
                  parameter(PropertyType::Int, "poly_groups", "",
                            [](PropertyBuilder& p) { p.array(1).dynamic_length().output(); }),
                  parameter(PropertyType::Int, "groups", "",
                            [](PropertyBuilder& p) { p.range(0, infinity).output(); })},
                 calc_smooth_groups);
  for (const bool is_per_vertex : {false, true}) {
    s.add_function(
        is_per_vertex ? "normals_split_custom_set_from_vertices" : "normals_split_custom_set",
        {parameter(
            PropertyType::Float, "normals", "",
            [](PropertyBuilder& p) { p.matrix(1, 3).dynamic_length().range(-1, 1).required(); })},
        [is_per_vertex](const Call& call) { return set_custom_normals(call, is_per_vertex); });
  }
  s.add_function("update",
                 {flag_parameter("calc_edges", "Calculate Edges"),
                  flag_parameter("calc_edges_loose", "Calculate Loose Edges")},
                 [](const Call& call) -> Result<Value> {
                   if (Mesh* mesh = edit_mesh(call, Change::Geometry)) {
                     const bool is_pending = mesh->raw() != nullptr;
                     mesh->finish_editing();
                     if (call.values[0].as_bool() && !is_pending) {
                       mesh->rebuild_edges();
                     }
                   }
                   return Value();
                 });
  s.add_function("update_gpu_tag", {}, [](const Call&) -> Result<Value> { return Value(); });
  s.add_function(
      "unit_test_compare",
      {parameter(PropertyType::Pointer, "mesh", "",
                 [](PropertyBuilder& p) { p.target(&Mesh::schema); }),
       parameter(PropertyType::Float, "threshold", "Threshold",
                 [](PropertyBuilder& p) {
                   p.subtype(Subtype::Factor).range(0, infinity).default_value(7.1526e-06);
                 }),
       parameter(PropertyType::String, "result", "Return value",
                 [](PropertyBuilder& p) { p.max_bytes(64).never_none().output(); })},
      [](const Call& call) -> Result<Value> {
        const Mesh* other = call.document.find<Mesh>(call.values[0].as_block());
        return Value(
            other ? difference(call.target.as<Mesh>(), *other, float(call.values[1].as_float()))
                  : "Requires two input meshes");
      });
  add_edit(s, "clear_geometry", Change::Geometry, [](Mesh& mesh) { mesh.clear_geometry(); });
  s.add_function("validate",
                 {flag_parameter("verbose", "Verbose"),
                  flag_parameter("clean_customdata", "Clean Custom Data", true),
                  flag_result("result", "Result")},
                 [](const Call& call) -> Result<Value> {
                   Mesh* mesh = edit_mesh(call, Change::Geometry);
                   if (!mesh) {
                     return not_editable();
                   }
                   const bool is_changed = mesh->validate();
                   return Value(clamp_material_indices(*mesh) || is_changed);
                 });
  s.add_function("validate_material_indices", {flag_result("result", "Result")},
                 [](const Call& call) -> Result<Value> {
                   Mesh* mesh = edit_mesh(call, Change::Geometry);
                   if (!mesh) {
                     return not_editable();
                   }
                   return Value(clamp_material_indices(*mesh));
                 });
  s.add_function(
      "count_selected_items",
      {parameter(PropertyType::Int, "result", "Result",
                 [](PropertyBuilder& p) {
                   p.array(3).subtype(Subtype::Xyz).range(0, infinity).output();
                 })},
      [](const Call& call) -> Result<Value> {
        Value::Numbers counts;
        for (const char* total : {"total_vert_sel", "total_edge_sel", "total_face_sel"}) {
          counts.push_back(read(call.target, *Mesh::schema().property(total)).as_float());
        }
        return Value(counts);
      });
}

}  // namespace kiln
