// Selecting what hangs together with what is selected of meshes in edit mode: parts, loops, rings.
#include "modeling/edit_loops.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementKind;

bool is_hidden(EditMesh& mesh, ElementKind kind, int slot) {
  return mesh.has_flag({kind, slot}, ElementFlag::Hide);
}
bool is_face_mode(const EditMesh& mesh) {
  return (mesh.select_mode & 3) == 0;
}

// ---- what hangs together ----

enum class Delimit : std::int32_t { Normal = 1, Material = 2, Seam = 4, Sharp = 8, Uv = 16 };

bool has(Delimit set, Delimit what) {
  return (int(set) & int(what)) != 0;
}

template <auto Member, typename Settings>
void add_delimit(SchemaBuilder<Settings>& s) {
  s.template add<Member>("delimit", "Delimit")
      .items({{"NORMAL", "Normal", int(Delimit::Normal)},
              {"MATERIAL", "Material", int(Delimit::Material)},
              {"SEAM", "Seam", int(Delimit::Seam)},
              {"SHARP", "Sharp", int(Delimit::Sharp)},
              {"UV", "UVs", int(Delimit::Uv)}})
      .enum_flag()
      .not_animatable();
}

struct LinkedSettings {
  Delimit delimit = Delimit::Seam;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LinkedSettings> s("MESH_OT_select_linked", "Select Linked All");
      add_delimit<&LinkedSettings::delimit>(s);
      return s.build();
    }();
    return schema;
  }
};

struct LinkedPickSettings {
  bool deselect = false;
  Delimit delimit = Delimit::Seam;
  int object_index = -1;
  int index = -1;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LinkedPickSettings> s("MESH_OT_select_linked_pick", "Select Linked");
      s.add<&LinkedPickSettings::deselect>("deselect", "Deselect").not_animatable();
      add_delimit<&LinkedPickSettings::delimit>(s);
      s.add<&LinkedPickSettings::object_index>("object_index", "")
          .range(-1, 2147483647)
          .hidden()
          .not_animatable();
      s.add<&LinkedPickSettings::index>("index", "")
          .range(-1, 2147483647)
          .hidden()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

bool uvs_differ(EditMesh& mesh, int edge) {
  const std::vector<int> loops = mesh.edge_loops(edge);
  for (std::int64_t i = 0; loops.size() == 2 && i < mesh.attributes.items().size(); ++i) {
    const Attribute& map = mesh.attributes.items()[i];
    const Array<float2>* uvs = map.is_uv_map ? map.as<float2>() : nullptr;
    if (!uvs) {
      continue;
    }
    const auto at = [&](int l) { return (*uvs)[std::size_t(l)]; };
    const int a = loops[0], b = loops[1];
    const bool same = mesh.loops[a].vert == mesh.loops[b].vert;
    const float2 b_first = at(same ? b : mesh.loops[b].next),
                 b_last = at(same ? mesh.loops[b].next : b);
    if (length(at(a) - b_first) > 1e-5f || length(at(mesh.loops[a].next) - b_last) > 1e-5f) {
      return true;
    }
  }
  return false;
}

// Whether a walk from face to face may cross an edge.
bool is_open(EditMesh& mesh, int edge, Delimit delimit) {
  const std::uint8_t flags = mesh.edges[edge].flags;
  if ((has(delimit, Delimit::Seam) && (flags & ElementFlag::Seam)) ||
      (has(delimit, Delimit::Sharp) && !(flags & ElementFlag::Smooth))) {
    return false;
  }
  const std::vector<int> faces = mesh.edge_faces(edge);
  for (std::size_t i = 1; i < faces.size(); ++i) {
    if (has(delimit, Delimit::Material) &&
        mesh.faces[faces[i]].material != mesh.faces[faces[0]].material) {
      return false;
    }
  }
  if (has(delimit, Delimit::Normal) && mesh.edge_face_count(edge) == 2 &&
      !mesh.is_contiguous(edge)) {
    return false;
  }
  return !has(delimit, Delimit::Uv) || !uvs_differ(mesh, edge);
}

// All faces, edges and vertices that hang together with some faces and vertices. Where walks are
// delimited they go over faces, and loose edges, only.
std::vector<Element> linked(EditMesh& mesh, std::vector<int> verts, std::vector<int> faces,
                            Delimit delimit) {
  std::vector<char> has_face(std::size_t(mesh.faces.slot_count())),
      has_vert(std::size_t(mesh.verts.slot_count()));
  const auto mark = [](std::vector<char>& seen, std::vector<int>& list) {
    std::vector<int> unique;
    for (const int slot : list) {
      if (!std::exchange(seen[std::size_t(slot)], char(1))) {
        unique.push_back(slot);
      }
    }
    list = std::move(unique);
  };
  mark(has_face, faces);
  mark(has_vert, verts);
  std::vector<Element> found;
  const bool is_delimited = int(delimit) != 0;
  const auto push_face = [&](int f) {
    if (!is_hidden(mesh, ElementKind::Face, f) &&
        !std::exchange(has_face[std::size_t(f)], char(1))) {
      faces.push_back(f);
    }
  };
  const auto push_vert = [&](int v) {
    if (!is_hidden(mesh, ElementKind::Vert, v) &&
        !std::exchange(has_vert[std::size_t(v)], char(1))) {
      verts.push_back(v);
    }
  };
  std::size_t next_face = 0, next_vert = 0;
  while (next_face < faces.size() || next_vert < verts.size()) {
    if (next_face < faces.size()) {
      const int f = faces[next_face++];
      found.push_back({ElementKind::Face, f});
      for (const int e : mesh.face_edges(f)) {
        for (const int other :
             is_open(mesh, e, delimit) ? mesh.edge_faces(e) : std::vector<int>()) {
          push_face(other);
        }
      }
      for (const int v : is_delimited ? std::vector<int>() : mesh.face_verts(f)) {
        push_vert(v);
      }
      continue;
    }
    const int v = verts[next_vert++];
    found.push_back({ElementKind::Vert, v});
    for (const int e : mesh.vert_edges(v)) {
      if (!is_delimited || mesh.is_wire(e)) {
        found.push_back({ElementKind::Edge, e});
        push_vert(mesh.other_vert(e, v));
      }
    }
    for (const int f : is_delimited ? std::vector<int>() : mesh.vert_faces(v)) {
      push_face(f);
    }
  }
  return found;
}

Result<Outcome> select_linked(Context& context, const LinkedSettings& s, const Given& given) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    // Seams stop walks in the mode of faces only, unless asked for.
    const Delimit delimit =
        is_face_mode(mesh) || given.contains("delimit") ? s.delimit : Delimit(0);
    const std::vector<int> verts = selected_slots(mesh, ElementKind::Vert);
    if (verts.empty()) {
      return false;
    }
    std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    if (!is_face_mode(mesh)) {
      // Faces at what is selected begin the walk too.
      for (const int v : verts) {
        const std::vector<int> around = mesh.vert_faces(v);
        faces.insert(faces.end(), around.begin(), around.end());
      }
      std::erase_if(faces, [&](int f) { return is_hidden(mesh, ElementKind::Face, f); });
    }
    select_all_of(mesh, linked(mesh, is_face_mode(mesh) ? std::vector<int>() : verts,
                               std::move(faces), delimit));
    mesh.flush_select_mode();
    return true;
  });
}

