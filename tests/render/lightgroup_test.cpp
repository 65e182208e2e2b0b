// Passes of the light of some lights alone.
#include "support.h"

namespace kiln::render {
namespace {

/// A lamp, a shining square and a sky over a floor, each of a group of its own but for those that
/// `groups` leaves out (-1).
TraceScene three_lights(const std::array<int, 3>& groups) {
  SceneBuilder b;
  b.add(quad(8), diffuse_material({0.8f, 0.7f, 0.6f}));
  b.add(quad(1), emission_material({1.0f, 0.5f, 0.2f}, 5.0f), translation_matrix({0.5f, 0, 0.5f}));
  b.scene.instances[1].lightgroup = groups[1];
  TraceLight lamp;
  lamp.power = {100, 80, 60};
  lamp.radius = 0.2f;
  lamp.matrix = translation_matrix({-1, 0, 2});
  lamp.lightgroup = groups[0];
  b.scene.lights.push_back(lamp);
  b.scene.world.shader = background_material({0.2f, 0.3f, 0.4f}, 1.0f);
  b.scene.world.lightgroup = groups[2];
  b.scene.camera = camera({0, -5, 3}, {0, 0, 0});
  return b.scene;
}

RenderSettings with_groups(int count) {
  RenderSettings settings = small_picture(24, 16, 16);
  settings.sample_clamp_indirect = 2.0f;
  for (int i = 0; i < count; ++i) {
    settings.passes.push_back({PassKind::LightGroup, "group" + std::to_string(i), true, i});
  }
  return settings;
}

TEST(LightGroups, AddUpToTheCombinedPicture) {
  const RenderResult result = rendered(three_lights({0, 1, 2}), with_groups(3));

  ASSERT_EQ(result.passes.size(), 4u);
  EXPECT_EQ(result.passes[1].name, "Combined_group0");
  EXPECT_EQ(result.passes[1].channels, "RGB");
  for (std::size_t p = 0; p < 24 * 16; ++p) {
    for (std::size_t c = 0; c < 3; ++c) {
      float sum = 0.0f;
      for (std::size_t group = 1; group < 4; ++group) {
        sum += result.passes[group].pixels[3 * p + c];
      }
      const float combined = result.passes[0].pixels[4 * p + c];
      EXPECT_NEAR(sum, combined, 1e-4f * (1.0f + combined));
    }
  }
}

TEST(LightGroups, LightOfNoGroupIsTheRest) {
  const RenderResult result = rendered(three_lights({0, -1, 1}), with_groups(2));
  TraceScene without = three_lights({0, -1, 1});
  without.lights.clear();
  without.world = {};
  const RenderResult rest = rendered(without, small_picture(24, 16, 16));

  float3 missing = mean_color(result);
  for (std::size_t group = 1; group < 3; ++group) {
    for (std::size_t i = 0; i < result.passes[group].pixels.size(); ++i) {
      missing[int(i % 3)] -= result.passes[group].pixels[i] / (24.0f * 16.0f);
    }
  }
  for (int c = 0; c < 3; ++c) {
    EXPECT_NEAR(missing[c], mean_color(rest)[c], 0.15f * mean_color(rest)[c]);
    EXPECT_GT(missing[c], 0.0f);
  }
}

TEST(LightGroups, ChangeNothingOfThePicture) {
  EXPECT_EQ(rendered(three_lights({0, 1, 2}), with_groups(3)).passes[0].pixels,
            rendered(three_lights({-1, -1, -1}), with_groups(0)).passes[0].pixels);
}

}  // namespace
}  // namespace kiln::render
