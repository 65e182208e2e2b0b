// Passes that are no light: mattes by name, and how open surfaces are.
#include <numbers>

#include "render/pathtracer/cryptomatte.h"
#include "support.h"

namespace kiln::render {
namespace {

/// A plane that fills the picture, with a half transparent one of another name above it.
TraceScene two_planes(float transparency) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.5f, 0.5f, 0.5f}));
  b.add(quad(20), transparent_material({transparency, transparency, transparency}),
        translation_matrix({0, 0, 1}));
  b.scene.instances[0].name = "Floor";
  b.scene.instances[1].name = "Veil";
  b.scene.instances[0].asset_name = b.scene.instances[1].asset_name = "Room";
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  return b.scene;
}

RenderSettings with_pass(PassRequest request) {
  RenderSettings settings = small_picture(4, 4, 16);
  settings.passes.push_back(std::move(request));
  return settings;
}

TEST(Cryptomatte, HashesAsTheSpecificationDoes) {
  EXPECT_EQ(cryptomatte::hash(""), 0u);
  EXPECT_EQ(cryptomatte::hash("hello"), 0x248bfa47u);
  EXPECT_EQ(cryptomatte::hash("hello, world"), 0x149bbb7fu);
  EXPECT_EQ(cryptomatte::hash("Cube"), 0xa8fce865u);
}

TEST(Cryptomatte, RanksTheHeaviestFirst) {
  float slots[6] = {};
  cryptomatte::add(slots, 1.0f, 1.0f);
  cryptomatte::add(slots, 2.0f, 2.0f);
  cryptomatte::add(slots, 1.0f, 3.0f);
  float out[4] = {};

  cryptomatte::rank(slots, 0.5f, out);

  EXPECT_EQ(out[0], 1.0f);
  EXPECT_EQ(out[1], 2.0f);
  EXPECT_EQ(out[2], 2.0f);
  EXPECT_EQ(out[3], 1.0f);
}

TEST(Cryptomatte, NamesInManifestsAreEscaped) {
  EXPECT_EQ(cryptomatte::manifest({"Cube"}), "{\"Cube\":\"a8fce865\"}");
  EXPECT_TRUE(cryptomatte::manifest({"a\"b"}).starts_with("{\"a\\\"b\":"));
}

TEST(Cryptomatte, CoverageIsSharedThroughTransparentSurfaces) {
  const RenderResult result =
      rendered(two_planes(1.0f), with_pass({PassKind::CryptomatteObject, {}, true, 4}));

  // What is fully transparent covers nothing.
  ASSERT_EQ(result.passes.size(), 3u);
  EXPECT_EQ(result.passes[1].name, "CryptoObject00");
  EXPECT_EQ(result.passes[2].name, "CryptoObject01");
  const std::vector<float>& p = result.passes[1].pixels;
  EXPECT_EQ(p[0], cryptomatte::identifier("Floor"));
  EXPECT_NEAR(p[1], 1.0f, 1e-4f);
  EXPECT_EQ(p[3], 0.0f);
  ASSERT_EQ(result.manifests.size(), 1u);
  EXPECT_NE(result.manifests[0].json.find("Veil"), std::string::npos);
}

TEST(Cryptomatte, AssetsAreNamedAfterWhatTheyBelongTo) {
  const RenderResult result =
      rendered(two_planes(1.0f), with_pass({PassKind::CryptomatteAsset, {}, true, 2}));

  EXPECT_EQ(result.passes[1].pixels[0], cryptomatte::identifier("Room"));
}

/// Squares on top of each other that fill a picture from 3 metres: of six names a tenth of it is
/// seen each, of the two last a fifth.
TraceScene squares() {
  SceneBuilder b;
  float left = 1.0f;
  for (int i = 0; i < 8; ++i) {
    b.add(quad(3.0f * 36.0f / 50.0f * std::sqrt(left)), diffuse_material({1, 1, 1}),
          translation_matrix({0, 0, 1e-4f * float(i)}));
    b.scene.instances.back().name = "Square" + std::to_string(i);
    left -= i < 6 ? 0.1f : 0.2f;
  }
  b.scene.camera = camera({0, 0, 3}, {0, 0, 0});
  return b.scene;
}

TEST(Cryptomatte, AccurateMattesFindTheHeaviestOfMany) {
  const auto leading = [&](bool is_accurate) {
    RenderSettings settings = small_picture(1, 1, 256);
    settings.filter = PixelFilter::Box;
    settings.filter_width = 1.0f;
    settings.passes.push_back({PassKind::CryptomatteObject, {}, true, 2, is_accurate});
    const std::vector<float> p = rendered(squares(), settings).passes[1].pixels;
    return p[1] + p[3];
  };

  // With room for two names only, those that came first stay.
  EXPECT_NEAR(leading(true), 0.4f, 0.02f);
  EXPECT_LT(leading(false), 0.35f);
}

TEST(AmbientOcclusion, AnOpenPlaneIsWhiteAndACoveredOneIsNot) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.1f, 0.1f, 0.1f}));
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  const RenderSettings settings = with_pass({PassKind::AmbientOcclusion, {}, true, 0});
  const auto openness = [&] {
    return rendered(b.scene, settings).find(PassKind::AmbientOcclusion)->pixels[0];
  };
  EXPECT_NEAR(openness(), 1.0f, 1e-5f);

  // A lid behind the camera is seen by all rays that go far enough.
  b.add(quad(2000), diffuse_material({0.1f, 0.1f, 0.1f}), translation_matrix({0, 0, 6}));
  b.scene.world.occlusion_distance = 1000.0f;
  EXPECT_LT(openness(), 0.01f);
  b.scene.world.occlusion_distance = 5.9f;
  EXPECT_NEAR(openness(), 1.0f, 1e-5f);
}

