#include "core/tasks.h"
#include "render/shading/sampling.h"
#include "support.h"

namespace kiln::render {
namespace {

float3 corner(const RenderResult& result) {
  const std::vector<float>& p = result.find(PassKind::Combined)->pixels;
  return {p[0], p[1], p[2]};
}

/// A room with a lamp, a glass ball and a bright panel: all kinds of events.
TraceScene busy_scene() {
  SceneBuilder b;
  b.add(quad(6), diffuse_material({0.7f, 0.6f, 0.5f}));
  b.add(sphere(0.5f, 24, 12), glass_material(0.1f, 1.5f), translation_matrix({-0.6f, 0, 0.5f}));
  b.add(sphere(0.4f, 24, 12), diffuse_material({0.2f, 0.5f, 0.8f}),
        translation_matrix({0.6f, 0, 0.4f}));
  b.add(quad(0.7f), emission_material({1.0f, 0.8f, 0.6f}, 8.0f), translation_matrix({0, 0, 2.5f}));
  b.add(quad(1.5f), transparent_material({0.9f, 0.5f, 0.5f}),
        translation_matrix({0.5f, 0.5f, 1.2f}));
  TraceLight lamp;
  lamp.matrix = translation_matrix({1.5f, -1.0f, 2.0f});
  lamp.power = {40, 40, 60};
  lamp.radius = 0.2f;
  b.scene.lights.push_back(lamp);
  b.scene.world.shader = background_material({0.5f, 0.7f, 1.0f}, 0.3f);
  b.scene.camera = camera({0, -4, 2}, {0, 0, 0.5f});
  return b.scene;
}

TEST(Render, FurnaceKeepsAWhiteBallInvisible) {
  SceneBuilder b;
  b.add(sphere(1.0f, 48, 24), diffuse_material({1, 1, 1}));
  b.scene.world.shader = background_material({1, 1, 1}, 0.5f);
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  RenderSettings settings = small_picture(32, 24, 64);
  settings.max_bounces = settings.diffuse_bounces = 64;

  const float3 mean = mean_color(rendered(b.scene, settings));

  // Rays that leave a facet below the smooth normal are lost: a percent at most.
  EXPECT_NEAR(mean.x, 0.5f, 0.005f);
}

TEST(Render, GlassLosesNoLightInAFurnace) {
  SceneBuilder b;
  b.add(sphere(1.0f, 64, 32), glass_material(0.0f, 1.5f));
  b.scene.world.shader = background_material({1, 1, 1}, 0.5f);
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  RenderSettings settings = small_picture(32, 24, 64);
  settings.max_bounces = settings.glossy_bounces = settings.transmission_bounces = 64;

  EXPECT_NEAR(mean_color(rendered(b.scene, settings)).x, 0.5f, 0.005f);
}

TEST(Render, PlaneUnderASunHasTheAnalyticBrightness) {
  SceneBuilder b;
  b.add(quad(20), diffuse_material({0.5f, 0.5f, 0.5f}));
  TraceLight sun;
  sun.kind = TraceLight::Kind::Sun;
  sun.matrix = to_float4x4(euler_to_matrix({pi / 3.0f, 0, 0}));
  sun.power = {2, 2, 2};
  sun.angle = 0.0f;
  b.scene.lights.push_back(sun);
  b.scene.camera = camera({0, 0, 5}, {0, 0, 0});

  const float3 color = corner(rendered(b.scene, small_picture(8, 8, 4)));

  EXPECT_NEAR(color.x, 0.5f * 2.0f * 0.5f * inverse_pi, 1e-4f);
}

TEST(Render, PanelLightsAPlaneByItsFormFactor) {
  // A patch under the middle of a parallel square of the same size as its distance: 4 corner form
  // factors of a rectangle.
  SceneBuilder b;
  b.add(quad(0.01f), diffuse_material({1, 1, 1}));
  b.add(quad(2.0f), emission_material({1, 1, 1}, 1.0f), translation_matrix({0, 0, 1}));
  b.scene.camera = camera({0, 0, 0.5f}, {0, 0, 0}, 8000.0f);
  RenderSettings settings = small_picture(4, 4, 256);
  settings.max_bounces = 0;
  const float q = 1.0f / std::sqrt(2.0f);
  const float form_factor = 4.0f * inverse_pi * q * std::atan(q);

  EXPECT_NEAR(corner(rendered(b.scene, settings)).x, form_factor, 0.01f);
}

TEST(Render, IsTheSameToTheBitForAnyNumberOfThreads) {
  const TraceScene scene = busy_scene();
  const RenderSettings settings = small_picture(70, 50, 20);
  RenderResult one, many;
  {
    const ThreadLimit limit(1);
    one = rendered(scene, settings);
  }
  {
    const ThreadLimit limit(7);
    many = rendered(scene, settings);
  }

  EXPECT_EQ(one.passes[0].pixels, many.passes[0].pixels);
}

TEST(Render, AdaptiveAndDenoisedPicturesAreTheSameForAnyNumberOfThreads) {
  const TraceScene scene = busy_scene();
  RenderSettings settings = small_picture(70, 50, 96);
  settings.use_adaptive_sampling = settings.use_denoising = true;
  settings.adaptive_threshold = 0.1f;
  RenderResult one, many;
  {
    const ThreadLimit limit(1);
    one = rendered(scene, settings);
  }
  {
    const ThreadLimit limit(7);
    many = rendered(scene, settings);
  }

  EXPECT_EQ(one.passes[0].pixels, many.passes[0].pixels);
}

TEST(Render, AdaptivePixelsThatNeverStopAreThoseOfAFixedNumberOfSamples) {
  const TraceScene scene = busy_scene();
  RenderSettings fixed = small_picture(24, 24, 48), adaptive = fixed;
  adaptive.use_adaptive_sampling = true;
  adaptive.adaptive_threshold = 1e-20f;
  adaptive.adaptive_min_samples = 48;

  EXPECT_EQ(rendered(scene, fixed).passes[0].pixels, rendered(scene, adaptive).passes[0].pixels);
}

TEST(Render, AdaptiveSamplingStopsWhereNothingIsNoisy) {
  // A furnace without noise: one chunk is enough, so that a huge number of samples ends at once.
  SceneBuilder b;
  b.scene.world.shader = background_material({1, 1, 1}, 0.5f);
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  RenderSettings settings = small_picture(64, 64, 1 << 20);
  settings.use_adaptive_sampling = true;

  const float3 color = mean_color(rendered(b.scene, settings));

  EXPECT_NEAR(color.x, 0.5f, 1e-4f);
}

TEST(Render, DenoisingComesCloserToTheTruth) {
  const TraceScene scene = busy_scene();
  RenderSettings noisy = small_picture(64, 64, 16), denoised = noisy, truth = noisy;
  denoised.use_denoising = true;
  truth.samples = 1024;
  const std::vector<float> reference = rendered(scene, truth).passes[0].pixels;
  const auto error = [&](const RenderSettings& settings) {
    const std::vector<float> pixels = rendered(scene, settings).passes[0].pixels;
    double sum = 0.0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      const double d = pixels[i] - reference[i];
      sum += d * d / (0.01 + double(reference[i]) * reference[i]);
    }
    return sum;
  };

