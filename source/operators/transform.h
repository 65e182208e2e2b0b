#pragma once

#include <vector>

#include "document/document.h"
#include "document/object.h"

namespace kiln::operators {

/// What turning and scaling start from.
struct TransformCenter {
  float3 pivot;                 ///< world space
  bool is_individual = false;   ///< every object from its own place instead
  bool only_locations = false;  ///< places move, objects themselves are not turned or scaled
};

/// Moves, turns and scales objects from where they are when this is made: every call starts from
/// there again, so a tool may call it for every step of the mouse. Objects below another one that
/// takes part move with it and are left alone, and so are linked ones. Locked location, rotation and scale channels keep
/// their values. As the tool settings of the scene say, children or the shapes of meshes stay where they are.
class ObjectTransform {
public:
  ObjectTransform(const Document& document, const std::vector<BlockId>& objects);

  bool empty() const { return starts_.empty(); }
  std::vector<BlockId> objects() const;
  float3 median() const;  ///< mean of the origins, world space
  const Document& before() const { return before_; }

  /// `offset` in world space.
  void translate(Document& document, float3 offset) const;
  /// About a unit `axis` in world space by `angle` in radians, right-handed.
  void rotate(Document& document, const TransformCenter& center, float3 axis, float angle) const;
  /// Along the columns of `axes` (orthonormal, world space).
  void resize(Document& document, const TransformCenter& center, const float3x3& axes,
              float3 factors) const;

private:
  struct Start {
    BlockId id;
    float4x4 world;
    float4x4 parent_inverse;  ///< world space to the space of the object's location
    float3 scale;
  };
  template <typename Change3>
  void apply(Document& document, bool keeps_rotation, Change3&& change) const;
  void keep_in_place(Document& document, const Start& start, const Object& before) const;
  std::vector<Start> starts_;
  bool keeps_children_ = false, keeps_data_ = false;
  Document before_;
};

}  // namespace kiln::operators
