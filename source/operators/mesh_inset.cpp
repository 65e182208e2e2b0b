// Insetting faces and bevelling edges of meshes in edit mode.
#include "modeling/bevel.h"
#include "modeling/inset.h"
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

struct InsetSettings {
  bool use_boundary = true, use_even_offset = true, use_relative_offset = false;
  float thickness = 0.0f, depth = 0.0f;
  bool use_outset = false, use_select_inset = false, use_individual = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = InsetSettings;
      SchemaBuilder<T> s("MESH_OT_inset", "Inset Faces");
      s.add<&T::use_boundary>("use_boundary", "Boundary").not_animatable();
      s.add<&T::use_even_offset>("use_even_offset", "Offset Even").not_animatable();
      s.add<&T::use_relative_offset>("use_relative_offset", "Offset Relative").not_animatable();
      s.add<&T::thickness>("thickness", "Thickness")
          .subtype(Subtype::Distance)
          .range(0, 1e12)
          .soft(0, 1)
          .step(0.01, 4)
          .not_animatable();
      s.add<&T::depth>("depth", "Depth")
          .subtype(Subtype::Distance)
          .range(-1e12, 1e12)
          .soft(-10, 10)
          .step(0.01, 4)
          .not_animatable();
      s.add<&T::use_outset>("use_outset", "Outset").not_animatable();
      s.add<&T::use_select_inset>("use_select_inset", "Select Outer").not_animatable();
      s.add<&T::use_individual>("use_individual", "Individual").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> inset(Context& context, const InsetSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    if (faces.empty()) {
      return Error::invalid("no face is selected");
    }
    std::vector<int> strip;
    if (s.use_individual) {
      modeling::SlotValues in;
      in.add("faces", ElementKind::Face, faces);
      in.values["thickness"] = s.thickness;
      in.values["depth"] = s.depth;
      in.values["use_even_offset"] = s.use_even_offset;
      in.values["use_relative_offset"] = s.use_relative_offset;
      const Result<modeling::SlotValues> out = run_edit_operator(mesh, "inset_individual", in);
      if (!out) {
        return out.error();
      }
      strip = out->slots("faces", ElementKind::Face);
      for (const int f : strip) {
        mesh.set_flag({ElementKind::Face, f}, ElementFlag::Select, false);
      }
    } else {
      strip = modeling::inset_selected(mesh, {s.thickness, s.depth, s.use_even_offset,
                                              s.use_relative_offset, s.use_boundary, s.use_outset});
    }
    const std::vector<int> kept =
        s.use_select_inset ? strip : selected_slots(mesh, ElementKind::Face);
    deselect_all(mesh);
    select_slots(mesh, ElementKind::Face, kept);
    return true;
  });
}

// ---- bevel ----

enum class BevelAffect : std::uint8_t { Vertices, Edges };

struct BevelSettings {
  modeling::BevelOffset offset_type = modeling::BevelOffset::Offset;
  float offset = 0.0f;
  float offset_pct = 0.0f;
  int segments = 1;
  float profile = 0.5f;
  BevelAffect affect = BevelAffect::Edges;
  bool clamp_overlap = false;
  bool mark_seam = false, mark_sharp = false;
  int material = -1;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = BevelSettings;
      using modeling::BevelOffset;
      SchemaBuilder<T> s("MESH_OT_bevel", "Bevel");
      s.add<&T::offset_type>("offset_type", "Width Type")
          .items({{"OFFSET", "Offset", int(BevelOffset::Offset)},
                  {"WIDTH", "Width", int(BevelOffset::Width)},
                  {"DEPTH", "Depth", int(BevelOffset::Depth)},
                  {"PERCENT", "Percent", int(BevelOffset::Percent)},
                  {"ABSOLUTE", "Absolute", int(BevelOffset::Absolute)}})
          .not_animatable();
      s.add<&T::offset>("offset", "Width")
          .subtype(Subtype::Distance)
          .range(0, 1e6)
          .soft(0, 100)
          .step(1)
          .not_animatable();
      s.add<&T::offset_pct>("offset_pct", "Width Percent")
          .subtype(Subtype::Percentage)
          .range(0, 100)
          .not_animatable();
      s.add<&T::segments>("segments", "Segments").range(1, 1000).soft(1, 100).not_animatable();
      s.add<&T::profile>("profile", "Profile").range(0, 1).step(1).not_animatable();
      s.add<&T::affect>("affect", "Affect")
          .items({{"VERTICES", "Vertices", 0}, {"EDGES", "Edges", 1}})
          .not_animatable();
      s.add<&T::clamp_overlap>("clamp_overlap", "Clamp Overlap").not_animatable();
      s.add<&T::mark_seam>("mark_seam", "Mark Seams").not_animatable();
      s.add<&T::mark_sharp>("mark_sharp", "Mark Sharp").not_animatable();
      s.add<&T::material>("material", "Material Index")
          .range(-1, 32767)
          .soft(-1, 100)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> bevel(Context& context, const BevelSettings& s, const Given&) {
  bool has_any = false;
  for (const BlockId id : edited_meshes(context)) {
    const Mesh& mesh = *context.document().find<Mesh>(id);
    const modeling::MeshSelection before = modeling::read_selection(mesh);
    const bool is_vertices = s.affect == BevelAffect::Vertices;
    const std::vector<std::uint8_t>& chosen = is_vertices ? before.verts : before.edges;
    if (std::find(chosen.begin(), chosen.end(), 1) == chosen.end()) {
      continue;
    }
    std::vector<float> amounts(chosen.begin(), chosen.end());
    modeling::BevelSettings settings;
    settings.offset = s.offset_type;
    settings.width = s.offset_type == modeling::BevelOffset::Percent ? s.offset_pct : s.offset;
    settings.segments = s.segments;
    settings.profile = s.profile;
    settings.clamps_overlap = s.clamp_overlap;
    settings.affects_vertices = is_vertices;
    settings.material =
        mesh.materials.empty() ? -1 : std::min(s.material, int(mesh.materials.size()) - 1);
    settings.marks_seam = s.mark_seam;
    settings.marks_sharp = s.mark_sharp;
    Mesh made = modeling::bevel(mesh, amounts, settings);
    // New faces come after the old ones; they, and old ones that were selected, stay selected.
    modeling::MeshSelection after = modeling::read_selection(made);
    for (std::size_t f = before.faces.size(); f < after.faces.size(); ++f) {
      after.faces[f] = 1;
    }
    modeling::flush_selection(made, after, Domain::Face);
    modeling::write_selection(made, after);
    made.select_history.clear();
    replace_geometry(context.document().edit<Mesh>(id, Change::Geometry | Change::Selection),
                     std::move(made));
    has_any = true;
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

}  // namespace

void register_mesh_inset(OperatorRegistry& registry) {
  add_operator(registry, "mesh.inset", "Inset Faces", inset, needs_edited_mesh);
  add_operator(registry, "mesh.bevel", "Bevel", bevel, needs_edited_mesh);
}

}  // namespace kiln::operators
