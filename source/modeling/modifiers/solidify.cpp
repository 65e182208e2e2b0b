#include "modeling/modifiers/solidify.h"

#include "modeling/modifiers/solidify_modes.h"

namespace kiln::modeling {

void set_solid_materials(Mesh& mesh, const SolidifyModifier& settings, std::size_t first_copy,
                         std::size_t first_rim) {
  if ((settings.material_offset == 0 && settings.material_offset_rim == 0) ||
      mesh.materials.size() < 2) {
    return;
  }
  const int last = int(mesh.materials.size()) - 1;
  const std::span<int> slots =
      mesh.attributes.ensure<int>("material_index", Domain::Face, mesh.face_count()).edit();
  for (std::size_t f = first_copy; f < slots.size(); ++f) {
    slots[f] = std::clamp(
        slots[f] + (f < first_rim ? settings.material_offset : settings.material_offset_rim), 0,
        last);
  }
}

Mesh SolidifyModifier::apply(const Mesh& mesh, ModifierContext&) const {
  if (mesh.vertex_count() == 0) {
    return mesh;
  }
  return solidify_mode == Mode::Extrude ? solidify_extrude(mesh, *this)
                                        : solidify_non_manifold(mesh, *this);
}

const Schema& SolidifyModifier::schema() {
  static const Schema schema = [] {
    using M = SolidifyModifier;
    SchemaBuilder<M> s("SolidifyModifier", "Solidify Modifier", &Modifier::schema());
    s.set_tag("SOLIDIFY");
    const auto factor = [](PropertyBuilder p) {
      return p.subtype(Subtype::Factor).range(0, 1).step(0.1f);
    };
    add_setting<&M::solidify_mode>(s, "solidify_mode", "Mode")
        .items({{"EXTRUDE", "Simple", 0}, {"NON_MANIFOLD", "Complex", 1}});
    add_setting<&M::thickness>(s, "thickness", "Thickness")
        .subtype(Subtype::Distance)
        .soft(-10, 10)
        .step(0.1f, 4);
    factor(add_setting<&M::thickness_clamp>(s, "thickness_clamp", "Clamp"))
        .range(0, 100)
        .soft(0, 2)
        .step(0.1f, 4);
    add_setting<&M::use_thickness_angle_clamp>(s, "use_thickness_angle_clamp", "Angle Clamp");
    factor(add_setting<&M::thickness_vertex_group>(s, "thickness_vertex_group",
                                                   "Vertex Group Factor"));
    add_setting<&M::offset>(s, "offset", "Offset")
        .subtype(Subtype::Factor)
        .soft(-1, 1)
        .step(0.1f, 4);
    factor(add_setting<&M::edge_crease_inner>(s, "edge_crease_inner", "Inner Crease"));
    factor(add_setting<&M::edge_crease_outer>(s, "edge_crease_outer", "Outer Crease"));
    factor(add_setting<&M::edge_crease_rim>(s, "edge_crease_rim", "Rim Crease"));
    add_setting<&M::material_offset>(s, "material_offset", "Material Offset").range(-32768, 32767);
    add_setting<&M::material_offset_rim>(s, "material_offset_rim", "Rim Material Offset")
        .range(-32768, 32767);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_name<&M::shell_vertex_group>(s, "shell_vertex_group", "Shell Vertex Group");
    add_name<&M::rim_vertex_group>(s, "rim_vertex_group", "Rim Vertex Group");
    add_setting<&M::use_rim>(s, "use_rim", "Fill Rim");
    add_setting<&M::use_even_offset>(s, "use_even_offset", "Even Thickness");
    add_setting<&M::use_quality_normals>(s, "use_quality_normals", "High Quality Normals");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Vertex Group Invert");
    add_setting<&M::use_flat_faces>(s, "use_flat_faces", "Flat Faces");
    add_setting<&M::use_flip_normals>(s, "use_flip_normals", "Flip Normals");
    add_setting<&M::use_rim_only>(s, "use_rim_only", "Only Rim");
    add_setting<&M::nonmanifold_thickness_mode>(s, "nonmanifold_thickness_mode", "Thickness Mode")
        .items({{"FIXED", "Fixed", 0}, {"EVEN", "Even", 1}, {"CONSTRAINTS", "Constraints", 2}});
    add_setting<&M::nonmanifold_boundary_mode>(s, "nonmanifold_boundary_mode", "Boundary Shape")
        .items({{"NONE", "None", 0}, {"ROUND", "Round", 1}, {"FLAT", "Flat", 2}});
    add_setting<&M::nonmanifold_merge_threshold>(s, "nonmanifold_merge_threshold",
                                                 "Merge Threshold")
        .subtype(Subtype::Distance)
        .range(0, 1)
        .step(0.01f, 4);
    add_setting<&M::bevel_convex>(s, "bevel_convex", "Bevel Convex").range(-1, 1).step(0.1f);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