/// A plane under suns from two sides, and what hides it from the first.
TraceScene two_suns(float transparency) {
  SceneBuilder b;
  b.add(quad(4), diffuse_material({0.8f, 0.8f, 0.8f}));
  for (const float side : {1.0f, -1.0f}) {
    TraceLight sun;
    sun.kind = TraceLight::Kind::Sun;
    sun.angle = 0.0f;
    sun.matrix = to_float4x4(euler_to_matrix({0, side * std::numbers::pi_v<float> / 4.0f, 0}));
    sun.power = float3{1, 1, 1} * (2.0f + side);
    b.scene.lights.push_back(sun);
  }
  b.add(quad(6), transparent_material({transparency, transparency, transparency}),
        translation_matrix({5, 0, 5}) *
            to_float4x4(euler_to_matrix({0, std::numbers::pi_v<float> / 4.0f, 0})));
  b.scene.camera = camera({0, 0, 3}, {0, 0, 0});
  return b.scene;
}

TEST(ShadowPass, IsTheShareOfLampsThatAreSeenHoweverBright) {
  const RenderSettings settings = with_pass({PassKind::Shadow, {}, true, 0});
  const auto lit = [&](const TraceScene& scene) {
    const std::vector<float> p = rendered(scene, settings).find(PassKind::Shadow)->pixels;
    float sum = 0.0f;
    for (const float value : p) {
      sum += value / float(p.size());
    }
    return sum;
  };

  EXPECT_NEAR(lit(two_suns(1.0f)), 1.0f, 1e-4f);
  EXPECT_NEAR(lit(two_suns(0.0f)), 0.5f, 0.1f);
  EXPECT_NEAR(lit(two_suns(0.5f)), 0.75f, 0.1f);
}

TEST(VectorPass, TellsHowFarSurfacesMoveInPixels) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.5f, 0.5f, 0.5f}));
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  // One metre to the right on the picture's 36 mm by 50 mm, 5 metres away: ten ninths of it are 4
  // pixels.
  const RenderSettings settings = with_pass({PassKind::Vector, {}, true, 0});
  const auto vector = [&] {
    const std::vector<float> p = rendered(b.scene, settings).find(PassKind::Vector)->pixels;
    return std::array<float, 4>{p[0], p[1], p[2], p[3]};
  };
  for (const float value : vector()) {
    EXPECT_NEAR(value, 0.0f, 1e-4f);
  }

  b.scene.instances[0].vector_matrices = {translation_matrix({-1, 0, 0}),
                                          translation_matrix({0, 0.5f, 0})};
  const float pixels = 4.0f * 50.0f / (36.0f * 5.0f);
  EXPECT_NEAR(vector()[0], -pixels, 1e-3f);
  EXPECT_NEAR(vector()[1], 0.0f, 1e-3f);
  EXPECT_NEAR(vector()[2], 0.0f, 1e-3f);
  EXPECT_NEAR(vector()[3], -0.5f * pixels, 1e-3f);

  // A camera that moves along sees no motion.
  TraceScene& scene = b.scene;
  for (const float4x4& matrix : scene.instances[0].vector_matrices) {
    scene.camera.vector_matrices.push_back(matrix * scene.camera.matrix);
  }
  for (const float value : vector()) {
    EXPECT_NEAR(value, 0.0f, 1e-3f);
  }
}

TEST(VectorPass, SeesVerticesMove) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.5f, 0.5f, 0.5f}));
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  TraceMesh& mesh = b.scene.meshes[0];
  Array<float3> moved = mesh.positions;
  for (float3& p : moved.edit()) {
    p.x += 1.0f;
  }
  mesh.vector_positions = {mesh.positions, moved};

  const RenderResult result = rendered(b.scene, with_pass({PassKind::Vector, {}, true, 0}));

  const std::vector<float>& p = result.find(PassKind::Vector)->pixels;
  EXPECT_NEAR(p[0], 0.0f, 1e-4f);
  EXPECT_NEAR(p[2], -4.0f * 50.0f / (36.0f * 5.0f), 1e-3f);
}

TEST(SampleCount, IsTheShareOfTheSamplesThatPixelsGot) {
  SceneBuilder b;
  b.scene.world.shader = background_material({1, 1, 1}, 1.0f);
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  RenderSettings settings = with_pass({PassKind::SampleCount, {}, true, 0});
  const auto share = [&] {
    return rendered(b.scene, settings).find(PassKind::SampleCount)->pixels[0];
  };
  EXPECT_EQ(share(), 1.0f);

  // An even sky needs no more than the fewest that every pixel gets.
  settings.samples = 64;
  settings.samples_per_chunk = settings.adaptive_min_samples = 16;
  settings.use_adaptive_sampling = true;
  EXPECT_EQ(share(), 0.25f);
}

TEST(DenoisingPasses, TellWhatTheFirstSurfaceIs) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.5f, 0.25f, 0.75f}));
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});
  RenderSettings settings = small_picture(4, 4, 16);
  for (const PassKind kind :
       {PassKind::DenoisingAlbedo, PassKind::DenoisingNormal, PassKind::DenoisingDepth}) {
    settings.passes.push_back({kind, {}, true, 0});
  }

  const RenderResult result = rendered(b.scene, settings);

  EXPECT_NEAR(result.find(PassKind::DenoisingAlbedo)->pixels[2], 0.75f, 1e-4f);
  // It faces the camera.
  EXPECT_NEAR(result.find(PassKind::DenoisingNormal)->pixels[2], -1.0f, 1e-4f);
  EXPECT_NEAR(result.find(PassKind::DenoisingDepth)->pixels[0], 5.0f, 1e-4f);
}

}  // namespace
}  // namespace kiln::render
