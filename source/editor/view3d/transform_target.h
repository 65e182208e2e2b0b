#pragma once

#include <memory>
#include <vector>

#include "document/mesh.h"
#include "editor/session/session.h"
#include "operators/transform_points.h"

namespace kiln::editor {

/// What a tool moves: selected objects, or selected vertices of a mesh in edit mode. Every call
/// starts from where things were when it was made.
class TransformTarget {
public:
  virtual ~TransformTarget() = default;
  virtual bool empty() const = 0;
  virtual std::vector<float3> places() const = 0;  ///< of what is moved, world space
  virtual void translate(Document& document, float3 offset) const = 0;
  virtual void rotate(Document& document, const operators::TransformCenter& center, float3 axis,
                      float angle) const = 0;
  virtual void resize(Document& document, const operators::TransformCenter& center,
                      const float3x3& axes, float3 factors) const = 0;
  /// Puts every thing where `map` says of where it was at the start and where it is now, world
  /// space: objects by their origins, vertices one by one.
  virtual void settle(Document& document, FunctionRef<float3(float3 start, float3 now)> map) const = 0;
  /// Label of the undo step for "Move", and the operator that does the same; empty: there is none.
  virtual bool is_objects() const = 0;
};

/// What is selected in the mode of the active object, and what moves with it.
std::unique_ptr<TransformTarget> make_transform_target(
    const Session& session, const operators::Proportional& proportional = {});

/// The mesh that is edited and where it is; `mesh` is null outside of edit mode.
struct EditedMesh {
  const Object* object = nullptr;
  const Mesh* mesh = nullptr;
  float4x4 world;
};
EditedMesh edited_mesh(const Session& session);

/// Whether vertices, edges or faces of a mesh are selected; null: none is.
const Array<std::uint8_t>* selection_of(const Mesh& mesh, Domain domain);

}  // namespace kiln::editor
