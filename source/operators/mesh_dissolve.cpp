// Deleting, dissolving and merging what is selected of meshes in edit mode.
#include "evaluation/evaluator.h"
#include "modeling/split_crossings.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementKind;
using modeling::SlotValues;

enum class DeleteType : std::uint8_t { Vert, Edge, Face, EdgeFace, OnlyFace };

struct DeleteSettings {
  DeleteType type = DeleteType::Vert;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DeleteSettings> s("MESH_OT_delete", "Delete");
      s.add<&DeleteSettings::type>("type", "Type")
          .items({{"VERT", "Vertices", 0},
                  {"EDGE", "Edges", 1},
                  {"FACE", "Faces", 2},
                  {"EDGE_FACE", "Only Edges & Faces", 3},
                  {"ONLY_FACE", "Only Faces", 4}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<bool> run_on(EditMesh& mesh, std::string_view name, const SlotValues& in) {
  const Result<SlotValues> out = run_edit_operator(mesh, name, in);
  return out ? Result<bool>(true) : out.error();
}

// An operator on what is selected of one kind, given as the argument `slot`.
Result<bool> run_on_selected(EditMesh& mesh, std::string_view name, const char* slot,
                             ElementKind kind, SlotValues in = {}) {
  const std::vector<int> slots = selected_slots(mesh, kind);
  if (slots.empty()) {
    return false;
  }
  in.add(slot, kind, slots);
  return run_on(mesh, name, in);
}

Result<Outcome> delete_selected(Context& context, const DeleteSettings& s, const Given&) {
  static constexpr struct {
    ElementKind kind;
    int what;  // as the operator on edit meshes counts
  } ways[] = {{ElementKind::Vert, 0},
              {ElementKind::Edge, 1},
              {ElementKind::Face, 4},
              {ElementKind::Edge, 3},
              {ElementKind::Face, 2}};
  const auto& way = ways[int(s.type)];
  return edit_meshes(context, [&](EditMesh& mesh) {
    SlotValues in;
    in.values["context"] = way.what;
    const Result<bool> done = run_on_selected(mesh, "delete", "geom", way.kind, std::move(in));
    deselect_all(mesh);
    return done;
  });
}

struct DeleteLooseSettings {
  bool use_verts = true, use_edges = true, use_faces = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = DeleteLooseSettings;
      SchemaBuilder<T> s("MESH_OT_delete_loose", "Delete Loose");
      s.add<&T::use_verts>("use_verts", "Vertices").not_animatable();
      s.add<&T::use_edges>("use_edges", "Edges").not_animatable();
      s.add<&T::use_faces>("use_faces", "Faces").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> delete_loose(Context& context, const DeleteLooseSettings& s, const Given&) {
  int removed = 0;
  const Result<Outcome> done = edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    if (s.use_faces) {
      for (const int f : selected_slots(mesh, ElementKind::Face)) {
        const std::vector<int> sides = mesh.face_edges(f);
        if (std::all_of(sides.begin(), sides.end(), [&](int e) { return mesh.is_boundary(e); })) {
          mesh.remove_face(f);
          ++removed;
        }
      }
    }
    if (s.use_edges) {
      for (const int e : selected_slots(mesh, ElementKind::Edge)) {
        if (mesh.is_wire(e)) {
          mesh.remove_edge(e);
          ++removed;
        }
      }
    }
    if (s.use_verts) {
      for (const int v : selected_slots(mesh, ElementKind::Vert)) {
        if (mesh.verts[v].edge < 0) {
          mesh.remove_vert(v);
          ++removed;
        }
      }
    }
    return removed > 0;
  });
  return done ? Result<Outcome>(Outcome::Finished) : done;
}

// ---- dissolving ----

struct DissolveEdgesSettings {
  bool use_verts = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DissolveEdgesSettings> s("MESH_OT_dissolve_edges", "Dissolve Edges");
      s.add<&DissolveEdgesSettings::use_verts>("use_verts", "Dissolve Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct DissolveFacesSettings {
  bool use_verts = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DissolveFacesSettings> s("MESH_OT_dissolve_faces", "Dissolve Faces");
      s.add<&DissolveFacesSettings::use_verts>("use_verts", "Dissolve Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct DissolveModeSettings {
  bool use_verts = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DissolveModeSettings> s("MESH_OT_dissolve_mode", "Dissolve Selection");
      s.add<&DissolveModeSettings::use_verts>("use_verts", "Dissolve Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<bool> dissolve_verts_of(EditMesh& mesh) {
  const Result<bool> done = run_on_selected(mesh, "dissolve_verts", "verts", ElementKind::Vert);
  mesh.flush_select_mode();
  return done;
}
Result<bool> dissolve_edges_of(EditMesh& mesh, bool with_verts) {
  SlotValues in;
  in.values["use_verts"] = with_verts;
  const Result<bool> done =
      run_on_selected(mesh, "dissolve_edges", "edges", ElementKind::Edge, std::move(in));
  return done;
}
Result<bool> dissolve_faces_of(EditMesh& mesh, bool with_verts) {
  SlotValues in;
  in.values["use_verts"] = with_verts;
  in.add("faces", ElementKind::Face, selected_slots(mesh, ElementKind::Face));
  if (in.slots("faces", ElementKind::Face).empty()) {
    return false;
  }
  const Result<SlotValues> out = run_edit_operator(mesh, "dissolve_faces", in);
  if (!out) {
    return out.error();
  }
  deselect_all(mesh);
  select_all_of(mesh, out->get<std::vector<Element>>("region"));
  return true;
}

Result<Outcome> dissolve_verts(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) { return dissolve_verts_of(mesh); });
}
Result<Outcome> dissolve_edges(Context& context, const DissolveEdgesSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) { return dissolve_edges_of(mesh, s.use_verts); });
}
Result<Outcome> dissolve_faces(Context& context, const DissolveFacesSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) { return dissolve_faces_of(mesh, s.use_verts); });
}
Result<Outcome> dissolve_mode(Context& context, const DissolveModeSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) {
    return (mesh.select_mode & 1)   ? dissolve_verts_of(mesh)
           : (mesh.select_mode & 2) ? dissolve_edges_of(mesh, true)
                                    : dissolve_faces_of(mesh, s.use_verts);
  });
}

