#pragma once

#include "core/tasks.h"
#include "operators/proportional.h"
#include "operators/transform.h"

namespace kiln::operators {

/// What is moved, as points in world space: selected vertices of meshes in edit mode, or places of
/// objects, and those around them that move along. Every call starts from where they were when this
/// was made.
class TransformPoints {
public:
  /// Vertices of meshes that objects show.
  struct Edited {
    BlockId mesh;
    float4x4 world;
  };
  /// `has_normals`: for those that ask for directions.
  TransformPoints(const Document& document, const std::vector<Edited>& meshes,
                  const Proportional& proportional, bool has_normals = false);
  /// Of objects, `others` are those that may move along. Only their places change.
  TransformPoints(const Document& document, const std::vector<BlockId>& objects,
                  const std::vector<BlockId>& others, const Proportional& proportional);

  /// A point: where it was, how much it moves, and a unit direction away from the surface (of
  /// vertices: the normal of the selected faces there, times how far the faces are then moved; of
  /// objects zero).
  struct Point {
    float3 place;
    float weight = 1.0f;
    float3 normal, even_normal;
  };
  const std::vector<Point>& points() const { return points_; }
  bool empty() const { return points_.empty(); }
  float3 median() const;  ///< mean of the points that are selected

  /// Puts every point where `move` says, mixed with its old place by its weight.
  void apply(Document& document, FunctionRef<float3(const Point&)> move) const;
  /// The same without mixing: `move` takes the weight into account.
  void apply_weighted(Document& document, FunctionRef<float3(const Point&)> move) const;

  /// Puts the vertices where `map` says of where they were at the start and are now, world space.
  void settle(Document& document, FunctionRef<float3(float3 start, float3 now)> map) const;

  void translate(Document& document, float3 offset) const;
  void rotate(Document& document, float3 pivot, float3 axis, float angle) const;
  void resize(Document& document, float3 pivot, const float3x3& axes, float3 factors) const;

private:
  struct Part {
    BlockId id;
    float4x4 to_world, to_object;
    Array<float3> start;
    std::vector<int> vertices;
    std::size_t first_point = 0;
  };
  void put(Document& document, const Part& part, Array<float3> positions) const;
  std::vector<Part> parts_;  // of meshes
  Document before_;
  bool corrects_corners_ = false, keeps_connected_ = false;  // as the tool settings say
  std::vector<ObjectTransform> objects_;  // one a point
  std::vector<Point> points_;
};

}  // namespace kiln::operators
