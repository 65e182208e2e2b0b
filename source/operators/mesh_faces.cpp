// Faces of meshes in edit mode: filling, turning, shading, cutting into triangles; marks of edges.
#include "modeling/edit_mesh.h"
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

Result<SlotValues> run_on_faces(EditMesh& mesh, std::string_view name, SlotValues in = {}) {
  in.add("faces", ElementKind::Face, selected_slots(mesh, ElementKind::Face));
  return run_edit_operator(mesh, name, in);
}

bool has_selected(EditMesh& mesh, ElementKind kind) {
  return !selected_slots(mesh, kind).empty();
}

// ---- filling ----

Result<Outcome> edge_face_add(Context& context, const NoSettings&, const Given&) {
  const Result<Outcome> done = edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    SlotValues in;
    const std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    if (faces.size() > 1) {
      // Faces that hang together become one.
      const Result<SlotValues> joined = run_on_faces(mesh, "dissolve_faces");
      if (!joined) {
        return joined.error();
      }
      deselect_all(mesh);
      select_all_of(mesh, joined->get<std::vector<Element>>("region"));
      return true;
    }
    const std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    in.add("geom", ElementKind::Vert, selected_slots(mesh, ElementKind::Vert));
    in.add("geom", ElementKind::Edge, edges);
    // New faces look like those beside them.
    for (const int e : edges) {
      const std::vector<int> beside = mesh.edge_faces(e);
      if (!beside.empty()) {
        in.values["use_smooth"] =
            mesh.has_flag({ElementKind::Face, beside[0]}, ElementFlag::Smooth);
        in.values["mat_nr"] = mesh.faces[beside[0]].material;
        break;
      }
    }
    const Result<SlotValues> out = run_edit_operator(mesh, "contextual_create", in);
    if (!out) {
      return out.error();
    }
    const auto made_faces = out->get<std::vector<Element>>("faces");
    const auto made_edges = out->get<std::vector<Element>>("edges");
    select_all_of(mesh, made_faces);
    select_all_of(mesh, made_edges);
    return !made_faces.empty() || !made_edges.empty();
  });
  if (done && *done == Outcome::Cancelled) {
    return Error::invalid("an edge or face would have to be made of more of what is selected");
  }
  return done;
}

struct FillHolesSettings {
  int sides = 4;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<FillHolesSettings> s("MESH_OT_fill_holes", "Fill Holes");
      s.add<&FillHolesSettings::sides>("sides", "Sides")
          .range(0, 1000)
          .soft(0, 100)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> fill_holes(Context& context, const FillHolesSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    SlotValues in;
    in.add("edges", ElementKind::Edge, selected_slots(mesh, ElementKind::Edge));
    in.values["sides"] = s.sides;
    const Result<SlotValues> out = run_edit_operator(mesh, "holes_fill", in);
    if (!out) {
      return out.error();
    }
    select_all_of(mesh, out->get<std::vector<Element>>("faces"));
    return !out->get<std::vector<Element>>("faces").empty();
  });
}

// ---- normals ----

Result<Outcome> flip_normals(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    const Result<SlotValues> out = run_on_faces(mesh, "reverse_faces");
    return out ? Result<bool>(has_selected(mesh, ElementKind::Face)) : out.error();
  });
}

struct ConsistentSettings {
  bool inside = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ConsistentSettings> s("MESH_OT_normals_make_consistent", "Recalculate Normals");
      s.add<&ConsistentSettings::inside>("inside", "Inside").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> normals_make_consistent(Context& context, const ConsistentSettings& s,
                                        const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    Result<SlotValues> out = run_on_faces(mesh, "recalc_face_normals");
    if (out && s.inside) {
      out = run_on_faces(mesh, "reverse_faces");
    }
    return out ? Result<bool>(has_selected(mesh, ElementKind::Face)) : out.error();
  });
}

Result<Outcome> shade_faces(Context& context, bool is_smooth) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    for (const int f : selected_slots(mesh, ElementKind::Face)) {
      mesh.set_flag({ElementKind::Face, f}, ElementFlag::Smooth, is_smooth);
    }
    return has_selected(mesh, ElementKind::Face);
  });
}
Result<Outcome> faces_shade_smooth(Context& context, const NoSettings&, const Given&) {
  return shade_faces(context, true);
}
Result<Outcome> faces_shade_flat(Context& context, const NoSettings&, const Given&) {
  return shade_faces(context, false);
}

// ---- triangles ----

enum class QuadMethod : std::uint8_t { Beauty, Fixed, FixedAlternate, Shortest, Longest };
enum class NgonMethod : std::uint8_t { Beauty, Clip };

