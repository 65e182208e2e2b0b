#include "render/pathtracer/render.h"

#include <set>

#include "core/stopwatch.h"
#include "core/tasks.h"
#include "render/pathtracer/adaptive.h"
#include "render/pathtracer/cryptomatte.h"
#include "render/pathtracer/denoise.h"
#include "render/pathtracer/film.h"
#include "render/pathtracer/tiles.h"

namespace kiln::render {
namespace {

// Leaves nothing outside of the border, or cuts that off.
void keep_border(RenderResult& result, const RenderSettings& settings) {
  const PixelRect& part = settings.border;
  if (part.is_empty()) {
    return;
  }
  const int width = part.x1 - part.x0, height = part.y1 - part.y0;
  for (PassImage& pass : result.passes) {
    const std::size_t channels = pass.channels.size();
    const int stride = settings.crops_to_border ? width : result.width;
    std::vector<float> kept(channels * std::size_t(stride) *
                            std::size_t(settings.crops_to_border ? height : result.height));
    for (int y = part.y0; y < part.y1; ++y) {
      const int row = settings.crops_to_border ? y - part.y0 : y;
      const int column = settings.crops_to_border ? 0 : part.x0;
      const auto at = [&](int x, int line, int columns) {
        return channels * (std::size_t(line) * std::size_t(columns) + std::size_t(x));
      };
      std::copy_n(pass.pixels.data() + at(part.x0, y, result.width), channels * std::size_t(width),
                  kept.data() + at(column, row, stride));
    }
    pass.pixels = std::move(kept);
  }
  if (settings.crops_to_border) {
    result.width = width;
    result.height = height;
  }
}

std::vector<PassManifest> manifests_of(const TraceScene& scene, const RenderSettings& settings) {
  std::vector<PassManifest> out;
  for (const PassRequest& request : settings.passes) {
    std::set<std::string> names;
    if (request.kind == PassKind::CryptomatteMaterial) {
      for (const TraceMaterial& material : scene.materials) {
        names.insert(material.name);
      }
    } else if (request.kind == PassKind::CryptomatteObject ||
               request.kind == PassKind::CryptomatteAsset) {
      for (const TraceInstance& instance : scene.instances) {
        names.insert(request.kind == PassKind::CryptomatteObject ? instance.name
                                                                 : instance.asset_name);
      }
    } else {
      continue;
    }
    out.push_back({pass_info(request).name, cryptomatte::manifest(names)});
  }
  return out;
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
  const Stopwatch watch;
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
  const std::vector<Tile> tiles = make_tiles(settings.width, settings.height, settings.border);

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
      RenderResult so_far = film.develop(settings, done + count);
      keep_border(so_far, settings);
      on_chunk(so_far);
    }
    if (settings.time_limit > 0.0f && watch.seconds() >= double(settings.time_limit)) {
      break;
    }
    if (settings.use_adaptive_sampling && !adaptive.update(film, layout, done + count)) {
      break;
    }
  }
  RenderResult result = film.develop(settings, settings.samples);
  if (settings.use_denoising && !put_denoised(film.denoise_input(settings), result, progress)) {
    return Error::cancelled();
  }
  keep_border(result, settings);
  result.manifests = manifests_of(scene, settings);
  return result;
}

}  // namespace kiln::render
