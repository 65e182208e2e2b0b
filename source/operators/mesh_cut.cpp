// Cutting edges and faces of meshes in edit mode: subdividing, loop cuts, connecting, sliding.
#include "modeling/edge_slide.h"
#include "modeling/edit_loops.h"
#include "modeling/subdivide_edges.h"
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
using Corner = modeling::SubdivideEdgesSettings::Corner;

struct SubdivideSettings {
  int number_cuts = 1;
  bool ngon = true;
  Corner quadcorner = Corner::StraightCut;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = SubdivideSettings;
      SchemaBuilder<T> s("MESH_OT_subdivide", "Subdivide");
      s.add<&T::number_cuts>("number_cuts", "Number of Cuts")
          .range(1, 100)
          .soft(1, 10)
          .not_animatable();
      s.add<&T::ngon>("ngon", "Create N-Gons").not_animatable();
      s.add<&T::quadcorner>("quadcorner", "Quad Corner Type")
          .items({{"INNERVERT", "Inner Vert", int(Corner::InnerVert)},
                  {"PATH", "Path", int(Corner::Path)},
                  {"STRAIGHT_CUT", "Straight Cut", int(Corner::StraightCut)},
                  {"FAN", "Fan", int(Corner::Fan)}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> subdivide(Context& context, const SubdivideSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    if (edges.empty()) {
      return false;
    }
    const modeling::SubdividedEdges made =
        modeling::subdivide_edges(mesh, edges, {s.number_cuts, s.quadcorner, s.ngon});
    deselect_all(mesh);
    select_slots(mesh, ElementKind::Edge, made.split);
    select_slots(mesh, ElementKind::Edge, made.inner);
    // Faces between selected edges count too, whatever the mode.
    const int mode = std::exchange(mesh.select_mode, 2);
    mesh.flush_select_mode();
    mesh.select_mode = mode;
    return true;
  });
}

// ---- loop cut ----

struct LoopcutSettings {
  int number_cuts = 1;
  int object_index = -1;
  int edge_index = -1;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = LoopcutSettings;
      SchemaBuilder<T> s("MESH_OT_loopcut", "Loop Cut");
      s.add<&T::number_cuts>("number_cuts", "Number of Cuts")
          .range(1, 1000000)
          .soft(1, 100)
          .not_animatable();
      s.add<&T::object_index>("object_index", "Object Index")
          .range(-1, 2147483647)
          .hidden()
          .not_animatable();
      s.add<&T::edge_index>("edge_index", "Edge Index")
          .range(-1, 2147483647)
          .hidden()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The loop across the ring of an edge, selected.
Result<bool> cut_loop(EditMesh& mesh, int edge_index, int cuts) {
  const std::vector<int> all = all_slots(mesh, ElementKind::Edge);
  if (edge_index < 0 || edge_index >= int(all.size())) {
    return Error::invalid("edge_index is {}; expected 0 to {}", edge_index, int(all.size()) - 1);
  }
  if (cuts > 1000) {
    return Error::invalid("number_cuts is {}; at most 1000 are made", cuts);
  }
  const std::vector<int> ring = modeling::edge_ring(mesh, all[std::size_t(edge_index)]);
  modeling::SubdividedEdges made = modeling::subdivide_edges(mesh, ring, {cuts});
  deselect_all(mesh);
  if (made.inner.empty()) {
    // Nothing beside the edge: its new vertices are what was made.
    for (const int e : made.split) {
      for (const int v : mesh.edges[e].verts) {
        if (mesh.vert_edge_count(v) == 2) {
          mesh.select({ElementKind::Vert, v}, true);
        }
      }
    }
  }
  select_slots(mesh, ElementKind::Edge, made.inner);
  return true;
}

// Loops are made in the mode of vertices or edges: that of faces cannot show them.
void leave_face_mode(Context& context) {
  const auto modes = context.get_scene().tool_settings.mesh_select_mode;
  if (!modes[0] && !modes[1]) {
    context.document()
        .edit<Scene>(context.scene, Change::Selection)
        .tool_settings.mesh_select_mode = {false, true, false};
  }
}

Result<Outcome> loopcut(Context& context, const LoopcutSettings& s, const Given&) {
  leave_face_mode(context);
  bool is_first = true;
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!std::exchange(is_first, false)) {
      return false;
    }
    return cut_loop(mesh, s.edge_index, s.number_cuts);
  });
}

