// What is selected of meshes in edit mode: all, by mode, more, less, by shape.
#include <map>

#include "modeling/mesh_selection.h"
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
bool is_selected(EditMesh& mesh, ElementKind kind, int slot) {
  return mesh.has_flag({kind, slot}, ElementFlag::Select);
}

enum class SelectAction : std::uint8_t { Toggle, Select, Deselect, Invert };

struct SelectAllSettings {
  SelectAction action = SelectAction::Toggle;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SelectAllSettings> s("MESH_OT_select_all", "(De)select All");
      s.add<&SelectAllSettings::action>("action", "Action")
          .items({{"TOGGLE", "Toggle", 0},
                  {"SELECT", "Select", 1},
                  {"DESELECT", "Deselect", 2},
                  {"INVERT", "Invert", 3}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_all(Context& context, const SelectAllSettings& s, const Given&) {
  const std::vector<BlockId> meshes = edited_meshes(context);
  const Domain domain =
      modeling::selected_domain(context.get_scene().tool_settings.mesh_select_mode);
  SelectAction action = s.action;
  if (action == SelectAction::Toggle) {
    action = SelectAction::Select;
    for (const BlockId id : meshes) {
      const auto now = modeling::read_selection(*context.document().find<Mesh>(id));
      if (std::find(now.verts.begin(), now.verts.end(), 1) != now.verts.end()) {
        action = SelectAction::Deselect;
      }
    }
  }
  for (const BlockId id : meshes) {
    const Mesh& mesh = *context.document().find<Mesh>(id);
    modeling::MeshSelection selection = modeling::read_selection(mesh);
    for (auto* values : {&selection.verts, &selection.edges, &selection.faces}) {
      for (std::uint8_t& value : *values) {
        value = action == SelectAction::Select ? 1 : action == SelectAction::Invert ? !value : 0;
      }
    }
    modeling::flush_selection(mesh, selection, domain);
    modeling::write_selection(context.document().edit<Mesh>(id, Change::Selection), selection);
  }
  return Outcome::Finished;
}

enum class SelectModeType : std::uint8_t { Vert = 1, Edge = 2, Face = 4 };

struct SelectModeSettings {
  SelectModeType type = SelectModeType::Vert;
  bool use_extend = false;
  bool use_expand = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SelectModeSettings> s("MESH_OT_select_mode", "Select Mode");
      s.add<&SelectModeSettings::type>("type", "Type")
          .items({{"VERT", "Vertex", 1}, {"EDGE", "Edge", 2}, {"FACE", "Face", 4}})
          .not_animatable();
      s.add<&SelectModeSettings::use_extend>("use_extend", "Extend").not_animatable();
      s.add<&SelectModeSettings::use_expand>("use_expand", "Expand").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Edges or faces that have something selected are selected, before the mode changes to theirs.
void expand_selection(const Mesh& mesh, modeling::MeshSelection& s, SelectModeType type) {
  const std::span<const int2> edges = mesh.edges();
  if (type == SelectModeType::Edge) {
    for (std::size_t e = 0; e < s.edges.size(); ++e) {
      s.edges[e] = s.verts[std::size_t(edges[e].x)] || s.verts[std::size_t(edges[e].y)];
    }
  } else if (type == SelectModeType::Face) {
    for (std::size_t f = 0; f < s.faces.size(); ++f) {
      for (const int v : mesh.face_vertices(f)) {
        s.faces[f] = s.faces[f] || s.verts[std::size_t(v)];
      }
    }
  }
}

Result<Outcome> select_mode(Context& context, const SelectModeSettings& s, const Given&) {
  const std::vector<BlockId> meshes = edited_meshes(context);
  const auto before = context.get_scene().tool_settings.mesh_select_mode;
  std::array<bool, 3> modes{};
  for (int i = 0; i < 3; ++i) {
    const bool is_meant = (int(s.type) >> i & 1) != 0;
    modes[std::size_t(i)] = is_meant || (s.use_extend && before[std::size_t(i)]);
  }
  if (modes == before) {
    return Outcome::Cancelled;
  }
  context.document().edit<Scene>(context.scene, Change::Selection).tool_settings.mesh_select_mode =
      modes;
  // What the new mode cannot have selected is let go.
  for (const BlockId id : meshes) {
    const Mesh& mesh = *context.document().find<Mesh>(id);
    modeling::MeshSelection selection = modeling::read_selection(mesh);
    if (s.use_expand) {
      expand_selection(mesh, selection, s.type);
    }
    modeling::flush_selection(mesh, selection, modeling::selected_domain(modes));
    modeling::write_selection(context.document().edit<Mesh>(id, Change::Selection), selection);
  }
  return Outcome::Finished;
}

// ---- more and less ----

struct FaceStepSettings {
  bool use_face_step = true;
};
struct MoreSettings : FaceStepSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MoreSettings> s("MESH_OT_select_more", "Select More");
      s.add<&MoreSettings::use_face_step>("use_face_step", "Face Step").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct LessSettings : FaceStepSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LessSettings> s("MESH_OT_select_less", "Select Less");
      s.add<&LessSettings::use_face_step>("use_face_step", "Face Step").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

bool is_face_mode(const EditMesh& mesh) {
  return (mesh.select_mode & 3) == 0;
}

// Faces that share an edge, or also those that share a vertex alone.
std::vector<int> faces_around(EditMesh& mesh, int face, bool by_vertex) {
  std::vector<int> out;
  for (const int l : mesh.face_loops(face)) {
    const std::vector<int> near =
        by_vertex ? mesh.vert_faces(mesh.loops[l].vert) : mesh.edge_faces(mesh.loops[l].edge);
    out.insert(out.end(), near.begin(), near.end());
  }
  return out;
}

Result<Outcome> select_more(Context& context, const MoreSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<Element> added;
    if (is_face_mode(mesh)) {
      for (const int f : selected_slots(mesh, ElementKind::Face)) {
        for (const int other : faces_around(mesh, f, s.use_face_step)) {
          added.push_back({ElementKind::Face, other});
        }
      }
    } else {
      for (const int v : selected_slots(mesh, ElementKind::Vert)) {
        for (const int e : mesh.vert_edges(v)) {
          added.push_back({ElementKind::Edge, e});
        }
        for (const int f : s.use_face_step ? mesh.vert_faces(v) : std::vector<int>()) {
          added.push_back({ElementKind::Face, f});
        }
      }
    }
    select_all_of(mesh, added);
    mesh.flush_select_mode();
    return !added.empty();
  });
}

Result<Outcome> select_less(Context& context, const LessSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> removed;
    if (is_face_mode(mesh)) {
      const std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
      for (const int f : faces) {
        const std::vector<int> around = faces_around(mesh, f, s.use_face_step);
        if (std::any_of(around.begin(), around.end(),
                        [&](int o) { return !is_selected(mesh, ElementKind::Face, o); })) {
          removed.push_back(f);
        }
      }
      for (const int f : removed) {
        mesh.set_flag({ElementKind::Face, f}, ElementFlag::Select, false);
      }
    } else {
      for (const int v : selected_slots(mesh, ElementKind::Vert)) {
        bool is_at_rim = false;
        for (const int e : mesh.vert_edges(v)) {
          is_at_rim = is_at_rim || !is_selected(mesh, ElementKind::Vert, mesh.other_vert(e, v));
        }
        for (const int f : s.use_face_step ? mesh.vert_faces(v) : std::vector<int>()) {
          for (const int o : mesh.face_verts(f)) {
            is_at_rim = is_at_rim || !is_selected(mesh, ElementKind::Vert, o);
          }
        }
        if (is_at_rim) {
          removed.push_back(v);
        }
      }
      for (const int v : removed) {
        mesh.set_flag({ElementKind::Vert, v}, ElementFlag::Select, false);
        for (const int e : mesh.vert_edges(v)) {
          mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Select, false);
        }
      }
    }
    mesh.flush_select_mode();
    return !removed.empty();
  });
}

