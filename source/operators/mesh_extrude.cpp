// Extruding, duplicating and parting what is selected of meshes in edit mode.
#include "document/collection.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::Element;
using modeling::ElementKind;
using modeling::SlotValues;

// Runs an operator and selects what it says it has made; nothing else stays selected.
Result<bool> run_and_select(EditMesh& mesh, std::string_view name, const SlotValues& in,
                            std::initializer_list<const char*> results) {
  const Result<SlotValues> out = run_edit_operator(mesh, name, in);
  if (!out) {
    return out.error();
  }
  deselect_all(mesh);
  for (const char* result : results) {
    select_all_of(mesh, out->get<std::vector<Element>>(result));
  }
  return true;
}

struct ExtrudeRegionSettings {
  bool use_normal_flip = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ExtrudeRegionSettings> s("MESH_OT_extrude_region", "Extrude Region");
      s.add<&ExtrudeRegionSettings::use_normal_flip>("use_normal_flip", "Flip Normals")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct ExtrudeContextSettings {
  bool use_normal_flip = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ExtrudeContextSettings> s("MESH_OT_extrude_context", "Extrude Context");
      s.add<&ExtrudeContextSettings::use_normal_flip>("use_normal_flip", "Flip Normals")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct ExtrudeEdgesSettings {
  bool use_normal_flip = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ExtrudeEdgesSettings> s("MESH_OT_extrude_edges_indiv", "Extrude Only Edges");
      s.add<&ExtrudeEdgesSettings::use_normal_flip>("use_normal_flip", "Flip Normals")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<bool> extrude_faces(EditMesh& mesh) {
  SlotValues in;
  in.add("faces", ElementKind::Face, selected_slots(mesh, ElementKind::Face));
  if (in.slots("faces", ElementKind::Face).empty()) {
    return false;
  }
  return run_and_select(mesh, "extrude_discrete_faces", in, {"faces"});
}
Result<bool> extrude_edges(EditMesh& mesh, bool flips) {
  SlotValues in;
  in.add("edges", ElementKind::Edge, selected_slots(mesh, ElementKind::Edge));
  in.values["use_normal_flip"] = flips;
  if (in.slots("edges", ElementKind::Edge).empty()) {
    return false;
  }
  const Result<bool> done = run_and_select(mesh, "extrude_edge_only", in, {"geom"});
  // The new faces are no part of what goes on.
  for (const int f : selected_slots(mesh, ElementKind::Face)) {
    mesh.set_flag({ElementKind::Face, f}, modeling::ElementFlag::Select, false);
  }
  return done;
}
Result<bool> extrude_verts(EditMesh& mesh) {
  SlotValues in;
  in.add("verts", ElementKind::Vert, selected_slots(mesh, ElementKind::Vert));
  if (in.slots("verts", ElementKind::Vert).empty()) {
    return false;
  }
  return run_and_select(mesh, "extrude_vert_indiv", in, {"verts"});
}
// Faces together with their sides, else edges, else single vertices.
Result<bool> extrude_all(EditMesh& mesh, bool flips) {
  if (selected_slots(mesh, ElementKind::Face).empty()) {
    return selected_slots(mesh, ElementKind::Edge).empty() ? extrude_verts(mesh)
                                                           : extrude_edges(mesh, flips);
  }
  // Their sides say which of them lie on the border: the faces there give way to the copies.
  SlotValues in = selected_geometry(mesh);
  in.values["use_normal_flip"] = flips;
  return run_and_select(mesh, "extrude_face_region", in, {"geom"});
}

Result<Outcome> extrude_region(Context& context, const ExtrudeRegionSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) { return extrude_all(mesh, s.use_normal_flip); });
}
Result<Outcome> extrude_context(Context& context, const ExtrudeContextSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) { return extrude_all(mesh, s.use_normal_flip); });
}
Result<Outcome> extrude_faces_indiv(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) { return extrude_faces(mesh); });
}
Result<Outcome> extrude_edges_indiv(Context& context, const ExtrudeEdgesSettings& s, const Given&) {
  return edit_meshes(context,
                     [&](EditMesh& mesh) { return extrude_edges(mesh, s.use_normal_flip); });
}
Result<Outcome> extrude_verts_indiv(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) { return extrude_verts(mesh); });
}

Result<Outcome> duplicate_selected(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    if (selected_slots(mesh, ElementKind::Vert).empty()) {
      return false;
    }
    return run_and_select(mesh, "duplicate", selected_geometry(mesh), {"geom"});
  });
}