struct DegenerateSettings {
  float threshold = 0.0001f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DegenerateSettings> s("MESH_OT_dissolve_degenerate", "Degenerate Dissolve");
      s.add<&DegenerateSettings::threshold>("threshold", "Merge Distance")
          .subtype(Subtype::Distance)
          .range(1e-6, 50)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> dissolve_degenerate(Context& context, const DegenerateSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) {
    SlotValues in;
    in.values["dist"] = s.threshold;
    return run_on_selected(mesh, "dissolve_degenerate", "edges", ElementKind::Edge, std::move(in));
  });
}

// ---- merging ----

enum class MergeType : std::uint8_t { First, Last, Center, Cursor, Collapse };

struct MergeSettings {
  MergeType type = MergeType::Center;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MergeSettings> s("MESH_OT_merge", "Merge");
      s.add<&MergeSettings::type>("type", "Type")
          .items({{"CENTER", "At Center", int(MergeType::Center)},
                  {"CURSOR", "At Cursor", int(MergeType::Cursor)},
                  {"COLLAPSE", "Collapse", int(MergeType::Collapse)},
                  {"FIRST", "At First", int(MergeType::First)},
                  {"LAST", "At Last", int(MergeType::Last)}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<bool> merge_at(EditMesh& mesh, float3 place, int kept) {
  std::vector<int> verts = selected_slots(mesh, ElementKind::Vert);
  if (verts.size() < 2) {
    return false;
  }
  if (kept >= 0) {
    std::erase(verts, kept);
    verts.insert(verts.begin(), kept);
  }
  SlotValues in;
  in.add("verts", ElementKind::Vert, verts);
  in.values["merge_co"] = place;
  return run_on(mesh, "pointmerge", in);
}

Result<Outcome> merge(Context& context, const MergeSettings& s, const Given&) {
  const Object& object = *context.active_object();
  const float4x4 to_object =
      inverse(evaluation::Evaluator::world_matrix(context.document(), object));
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    Result<bool> done = false;
    if (s.type == MergeType::Collapse) {
      done = run_on_selected(mesh, "collapse", "edges", ElementKind::Edge);
    } else if (s.type == MergeType::Cursor) {
      done = merge_at(mesh, transform_point(to_object, context.get_scene().cursor.location), -1);
    } else if (s.type == MergeType::Center) {
      float3 sum;
      const std::vector<int> verts = selected_slots(mesh, ElementKind::Vert);
      for (const int v : verts) {
        sum += mesh.verts[v].co / float(verts.size());
      }
      done = merge_at(mesh, sum, -1);
    } else {
      std::vector<int> history;
      for (const modeling::ElementHandle& h : mesh.select_history) {
        if (h.kind == ElementKind::Vert && mesh.is_alive(h)) {
          history.push_back(h.slot);
        }
      }
      if (history.empty()) {
        return Error::invalid(
            "no vertex was selected by itself: select the vertices one after the other");
      }
      const int kept = s.type == MergeType::First ? history.front() : history.back();
      done = merge_at(mesh, mesh.verts[kept].co, kept);
    }
    mesh.flush_select_mode();
    return done;
  });
}

Result<Outcome> edge_collapse(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) {
    return run_on_selected(mesh, "collapse", "edges", ElementKind::Edge);
  });
}

