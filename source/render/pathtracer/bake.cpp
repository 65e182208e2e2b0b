#include "render/pathtracer/bake.h"

#include "core/tasks.h"
#include "render/pathtracer/integrator.h"

namespace kiln::render {

Result<RenderResult> bake(const TraceScene& scene, const RenderSettings& picture,
                          std::span<const SurfacePoint> points, Progress& progress) {
  if (points.size() > (std::size_t(1) << 30)) {
    return Error::invalid("{} points to bake; expected at most {}", points.size(), 1 << 30);
  }
  RenderSettings settings = picture;
  settings.width = int(points.size());
  settings.height = 1;
  settings.use_adaptive_sampling = settings.use_denoising = false;
  settings.use_motion_blur = settings.film_transparent = false;
  progress.report(0.0f, "Building BVH");
  BvhCache cache;
  const CameraModel camera(scene.camera, settings);
  const auto geometry = SceneGeometry::build(scene, settings, camera, cache);
  if (!geometry) {
    return geometry.error();
  }
  const LightSet lights(scene, **geometry);
  const FilmLayout layout(settings);
  const Integrator integrator(scene, settings, **geometry, camera, lights, layout);
  Film film(settings, layout);

  const int chunk = std::max(settings.samples_per_chunk, 1);
  for (int done = 0; done < settings.samples; done += chunk) {
    const int count = std::min(chunk, settings.samples - done);
    parallel_for(points.size(), 1024, [&](std::size_t begin, std::size_t end) {
      const Integrator::MemoryPointer memory = integrator.make_memory();
      for (std::size_t at = begin; at < end && !progress.cancelled(); at += 1024) {
        integrator.render_points(points, int(at), int(std::min(at + 1024, end)),
                                 settings.sample_offset + done, count, film, *memory);
      }
    });
    if (progress.cancelled()) {
      return Error::cancelled();
    }
    progress.report(float(done + count) / float(settings.samples), "Baking");
  }
  return film.develop(settings, settings.samples);
}

}  // namespace kiln::render
