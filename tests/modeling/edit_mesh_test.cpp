#include "modeling/edit_mesh.h"

#include <random>

#include <gtest/gtest.h>

#include "modeling/edit_operators.h"
#include "modeling/primitives.h"

namespace kiln::modeling {
namespace {

EditMesh edit(const Mesh& mesh) {
  EditMesh result;
  result.add_mesh(mesh);
  return result;
}

TEST(EditMesh, RoundTripKeepsTopology) {
  const Mesh before = ico_sphere(2, 1.0f);
  EditMesh mesh = edit(before);

  Mesh after;
  mesh.write_to(after);

  EXPECT_EQ(after.positions(), before.positions());
  EXPECT_EQ(after.edges(), before.edges());
  EXPECT_EQ(after.corner_vertices(), before.corner_vertices());
  EXPECT_EQ(after.corner_edges(), before.corner_edges());
  EXPECT_EQ(after.face_offsets(), before.face_offsets());
}

TEST(EditMesh, RoundTripSharesAttributesThatDidNotChange) {
  const Mesh before = grid(3, 3, 1.0f);
  EditMesh mesh = edit(before);

  Mesh after;
  mesh.write_to(after);

  ASSERT_NE(after.uv_map(), nullptr);
  EXPECT_TRUE(after.uv_map()->as<float2>()->shares_storage_with(*before.uv_map()->as<float2>()));
  EXPECT_EQ(after.active_uv, before.active_uv);
}

TEST(EditMesh, HandleOfRemovedElementStaysStale) {
  EditMesh mesh = edit(cube(2.0f));
  const ElementHandle handle = mesh.handle({ElementKind::Vert, 3});

  mesh.remove_vert(3);
  const int reused = mesh.add_vert({0, 0, 0});

  EXPECT_EQ(reused, 3);
  EXPECT_FALSE(mesh.is_alive(handle));
}

TEST(EditMesh, ClearMakesHandlesStale) {
  EditMesh mesh = edit(cube(2.0f));
  const ElementHandle handle = mesh.handle({ElementKind::Face, 0});

  mesh.clear();
  mesh.add_mesh(cube(2.0f));

  EXPECT_FALSE(mesh.is_alive(handle));
}

TEST(EditMesh, RemovingAVertexTakesItsEdgesAndFaces) {
  EditMesh mesh = edit(cube(2.0f));

  mesh.remove_vert(0);

  EXPECT_EQ(mesh.verts.size(), 7);
  EXPECT_EQ(mesh.edges.size(), 9);
  EXPECT_EQ(mesh.faces.size(), 3);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, SplittingAnEdgeAddsACornerToItsFaces) {
  EditMesh mesh = edit(cube(2.0f));
  const int start = mesh.edges[0].verts[0], end = mesh.edges[0].verts[1];

  const int middle = mesh.split_edge(0, start, 0.25f);

  EXPECT_EQ(mesh.verts[middle].co,
            mesh.verts[start].co + (mesh.verts[end].co - mesh.verts[start].co) * 0.25f);
  EXPECT_EQ(mesh.loops.size(), 26);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, JoiningEdgesUndoesASplit) {
  EditMesh mesh = edit(cube(2.0f));
  int made = -1;
  const int middle = mesh.split_edge(0, mesh.edges[0].verts[0], 0.5f, &made);

  const int kept = mesh.join_edges(made, middle);

  EXPECT_EQ(kept, 0);
  EXPECT_EQ(mesh.verts.size(), 8);
  EXPECT_EQ(mesh.edges.size(), 12);
  EXPECT_EQ(mesh.loops.size(), 24);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, JoiningFacesUndoesASplit) {
  EditMesh mesh = edit(cube(2.0f));
  const int a = mesh.faces[0].loop, b = mesh.loops[mesh.loops[a].next].next;

  const int made = mesh.split_face(0, a, b);
  ASSERT_GE(made, 0);
  EXPECT_EQ(mesh.faces.size(), 7);
  const int joined = mesh.join_faces(std::array{0, made});

  ASSERT_GE(joined, 0);
  EXPECT_EQ(mesh.faces[joined].size, 4);
  EXPECT_EQ(mesh.edges.size(), 12);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, NeighbouringCornersCannotBeCutApart) {
  EditMesh mesh = edit(cube(2.0f));
  const int a = mesh.faces[0].loop;

  EXPECT_EQ(mesh.split_face(0, a, mesh.loops[a].next), -1);
}

TEST(EditMesh, FlippingTurnsTheNormal) {
  EditMesh mesh = edit(cube(2.0f));
  const float3 before = mesh.compute_face_normal(0);

  mesh.flip_face(0);

  EXPECT_NEAR(length(mesh.compute_face_normal(0) + before), 0, 1e-6f);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, SplittingInterpolatesUvs) {
  EditMesh mesh = edit(plane(2.0f));
  const int loop = mesh.faces[0].loop;
  const float2 a = (*mesh.attributes.find<float2>("UVMap", Domain::Corner))[std::size_t(loop)];
  const float2 b =
      (*mesh.attributes.find<float2>("UVMap", Domain::Corner))[std::size_t(mesh.loops[loop].next)];

  mesh.split_edge(mesh.loops[loop].edge, mesh.loops[loop].vert, 0.25f);

  const float2 between =
      (*mesh.attributes.find<float2>("UVMap", Domain::Corner))[std::size_t(mesh.loops[loop].next)];
  EXPECT_NEAR(between.x, a.x * 0.75f + b.x * 0.25f, 1e-6f);
  EXPECT_NEAR(between.y, a.y * 0.75f + b.y * 0.25f, 1e-6f);
}

TEST(EditMesh, WeldingTwoHalvesClosesThem) {
  EditMesh mesh = edit(cube(2.0f));
  mesh.add_mesh(cube(2.0f));
  std::vector<std::pair<int, int>> targets;
  for (int v = 0; v < 8; ++v) {
    targets.emplace_back(v + 8, v);
  }

  mesh.weld(targets);

  EXPECT_EQ(mesh.verts.size(), 8);
  EXPECT_EQ(mesh.edges.size(), 12);
  EXPECT_EQ(mesh.faces.size(), 6);
  EXPECT_EQ(mesh.check(), "");
}

TEST(EditMesh, ReorderingKeepsCyclesWhole) {
  EditMesh mesh = edit(ico_sphere(1, 1.0f));
  for (const ElementKind kind : {ElementKind::Vert, ElementKind::Edge, ElementKind::Face}) {
    std::vector<int> order;
    for (int s = mesh.slot_count(kind) - 1; s >= 0; --s) {
      order.push_back(s);
    }
    mesh.reorder(kind, order);
  }

  EXPECT_EQ(mesh.check(), "");
}

/// One random step; some are refused by the mesh.
void random_step(EditMesh& mesh, std::mt19937& random) {
  const auto pick = [&](ElementKind kind) {
    const int slots = mesh.slot_count(kind);
    const int s = slots == 0 ? -1 : mesh.at_or_after(kind, int(random() % unsigned(slots)));
    return s >= 0 || slots == 0 ? s : mesh.at_or_after(kind, 0);
  };
  const int v = pick(ElementKind::Vert), w = pick(ElementKind::Vert), e = pick(ElementKind::Edge);
  const int f = pick(ElementKind::Face), l = pick(ElementKind::Loop);
  const unsigned what = random() % 18;
  if (what == 0 || v < 0) {
    mesh.add_vert({float(random() % 7), float(random() % 5), float(random() % 3)});
  } else if (what == 1 && v != w && mesh.find_edge(v, w) < 0) {
    mesh.add_edge(v, w);
  } else if (what == 2) {
    const int u = pick(ElementKind::Vert);
    const std::array ring{u, v, w};
    if (u != v && v != w && u != w && mesh.find_face(ring) < 0) {
      mesh.add_face(ring);
    }
  } else if (what == 3 && random() % 4 == 0) {
    mesh.remove_vert(v);
  } else if (what == 4 && v != w) {
    mesh.splice_verts(v, w);
  } else if (what == 5 && v != w && random() % 3 == 0) {
    const std::pair<int, int> target{v, w};
    mesh.weld({&target, 1});
  } else if (what == 6) {
    mesh.dissolve_vert(v);
  } else if (what == 7) {
    mesh.separate_vert(v, {});
  } else if (e >= 0 && (what == 8 || what == 9)) {
    mesh.split_edge(e, mesh.edges[e].verts[0], 0.5f);
  } else if (e >= 0 && what == 10 && random() % 4 == 0) {
    mesh.remove_edge(e);
  } else if (e >= 0 && what == 11) {
    mesh.join_edges(e, mesh.edges[e].verts[1]);
  } else if (e >= 0 && what == 12) {
    mesh.rotate_edge(e, random() % 2 == 0);
  } else if (e >= 0 && what == 13) {
    mesh.join_faces(mesh.edge_faces(e));
  } else if (f >= 0 && what == 14) {
    mesh.flip_face(f);
  } else if (f >= 0 && what == 15) {
    mesh.split_face(f, mesh.faces[f].loop, mesh.loops[mesh.loops[mesh.faces[f].loop].next].next);
  } else if (f >= 0 && what == 16 && random() % 3 == 0) {
    mesh.remove_face(f);
  } else if (l >= 0 && what == 17) {
    random() % 2 == 0 ? mesh.separate_loop(l) : mesh.part_edge(l);
  }
}

TEST(EditMesh, CyclesStayWholeUnderRandomSteps) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    EditMesh mesh = edit(seed % 2 == 0 ? cube(2.0f) : grid(3, 3, 2.0f));
    for (int step = 0; step < 300; ++step) {
      random_step(mesh, random);
      ASSERT_EQ(mesh.check(), "") << "seed " << seed << ", step " << step;
    }
  }
}

