#include "render/pathtracer/render.h"

#include "core/tasks.h"
#include "render/pathtracer/adaptive.h"
#include "render/pathtracer/denoise.h"
#include "render/pathtracer/tiles.h"

namespace kiln::render {
namespace {

// Replaces the colors of the combined pass; false when cancelled.
bool put_denoised(const DenoiseInput& input, RenderResult& result, Progress& progress) {
  const std::vector<float> colors = denoise(input, progress);
  for (PassImage& pass : result.passes) {
    if (pass.request.kind != PassKind::Combined) {
      continue;
    }
    for (std::size_t p = 0; 3 * p < colors.size(); ++p) {
      std::copy_n(colors.data() + 3 * p, 3, pass.pixels.data() + 4 * p);
    }
  }
  return !colors.empty();
}

}  // namespace

Result<RenderResult> render(const TraceScene& scene, const RenderSettings& settings,
                            Progress& progress, BvhCache* cache,
                            const std::function<void(const RenderResult&)>& on_chunk) {
  if (settings.width < 1 || settings.height < 1 || settings.width > 65536 ||
      settings.height > 65536) {
    return Error::invalid("a picture of {} x {} pixels; expected 1 to 65536 each way",
                          settings.width, settings.height);
  }
  if (settings.samples < 1) {
    return Error::invalid("{} samples; expected at least 1", settings.samples);
  }
  const DenormalsAreZero guard;
  progress.report(0.0f, "Building BVH");
  BvhCache own_cache;
  const CameraModel camera(scene.camera, settings);
  const auto geometry = SceneGeometry::build(scene, settings, camera, cache ? *cache : own_cache);
  if (!geometry) {
    return geometry.error();
  }
  progress.report(0.0f, "Preparing lights");
  const LightSet lights(scene, **geometry);
  const FilmLayout layout(settings);
  const Integrator integrator(scene, settings, **geometry, camera, lights, layout);
  Film film(settings, layout);
  MemoryPool pool;
  const std::vector<Tile> tiles = make_tiles(settings.width, settings.height);

  const int chunk = std::max(settings.samples_per_chunk, 1);
  AdaptiveSampling adaptive(settings);
  for (int done = 0; done < settings.samples; done += chunk) {
    const int count = std::min(chunk, settings.samples - done);
    parallel_for(tiles.size(), 1, [&](std::size_t begin, std::size_t end) {
      const DenormalsAreZero task_guard;
      Integrator::MemoryPointer memory = pool.take(integrator);
      for (std::size_t i = begin; i < end && !progress.cancelled(); ++i) {
        integrator.render_tile(tiles[i], settings.sample_offset + done, count, film, *memory,
                               adaptive.active());
      }
      pool.give_back(std::move(memory));
    });
    if (progress.cancelled()) {
      return Error::cancelled();
    }
    progress.report(float(done + count) / float(settings.samples), "Sampling");
    if (on_chunk && done + count < settings.samples) {
      on_chunk(film.develop(settings, done + count));
    }
    if (settings.use_adaptive_sampling && !adaptive.update(film, layout, done + count)) {
      break;
    }
  }
  RenderResult result = film.develop(settings, settings.samples);
  if (settings.use_denoising && !put_denoised(film.denoise_input(settings), result, progress)) {
    return Error::cancelled();
  }
  return result;
}

}  // namespace kiln::render
