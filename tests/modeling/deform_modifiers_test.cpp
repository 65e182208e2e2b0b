#include <numbers>

#include <gtest/gtest.h>

#include "modeling/modifiers/cast.h"
#include "modeling/modifiers/hook.h"
#include "modeling/modifiers/laplacian_smooth.h"
#include "modeling/modifiers/shrinkwrap.h"
#include "modeling/modifiers/simple_deform.h"
#include "modeling/modifiers/smooth.h"
#include "modeling/modifiers/warp.h"
#include "modeling/modifiers/wave.h"
#include "modeling/primitives.h"
#include "support.h"

namespace kiln::modeling {
namespace {

TEST(CastModifier, PutsACubeOnASphere) {
  TestContext context;
  CastModifier cast;
  cast.factor = 1;

  const Mesh result = cast.apply(cube(2), context);

  for (const float3 p : result.positions()) {
    EXPECT_NEAR(length(p), std::sqrt(3.0f), 1e-5f);
  }
}

TEST(CastModifier, LeavesWhatIsBeyondTheRadius) {
  TestContext context;
  CastModifier cast;
  cast.factor = 1;
  cast.radius = 1.5f;

  EXPECT_EQ(cast.apply(cube(2), context).positions(), cube(2).positions());
}

TEST(SmoothModifier, KeepsAPlaneFlat) {
  TestContext context;
  SmoothModifier smooth;
  smooth.iterations = 10;

  const Mesh smoothed = smooth.apply(grid(8, 8, 2), context);
  for (const float3 p : smoothed.positions()) {
    EXPECT_NEAR(p.z, 0, 1e-6f);
  }
}

TEST(SimpleDeformModifier, TwistTurnsEndsByTheAngle) {
  TestContext context;
  SimpleDeformModifier deform;
  deform.deform_axis = SimpleDeformModifier::DeformAxis::Z;
  deform.angle = std::numbers::pi_v<float>;

  const Mesh result = deform.apply(cube(2), context);

  // A quarter turn up, a quarter turn down.
  for (std::size_t v = 0; v < 8; ++v) {
    const float3 p = cube(2).positions()[v], q = result.positions()[v];
    const float sign = p.z > 0 ? 1.0f : -1.0f;
    EXPECT_NEAR(q.x, -sign * p.y, 1e-5f);
    EXPECT_NEAR(q.y, sign * p.x, 1e-5f);
  }
}

TEST(SimpleDeformModifier, BendKeepsLengthsAlongTheMiddle) {
  TestContext context;
  SimpleDeformModifier deform;
  deform.deform_method = SimpleDeformModifier::DeformMethod::Bend;
  deform.deform_axis = SimpleDeformModifier::DeformAxis::Z;
  deform.angle = 1.5f;
  Mesh line;
  Array<float3> points(201);
  for (std::size_t i = 0; i < 201; ++i) {
    points.edit()[i] = {float(i) * 0.01f - 1, 0, 0};
  }
  line.set_positions(points);

  const Mesh result = deform.apply(line, context);

  double size = 0;
  for (std::size_t i = 1; i < 201; ++i) {
    size += distance(result.positions()[i], result.positions()[i - 1]);
  }
  EXPECT_NEAR(size, 2, 1e-3);
}

TEST(WarpModifier, WithoutFalloffCarriesEverything) {
  TestContext context;
  WarpModifier warp;
  warp.object_from = context.add(float4x4());
  warp.object_to = context.add(translation_matrix({1, 2, 3}));
  warp.falloff_type = WarpModifier::FalloffType::None;

  const Mesh result = warp.apply(cube(2), context);

  EXPECT_NEAR(distance(result.positions()[0], cube(2).positions()[0] + float3{1, 2, 3}), 0, 1e-5f);
}

TEST(WaveModifier, EndsWithItsLife) {
  TestContext context;  // frame 1
  WaveModifier wave;
  wave.time_offset = -100;
  wave.lifetime = 20;

  const Mesh mesh = grid(8, 8, 2);

  EXPECT_EQ(wave.apply(mesh, context).positions(), mesh.positions());
  wave.lifetime = 0;
  EXPECT_NE(wave.apply(mesh, context).positions(), mesh.positions());
}

TEST(HookModifier, MovesTheListedVerticesOnly) {
  TestContext context;
  HookModifier hook;
  hook.object = context.add(translation_matrix({0, 0, 5}));
  hook.indices = {2, 99};
  hook.falloff_type = HookModifier::FalloffType::None;

  const Mesh result = hook.apply(cube(2), context);

  EXPECT_EQ(result.positions()[1], cube(2).positions()[1]);
  EXPECT_EQ(result.positions()[2], cube(2).positions()[2] + (float3{0, 0, 5}));
}

TEST(ShrinkwrapModifier, BringsVerticesOntoTheSurface) {
  TestContext context;
  ShrinkwrapModifier wrap;
  wrap.target = context.add(float4x4(), std::make_shared<Mesh>(cube(2)));

  const Mesh result = wrap.apply(cube(6), context);

  for (const float3 p : result.positions()) {
    EXPECT_NEAR(max_component({std::abs(p.x), std::abs(p.y), std::abs(p.z)}), 1, 1e-6f);
  }
}

TEST(ShrinkwrapModifier, ProjectsAlongAnAxisWithinTheLimit) {
  TestContext context;
  ShrinkwrapModifier wrap;
  wrap.target = context.add(translation_matrix({0, 0, -3}), std::make_shared<Mesh>(grid(2, 2, 8)));
  wrap.wrap_method = ShrinkwrapModifier::WrapMethod::Project;
  wrap.use_project_z = true;
  wrap.use_negative_direction = true;
  wrap.project_limit = 2.5f;

  const Mesh result = wrap.apply(cube(2), context);

  for (std::size_t v = 0; v < 8; ++v) {
    const float z = cube(2).positions()[v].z;
    EXPECT_NEAR(result.positions()[v].z, z < 0 ? -3 : 1, 1e-5f) << "the upper ones are too far";
  }
}

TEST(LaplacianSmoothModifier, KeepsTheVolume) {
  TestContext context;
  LaplacianSmoothModifier smooth;
  smooth.lambda_factor = 1;
  smooth.iterations = 3;
  const Mesh mesh = monkey(2);

  const Mesh cubed = smooth.apply(cube(2), context);

  EXPECT_NEAR(signed_volume(cubed), 8, 1e-3);
  EXPECT_LT(total_area(smooth.apply(mesh, context)), total_area(mesh));
}

}  // namespace
}  // namespace kiln::modeling
