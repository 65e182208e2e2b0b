#include "editor/view3d/transform_target.h"

#include "evaluation/evaluator.h"

namespace kiln::editor {
namespace {

using operators::TransformCenter;

class ObjectTarget final : public TransformTarget {
public:
  explicit ObjectTarget(const Session& session)
      : transform_(session.document(), session.selected()) {
    for (const BlockId id : transform_.objects()) {
      places_.push_back(translation(evaluation::Evaluator::world_matrix(
          session.document(), *session.document().find<Object>(id))));
    }
  }
  bool empty() const override { return transform_.empty(); }
  bool is_objects() const override { return true; }
  std::vector<float3> places() const override { return places_; }
  void translate(Document& document, float3 offset) const override {
    transform_.translate(document, offset);
  }
  void rotate(Document& document, const TransformCenter& center, float3 axis,
              float angle) const override {
    transform_.rotate(document, center, axis, angle);
  }
  void resize(Document& document, const TransformCenter& center, const float3x3& axes,
              float3 factors) const override {
    transform_.resize(document, center, axes, factors);
  }

private:
  operators::ObjectTransform transform_;
  std::vector<float3> places_;
};

// Selected vertices of one mesh.
class VertexTarget final : public TransformTarget {
public:
  explicit VertexTarget(const EditedMesh& edited)
      : id_(edited.mesh->id), to_world_(edited.world), to_object_(inverse(edited.world)) {
    const std::span<const float3> positions = edited.mesh->positions();
    start_ = Array<float3>(positions);
    if (const auto* selected = selection_of(*edited.mesh, Domain::Point)) {
      for (std::size_t v = 0; v < positions.size() && v < selected->size(); ++v) {
        if ((*selected)[v]) {
          vertices_.push_back(v);
        }
      }
    }
  }
  bool empty() const override { return vertices_.empty(); }
  bool is_objects() const override { return false; }
  std::vector<float3> places() const override {
    std::vector<float3> out;
    out.reserve(vertices_.size());
    for (const std::size_t v : vertices_) {
      out.push_back(transform_point(to_world_, start_[v]));
    }
    return out;
  }
  void translate(Document& document, float3 offset) const override {
    apply(document, [&](float3 p) { return p + offset; });
  }
  // Parts of a mesh have no places of their own: individual centers are the common one.
  void rotate(Document& document, const TransformCenter& center, float3 axis,
              float angle) const override {
    const float3x3 turn = quaternion_to_matrix(axis_angle_to_quaternion(axis, angle));
    apply(document, [&](float3 p) { return center.pivot + turn * (p - center.pivot); });
  }
  void resize(Document& document, const TransformCenter& center, const float3x3& axes,
              float3 factors) const override {
    float3x3 diagonal;
    for (int i = 0; i < 3; ++i) {
      diagonal[i][i] = factors[i];
    }
    const float3x3 stretch = axes * diagonal * transpose(axes);
    apply(document, [&](float3 p) { return center.pivot + stretch * (p - center.pivot); });
  }

private:
  template <typename Move>
  void apply(Document& document, Move&& move) const {
    const Mesh* mesh = document.find<Mesh>(id_);
    if (!mesh || mesh->vertex_count() != start_.size()) {
      return;
    }
    Array<float3> positions = start_;
    const std::span<float3> out = positions.edit();
    for (const std::size_t v : vertices_) {
      out[v] = transform_point(to_object_, move(transform_point(to_world_, start_[v])));
    }
    document.edit<Mesh>(id_, Change::Geometry).set_positions(std::move(positions));
  }

  BlockId id_;
  float4x4 to_world_, to_object_;
  Array<float3> start_;
  std::vector<std::size_t> vertices_;
};

}  // namespace

EditedMesh edited_mesh(const Session& session) {
  const Object* object = session.active_object();
  const Mesh* mesh = object && object->mode == ObjectMode::Edit
                         ? session.document().find<Mesh>(object->data.id)
                         : nullptr;
  if (!mesh) {
    return {};
  }
  return {object, mesh, evaluation::Evaluator::world_matrix(session.document(), *object)};
}

const Array<std::uint8_t>* selection_of(const Mesh& mesh, Domain domain) {
  const char* name = domain == Domain::Point  ? ".select_vert"
                     : domain == Domain::Edge ? ".select_edge"
                                              : ".select_poly";
  return mesh.attributes.find<std::uint8_t>(name, domain);
}

std::unique_ptr<TransformTarget> make_transform_target(const Session& session) {
  const EditedMesh edited = edited_mesh(session);
  if (edited.mesh) {
    return std::make_unique<VertexTarget>(edited);
  }
  return std::make_unique<ObjectTarget>(session);
}

}  // namespace kiln::editor
