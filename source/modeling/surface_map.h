#pragma once

#include "document/mesh.h"
#include "modeling/interpolate.h"

namespace kiln::modeling {

/// How elements of one mesh find those of another.
enum class VertexMap {
  Topology,
  Nearest,
  EdgeNearest,
  EdgeInterpolated,
  FaceNearest,
  FaceInterpolated,
  AlongNormal
};
enum class EdgeMap { Topology, VertexNearest, Nearest, FaceNearest };
enum class CornerMap { Topology, NearestNormal, NearestFaceNormal, NearestFace, FaceInterpolated };
enum class FaceMap { Topology, Nearest, Normal };

/// The elements of `source` that stand for those of `mesh`, as mixtures: empty where nothing is
/// within `max_distance`, or with topology where the counts differ. `positions` are those of
/// `mesh` in the space of `source`, `directions` its normals there: of vertices, or of faces for
/// corners and faces. `corner_directions` are normals of corners.
Mixture map_vertices(const Mesh& source, VertexMap map, std::span<const float3> positions,
                     std::span<const float3> directions, float max_distance);
Mixture map_edges(const Mesh& source, EdgeMap map, std::span<const float3> positions,
                  std::span<const int2> edges, float max_distance);
Mixture map_corners(const Mesh& source, const Mesh& mesh, CornerMap map,
                    std::span<const float3> positions, std::span<const float3> face_directions,
                    std::span<const float3> corner_directions, float max_distance);
Mixture map_faces(const Mesh& source, FaceMap map, std::span<const float3> centers,
                  std::span<const float3> directions, float max_distance);

/// Weights of the corners of a polygon for a point in it. Floater, "Mean value coordinates",
/// Computer Aided Geometric Design 20, 2003.
std::vector<float> mean_value_weights(std::span<const float3> polygon, float3 p);

}  // namespace kiln::modeling
