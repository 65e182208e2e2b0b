#include "render/pathtracer/progressive.h"

#include "support.h"

namespace kiln::render {
namespace {

// A ball on a floor in even light.
TraceScene ball() {
  SceneBuilder b;
  b.add(quad(6), diffuse_material({0.7f, 0.6f, 0.5f}));
  b.add(sphere(0.5f, 24, 12), diffuse_material({0.2f, 0.5f, 0.8f}),
        translation_matrix({0, 0, 0.5f}));
  b.scene.world.shader = background_material({0.5f, 0.7f, 1.0f}, 0.8f);
  b.scene.camera = camera({0, -4, 2}, {0, 0, 0.5f});
  return b.scene;
}

std::unique_ptr<ProgressiveRender> made(const TraceScene& scene, const RenderSettings& settings,
                                        BvhCache& cache) {
  Result<std::unique_ptr<ProgressiveRender>> result =
      ProgressiveRender::create(scene, settings, cache);
  EXPECT_TRUE(bool(result));
  return std::move(*result);
}

TEST(ProgressiveRender, AddsUpToTheSamePictureAsARender) {
  RenderSettings settings = small_picture(40, 30, 16);
  settings.samples_per_chunk = 8;
  BvhCache cache;
  const auto progressive = made(ball(), settings, cache);
  const Progress progress;

  progressive->look(ball().camera, 40, 30);
  ASSERT_TRUE(progressive->add_samples(8, progress));
  ASSERT_TRUE(progressive->add_samples(8, progress));

  EXPECT_EQ(progressive->samples(), 16);
  EXPECT_EQ(progressive->picture().find(PassKind::Combined)->pixels,
            rendered(ball(), settings).find(PassKind::Combined)->pixels);
}

TEST(ProgressiveRender, AnotherViewStartsAnewAndKeepsTheShapes) {
  RenderSettings settings = small_picture(40, 30, 4);
  BvhCache cache;
  const auto progressive = made(ball(), settings, cache);
  const Progress progress;
  progressive->look(ball().camera, 10, 8);
  ASSERT_TRUE(progressive->add_samples(1, progress));
  const int built = cache.built_count();
  const TraceCamera other = camera({4, 0, 2}, {0, 0, 0.5f});

  progressive->look(other, 40, 30);
  ASSERT_TRUE(progressive->add_samples(4, progress));

  TraceScene moved = ball();
  moved.camera = other;
  EXPECT_EQ(progressive->samples(), 4);
  EXPECT_EQ(cache.built_count(), built);
  EXPECT_EQ(progressive->picture().find(PassKind::Combined)->pixels,
            rendered(moved, settings).find(PassKind::Combined)->pixels);
}

TEST(ProgressiveRender, PixelsThatAreGoodEnoughGetNoMore) {
  RenderSettings settings = small_picture(40, 30, 4096);
  settings.use_adaptive_sampling = true;
  settings.adaptive_threshold = 0.5f;
  settings.adaptive_min_samples = 8;
  BvhCache cache;
  const auto progressive = made(ball(), settings, cache);
  const Progress progress;
  progressive->look(ball().camera, 40, 30);

  int rounds = 0;
  while (!progressive->is_finished() && rounds < 100) {
    ASSERT_TRUE(progressive->add_samples(8, progress));
    ++rounds;
  }

  EXPECT_LT(rounds, 100);
  const int samples = progressive->samples();
  ASSERT_TRUE(progressive->add_samples(8, progress));
  EXPECT_EQ(progressive->samples(), samples);
}

TEST(ProgressiveRender, ShowsItsPictureWithoutNoise) {
  RenderSettings settings = small_picture(40, 30, 64);
  settings.use_denoising = true;
  BvhCache cache;
  const auto progressive = made(ball(), settings, cache);
  Progress progress;
  progressive->look(ball().camera, 40, 30);
  ASSERT_TRUE(progressive->add_samples(4, progress));

  const auto smooth = progressive->denoised(progress);
  ASSERT_TRUE(smooth);

  // Nearer to the picture of many samples.
  settings.use_denoising = false;
  settings.samples = 256;
  const std::vector<float> truth = rendered(ball(), settings).find(PassKind::Combined)->pixels;
  const auto error = [&](const RenderResult& result) {
    const auto& pixels = result.find(PassKind::Combined)->pixels;
    double sum = 0.0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      sum += double(pixels[i] - truth[i]) * double(pixels[i] - truth[i]);
    }
    return sum;
  };
  EXPECT_LT(error(*smooth), 0.7 * error(progressive->picture()));
  progress.cancel();
  EXPECT_FALSE(progressive->denoised(progress));
}

TEST(ProgressiveRender, StopsWhenCancelled) {
  BvhCache cache;
  const auto progressive = made(ball(), small_picture(40, 30, 4), cache);
  Progress progress;
  progress.cancel();

  progressive->look(ball().camera, 40, 30);

  EXPECT_FALSE(progressive->add_samples(4, progress));
}

}  // namespace
}  // namespace kiln::render
