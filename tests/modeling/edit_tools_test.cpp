#include <numeric>

#include <gtest/gtest.h>

#include "modeling/edge_slide.h"
#include "modeling/edit_loops.h"
#include "modeling/inset.h"
#include "modeling/primitives.h"
#include "modeling/subdivide_edges.h"

namespace kiln::modeling {
namespace {

EditMesh edit_mesh_of(const Mesh& mesh) {
  EditMesh edit;
  edit.add_mesh(mesh);
  return edit;
}

// The face whose normal is nearest to a direction.
int face_towards(EditMesh& mesh, float3 direction) {
  int best = -1;
  float nearest = -2.0f;
  for (int f = mesh.faces.at_or_after(0); f >= 0; f = mesh.faces.at_or_after(f + 1)) {
    const float along = dot(mesh.compute_face_normal(f), direction);
    if (along > nearest) {
      nearest = along;
      best = f;
    }
  }
  return best;
}

TEST(EditLoops, RingsRunAroundACube) {
  EditMesh mesh = edit_mesh_of(cube(2.0f, false));

  const std::vector<int> ring = edge_ring(mesh, 0);

  EXPECT_EQ(ring.size(), 4u);
  EXPECT_TRUE(is_closed_ring(mesh, ring));
  EXPECT_EQ(face_loop(mesh, 0).size(), 4u);
}

TEST(EditLoops, LoopsGoStraightAcrossAGrid) {
  EditMesh mesh = edit_mesh_of(grid(4, 4, 2.0f, false));
  int inner = -1;
  for (int e = 0; e < mesh.edges.slot_count(); ++e) {
    const float3 a = mesh.verts[mesh.edges[e].verts[0]].co,
                 b = mesh.verts[mesh.edges[e].verts[1]].co;
    if (std::abs(a.x) < 1e-6f && std::abs(b.x) < 1e-6f) {
      inner = e;
    }
  }

  const std::vector<int> loop = edge_loop(mesh, inner);

  EXPECT_EQ(loop.size(), 4u);
  EXPECT_EQ(edge_ring(mesh, inner).size(), 5u);
}

TEST(EditLoops, ThePathBetweenTwoCornersIsTheShortest) {
  EditMesh mesh = edit_mesh_of(grid(4, 4, 2.0f, false));

  EXPECT_EQ(shortest_path(mesh, ElementKind::Vert, 0, 24).size(), 9u);
  EXPECT_EQ(shortest_path(mesh, ElementKind::Vert, 0, 0).size(), 1u);
  EXPECT_TRUE(shortest_path(mesh, ElementKind::Vert, 0, 1000).empty());
}

TEST(SubdivideEdges, AllSidesMakeAGrid) {
  EditMesh mesh = edit_mesh_of(cube(2.0f, false));

  const SubdividedEdges made = subdivide_edges(mesh, mesh.edges.slots(), {.cuts = 2});

  EXPECT_EQ(mesh.faces.size(), 6 * 9);
  EXPECT_EQ(mesh.verts.size(), 8 + 12 * 2 + 6 * 4);
  EXPECT_EQ(made.split.size(), 12u * 3u);
  EXPECT_EQ(mesh.check(), "");
}

TEST(SubdivideEdges, ARingIsCutAcross) {
  EditMesh mesh = edit_mesh_of(cube(2.0f, false));

  const SubdividedEdges made = subdivide_edges(mesh, edge_ring(mesh, 0), {.cuts = 1});

  EXPECT_EQ(made.inner.size(), 4u);
  EXPECT_EQ(mesh.faces.size(), 10);
  EXPECT_EQ(mesh.check(), "");
}

TEST(Inset, TheBorderMovesInByTheThickness) {
  EditMesh mesh = edit_mesh_of(cube(2.0f, false));
  const int top = face_towards(mesh, {0, 0, 1});
  mesh.select({ElementKind::Face, top}, true);

  const std::vector<int> strip = inset_selected(mesh, {.thickness = 0.25f, .depth = 0.5f});

  EXPECT_EQ(strip.size(), 4u);
  EXPECT_EQ(mesh.faces.size(), 10);
  const int inner = face_towards(mesh, {0, 0, 1});
  for (const int v : mesh.face_verts(inner)) {
    EXPECT_NEAR(std::abs(mesh.verts[v].co.x), 0.75f, 1e-5f);
    EXPECT_NEAR(mesh.verts[v].co.z, 1.5f, 1e-5f);
  }
  EXPECT_EQ(mesh.check(), "");
}

TEST(EdgeSlide, AFactorOfOneReachesTheNextLoop) {
  EditMesh mesh = edit_mesh_of(grid(2, 2, 2.0f, false));
  std::vector<int> middle;
  for (int e = 0; e < mesh.edges.slot_count(); ++e) {
    const float3 a = mesh.verts[mesh.edges[e].verts[0]].co,
                 b = mesh.verts[mesh.edges[e].verts[1]].co;
    if (std::abs(a.x) < 1e-6f && std::abs(b.x) < 1e-6f) {
      middle.push_back(e);
    }
  }

  const std::vector<SlideSides> sides = slide_sides(mesh, middle);
  slide(mesh, sides, 0.5f);

  ASSERT_EQ(sides.size(), 3u);
  const float x = mesh.verts[sides[0].vert].co.x;
  EXPECT_NEAR(std::abs(x), 0.5f, 1e-6f);
  for (const SlideSides& side : sides) {
    EXPECT_NEAR(mesh.verts[side.vert].co.x, x, 1e-6f);
  }
}

// In time that grows with the mesh, not with its square: it would take minutes.
TEST(EdgeSlide, AllEdgesOfALargeMeshAreNoTrouble) {
  EditMesh mesh = edit_mesh_of(grid(200, 200, 2.0f, false));
  std::vector<int> all(std::size_t(mesh.edges.slot_count()));
  std::iota(all.begin(), all.end(), 0);

  // Only the corners have no more than two edges.
  EXPECT_EQ(slide_sides(mesh, all).size(), 0u);
}

}  // namespace
}  // namespace kiln::modeling
