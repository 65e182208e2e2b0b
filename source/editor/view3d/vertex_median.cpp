#include "editor/view3d/vertex_median.h"

#include <algorithm>

#include "editor/view3d/transform_target.h"

namespace kiln::editor {

const Schema& VertexMedian::Values::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Values> s("VertexMedian", "Median");
    s.add<&Values::median>("median", "Median").subtype(Subtype::Translation).not_animatable();
    s.add<&Values::crease>("crease", "Mean Crease")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .not_animatable();
    s.add<&Values::bevel_weight>("bevel_weight", "Mean Bevel Weight")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .not_animatable();
    return s.build();
  }();
  return schema;
}

ConstRef VertexMedian::find() const {
  const EditedMesh edited = edited_mesh(session_);
  values_ = {};
  vertices_ = edges_ = 0;
  if (!edited.mesh) {
    return {};
  }
  const Mesh& mesh = *edited.mesh;
  const auto* verts = selection_of(mesh, Domain::Point);
  for (std::size_t v = 0; verts && v < std::min(verts->size(), mesh.vertex_count()); ++v) {
    if ((*verts)[v]) {
      values_.median += mesh.positions()[v];
      ++vertices_;
    }
  }
  values_.median = values_.median / float(std::max(vertices_, 1));
  const auto* edges = selection_of(mesh, Domain::Edge);
  const auto* creases = mesh.attributes.find<float>(".crease_edge", Domain::Edge);
  const auto* bevels = mesh.attributes.find<float>(".bevel_edge", Domain::Edge);
  for (std::size_t e = 0; edges && e < std::min(edges->size(), mesh.edge_count()); ++e) {
    if ((*edges)[e]) {
      values_.crease += creases && e < creases->size() ? (*creases)[e] : 0.0f;
      values_.bevel_weight += bevels && e < bevels->size() ? (*bevels)[e] : 0.0f;
      ++edges_;
    }
  }
  values_.crease /= float(std::max(edges_, 1));
  values_.bevel_weight /= float(std::max(edges_, 1));
  return {&Values::schema(), &values_};
}

Result<void> VertexMedian::set(const Property& property, const Value& value) {
  const ConstRef now = find();
  const EditedMesh edited = edited_mesh(session_);
  if (!now || !edited.mesh) {
    return Error::invalid("there is no mesh in edit mode");
  }
  const Values before = values_;
  Values wanted = before;
  if (Result<void> written = write({&Values::schema(), &wanted}, property, value); !written) {
    return written;
  }
  const BlockId id = edited.mesh->id;
  const bool is_done = session_.edit(
      property.label,
      [&](Document& document) -> Result<void> {
        const Mesh& mesh = *document.find<Mesh>(id);
        if (property.identifier == "median") {
          const auto* verts = selection_of(mesh, Domain::Point);
          Array<float3> positions = mesh.positions();
          const std::span<float3> out = positions.edit();
          for (std::size_t v = 0; verts && v < std::min(verts->size(), out.size()); ++v) {
            out[v] += (*verts)[v] ? wanted.median - before.median : float3();
          }
          document.edit<Mesh>(id, Change::Geometry).set_positions(std::move(positions));
          return {};
        }
        // All selected edges get the same.
        const bool is_crease = property.identifier == "crease";
        const std::size_t count = mesh.edge_count();
        Mesh& out = document.edit<Mesh>(id, Change::Geometry);
        const auto* edges = selection_of(out, Domain::Edge);
        const Array<std::uint8_t> chosen = edges ? *edges : Array<std::uint8_t>();
        const std::span<float> weights =
            out.attributes
                .ensure<float>(is_crease ? ".crease_edge" : ".bevel_edge", Domain::Edge, count)
                .edit();
        for (std::size_t e = 0; e < std::min(chosen.size(), weights.size()); ++e) {
          weights[e] = chosen[e] ? (is_crease ? wanted.crease : wanted.bevel_weight) : weights[e];
        }
        return {};
      },
      merge_key_);
  return is_done ? Result<void>() : Error::invalid("it cannot be changed now");
}

}  // namespace kiln::editor