// ---- by shape ----

struct NonManifoldSettings {
  bool extend = true, use_wire = true, use_boundary = true, use_multi_face = true,
       use_non_contiguous = true, use_verts = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = NonManifoldSettings;
      SchemaBuilder<T> s("MESH_OT_select_non_manifold", "Select Non-Manifold");
      s.add<&T::extend>("extend", "Extend").not_animatable();
      s.add<&T::use_wire>("use_wire", "Wire").not_animatable();
      s.add<&T::use_boundary>("use_boundary", "Boundaries").not_animatable();
      s.add<&T::use_multi_face>("use_multi_face", "Multiple Faces").not_animatable();
      s.add<&T::use_non_contiguous>("use_non_contiguous", "Non Contiguous").not_animatable();
      s.add<&T::use_verts>("use_verts", "Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_non_manifold(Context& context, const NonManifoldSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    if (is_face_mode(mesh)) {
      return Error::invalid("needs the select mode of vertices or edges");
    }
    if (!s.extend) {
      deselect_all(mesh);
    }
    std::vector<Element> found;
    for (const int e : all_slots(mesh, ElementKind::Edge)) {
      const int count = mesh.edge_face_count(e);
      if ((s.use_wire && count == 0) || (s.use_boundary && count == 1) ||
          (s.use_multi_face && count > 2) ||
          (s.use_non_contiguous && count == 2 && !mesh.is_contiguous(e))) {
        found.push_back({ElementKind::Edge, e});
      }
    }
    for (const int v : s.use_verts ? all_slots(mesh, ElementKind::Vert) : std::vector<int>()) {
      if (!mesh.is_manifold_vert(v)) {
        found.push_back({ElementKind::Vert, v});
      }
    }
    select_all_of(mesh, found);
    mesh.flush_select_mode();
    return true;
  });
}