  EXPECT_LT(error(denoised), 0.5 * error(noisy));
}

TEST(Render, DenoisingKeepsWhatHasNoNoise) {
  SceneBuilder b;
  b.scene.world.shader = background_material({0.2f, 0.5f, 0.8f}, 1.0f);
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  RenderSettings settings = small_picture(40, 20, 16);
  settings.use_denoising = true;

  const RenderResult result = rendered(b.scene, settings);

  for (std::size_t i = 0; i < result.passes[0].pixels.size(); i += 4) {
    EXPECT_NEAR(result.passes[0].pixels[i + 1], 0.5f, 1e-4f);
    EXPECT_EQ(result.passes[0].pixels[i + 3], 1.0f);
  }
}

TEST(Render, DisplacementMovesVertices) {
  GraphBuilder g;
  const int surface = g.add("ShaderNodeBsdfDiffuse");
  g.input(surface, "Color", shading::SocketType::Color, {1, 1, 1, 1})
      .output(surface, "BSDF", shading::SocketType::Shader);
  const int push = g.add("ShaderNodeDisplacement");
  g.input(push, "Height", shading::SocketType::Float, {1.5f})
      .input(push, "Midlevel", shading::SocketType::Float, {0.5f})
      .input(push, "Scale", shading::SocketType::Float, {2.0f})
      .output(push, "Displacement", shading::SocketType::Vector);
  const int end = g.add("ShaderNodeOutputMaterial");
  g.input(end, "Surface", shading::SocketType::Shader)
      .input(end, "Displacement", shading::SocketType::Vector);
  g.link(surface, 0, end, 0).link(push, 0, end, 1);
  SceneBuilder b;
  b.add(quad(1.0f), shading::compile_material(g.graph(), all_nodes(), {false, true}));
  b.scene.camera = camera({0, 0, 10}, {0, 0, 0});
  RenderSettings settings = small_picture(9, 9, 1);
  settings.passes = {{PassKind::Depth, {}, true, 0}};

  const RenderResult result = rendered(b.scene, settings);

  // The quad faces the camera and came two metres nearer.
  EXPECT_NEAR(result.passes[0].pixels[9 * 4 + 4], 8.0f, 1e-3f);
}

TEST(Render, SampleRangesAddUpToTheWhole) {
  const TraceScene scene = busy_scene();
  RenderSettings all = small_picture(24, 24, 32), first = small_picture(24, 24, 16), second = first;
  second.sample_offset = 16;

  const std::vector<float> whole = rendered(scene, all).passes[0].pixels;
  const std::vector<float> a = rendered(scene, first).passes[0].pixels,
                           b = rendered(scene, second).passes[0].pixels;

  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_NEAR(whole[i], 0.5f * (a[i] + b[i]), 1e-5f * std::max(whole[i], 1.0f));
  }
}