Result<Outcome> split_selected(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    if (selected_slots(mesh, ElementKind::Vert).empty()) {
      return false;
    }
    return run_and_select(mesh, "split", selected_geometry(mesh), {"geom"});
  });
}

struct EdgeSplitSettings {
  enum class Type : std::uint8_t { Edge, Vert };
  Type type = Type::Edge;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<EdgeSplitSettings> s("MESH_OT_edge_split", "Edge Split");
      s.add<&EdgeSplitSettings::type>("type", "Type")
          .items({{"EDGE", "Faces by Edges", 0}, {"VERT", "Faces & Edges by Vertices", 1}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> edge_split(Context& context, const EdgeSplitSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    SlotValues in;
    if (s.type == EdgeSplitSettings::Type::Vert) {
      // All edges that meet at what is selected part there.
      const std::vector<int> verts = selected_slots(mesh, ElementKind::Vert);
      edges.clear();
      for (const int v : verts) {
        const std::vector<int> around = mesh.vert_edges(v);
        edges.insert(edges.end(), around.begin(), around.end());
      }
      in.add("verts", ElementKind::Vert, verts);
      in.values["use_verts"] = true;
    }
    in.add("edges", ElementKind::Edge, edges);
    if (edges.empty()) {
      return false;
    }
    const Result<bool> done = run_and_select(mesh, "split_edges", in, {"edges"});
    mesh.flush_select_mode();
    return done;
  });
}

// ---- separate ----

struct SeparateSettings {
  enum class Type : std::uint8_t { Selected, Material, Loose };
  Type type = Type::Selected;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SeparateSettings> s("MESH_OT_separate", "Separate");
      s.add<&SeparateSettings::type>("type", "Type")
          .items({{"SELECTED", "Selection", 0},
                  {"MATERIAL", "By Material", 1},
                  {"LOOSE", "By Loose Parts", 2}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The part that every vertex belongs to, the first part 0; how many there are.
int parts_of(const Mesh& mesh, SeparateSettings::Type type, std::vector<int>& part_of_vertex,
             std::vector<int>& part_of_face) {
  part_of_vertex.assign(mesh.vertex_count(), 0);
  part_of_face.assign(mesh.face_count(), 0);
  int count = 1;
  if (type == SeparateSettings::Type::Selected) {
    const auto* verts = mesh.attributes.find<std::uint8_t>(".select_vert", Domain::Point);
    const auto* faces = mesh.attributes.find<std::uint8_t>(".select_poly", Domain::Face);
    for (std::size_t v = 0; verts && v < part_of_vertex.size(); ++v) {
      part_of_vertex[v] = (*verts)[v] != 0;
      count = std::max(count, part_of_vertex[v] + 1);
    }
    for (std::size_t f = 0; faces && f < part_of_face.size(); ++f) {
      part_of_face[f] = (*faces)[f] != 0;
    }
    return count;
  }
  if (type == SeparateSettings::Type::Material) {
    std::vector<int> numbers;
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      const int slot = mesh.material_index(f);
      auto known = std::find(numbers.begin(), numbers.end(), slot);
      if (known == numbers.end()) {
        known = numbers.insert(numbers.end(), slot);
      }
      part_of_face[f] = int(known - numbers.begin());
    }
    return std::max(1, int(numbers.size()));
  }
  // Loose parts: vertices joined by edges have one root.
  std::vector<int> roots(mesh.vertex_count());
  for (std::size_t v = 0; v < roots.size(); ++v) {
    roots[v] = int(v);
  }
  const auto root = [&](int v) {
    while (roots[std::size_t(v)] != v) {
      v = roots[std::size_t(v)] = roots[std::size_t(roots[std::size_t(v)])];
    }
    return v;
  };
  for (const int2 e : mesh.edges()) {
    const int a = root(e.x), b = root(e.y);
    roots[std::size_t(std::max(a, b))] = std::min(a, b);
  }
  std::vector<int> number(roots.size(), -1);
  count = 0;
  for (std::size_t v = 0; v < roots.size(); ++v) {
    int& n = number[std::size_t(root(int(v)))];
    n = n < 0 ? count++ : n;
    part_of_vertex[v] = n;
  }
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    part_of_face[f] = part_of_vertex[std::size_t(mesh.face_vertices(f)[0])];
  }
  return std::max(1, count);
}

// What of the mesh belongs to a part. Faces, and edges and vertices they need, by the faces; what
// has no face by its vertices.
Mesh part_of(const Mesh& mesh, int part, const std::vector<int>& of_vertex,
             const std::vector<int>& of_face) {
  std::vector<std::uint8_t> verts(mesh.vertex_count()), edges(mesh.edge_count()),
      faces(mesh.face_count());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    faces[f] = of_face[f] == part;
    for (int c = mesh.face_offsets()[f]; faces[f] && c < mesh.face_offsets()[f + 1]; ++c) {
      verts[std::size_t(mesh.corner_vertices()[std::size_t(c)])] = 1;
      edges[std::size_t(mesh.corner_edges()[std::size_t(c)])] = 1;
    }
  }
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const int2 ends = mesh.edges()[e];
    if (mesh.edge_corners()[e].empty()) {
      const bool both =
          of_vertex[std::size_t(ends.x)] == part && of_vertex[std::size_t(ends.y)] == part;
      const bool one =
          of_vertex[std::size_t(ends.x)] == part || of_vertex[std::size_t(ends.y)] == part;
      // A loose edge that leaves the selection stays with what is left.
      edges[e] = part == 0 ? one : both;
      if (edges[e]) {
        verts[std::size_t(ends.x)] = verts[std::size_t(ends.y)] = 1;
      }
    }
  }
  for (std::size_t v = 0; v < verts.size(); ++v) {
    if (mesh.vertex_edges()[v].empty()) {
      verts[v] = of_vertex[v] == part;
    }
  }
  Mesh out = mesh;
  out.keep_only(verts, edges, faces);
  return out;
}

