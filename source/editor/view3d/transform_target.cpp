#include "editor/view3d/transform_target.h"

#include <algorithm>

#include "evaluation/evaluator.h"

namespace kiln::editor {
namespace {

using operators::TransformCenter;

bool is_below(const Document& document, const Object& object, const std::vector<BlockId>& chosen) {
  const Object* above = &object;
  for (int depth = 0; above && depth < 256; ++depth) {
    if (std::find(chosen.begin(), chosen.end(), above->id) != chosen.end()) {
      return true;
    }
    above = document.find(above->parent);
  }
  return false;
}

// Selected objects, and others with the share that they move along.
class ObjectTarget final : public TransformTarget {
public:
  ObjectTarget(const Session& session, const operators::Proportional& proportional)
      : transform_(session.document(), session.selected()) {
    const Document& document = session.document();
    const auto place_of = [&](BlockId id) {
      return translation(evaluation::Evaluator::world_matrix(document, *document.find<Object>(id)));
    };
    for (const BlockId id : transform_.objects()) {
      places_.push_back(place_of(id));
    }
    if (!proportional.is_on || places_.empty()) {
      return;
    }
    std::vector<float3> all = places_;
    std::vector<BlockId> others;
    Progress progress;
    const std::vector<BlockId> selected = session.selected();
    for (const BlockId id : operators::Context(session.project(), progress).selectable()) {
      const Object* object = document.find<Object>(id);
      if (object && !is_below(document, *object, selected)) {
        others.push_back(id);
        all.push_back(place_of(id));
      }
    }
    std::vector<std::uint8_t> is_selected(all.size());
    std::fill_n(is_selected.begin(), places_.size(), std::uint8_t(1));
    const std::vector<float> weights =
        operators::proportional_weights(proportional, all, is_selected);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (weights[places_.size() + i] > 0.0f) {
        others_.emplace_back(operators::ObjectTransform(document, {others[i]}),
                             weights[places_.size() + i]);
      }
    }
  }
  bool empty() const override { return transform_.empty(); }
  bool is_objects() const override { return true; }
  std::vector<float3> places() const override { return places_; }
  void translate(Document& document, float3 offset) const override {
    transform_.translate(document, offset);
    for (const auto& [other, weight] : others_) {
      other.translate(document, offset * weight);
    }
  }
  void rotate(Document& document, const TransformCenter& center, float3 axis,
              float angle) const override {
    transform_.rotate(document, center, axis, angle);
    for (const auto& [other, weight] : others_) {
      other.rotate(document, center, axis, angle * weight);
    }
  }
  void resize(Document& document, const TransformCenter& center, const float3x3& axes,
              float3 factors) const override {
    const float3 one{1, 1, 1};
    transform_.resize(document, center, axes, factors);
    for (const auto& [other, weight] : others_) {
      other.resize(document, center, axes, one + (factors - one) * weight);
    }
  }

  void settle(Document& document, FunctionRef<float3(float3, float3)> map) const override {
    const auto put = [&](const operators::ObjectTransform& moved) {
      for (const BlockId id : moved.objects()) {
        const Object *was = moved.before().find<Object>(id), *is = document.find<Object>(id);
        if (was && is) {
          const float3 now = translation(evaluation::Evaluator::world_matrix(document, *is));
          const float3 start =
              translation(evaluation::Evaluator::world_matrix(moved.before(), *was));
          operators::ObjectTransform(document, {id}).translate(document, map(start, now) - now);
        }
      }
    };
    put(transform_);
    for (const auto& [other, weight] : others_) {
      put(other);
    }
  }

private:
  operators::ObjectTransform transform_;
  std::vector<float3> places_;
  std::vector<std::pair<operators::ObjectTransform, float>> others_;
};

// Selected vertices of one mesh, and those around them.
class VertexTarget final : public TransformTarget {
public:
  VertexTarget(const Session& session, const EditedMesh& edited,
               const operators::Proportional& proportional)
      : points_(session.document(), {{edited.mesh->id, edited.world}}, proportional) {}
  bool empty() const override { return points_.empty(); }
  bool is_objects() const override { return false; }
  std::vector<float3> places() const override {
    std::vector<float3> out;
    for (const auto& point : points_.points()) {
      if (point.weight >= 1.0f) {
        out.push_back(point.place);
      }
    }
    return out;
  }
  void translate(Document& document, float3 offset) const override {
    points_.translate(document, offset);
  }
  // Parts of a mesh have no places of their own: individual centers are the common one.
  void rotate(Document& document, const TransformCenter& center, float3 axis,
              float angle) const override {
    points_.rotate(document, center.pivot, axis, angle);
  }
  void resize(Document& document, const TransformCenter& center, const float3x3& axes,
              float3 factors) const override {
    points_.resize(document, center.pivot, axes, factors);
  }
  void settle(Document& document, FunctionRef<float3(float3, float3)> map) const override {
    points_.settle(document, map);
  }

private:
  operators::TransformPoints points_;
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

std::unique_ptr<TransformTarget> make_transform_target(
    const Session& session, const operators::Proportional& proportional) {
  const EditedMesh edited = edited_mesh(session);
  if (edited.mesh) {
    return std::make_unique<VertexTarget>(session, edited, proportional);
  }
  return std::make_unique<ObjectTarget>(session, proportional);
}

}  // namespace kiln::editor