struct EdgeSlideSettings {
  float value = 0.0f;
  bool use_clamp = true;
  bool flipped = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = EdgeSlideSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_edge_slide", "Edge Slide");
      s.add<&T::value>("value", "Factor")
          .subtype(Subtype::Factor)
          .range(-10, 10)
          .soft(-1, 1)
          .not_animatable();
      s.add<&T::flipped>("flipped", "Flipped").not_animatable();
      s.add<&T::use_clamp>("use_clamp", "Clamp").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> edge_slide(Context& context, const EdgeSlideSettings& s, const Given&) {
  float factor = s.flipped ? -s.value : s.value;
  factor = s.use_clamp ? std::clamp(factor, -1.0f, 1.0f) : factor;
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    const std::vector<modeling::SlideSides> sides = modeling::slide_sides(mesh, edges);
    modeling::slide(mesh, sides, factor);
    return !sides.empty();
  });
}

// ---- connecting ----

Result<bool> connect(EditMesh& mesh, const std::vector<int>& verts, std::vector<int>& made) {
  SlotValues in;
  in.add("verts", ElementKind::Vert, verts);
  const Result<SlotValues> out = run_edit_operator(mesh, "connect_verts", in);
  if (!out) {
    return out.error();
  }
  const std::vector<int> edges = out->slots("edges", ElementKind::Edge);
  made.insert(made.end(), edges.begin(), edges.end());
  return !edges.empty();
}

Result<Outcome> vert_connect(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    std::vector<int> made;
    const Result<bool> done = connect(mesh, selected_slots(mesh, ElementKind::Vert), made);
    select_slots(mesh, ElementKind::Edge, made);
    return done;
  });
}

// One after the other in the order of selecting, where that is known.
Result<Outcome> vert_connect_path(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    std::vector<int> order;
    for (const modeling::ElementHandle& h : mesh.select_history) {
      if (h.kind == ElementKind::Vert && mesh.is_alive(h)) {
        order.push_back(h.slot);
      }
    }
    const std::vector<int> selected = selected_slots(mesh, ElementKind::Vert);
    std::vector<int> made;
    bool has_any = false;
    if (order.size() < 2 || order.size() != selected.size()) {
      order = selected;
    }
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      const Result<bool> done = connect(mesh, {order[i], order[i + 1]}, made);
      if (!done) {
        return done;
      }
      has_any = has_any || *done;
    }
    if (!has_any) {
      return Error::invalid("the selected vertices share no face that a new edge could cut");
    }
    select_slots(mesh, ElementKind::Edge, made);
    mesh.flush_select_mode();
    return true;
  });
}

struct EdgeRotateSettings {
  bool use_ccw = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<EdgeRotateSettings> s("MESH_OT_edge_rotate", "Rotate Selected Edge");
      s.add<&EdgeRotateSettings::use_ccw>("use_ccw", "Counter Clockwise").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> edge_rotate(Context& context, const EdgeRotateSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    SlotValues in;
    in.add("edges", ElementKind::Edge, selected_slots(mesh, ElementKind::Edge));
    in.values["use_ccw"] = s.use_ccw;
    const Result<SlotValues> out = run_edit_operator(mesh, "rotate_edges", in);
    if (!out) {
      return out.error();
    }
    const std::vector<int> edges = out->slots("edges", ElementKind::Edge);
    if (edges.empty()) {
      return Error::invalid("no selected edge lies between two faces");
    }
    deselect_all(mesh);
    select_slots(mesh, ElementKind::Edge, edges);
    mesh.flush_select_mode();
    return true;
  });
}

}  // namespace

void register_mesh_cut(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.subdivide", "Subdivide", subdivide, poll);
  add_operator(registry, "mesh.loopcut", "Loop Cut", loopcut, poll);
  add_operator(registry, "transform.edge_slide", "Edge Slide", edge_slide, poll);
  add_operator(registry, "mesh.vert_connect", "Vertex Connect", vert_connect, poll);
  add_operator(registry, "mesh.vert_connect_path", "Vertex Connect Path", vert_connect_path, poll);
  add_operator(registry, "mesh.edge_rotate", "Rotate Selected Edge", edge_rotate, poll);
}

}  // namespace kiln::operators
