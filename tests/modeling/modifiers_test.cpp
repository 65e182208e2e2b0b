#include <numbers>

#include <gtest/gtest.h>

#include "core/schema/registry.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/mirror.h"
#include "modeling/modifiers/register.h"
#include "modeling/modifiers/solidify.h"
#include "modeling/modifiers/subsurf.h"
#include "modeling/modifiers/triangulate.h"
#include "modeling/primitives.h"
#include "support.h"

namespace kiln::modeling {
namespace {

Mesh cone_tip() {
  return cone(5, 1, 0, 2, CapFill::Ngon);
}

TEST(Modifiers, AreFoundByTypeAndLeaveTheEmptyMeshAlone) {
  Registry registry;
  register_modifiers(registry);
  TestContext context;

  ASSERT_TRUE(registry.kind(Modifier::schema(), "SUBSURF"));
  for (const Schema* kind : registry.kinds_of(Modifier::schema())) {
    const std::unique_ptr<Modifier> modifier(static_cast<Modifier*>(kind->make()));
    const Mesh result = modifier->apply(Mesh(), context);
    EXPECT_EQ(result.vertex_count(), 0u) << kind->identifier;
  }
}

TEST(Modifiers, GiveConsistentMeshesForEveryPrimitive) {
  Registry registry;
  register_modifiers(registry);
  TestContext context;
  Mesh wire;
  wire.set_positions({{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {5, 5, 5}});
  wire.set_topology({{0, 1}, {1, 2}}, {}, {});
  const Mesh meshes[] = {plane(2), cube(2), cone_tip(), monkey(2), circle(5, 1, CapFill::Ngon),
                         wire};

  for (const Schema* kind : registry.kinds_of(Modifier::schema())) {
    for (const Mesh& mesh : meshes) {
      const std::unique_ptr<Modifier> modifier(static_cast<Modifier*>(kind->make()));
      EXPECT_TRUE(is_consistent(modifier->apply(mesh, context))) << kind->identifier;
    }
  }
}

TEST(ArrayModifier, PutsCopiesAtMultiplesOfTheSize) {
  TestContext context;
  ArrayModifier array;
  array.count = 4;
  array.relative_offset_displace = {1.5f, 0, 0};

  const Mesh result = array.apply(cube(2), context);

  EXPECT_EQ(result.vertex_count(), 32u);
  EXPECT_EQ(result.positions()[24], (float3{8, -1, -1}));
  EXPECT_NEAR(signed_volume(result), 32, 1e-4);
}

TEST(ArrayModifier, MergedCopiesShareVertices) {
  TestContext context;
  ArrayModifier array;
  array.count = 4;
  array.use_merge_vertices = true;

  const Mesh result = array.apply(cube(2), context);

  EXPECT_EQ(result.vertex_count(), 20u);
  EXPECT_EQ(result.edge_count(), 36u);
  EXPECT_EQ(result.face_count(), 21u);
}

TEST(ArrayModifier, FirstAndLastCopyOfARingMerge) {
  TestContext context;
  ArrayModifier array;
  array.count = 6;
  array.use_relative_offset = false;
  array.use_object_offset = true;
  const float3x3 turn = euler_to_matrix({0, 0, float(std::numbers::pi) / 3});
  array.offset_object = context.add(to_float4x4(turn));
  array.use_merge_vertices = true;
  array.use_merge_vertices_cap = true;
  Mesh slice;  // one sixth of a hexagonal ring
  slice.set_positions({{1, 0, 0}, {2, 0, 0}, turn * float3{2, 0, 0}, turn * float3{1, 0, 0}});
  slice.set_topology({}, {0, 4}, {0, 1, 2, 3});

  const Mesh result = array.apply(slice, context);

  EXPECT_EQ(result.vertex_count(), 12u);
  EXPECT_EQ(result.edge_count(), 18u);
}

TEST(MirrorModifier, MakesASymmetricMeshWithOutwardFaces) {
  TestContext context;
  Mesh mesh = cube(2);
  mesh.transform(translation_matrix({1.5f, 0, 0}));

  const Mesh result = MirrorModifier().apply(mesh, context);

  EXPECT_EQ(result.vertex_count(), 16u);
  EXPECT_NEAR(signed_volume(result), 16, 1e-4);
  EXPECT_TRUE(is_closed_and_oriented(result));
}

TEST(MirrorModifier, BisectedHalvesCloseAgain) {
  TestContext context;
  Mesh mesh = uv_sphere(16, 8, 1);
  mesh.transform(translation_matrix({0.3f, 0, 0}));
  MirrorModifier mirror;
  mirror.use_bisect_axis = {true, false, false};

  const Mesh result = mirror.apply(mesh, context);

  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_GT(signed_volume(result), signed_volume(mesh));
}

TEST(MirrorModifier, SwapsTheSidesOfVertexGroups) {
  TestContext context;
  Mesh mesh = plane(2);
  mesh.transform(translation_matrix({3, 0, 0}));
  mesh.vertex_groups.add(VertexGroup{"Side.L"});
  mesh.vertex_groups.add(VertexGroup{"Side.R"});
  mesh.weights.set(4, 2, 0, 0.75f);

  const Mesh result = MirrorModifier().apply(mesh, context);

  EXPECT_EQ(result.weights.find(2, 0), 0.75f);
  EXPECT_EQ(result.weights.find(6, 1), 0.75f);
  EXPECT_FALSE(result.weights.find(6, 0));
}

TEST(SolidifyModifier, GivesAPlaneTheVolumeOfAPlate) {
  TestContext context;
  SolidifyModifier solidify;
  solidify.thickness = 0.2f;

  const Mesh result = solidify.apply(grid(4, 4, 2), context);

  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_NEAR(signed_volume(result), 0.8, 1e-5);
  EXPECT_EQ(result.face_count(), 16u + 16u + 16u);
}

TEST(SolidifyModifier, EvenOffsetKeepsWallsOfACubeAtTheirThickness) {
  TestContext context;
  SolidifyModifier solidify;
  solidify.thickness = 0.1f;
  solidify.use_even_offset = true;

  const Mesh result = solidify.apply(cube(2), context);

  for (std::size_t v = 8; v < 16; ++v) {
    EXPECT_NEAR(std::abs(result.positions()[v].x), 0.9f, 1e-5f);
  }
}

TEST(SolidifyModifier, ComplexModeMakesASolidOfFacesThatShareAnEdge) {
  TestContext context;
  Mesh fan;
  fan.set_positions({{0, 0, 0},
                     {0, 0, 1},
                     {1, 0, 0},
                     {1, 0, 1},
                     {-0.6f, 0.9f, 0},
                     {-0.6f, 0.9f, 1},
                     {-0.5f, -0.8f, 0},
                     {-0.5f, -0.8f, 1}});
  fan.set_topology({}, {0, 4, 8, 12}, {0, 1, 3, 2, 0, 4, 5, 1, 0, 1, 7, 6});
  for (const SolidifyModifier::ThicknessMode mode :
       {SolidifyModifier::ThicknessMode::Fixed, SolidifyModifier::ThicknessMode::Even,
        SolidifyModifier::ThicknessMode::Constraints}) {
    SolidifyModifier solidify;
    solidify.solidify_mode = SolidifyModifier::Mode::NonManifold;
    solidify.nonmanifold_thickness_mode = mode;
    solidify.thickness = 0.1f;
    solidify.offset = 0;

    const Mesh result = solidify.apply(fan, context);

    EXPECT_EQ(result.vertex_count(), 18u);
    EXPECT_EQ(result.face_count(), 17u);
    EXPECT_TRUE(is_closed_and_oriented(result));
    EXPECT_TRUE(is_consistent(result));
    EXPECT_GT(signed_volume(result), 0.1);
  }
}

TEST(SolidifyModifier, ConstraintsKeepBothSidesOfACubeAtTheirDistance) {
  TestContext context;
  SolidifyModifier solidify;
  solidify.solidify_mode = SolidifyModifier::Mode::NonManifold;
  solidify.thickness = 0.25f;

  const Mesh result = solidify.apply(cube(2), context);

  for (const float3 p : result.positions()) {
    EXPECT_TRUE(std::abs(std::abs(p.x) - 1.0f) < 1e-4f || std::abs(std::abs(p.x) - 0.75f) < 1e-4f);
  }
}

TEST(SubsurfModifier, CubeComesToItsKnownLimit) {
  TestContext context;
  SubsurfModifier subsurf;

  const Mesh result = subsurf.apply(cube(2), context);

  EXPECT_EQ(result.vertex_count(), 26u);
  EXPECT_EQ(result.face_count(), 24u);
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_NEAR(result.positions()[7].x, 0.5f, 1e-5f)
      << "corners of a cube go to half their distance";
}

TEST(SubsurfModifier, KeepsFlatPartsAndStraightUvsWhereTheyAre) {
  TestContext context;
  SubsurfModifier subsurf;
  subsurf.levels = 3;
  const Mesh mesh = grid(6, 6, 2);

  const Mesh result = subsurf.apply(mesh, context);

  const Array<float2>& uvs = *result.uv_map()->as<float2>();
  for (std::size_t c = 0; c < result.corner_count(); ++c) {
    const float3 p = result.positions()[std::size_t(result.corner_vertices()[c])];
    EXPECT_NEAR(p.z, 0, 1e-6f);
    const bool is_inside = std::abs(p.x) < 0.6f && std::abs(p.y) < 0.6f;
    if (is_inside) {  // a linear map stays one away from rounded corners
      EXPECT_NEAR(uvs[c].x, 0.5f * (p.x + 1), 1e-5f);
      EXPECT_NEAR(uvs[c].y, 0.5f * (p.y + 1), 1e-5f);
    }
  }
}

TEST(SubsurfModifier, FullyCreasedCubeStaysACube) {
  TestContext context;
  SubsurfModifier subsurf;
  subsurf.levels = 2;
  Mesh mesh = cube(2);
  auto creases = mesh.attributes.ensure<float>(".crease_edge", Domain::Edge, 12).edit();
  std::fill(creases.begin(), creases.end(), 1.0f);

  const Mesh result = subsurf.apply(mesh, context);

  EXPECT_NEAR(signed_volume(result), 8, 1e-4);
}

TEST(SubsurfModifier, EveryLevelQuadruplesFacesAndStaysClosed) {
  TestContext context;
  for (const SubsurfModifier::Type type :
       {SubsurfModifier::Type::CatmullClark, SubsurfModifier::Type::Simple}) {
    for (int level = 1; level <= 4; ++level) {
      SubsurfModifier subsurf;
      subsurf.levels = level;
      subsurf.subdivision_type = type;
      for (const Mesh& mesh : {cone_tip(), ico_sphere(1, 1), cube(2)}) {
        const Mesh result = subsurf.apply(mesh, context);
        EXPECT_EQ(result.face_count(), mesh.corner_count() << (2 * level - 2));
        EXPECT_TRUE(is_closed_and_oriented(result));
        EXPECT_TRUE(is_consistent(result));
        EXPECT_EQ(euler_characteristic(result), 2);
      }
    }
  }
}

TEST(SubsurfModifier, IsTheSameForAnyNumberOfThreads) {
  TestContext context;
  SubsurfModifier subsurf;
  subsurf.levels = 2;
  const Mesh mesh = monkey(2);
  const Mesh many = subsurf.apply(mesh, context);

  const ThreadLimit limit(1);
  const Mesh one = subsurf.apply(Mesh(mesh), context);

  EXPECT_TRUE(one.positions() == many.positions());
  EXPECT_TRUE(*one.uv_map()->as<float2>() == *many.uv_map()->as<float2>());
}

TEST(SubsurfModifier, LooseEdgesBecomeSplines) {
  TestContext context;
  SubsurfModifier subsurf;
  subsurf.levels = 2;
  Mesh mesh;
  mesh.set_positions({{0, 0, 0}, {1, 1, 0}, {2, 0, 0}, {3, 1, 0}});
  mesh.set_topology({{0, 1}, {1, 2}, {2, 3}}, {}, {});

  const Mesh result = subsurf.apply(mesh, context);

  ASSERT_EQ(result.vertex_count(), 13u);
  EXPECT_NEAR(result.positions()[1].y, 2.0f / 3.0f, 1e-6f);
  EXPECT_NEAR(result.positions()[5].y, 0.458333f, 1e-5f) << "the middle of the first edge";
}

TEST(TriangulateModifier, KeepsShapeAndMakesTrianglesOnly) {
  TestContext context;
  for (const NgonMethod method : {NgonMethod::Beauty, NgonMethod::Clip}) {
    TriangulateModifier triangulate;
    triangulate.ngon_method = method;
    const Mesh mesh = cylinder(17, 1, 2, CapFill::Ngon);

    const Mesh result = triangulate.apply(mesh, context);

    EXPECT_EQ(result.face_count(), result.corner_count() / 3);
    EXPECT_TRUE(is_closed_and_oriented(result));
    EXPECT_NEAR(signed_volume(result), signed_volume(mesh), 1e-5);
    EXPECT_EQ(result.vertex_count(), mesh.vertex_count());
  }
}

TEST(TriangulateModifier, LeavesFacesWithFewerCornersThanAsked) {
  TestContext context;
  TriangulateModifier triangulate;
  triangulate.min_vertices = 5;

  const Mesh result = triangulate.apply(cylinder(6, 1, 2, CapFill::Ngon), context);

  EXPECT_EQ(result.face_count(), 6u + 2u * 4u);
}

}  // namespace
}  // namespace kiln::modeling
