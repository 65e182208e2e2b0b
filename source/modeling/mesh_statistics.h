#pragma once

#include <vector>

#include "document/mesh.h"
#include "document/tool_settings.h"

namespace kiln::modeling {

/// What was measured of a mesh: a number per face, or per vertex.
struct MeshMeasure {
  Domain domain = Domain::Face;  ///< or Point
  std::vector<float> values;     ///< 0 to 1 within the range that was asked for; -1: outside of it
};

/// Measures the mesh as it lies in the world, so that angles and lengths are those of the scene. 1
/// is what most needs a look:
///
/// - Overhang, per face: the angle between its normal and the axis; 1 at the smallest one.
/// - Thickness, per face: how far it is through the mesh from places on the face, against its
///   normal, to another face; 1 at the smallest length. The smallest of `thickness_samples` rays
///   counts, whose places are the same every time.
/// - Intersect, per face: 1 where it crosses or touches one that it shares no vertex with.
/// - Distort, per face: how sharply it would be folded to fit its corners, which is twice the
///   largest angle between its normal and that of the plane of two sides that meet; 1 at the
///   largest one. Triangles have none.
/// - Sharp, per vertex: the largest angle by which the surface turns at an edge there, negative
///   where it turns inwards; 1 at the largest one. Only edges with two faces count.
///
/// What is no number in the world has no value. Time: linear; n log n for thickness and intersect.
MeshMeasure measure_mesh(const Mesh& mesh, const float4x4& world, const MeshStatVis& settings);

/// From blue at 0 over green to red at 1; display-referred.
float3 measure_color(float value);

}  // namespace kiln::modeling