struct RemoveDoublesSettings {
  float threshold = 0.0001f;
  bool use_unselected = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = RemoveDoublesSettings;
      SchemaBuilder<T> s("MESH_OT_remove_doubles", "Merge by Distance");
      s.add<&T::threshold>("threshold", "Merge Distance")
          .subtype(Subtype::Distance)
          .range(1e-6, 50)
          .soft(1e-5, 10)
          .not_animatable();
      s.add<&T::use_unselected>("use_unselected", "Unselected").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Vertices that are not selected stay where they are: selected ones near them join them.
Result<bool> weld_onto_unselected(EditMesh& mesh, float distance) {
  std::vector<int> kept;
  for (const int v : all_slots(mesh, ElementKind::Vert)) {
    if (!mesh.has_flag({ElementKind::Vert, v}, ElementFlag::Select)) {
      kept.push_back(v);
    }
  }
  SlotValues in;
  in.values["dist"] = distance;
  in.add("verts", ElementKind::Vert, selected_slots(mesh, ElementKind::Vert));
  in.add("keep_verts", ElementKind::Vert, kept);
  const Result<SlotValues> pairs = run_edit_operator(mesh, "find_doubles", in);
  if (!pairs) {
    return pairs.error();
  }
  const auto targets = pairs->get<modeling::ElementPairs>("targetmap");
  for (const auto& [from, to] : targets) {
    mesh.set_flag(to, ElementFlag::Select, true);
  }
  SlotValues weld;
  weld.values["targetmap"] = targets;
  return run_on(mesh, "weld_verts", weld);
}

Result<bool> weld_selected(EditMesh& mesh, float distance) {
  SlotValues in;
  in.values["dist"] = distance;
  in.add("verts", ElementKind::Vert, selected_slots(mesh, ElementKind::Vert));
  return run_on(mesh, "remove_doubles", in);
}

Result<Outcome> remove_doubles(Context& context, const RemoveDoublesSettings& s, const Given&) {
  int removed = 0;
  const Result<Outcome> done = edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const int before = mesh.verts.size();
    const Result<bool> welded = s.use_unselected ? weld_onto_unselected(mesh, s.threshold)
                                                 : weld_selected(mesh, s.threshold);
    if (!welded) {
      return welded;
    }
    mesh.flush_selection(true);
    removed += before - mesh.verts.size();
    return mesh.verts.size() != before;
  });
  if (!done) {
    return done;
  }
  context.reports.push_back({fmt::format("Removed {} vertices", removed), Report::Severity::Info});
  return Outcome::Finished;
}

}  // namespace

Result<void> merge_moved_vertices(Context& context) {
  const ToolSettings& tools = context.get_scene().tool_settings;
  if (!tools.use_mesh_automerge) {
    return {};
  }
  const float distance = tools.double_threshold;
  const Result<Outcome> done = edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    if (tools.use_mesh_automerge_and_split) {
      const bool is_changed = modeling::split_crossings(mesh, distance);
      mesh.flush_selection(true);
      return is_changed;
    }
    const int before = mesh.verts.size();
    if (const Result<bool> welded = weld_onto_unselected(mesh, distance); !welded) {
      return welded;
    }
    if (const Result<bool> welded = weld_selected(mesh, distance); !welded) {
      return welded;
    }
    mesh.flush_selection(true);
    return mesh.verts.size() != before;
  });
  return done ? Result<void>() : Result<void>(done.error());
}

void register_mesh_dissolve(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.delete", "Delete", delete_selected, poll);
  add_operator(registry, "mesh.delete_loose", "Delete Loose", delete_loose, poll);
  add_operator(registry, "mesh.dissolve_verts", "Dissolve Vertices", dissolve_verts, poll);
  add_operator(registry, "mesh.dissolve_edges", "Dissolve Edges", dissolve_edges, poll);
  add_operator(registry, "mesh.dissolve_faces", "Dissolve Faces", dissolve_faces, poll);
  add_operator(registry, "mesh.dissolve_mode", "Dissolve Selection", dissolve_mode, poll);
  add_operator(registry, "mesh.dissolve_degenerate", "Degenerate Dissolve", dissolve_degenerate,
               poll);
  add_operator(registry, "mesh.merge", "Merge", merge, poll);
  add_operator(registry, "mesh.edge_collapse", "Collapse Edges & Faces", edge_collapse, poll);
  add_operator(registry, "mesh.remove_doubles", "Merge by Distance", remove_doubles, poll);
}

}  // namespace kiln::operators
