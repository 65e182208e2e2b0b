#include "modeling/modifiers/triangulate.h"

namespace kiln::modeling {

Mesh TriangulateModifier::apply(const Mesh& mesh, ModifierContext&) const {
  return triangulate(mesh, {quad_method, ngon_method, min_vertices, keep_custom_normals});
}

const Schema& TriangulateModifier::schema() {
  static const Schema schema = [] {
    using M = TriangulateModifier;
    SchemaBuilder<M> s("TriangulateModifier", "Triangulate Modifier", &Modifier::schema());
    s.set_tag("TRIANGULATE");
    add_setting<&M::quad_method>(s, "quad_method", "Quad Method").items(quad_method_items());
    add_setting<&M::ngon_method>(s, "ngon_method", "N-gon Method").items(ngon_method_items());
    add_setting<&M::min_vertices>(s, "min_vertices", "Minimum Vertices")
        .subtype(Subtype::Unsigned)
        .range(4, infinity);
    add_setting<&M::keep_custom_normals>(s, "keep_custom_normals", "Keep Normals");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
