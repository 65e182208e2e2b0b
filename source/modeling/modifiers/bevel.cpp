#include "modeling/modifiers/bevel.h"

#include "modeling/bevel.h"

namespace kiln::modeling {
Mesh BevelModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const bool is_vertices = affect == Affect::Vertices;
  std::vector<float> amounts(is_vertices ? mesh.vertex_count() : mesh.edge_count(), 1.0f);
  const std::size_t made = amounts.size() * std::size_t(segments) * std::size_t(segments);
  if (made > std::size_t(max_element_count) / 16) {
    context.warn("the result would have too many elements");
    return mesh;
  }
  if (limit_method == LimitMethod::Weight) {
    const Array<float>* weights = is_vertices
                                      ? mesh.attributes.find<float>(".bevel_vert", Domain::Point)
                                      : mesh.attributes.find<float>(".bevel_edge", Domain::Edge);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      amounts[i] = weights ? (*weights)[i] : 0.0f;
    }
  } else if (limit_method == LimitMethod::Vgroup) {
    if (vertex_group_index(mesh, vertex_group) >= 0) {
      // The inverted group chooses only; widths follow the weights as they are.
      const std::vector<float> chosen = group_weights(mesh, vertex_group, invert_vertex_group);
      const std::vector<float> weights = group_weights(mesh, vertex_group, false);
      constexpr float least = 1e-6f;
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        const int2 ends = is_vertices ? int2{int(i), int(i)} : mesh.edges()[i];
        const std::size_t a = std::size_t(ends.x), b = std::size_t(ends.y);
        amounts[i] = chosen[a] > 0.0f && chosen[b] > 0.0f
                         ? std::max((weights[a] + weights[b]) * 0.5f, least)
                         : 0.0f;
      }
    }
  } else if (limit_method == LimitMethod::Angle && !is_vertices) {
    const float limit = std::cos(angle_limit + 1e-7f);
    for (std::size_t e = 0; e < amounts.size(); ++e) {
      const std::span<const int> corners = mesh.edge_corners()[e];
      if (corners.size() != 2 ||
          dot(mesh.face_normals()[std::size_t(mesh.corner_faces()[std::size_t(corners[0])])],
              mesh.face_normals()[std::size_t(mesh.corner_faces()[std::size_t(corners[1])])]) >=
              limit) {
        amounts[e] = 0.0f;
      }
    }
  }
  BevelSettings settings;
  settings.offset = BevelOffset(int(offset_type));
  settings.width = offset_type == OffsetType::Percent ? width_pct : width;
  settings.segments = segments;
  settings.profile = profile;
  settings.clamps_overlap = use_clamp_overlap;
  settings.affects_vertices = is_vertices;
  settings.material =
      mesh.materials.empty() ? -1 : std::min(material, int(mesh.materials.size()) - 1);
  settings.marks_seam = mark_seam;
  settings.marks_sharp = mark_sharp;
  return modeling::bevel(mesh, amounts, settings);
}

const Schema& BevelModifier::schema() {
  static const Schema schema = [] {
    using M = BevelModifier;
    SchemaBuilder<M> s("BevelModifier", "Bevel Modifier", &Modifier::schema());
    s.set_tag("BEVEL");
    add_setting<&M::width>(s, "width", "Width")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(0.1f, 4);
    add_setting<&M::width_pct>(s, "width_pct", "Width Percent")
        .subtype(Subtype::Percentage)
        .range(0, infinity)
        .soft(0, 100)
        .step(5, 2);
    add_setting<&M::segments>(s, "segments", "Segments").range(1, 1000).soft(1, 100);
    add_setting<&M::affect>(s, "affect", "Affect")
        .items({{"VERTICES", "Vertices", 0}, {"EDGES", "Edges", 1}});
    add_setting<&M::limit_method>(s, "limit_method", "Limit Method")
        .items({{"NONE", "None", 0},
                {"ANGLE", "Angle", 8},
                {"WEIGHT", "Weight", 16},
                {"VGROUP", "Vertex Group", 32}});
    add_setting<&M::angle_limit>(s, "angle_limit", "Angle")
        .subtype(Subtype::Angle)
        .range(0, 3.1415927)
        .step(10, 2);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::use_clamp_overlap>(s, "use_clamp_overlap", "Clamp Overlap")
        .default_value(false);
    add_setting<&M::offset_type>(s, "offset_type", "Width Type")
        .items({{"OFFSET", "Offset", 0},
                {"WIDTH", "Width", 1},
                {"DEPTH", "Depth", 2},
                {"PERCENT", "Percent", 3},
                {"ABSOLUTE", "Absolute", 4}});
    add_setting<&M::profile>(s, "profile", "Profile")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(0.05f, 2);
    add_setting<&M::material>(s, "material", "Material Index").range(-1, 32767);
    add_setting<&M::mark_seam>(s, "mark_seam", "Mark Seams");
    add_setting<&M::mark_sharp>(s, "mark_sharp", "Mark Sharp");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
