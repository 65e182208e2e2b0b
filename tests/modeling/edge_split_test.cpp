#include "modeling/edge_split.h"

#include <gtest/gtest.h>

#include "modeling/primitives.h"
#include "support.h"

namespace kiln::modeling {
namespace {

TEST(EdgeSplit, CutsACubeIntoItsFaces) {
  const Mesh mesh = cube(2);

  const Mesh result = split_edges(mesh, std::vector<std::uint8_t>(12, 1));

  EXPECT_EQ(result.vertex_count(), 24u);
  EXPECT_EQ(result.edge_count(), 24u);
  EXPECT_TRUE(is_consistent(result));
  EXPECT_NEAR(signed_volume(result), 8, 1e-5);
}

TEST(EdgeSplit, ASingleCutInsideTheSurfaceChangesNothingButTheEdge) {
  const Mesh mesh = grid(3, 3, 2);
  std::vector<std::uint8_t> is_split(mesh.edge_count(), 0);
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    is_split[e] = mesh.edges()[e] == int2{5, 6} || mesh.edges()[e] == int2{6, 5};
  }

  const Mesh result = split_edges(mesh, is_split);

  EXPECT_EQ(result.vertex_count(), mesh.vertex_count());
  EXPECT_EQ(result.face_count(), mesh.face_count());
}

TEST(EdgeSplit, SplitNormalsFollowTheAutoSmoothAngle) {
  Mesh mesh = cylinder(12, 1, 2, CapFill::Ngon);
  auto smooth =
      mesh.attributes.ensure<std::uint8_t>(".smooth", Domain::Face, mesh.face_count()).edit();
  std::fill(smooth.begin(), smooth.end(), 1);
  mesh.use_auto_smooth = true;
  mesh.auto_smooth_angle = 0.7f;

  const Mesh result = split_edges(mesh, edges_with_split_normals(mesh));

  EXPECT_EQ(result.vertex_count(), 48u) << "the wall and two caps";
}

}  // namespace
}  // namespace kiln::modeling