Result<Outcome> select_linked_pick(Context& context, const LinkedPickSettings& s,
                                   const Given& given) {
  bool is_first = true;
  const Result<Outcome> done = edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!std::exchange(is_first, false)) {
      return false;
    }
    // Numbers count vertices, then edges, then faces.
    const int verts = mesh.verts.size(), edges = mesh.edges.size(), faces = mesh.faces.size();
    if (s.index < 0 || s.index >= verts + edges + faces) {
      return Error::invalid("index is {}; expected 0 to {}", s.index, verts + edges + faces - 1);
    }
    std::vector<int> from_verts, from_faces;
    if (s.index < verts) {
      from_verts = {all_slots(mesh, ElementKind::Vert)[std::size_t(s.index)]};
    } else if (s.index < verts + edges) {
      const int e = all_slots(mesh, ElementKind::Edge)[std::size_t(s.index - verts)];
      from_verts = {mesh.edges[e].verts[0], mesh.edges[e].verts[1]};
      from_faces = mesh.edge_faces(e);
    } else {
      from_faces = {all_slots(mesh, ElementKind::Face)[std::size_t(s.index - verts - edges)]};
    }
    const Delimit delimit =
        is_face_mode(mesh) || given.contains("delimit") ? s.delimit : Delimit(0);
    for (const int v : int(delimit) != 0 ? from_verts : std::vector<int>()) {
      const std::vector<int> around = mesh.vert_faces(v);
      from_faces.insert(from_faces.end(), around.begin(), around.end());
    }
    for (const Element& e : linked(mesh, from_verts, from_faces, delimit)) {
      mesh.select(e, !s.deselect);
    }
    mesh.flush_select_mode();
    return true;
  });
  return done;
}

// ---- loops and rings ----

struct LoopSettings {
  bool ring = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LoopSettings> s("MESH_OT_loop_multi_select", "Multi Select Loops");
      s.add<&LoopSettings::ring>("ring", "Ring").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> loop_multi_select(Context& context, const LoopSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> edges;
    for (const int e : selected_slots(mesh, ElementKind::Edge)) {
      const std::vector<int> walked =
          s.ring ? modeling::edge_ring(mesh, e) : modeling::edge_loop(mesh, e);
      edges.insert(edges.end(), walked.begin(), walked.end());
    }
    select_slots(mesh, ElementKind::Edge, edges);
    mesh.flush_select_mode();
    return !edges.empty();
  });
}

}  // namespace

void register_mesh_select_linked(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.select_linked", "Select Linked All", select_linked, poll);
  add_operator(registry, "mesh.select_linked_pick", "Select Linked", select_linked_pick, poll);
  add_operator(registry, "mesh.loop_multi_select", "Multi Select Loops", loop_multi_select, poll);
}

}  // namespace kiln::operators
