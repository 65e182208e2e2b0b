// Light of many bounces told from how open surfaces are, and the ways to find lights. The figures
// are those of the reference for the same scene.
#include "support.h"

namespace kiln::render {
namespace {

constexpr float open_within_ten = 0.0397f;  // of a point's surroundings, as cosines count them

/// A floor with a ceiling 2 metres above it, both 20 metres wide and reflecting 0.8 of the light,
/// under a white sky. The camera sees the middle of the floor.
TraceScene room() {
  SceneBuilder b;
  const auto white = diffuse_material({0.8f, 0.8f, 0.8f});
  b.add(quad(20), white);
  b.add(quad(20), white, translation_matrix({0, 0, 2}));
  b.scene.camera = camera({0, 0, 1.5f}, {0, 0, 0});
  b.scene.world.shader = background_material({1, 1, 1}, 1.0f);
  b.scene.world.occlusion_distance = 1.0f;
  return b.scene;
}

RenderSettings with(FastGi method, int bounces = 1) {
  RenderSettings settings = small_picture(8, 8, 256);
  settings.fast_gi = method;
  settings.ao_bounces = bounces;
  return settings;
}

float brightness(const TraceScene& scene, const RenderSettings& settings) {
  return mean_color(rendered(scene, settings)).x;
}

TEST(FastGi, FarSurfacesDoNotHideTheSky) {
  EXPECT_NEAR(brightness(room(), with(FastGi::Replace)), 0.8f, 1e-3f);
}

TEST(FastGi, NearSurfacesHideTheSky) {
  TraceScene scene = room();
  scene.world.occlusion_distance = 10.0f;

  EXPECT_NEAR(brightness(scene, with(FastGi::Replace)), 0.8f * open_within_ten, 4e-3f);
}

TEST(FastGi, TheSkyIsScaledByTheFactor) {
  TraceScene scene = room();
  scene.world.occlusion_factor = 0.5f;

  EXPECT_NEAR(brightness(scene, with(FastGi::Replace)), 0.4f, 1e-3f);
}

TEST(FastGi, BouncesBeforeTheLastAreFollowed) {
  EXPECT_NEAR(brightness(room(), with(FastGi::Replace, 2)), 0.645f, 6e-3f);
}

TEST(FastGi, NoBouncesFollowsAll) {
  EXPECT_EQ(brightness(room(), with(FastGi::Replace, 0)), brightness(room(), with(FastGi::Off)));
}

TEST(FastGi, ObjectsSayHowFarTheyLook) {
  TraceScene scene = room();
  scene.instances[1].occlusion_distance = 5.0f;
  const float unchanged = brightness(scene, with(FastGi::Replace));
  scene.instances[0].occlusion_distance = 5.0f;
  const float changed = brightness(scene, with(FastGi::Replace));

  // The camera sees the floor: what it looks for counts. 0.16 of the cosines are below 2 / 5.
  EXPECT_NEAR(unchanged, 0.8f, 1e-3f);
  EXPECT_NEAR(changed, 0.128f, 8e-3f);
}

TEST(FastGi, TransparentSurfacesTakeTheirShareOfTheWay) {
  TraceScene scene = room();
  scene.materials[1].shader = transparent_material({0.8f, 0.8f, 0.8f});
  scene.world.occlusion_distance = 2.5f;

  EXPECT_NEAR(brightness(scene, with(FastGi::Replace)), 0.7424f, 8e-3f);
}

TEST(FastGi, LightBeyondTheDistanceStillReachesSurfacesDirectly) {
  TraceScene scene = room();
  scene.world.shader = nullptr;
  TraceLight lamp;
  lamp.kind = TraceLight::Kind::Point;
  lamp.matrix = translation_matrix({0, 0, 1.9f});
  lamp.power = {50, 50, 50};
  scene.lights.push_back(lamp);
  RenderSettings no_bounce = with(FastGi::Off);
  no_bounce.max_bounces = 0;

  const float direct = brightness(scene, no_bounce);

  EXPECT_GT(direct, 0.1f);
  EXPECT_NEAR(brightness(scene, with(FastGi::Replace)), direct, 0.01f * direct);
}

TEST(FastGi, AddedLightIsWhiteWhateverTheSky) {
  TraceScene scene = room();
  scene.instances.pop_back();
  scene.world.shader = background_material({1.0f, 0.5f, 0.25f}, 2.0f);

  const float3 color = mean_color(rendered(scene, with(FastGi::Add)));

  EXPECT_NEAR(color.x, 1.6f + 0.8f, 0.01f);
  EXPECT_NEAR(color.y, 0.8f + 0.8f, 0.01f);
  EXPECT_NEAR(color.z, 0.4f + 0.8f, 0.01f);
}

TEST(FastGi, LightIsAddedAtEveryBounce) {
  TraceScene scene = room();
  RenderSettings settings = with(FastGi::Add);
  const float full = brightness(scene, settings);
  scene.world.occlusion_factor = 0.5f;
  const float half = brightness(scene, settings);

  EXPECT_NEAR(full, 2.6435f, 0.04f);
  EXPECT_NEAR(half, 1.3833f, 0.02f);
}

TEST(FastGi, AddedLightBelongsToTheDiffusePass) {
  TraceScene scene = room();
  scene.instances.pop_back();
  scene.world.shader = nullptr;
  RenderSettings settings = with(FastGi::Add);
  settings.passes.push_back({PassKind::DiffuseDirect});
  settings.passes.push_back({PassKind::DiffuseColor});

  const RenderResult result = rendered(scene, settings);

  const PassImage* light = result.find(PassKind::DiffuseDirect);
  ASSERT_TRUE(light);
  EXPECT_NEAR(light->pixels[0], 1.0f, 0.01f);
}

/// A floor below a large lamp.
TraceScene lamp_over_floor() {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.8f, 0.8f, 0.8f}));
  b.scene.camera = camera({0, 0, 1.5f}, {0, 0, 0});
  TraceLight lamp;
  lamp.kind = TraceLight::Kind::Area;
  lamp.matrix = translation_matrix({0, 0, 2});
  lamp.power = {50, 50, 50};
  lamp.size = {2, 2};
  b.scene.lights.push_back(lamp);
  return b.scene;
}

TEST(LightSampling, AllWaysFindTheSameLight) {
  RenderSettings settings = small_picture(8, 8, 512);
  const float expected = brightness(lamp_over_floor(), settings);
  for (const LightSampling way : {LightSampling::Forward, LightSampling::Explicit}) {
    settings.light_sampling = way;
    EXPECT_NEAR(brightness(lamp_over_floor(), settings), expected, 0.02f * expected);
  }
}

TEST(LightSampling, PathsAloneDoNotMeetPoints) {
  TraceScene scene = lamp_over_floor();
  scene.lights[0].kind = TraceLight::Kind::Point;
  RenderSettings settings = small_picture(8, 8, 16);
  settings.light_sampling = LightSampling::Forward;

  EXPECT_EQ(brightness(scene, settings), 0.0f);
}

}  // namespace
}  // namespace kiln::render