struct TrianglesSettings {
  QuadMethod quad_method = QuadMethod::Beauty;
  NgonMethod ngon_method = NgonMethod::Beauty;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = TrianglesSettings;
      SchemaBuilder<T> s("MESH_OT_quads_convert_to_tris", "Triangulate Faces");
      s.add<&T::quad_method>("quad_method", "Quad Method")
          .items({{"BEAUTY", "Beauty", 0},
                  {"FIXED", "Fixed", 1},
                  {"FIXED_ALTERNATE", "Fixed Alternate", 2},
                  {"SHORTEST_DIAGONAL", "Shortest Diagonal", 3},
                  {"LONGEST_DIAGONAL", "Longest Diagonal", 4}})
          .not_animatable();
      s.add<&T::ngon_method>("ngon_method", "N-gon Method")
          .items({{"BEAUTY", "Beauty", 0}, {"CLIP", "Clip", 1}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> quads_convert_to_tris(Context& context, const TrianglesSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!has_selected(mesh, ElementKind::Face)) {
      return false;
    }
    SlotValues in;
    in.values["quad_method"] = int(s.quad_method);
    in.values["ngon_method"] = int(s.ngon_method);
    const Result<SlotValues> out = run_on_faces(mesh, "triangulate", std::move(in));
    if (!out) {
      return out.error();
    }
    select_all_of(mesh, out->get<std::vector<Element>>("faces"));
    return true;
  });
}

enum class PokeCenter : std::uint8_t { MedianWeighted, Median, Bounds };

struct PokeSettings {
  float offset = 0.0f;
  bool use_relative_offset = false;
  PokeCenter center_mode = PokeCenter::MedianWeighted;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = PokeSettings;
      SchemaBuilder<T> s("MESH_OT_poke", "Poke Faces");
      s.add<&T::offset>("offset", "Poke Offset")
          .subtype(Subtype::Distance)
          .range(-1000, 1000)
          .soft(-1, 1)
          .not_animatable();
      s.add<&T::use_relative_offset>("use_relative_offset", "Offset Relative").not_animatable();
      s.add<&T::center_mode>("center_mode", "Poke Center")
          .items({{"MEDIAN_WEIGHTED", "Weighted Median", 0},
                  {"MEDIAN", "Median", 1},
                  {"BOUNDS", "Bounds", 2}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> poke(Context& context, const PokeSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!has_selected(mesh, ElementKind::Face)) {
      return false;
    }
    SlotValues in;
    in.values["offset"] = s.offset;
    in.values["use_relative_offset"] = s.use_relative_offset;
    in.values["center_mode"] = int(s.center_mode);
    const Result<SlotValues> out = run_on_faces(mesh, "poke", std::move(in));
    if (!out) {
      return out.error();
    }
    select_all_of(mesh, out->get<std::vector<Element>>("faces"));
    return true;
  });
}

// ---- marks of edges ----

struct MarkSeamSettings {
  bool clear = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MarkSeamSettings> s("MESH_OT_mark_seam", "Mark Seam");
      s.add<&MarkSeamSettings::clear>("clear", "Clear").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct MarkSharpSettings {
  bool clear = false, use_verts = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MarkSharpSettings> s("MESH_OT_mark_sharp", "Mark Sharp");
      s.add<&MarkSharpSettings::clear>("clear", "Clear").not_animatable();
      s.add<&MarkSharpSettings::use_verts>("use_verts", "Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> mark_seam(Context& context, const MarkSeamSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    for (const int e : selected_slots(mesh, ElementKind::Edge)) {
      mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Seam, !s.clear);
    }
    return has_selected(mesh, ElementKind::Edge);
  });
}

Result<Outcome> mark_sharp(Context& context, const MarkSharpSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    if (s.use_verts) {
      edges.clear();
      for (const int v : selected_slots(mesh, ElementKind::Vert)) {
        const std::vector<int> around = mesh.vert_edges(v);
        edges.insert(edges.end(), around.begin(), around.end());
      }
    }
    for (const int e : edges) {
      mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Smooth, s.clear);
    }
    return !edges.empty();
  });
}

// Weights of edges in [0, 1]: what is given is added.
struct WeightSettings {
  float value = 0.0f;
};
struct CreaseSettings : WeightSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CreaseSettings> s("TRANSFORM_OT_edge_crease", "Edge Crease");
      s.add<&CreaseSettings::value>("value", "Factor")
          .subtype(Subtype::Factor)
          .range(-1, 1)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct BevelWeightSettings : WeightSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BevelWeightSettings> s("TRANSFORM_OT_edge_bevelweight", "Edge Bevel Weight");
      s.add<&BevelWeightSettings::value>("value", "Factor")
          .subtype(Subtype::Factor)
          .range(-1, 1)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_weights(Context& context, const char* layer, float value) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    if (edges.empty()) {
      return false;
    }
    const std::span<float> weights =
        mesh.attributes
            .ensure<float>(layer, Domain::Edge, std::size_t(mesh.slot_count(ElementKind::Edge)))
            .edit();
    for (const int e : edges) {
      weights[std::size_t(e)] = std::clamp(weights[std::size_t(e)] + value, 0.0f, 1.0f);
    }
    return true;
  });
}
Result<Outcome> edge_crease(Context& context, const CreaseSettings& s, const Given&) {
  return add_weights(context, ".crease_edge", s.value);
}
Result<Outcome> edge_bevelweight(Context& context, const BevelWeightSettings& s, const Given&) {
  return add_weights(context, ".bevel_edge", s.value);
}

