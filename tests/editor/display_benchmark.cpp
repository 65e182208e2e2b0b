// Time of showing pictures of common sizes: `display_benchmark`, not a part of the tests. Bytes:
// the transform on all cores and the upload; Shader: the upload of half floats and drawing, and
// drawing alone.
#include <benchmark/benchmark.h>

#include "editor/image/display.h"
#include "render/raster/display_pass.h"
#include "render/raster/offscreen.h"

namespace kiln::editor {
namespace {

using render::raster::DisplayPass;
using render::raster::OffscreenContext;

constexpr std::pair<int, int> sizes[] = {{1920, 1080}, {3840, 2160}, {7680, 4320}};

struct Case {
  image::ColorManagement colors = *image::ColorManagement::load(KILN_COLOR_CONFIG);
  image::ViewSettings view;
  std::unique_ptr<OffscreenContext> context;
  std::vector<float> pixels;
  LinearPicture picture;
  DisplayPass::Place place;

  explicit Case(std::int64_t size) {
    const auto [width, height] = sizes[size];
    view.view = "Filmic";
    context = std::move(*OffscreenContext::create(1920, 1080));
    pixels.resize(std::size_t(width) * std::size_t(height) * 4);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = i % 4 == 3 ? 1.0f : float((i * 2654435761u) >> 16 & 0xffff) / 16384.0f;
    }
    picture = {width, height, 4, pixels.data(), nullptr};
    place.rect = {0, 0, 1920, 1080};
    place.width = 1920;
    place.height = 1080;
  }
  void finish() const { benchmark::DoNotOptimize(context->read_pixels()); }
};

void bytes(benchmark::State& state) {
  const Case c(state.range(0));
  DisplayPass pass;
  for (auto _ : state) {
    const Result<DisplayPicture> shown = display_picture(c.picture, c.colors, c.view, 0.0f);
    static_cast<void>(pass.set_display_bytes(shown->width, shown->height, shown->bytes.data()));
    static_cast<void>(pass.draw(c.place, c.context->framebuffer()));
    c.finish();
  }
}

void shader(benchmark::State& state) {
  const Case c(state.range(0));
  DisplayPass pass;
  static_cast<void>(pass.set_transform(*c.colors.display_shader(c.view)));
  for (auto _ : state) {
    static_cast<void>(
        pass.set_scene_linear(c.picture.width, c.picture.height, 4, c.picture.pixels));
    static_cast<void>(pass.draw(c.place, c.context->framebuffer()));
    c.finish();
  }
}

void shader_again(benchmark::State& state) {
  const Case c(state.range(0));
  DisplayPass pass;
  static_cast<void>(pass.set_transform(*c.colors.display_shader(c.view)));
  static_cast<void>(pass.set_scene_linear(c.picture.width, c.picture.height, 4, c.picture.pixels));
  for (auto _ : state) {
    static_cast<void>(pass.draw(c.place, c.context->framebuffer()));
    c.finish();
  }
}

BENCHMARK(bytes)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(shader)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(shader_again)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kiln::editor

BENCHMARK_MAIN();
