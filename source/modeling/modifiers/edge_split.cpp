#include "modeling/modifiers/edge_split.h"

#include <numbers>

#include "modeling/edge_split.h"

namespace kiln::modeling {
Mesh EdgeSplitModifier::apply(const Mesh& mesh, ModifierContext&) const {
  if (!use_edge_angle && !use_edge_sharp) {
    return mesh;
  }
  const Array<std::uint8_t>* is_sharp = mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge);
  const bool uses_angle = use_edge_angle && split_angle < std::numbers::pi_v<float>;
  // Zero means every edge, also between faces in one plane.
  const float limit = std::cos(split_angle);
  std::vector<std::uint8_t> is_split(mesh.edge_count(), 0);
  for (std::size_t e = 0; e < is_split.size(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (use_edge_sharp && is_sharp && (*is_sharp)[e]) {
      is_split[e] = 1;
    } else if (uses_angle && corners.size() > 1) {
      const int* faces = mesh.corner_faces().data();
      is_split[e] = corners.size() > 2 || split_angle == 0.0f ||
                    dot(mesh.face_normals()[std::size_t(faces[corners[0]])],
                        mesh.face_normals()[std::size_t(faces[corners[1]])]) < limit;
    }
  }
  return split_edges(mesh, is_split);
}

const Schema& EdgeSplitModifier::schema() {
  static const Schema schema = [] {
    using M = EdgeSplitModifier;
    SchemaBuilder<M> s("EdgeSplitModifier", "EdgeSplit Modifier", &Modifier::schema());
    s.set_tag("EDGE_SPLIT");
    add_setting<&M::split_angle>(s, "split_angle", "Split Angle")
        .subtype(Subtype::Angle)
        .range(0, 3.1415927)
        .step(10, 2);
    add_setting<&M::use_edge_angle>(s, "use_edge_angle", "Use Edge Angle");
    add_setting<&M::use_edge_sharp>(s, "use_edge_sharp", "Use Sharp Edges");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