TEST(Render, StylesOfSamplingTendToTheSamePicture) {
  const TraceScene scene = busy_scene();
  RenderSettings settings = small_picture(24, 24, 64);
  const float3 plain = mean_color(rendered(scene, settings));
  for (const SamplingStyle style :
       {SamplingStyle{true, 1.0f}, SamplingStyle{false, 0.2f}, SamplingStyle{true, 0.0f}}) {
    settings.sampling = style;
    const float3 mean = mean_color(rendered(scene, settings));
    EXPECT_NEAR(mean.x, plain.x, 0.05f * plain.x) << style.is_sobol << " " << style.distance;
  }
}

TEST(Render, LightBeyondAllNumbersStaysANumber) {
  SceneBuilder b;
  b.add(quad(1), diffuse_material({1, 1, 1}));
  b.scene.world.shader = background_material({1, 1, 1}, 3e38f);
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  for (const float exposure : {0.0f, 1.0f}) {
    RenderSettings settings = small_picture(4, 4, 16);
    settings.exposure = exposure;
    settings.use_denoising = exposure == 0.0f;
    for (const float value : rendered(b.scene, settings).passes[0].pixels) {
      EXPECT_FALSE(std::isnan(value)) << exposure;
    }
  }
}

TEST(Render, KeepsShapesInTheCache) {
  SceneBuilder b;
  TraceMesh ball = sphere(0.2f, 16, 8);
  ball.fingerprint = fingerprint("ball");
  const int first = b.add(ball, diffuse_material({1, 1, 1}));
  b.scene.instances.push_back(b.scene.instances[first]);
  b.scene.instances.back().matrix = translation_matrix({1, 0, 0});
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  BvhCache cache;
  Progress progress;

  ASSERT_TRUE(render(b.scene, small_picture(4, 4, 1), progress, &cache));
  ASSERT_TRUE(render(b.scene, small_picture(4, 4, 1), progress, &cache));

  EXPECT_EQ(cache.built_count(), 1);
}

TEST(Render, SaysWhatIsWrongWithTheScene) {
  SceneBuilder b;
  b.add(quad(1), diffuse_material({1, 1, 1}));
  b.scene.meshes[0].triangles = Array<int3>{{0, 1, 9}};
  Progress progress;

  const Result<RenderResult> result = render(b.scene, small_picture(4, 4, 1), progress);

  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("9"), std::string::npos);
}

TEST(Render, StopsWhenCancelled) {
  Progress progress;
  progress.cancel();

  const Result<RenderResult> result = render(busy_scene(), small_picture(32, 32, 64), progress);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Error::Kind::Cancelled);
}

TEST(Render, TransparentFilmHasAlphaWhereThereIsSomething) {
  SceneBuilder b;
  b.add(sphere(0.5f, 24, 12), diffuse_material({0.5f, 0.5f, 0.5f}));
  b.scene.camera = camera({0, -4, 0}, {0, 0, 0});
  RenderSettings settings = small_picture(21, 21, 8);
  settings.film_transparent = true;

  const RenderResult result = rendered(b.scene, settings);

  const std::vector<float>& p = result.passes[0].pixels;
  EXPECT_FLOAT_EQ(p[3], 0.0f);
  EXPECT_FLOAT_EQ(p[4 * (10 * 21 + 10) + 3], 1.0f);
}

TEST(Render, LightPassesAddUpToTheCombinedPass) {
  TraceScene scene = busy_scene();
  RenderSettings settings = small_picture(24, 18, 32);
  for (const PassKind kind :
       {PassKind::DiffuseDirect, PassKind::DiffuseIndirect, PassKind::DiffuseColor,
        PassKind::GlossyDirect, PassKind::GlossyIndirect, PassKind::GlossyColor,
        PassKind::TransmissionDirect, PassKind::TransmissionIndirect, PassKind::TransmissionColor,
        PassKind::Emission, PassKind::Environment}) {
    settings.passes.push_back({kind, {}, true, 0});
  }

  const RenderResult result = rendered(scene, settings);

  const auto at = [&](PassKind kind, std::size_t i) { return result.find(kind)->pixels[i]; };
  double combined = 0.0, sum = 0.0;
  for (std::size_t i = 0; i < 24 * 18; ++i) {
    combined += at(PassKind::Combined, 4 * i);
    sum += (at(PassKind::DiffuseDirect, 3 * i) + at(PassKind::DiffuseIndirect, 3 * i)) *
               at(PassKind::DiffuseColor, 3 * i) +
           (at(PassKind::GlossyDirect, 3 * i) + at(PassKind::GlossyIndirect, 3 * i)) *
               at(PassKind::GlossyColor, 3 * i) +
           (at(PassKind::TransmissionDirect, 3 * i) + at(PassKind::TransmissionIndirect, 3 * i)) *
               at(PassKind::TransmissionColor, 3 * i) +
           at(PassKind::Emission, 3 * i) + at(PassKind::Environment, 3 * i);
  }
  EXPECT_NEAR(sum, combined, 0.02 * combined);
}

}  // namespace
}  // namespace kiln::render