struct LooseSettings {
  bool extend = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LooseSettings> s("MESH_OT_select_loose", "Select Loose Geometry");
      s.add<&LooseSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_loose(Context& context, const LooseSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!s.extend) {
      deselect_all(mesh);
    }
    std::vector<Element> found;
    if (mesh.select_mode & 1) {
      for (const int v : all_slots(mesh, ElementKind::Vert)) {
        if (mesh.verts[v].edge < 0) {
          found.push_back({ElementKind::Vert, v});
        }
      }
    }
    if (mesh.select_mode & 2) {
      for (const int e : all_slots(mesh, ElementKind::Edge)) {
        if (mesh.is_wire(e)) {
          found.push_back({ElementKind::Edge, e});
        }
      }
    }
    if (mesh.select_mode & 4) {
      for (const int f : all_slots(mesh, ElementKind::Face)) {
        const std::vector<int> sides = mesh.face_edges(f);
        if (std::all_of(sides.begin(), sides.end(), [&](int e) { return mesh.is_boundary(e); })) {
          found.push_back({ElementKind::Face, f});
        }
      }
    }
    select_all_of(mesh, found);
    mesh.flush_select_mode();
    return true;
  });
}

Result<Outcome> region_to_loop(Context& context, const NoSettings&, const Given&) {
  const Result<Outcome> done = edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> border;
    for (const int f : selected_slots(mesh, ElementKind::Face)) {
      for (const int e : mesh.face_edges(f)) {
        int chosen = 0;
        for (const int other : mesh.edge_faces(e)) {
          chosen += int(is_selected(mesh, ElementKind::Face, other));
        }
        if (chosen == 1) {
          border.push_back(e);
        }
      }
    }
    if (border.empty()) {
      return false;
    }
    deselect_all(mesh);
    mesh.select_mode = 2;
    select_slots(mesh, ElementKind::Edge, border);
    mesh.flush_select_mode();
    return true;
  });
  if (done && *done == Outcome::Finished) {
    context.document()
        .edit<Scene>(context.scene, Change::Selection)
        .tool_settings.mesh_select_mode = {false, true, false};
  }
  return done;
}

struct SharpSettings {
  float sharpness = 0.5235988f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SharpSettings> s("MESH_OT_edges_select_sharp", "Select Sharp Edges");
      s.add<&SharpSettings::sharpness>("sharpness", "Sharpness")
          .subtype(Subtype::Angle)
          .range(0.000174533, 3.1415927)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct FlatSettings {
  float sharpness = 0.0174533f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<FlatSettings> s("MESH_OT_faces_select_linked_flat", "Select Linked Flat Faces");
      s.add<&FlatSettings::sharpness>("sharpness", "Sharpness")
          .subtype(Subtype::Angle)
          .range(0.000174533, 3.1415927)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

float angle_across(EditMesh& mesh, int edge) {
  const std::vector<int> faces = mesh.edge_faces(edge);
  return faces.size() == 2 ? std::acos(std::clamp(dot(mesh.compute_face_normal(faces[0]),
                                                      mesh.compute_face_normal(faces[1])),
                                                  -1.0f, 1.0f))
                           : 0.0f;
}

Result<Outcome> select_sharp(Context& context, const SharpSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> found;
    for (const int e : all_slots(mesh, ElementKind::Edge)) {
      if (angle_across(mesh, e) > s.sharpness) {
        found.push_back(e);
      }
    }
    select_slots(mesh, ElementKind::Edge, found);
    mesh.flush_select_mode();
    return true;
  });
}

Result<Outcome> select_flat(Context& context, const FlatSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      for (const int e : mesh.face_edges(faces[i])) {
        if (angle_across(mesh, e) >= s.sharpness) {
          continue;
        }
        for (const int other : mesh.edge_faces(e)) {
          if (!is_selected(mesh, ElementKind::Face, other) &&
              !is_hidden(mesh, ElementKind::Face, other)) {
            mesh.select({ElementKind::Face, other}, true);
            faces.push_back(other);
          }
        }
      }
    }
    mesh.flush_select_mode();
    return !faces.empty();
  });
}

}  // namespace

void register_mesh_select(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.select_all", "(De)select All", select_all, poll);
  add_operator(registry, "mesh.select_mode", "Select Mode", select_mode, poll);
  add_operator(registry, "mesh.select_more", "Select More", select_more, poll);
  add_operator(registry, "mesh.select_less", "Select Less", select_less, poll);
  add_operator(registry, "mesh.select_non_manifold", "Select Non-Manifold", select_non_manifold,
               poll);
  add_operator(registry, "mesh.select_loose", "Select Loose Geometry", select_loose, poll);
  add_operator(registry, "mesh.region_to_loop", "Select Boundary Loop", region_to_loop, poll);
  add_operator(registry, "mesh.edges_select_sharp", "Select Sharp Edges", select_sharp, poll);
  register_mesh_select_linked(registry);
  register_mesh_select_alike(registry);
  add_operator(registry, "mesh.faces_select_linked_flat", "Select Linked Flat Faces", select_flat,
               poll);
}

}  // namespace kiln::operators