// ---- UVs ----

struct UvsRotateSettings {
  bool use_ccw = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<UvsRotateSettings> s("MESH_OT_uvs_rotate", "Rotate UVs");
      s.add<&UvsRotateSettings::use_ccw>("use_ccw", "Counter Clockwise").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
Result<Outcome> uvs_rotate(Context& context, const UvsRotateSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    SlotValues in;
    in.values["use_ccw"] = s.use_ccw;
    const Result<SlotValues> out = run_on_faces(mesh, "rotate_uvs", std::move(in));
    return out ? Result<bool>(has_selected(mesh, ElementKind::Face)) : out.error();
  });
}
Result<Outcome> uvs_reverse(Context& context, const NoSettings&, const Given&) {
  return edit_meshes(context, [](EditMesh& mesh) -> Result<bool> {
    const Result<SlotValues> out = run_on_faces(mesh, "reverse_uvs");
    return out ? Result<bool>(has_selected(mesh, ElementKind::Face)) : out.error();
  });
}

// ---- smoothing ----

struct SmoothSettings {
  float factor = 0.0f;
  int repeat = 1;
  bool xaxis = true, yaxis = true, zaxis = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = SmoothSettings;
      SchemaBuilder<T> s("MESH_OT_vertices_smooth", "Smooth Vertices");
      s.add<&T::factor>("factor", "Smoothing")
          .subtype(Subtype::Factor)
          .range(-10, 10)
          .soft(0, 1)
          .not_animatable();
      s.add<&T::repeat>("repeat", "Repeat").range(1, 1000).soft(1, 100).not_animatable();
      s.add<&T::xaxis>("xaxis", "X-Axis").not_animatable();
      s.add<&T::yaxis>("yaxis", "Y-Axis").not_animatable();
      s.add<&T::zaxis>("zaxis", "Z-Axis").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> vertices_smooth(Context& context, const SmoothSettings& s, const Given& given) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    SlotValues in;
    in.add("verts", ElementKind::Vert, selected_slots(mesh, ElementKind::Vert));
    // Who asks for it without a number expects to see something.
    in.values["factor"] = context.is_invoked && !given.contains("factor") ? 0.5f : s.factor;
    in.values["use_axis_x"] = s.xaxis;
    in.values["use_axis_y"] = s.yaxis;
    in.values["use_axis_z"] = s.zaxis;
    for (int i = 0; i < s.repeat; ++i) {
      if (const Result<SlotValues> out = run_edit_operator(mesh, "smooth_vert", in); !out) {
        return out.error();
      }
    }
    return has_selected(mesh, ElementKind::Vert);
  });
}

}  // namespace

void register_mesh_faces(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.edge_face_add", "Make Edge/Face", edge_face_add, poll);
  add_operator(registry, "mesh.fill_holes", "Fill Holes", fill_holes, poll);
  add_operator(registry, "mesh.flip_normals", "Flip Normals", flip_normals, poll);
  add_operator(registry, "mesh.normals_make_consistent", "Recalculate Normals",
               normals_make_consistent, poll);
  add_operator(registry, "mesh.faces_shade_smooth", "Shade Smooth", faces_shade_smooth, poll);
  add_operator(registry, "mesh.faces_shade_flat", "Shade Flat", faces_shade_flat, poll);
  add_operator(registry, "mesh.quads_convert_to_tris", "Triangulate Faces", quads_convert_to_tris,
               poll);
  add_operator(registry, "mesh.poke", "Poke Faces", poke, poll);
  add_operator(registry, "mesh.mark_seam", "Mark Seam", mark_seam, poll);
  add_operator(registry, "mesh.mark_sharp", "Mark Sharp", mark_sharp, poll);
  add_operator(registry, "transform.edge_crease", "Edge Crease", edge_crease, poll);
  add_operator(registry, "transform.edge_bevelweight", "Edge Bevel Weight", edge_bevelweight, poll);
  add_operator(registry, "mesh.uvs_rotate", "Rotate UVs", uvs_rotate, poll);
  add_operator(registry, "mesh.uvs_reverse", "Reverse UVs", uvs_reverse, poll);
  add_operator(registry, "mesh.vertices_smooth", "Smooth Vertices", vertices_smooth, poll);
}

}  // namespace kiln::operators