Result<Outcome> separate(Context& context, const SeparateSettings& s, const Given&) {
  Document& document = context.document();
  const std::vector<BlockId> meshes = edited_meshes(context);
  bool has_any = false;
  for (const BlockId mesh_id : meshes) {
    const Mesh before = *document.find<Mesh>(mesh_id);
    std::vector<int> of_vertex, of_face;
    const int count = parts_of(before, s.type, of_vertex, of_face);
    if (count < 2) {
      continue;
    }
    // The object that shows it.
    BlockId source = context.active;
    for (const BlockId id : context.selected) {
      const Object* object = document.find<Object>(id);
      if (object && object->data.id == mesh_id) {
        source = id;
      }
    }
    replace_geometry(document.edit<Mesh>(mesh_id, Change::Geometry | Change::Selection),
                     part_of(before, 0, of_vertex, of_face));
    for (int part = 1; part < count; ++part) {
      const Object original = *document.find<Object>(source);
      auto& data = document.add<Mesh>(before.name);
      replace_geometry(data, part_of(before, part, of_vertex, of_face));
      const BlockId data_id = data.id;
      Object& made = document.add<Object>(original.name);
      const BlockId made_id = made.id;
      made.data = {data_id};
      made.initialize_for(document.find(data_id));
      made.location = original.location;
      made.rotation_mode = original.rotation_mode;
      made.rotation_euler = original.rotation_euler;
      made.rotation_quaternion = original.rotation_quaternion;
      made.rotation_axis_angle = original.rotation_axis_angle;
      made.scale = original.scale;
      made.parent = original.parent;
      made.matrix_parent_inverse = original.matrix_parent_inverse;
      document.edit<Collection>(context.active_collection(), Change::Hierarchy | Change::Visibility)
          .objects.push_back({made_id});
      context.edit_layer(Change::Selection).set_selected(made_id, true);
    }
    has_any = true;
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

}  // namespace

void register_mesh_extrude(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.extrude_region", "Extrude Region", extrude_region, poll);
  add_operator(registry, "mesh.extrude_context", "Extrude Context", extrude_context, poll);
  add_operator(registry, "mesh.extrude_faces_indiv", "Extrude Individual Faces",
               extrude_faces_indiv, poll);
  add_operator(registry, "mesh.extrude_edges_indiv", "Extrude Only Edges", extrude_edges_indiv,
               poll);
  add_operator(registry, "mesh.extrude_verts_indiv", "Extrude Only Vertices", extrude_verts_indiv,
               poll);
  add_operator(registry, "mesh.duplicate", "Duplicate", duplicate_selected, poll);
  add_operator(registry, "mesh.split", "Split", split_selected, poll);
  add_operator(registry, "mesh.edge_split", "Edge Split", edge_split, poll);
  add_operator(registry, "mesh.separate", "Separate", separate, poll);
}

}  // namespace kiln::operators