TEST(EditMesh, RandomStepsLeaveAMeshThatWritesBack) {
  std::mt19937 random(7);
  EditMesh mesh = edit(grid(4, 4, 2.0f));
  for (int step = 0; step < 200; ++step) {
    random_step(mesh, random);
  }

  Mesh written;
  mesh.write_to(written);

  EXPECT_EQ(written.vertex_count(), std::size_t(mesh.verts.size()));
  EXPECT_EQ(written.corner_count(), std::size_t(mesh.loops.size()));
  for (const Attribute& a : written.attributes.items()) {
    EXPECT_EQ(attribute_size(a.values), written.domain_size(a.domain)) << a.name;
  }
}

TEST(EditOperators, ExtrudingTheFacesOfACubeKeepsItClosed) {
  EditMesh mesh = edit(cube(2.0f));
  const EditOperator* extrude = nullptr;
  for (const EditOperator& op : edit_operators()) {
    extrude = std::string_view(op.name) == "extrude_face_region" ? &op : extrude;
  }
  ASSERT_NE(extrude, nullptr);
  SlotValues in, out;
  in.add("geom", ElementKind::Face, std::array{0});
  in.add("geom", ElementKind::Edge, mesh.face_edges(0));
  in.add("geom", ElementKind::Vert, mesh.face_verts(0));

  ASSERT_TRUE(extrude->run(mesh, in, out));

  EXPECT_EQ(mesh.verts.size(), 12);
  EXPECT_EQ(mesh.faces.size(), 10);
  EXPECT_EQ(mesh.check(), "");
}

}  // namespace
}  // namespace kiln::modeling
