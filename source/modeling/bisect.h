#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// Points p with dot(normal, p) = offset; `normal` is a unit vector.
struct Plane {
  float3 normal{0, 0, 1};
  float offset = 0;
  float distance(float3 p) const { return dot(normal, p) - offset; }
};

/// The part of the mesh on the side that the plane's normal points to. Edges and faces that cross
/// the plane are cut, their attributes interpolated; the cut stays open. Vertices within
/// `threshold` of the plane are moved onto it and stay. Old vertices keep their order, new ones
/// follow in the order of the edges they cut.
Mesh bisect(const Mesh& mesh, const Plane& plane, float threshold);

}  // namespace kiln::modeling
