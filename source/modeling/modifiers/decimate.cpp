#include "modeling/modifiers/decimate.h"

#include "modeling/collapse.h"
#include "modeling/dissolve.h"

namespace kiln::modeling {
Mesh DecimateModifier::apply(const Mesh& mesh, ModifierContext&) const {
  if (decimate_type == DecimateType::Dissolve) {
    DissolveSettings settings;
    settings.angle = angle_limit;
    settings.dissolves_boundaries = use_dissolve_boundaries;
    settings.keeps_material = has_flag(delimit, Delimit::Material);
    settings.keeps_seam = has_flag(delimit, Delimit::Seam);
    settings.keeps_sharp = has_flag(delimit, Delimit::Sharp);
    settings.keeps_uv = has_flag(delimit, Delimit::Uv);
    return dissolve_planar(mesh, settings);
  }
  CollapseSettings settings;
  settings.ratio = ratio;
  settings.weights = group_weights(mesh, vertex_group, invert_vertex_group);
  settings.weight_factor = vertex_group_factor;
  settings.keeps_triangles = use_collapse_triangulate;
  return collapse_edges(mesh, settings);
}

const Schema& DecimateModifier::schema() {
  static const Schema schema = [] {
    using M = DecimateModifier;
    SchemaBuilder<M> s("DecimateModifier", "Decimate Modifier", &Modifier::schema());
    s.set_tag("DECIMATE");
    add_setting<&M::decimate_type>(s, "decimate_type", "Mode")
        .items({{"COLLAPSE", "Collapse", 0}, {"DISSOLVE", "Planar", 2}});
    add_setting<&M::ratio>(s, "ratio", "Ratio").subtype(Subtype::Factor).range(0, 1).step(1, 4);
    add_setting<&M::angle_limit>(s, "angle_limit", "Angle Limit")
        .subtype(Subtype::Angle)
        .range(0, 3.1415927)
        .step(10, 2);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::use_collapse_triangulate>(s, "use_collapse_triangulate", "Triangulate");
    add_setting<&M::vertex_group_factor>(s, "vertex_group_factor", "Factor")
        .subtype(Subtype::Factor)
        .range(0, 1000)
        .soft(0, 10)
        .step(1, 4);
    add_setting<&M::use_dissolve_boundaries>(s, "use_dissolve_boundaries", "All Boundaries");
    add_setting<&M::delimit>(s, "delimit", "Delimit")
        .items({{"NORMAL", "Normal", 1},
                {"MATERIAL", "Material", 2},
                {"SEAM", "Seam", 4},
                {"SHARP", "Sharp", 8},
                {"UV", "UVs", 16}})
        .enum_flag()
        .default_value(Value::List{Value("NORMAL")});
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
