#include "modeling/split_crossings.h"

#include <gtest/gtest.h>

#include "modeling/primitives.h"

namespace kiln::modeling {
namespace {

// A square in the plane z = 0 from (0, 0) to (2, 2).
EditMesh square() {
  EditMesh mesh;
  std::vector<int> corners;
  for (const float2 p : {float2{0, 0}, {2, 0}, {2, 2}, {0, 2}}) {
    corners.push_back(mesh.add_vert({p.x, p.y, 0}));
  }
  mesh.add_face(corners);
  mesh.update_normals();
  return mesh;
}

void select_vert(EditMesh& mesh, int vert) {
  mesh.set_flag({ElementKind::Vert, vert}, ElementFlag::Select, true);
}

float area(const EditMesh& mesh) {
  float sum = 0.0f;
  for (const int f : mesh.faces.slots()) {
    sum += mesh.face_area(f);
  }
  return sum;
}

TEST(SplitCrossings, NothingThatTouchesNothingChanges) {
  EditMesh mesh = square();
  select_vert(mesh, 0);
  select_vert(mesh, mesh.add_vert({5, 5, 5}));

  EXPECT_FALSE(split_crossings(mesh, 0.001f));
  EXPECT_EQ(mesh.verts.size(), 5);
}

TEST(SplitCrossings, LinesThroughOnePointShareItsVertex) {
  EditMesh mesh;
  for (int i = 0; i < 5; ++i) {
    const float angle = 0.3f + float(i) * 0.6f;
    const float3 end{std::cos(angle), std::sin(angle), 0.0f};
    const int a = mesh.add_vert(end), b = mesh.add_vert(-end);
    mesh.add_edge(a, b);
    select_vert(mesh, a);
  }

  EXPECT_TRUE(split_crossings(mesh, 0.001f));

  EXPECT_EQ(mesh.verts.size(), 11);
  EXPECT_EQ(mesh.edges.size(), 10);
  EXPECT_EQ(mesh.check(), "");
}

TEST(SplitCrossings, AGridOfLinesCutsAFaceIntoTheirSquaresOfTheSameArea) {
  EditMesh mesh = square();
  for (const float x : {0.5f, 1.0f, 1.5f}) {
    const int a = mesh.add_vert({x, -1, 0}), b = mesh.add_vert({x, 3, 0});
    mesh.add_edge(a, b);
    select_vert(mesh, a);
    select_vert(mesh, b);
  }

  EXPECT_TRUE(split_crossings(mesh, 0.001f));

  EXPECT_EQ(mesh.faces.size(), 4);
  EXPECT_NEAR(area(mesh), 4.0f, 1e-5f);
  EXPECT_EQ(mesh.check(), "");
}

TEST(SplitCrossings, HiddenEdgesTakeNoPart) {
  EditMesh mesh = square();
  const int a = mesh.add_vert({1, -1, 0}), b = mesh.add_vert({1, 1, 0});
  mesh.add_edge(a, b);
  select_vert(mesh, a);
  for (const int e : mesh.edges.slots()) {
    mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Hide, !mesh.has_vert(e, a));
  }

  EXPECT_FALSE(split_crossings(mesh, 0.001f));
}

TEST(SplitCrossings, PartsOfASolidMovedIntoItselfStaySound) {
  for (int seed = 0; seed < 20; ++seed) {
    EditMesh mesh;
    mesh.add_mesh(grid(4, 4, 2.0f, false));
    for (const int v : mesh.verts.slots()) {
      if ((v * 7 + seed) % 3 == 0) {
        select_vert(mesh, v);
        mesh.verts[v].co += float3{0.31f * float(seed % 5), 0.17f * float(seed % 7), 0.0f};
      }
    }
    mesh.update_normals();

    split_crossings(mesh, 0.01f);

    EXPECT_EQ(mesh.check(), "") << seed;
  }
}

}  // namespace
}  // namespace kiln::modeling
