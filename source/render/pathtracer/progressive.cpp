#include "render/pathtracer/progressive.h"

#include <optional>

#include "core/tasks.h"
#include "render/pathtracer/adaptive.h"
#include "render/pathtracer/denoise.h"
#include "render/pathtracer/tiles.h"

namespace kiln::render {
namespace {

RenderSettings for_viewing(RenderSettings settings, const std::optional<PassRequest>& shown) {
  settings.passes = {{PassKind::Combined, {}, true, 0}};
  if (shown && shown->kind != PassKind::Combined) {
    settings.passes.push_back(*shown);
  }
  settings.use_motion_blur = false;
  settings.width = settings.height = 1;
  return settings;
}

}  // namespace

// Members refer to those before them, so it stays where it was made.
struct ProgressiveRender::State {
  TraceScene scene;
  RenderSettings settings;
  CameraModel camera;
  FilmLayout layout;
  std::unique_ptr<SceneGeometry> geometry;
  std::optional<LightSet> lights;
  std::optional<Integrator> integrator;
  std::optional<Film> film;
  std::optional<AdaptiveSampling> adaptive;
  bool is_finished = false;
  MemoryPool pool;
  int samples = 0;

  State(TraceScene traced, const RenderSettings& wanted, const std::optional<PassRequest>& shown)
      : scene(std::move(traced)),
        settings(for_viewing(wanted, shown)),
        camera(scene.camera, settings),
        layout(settings) {}
};

ProgressiveRender::ProgressiveRender(std::unique_ptr<State> state) : state_(std::move(state)) {}
ProgressiveRender::~ProgressiveRender() = default;

Result<std::unique_ptr<ProgressiveRender>> ProgressiveRender::create(
    TraceScene scene, const RenderSettings& settings, BvhCache& cache,
    const std::optional<PassRequest>& shown) {
  const DenormalsAreZero guard;
  auto state = std::make_unique<State>(std::move(scene), settings, shown);
  Result<std::unique_ptr<SceneGeometry>> geometry =
      SceneGeometry::build(state->scene, state->settings, state->camera, cache);
  if (!geometry) {
    return geometry.error();
  }
  state->geometry = std::move(*geometry);
  state->lights.emplace(state->scene, *state->geometry);
  return std::unique_ptr<ProgressiveRender>(new ProgressiveRender(std::move(state)));
}

void ProgressiveRender::look(const TraceCamera& camera, int width, int height) {
  State& s = *state_;
  s.settings.width = std::max(width, 1);
  s.settings.height = std::max(height, 1);
  s.camera = CameraModel(camera, s.settings);
  s.integrator.emplace(s.scene, s.settings, *s.geometry, s.camera, *s.lights, s.layout);
  s.film.emplace(s.settings, s.layout);
  s.adaptive.emplace(s.settings);
  s.is_finished = false;
  s.samples = 0;
}

bool ProgressiveRender::add_samples(int count, const Progress& progress) {
  State& s = *state_;
  if (!s.film || count < 1) {
    return s.film.has_value();
  }
  if (s.is_finished) {
    return true;
  }
  const std::vector<Tile> tiles = make_tiles(s.settings.width, s.settings.height);
  parallel_for(tiles.size(), 1, [&](std::size_t begin, std::size_t end) {
    const DenormalsAreZero guard;
    Integrator::MemoryPointer memory = s.pool.take(*s.integrator);
    for (std::size_t i = begin; i < end && !progress.cancelled(); ++i) {
      s.integrator->render_tile(tiles[i], s.samples, count, *s.film, *memory, s.adaptive->active());
    }
    s.pool.give_back(std::move(memory));
  });
  s.samples += count;
  if (progress.cancelled()) {
    return false;
  }
  s.is_finished =
      s.settings.use_adaptive_sampling && !s.adaptive->update(*s.film, s.layout, s.samples);
  return true;
}

bool ProgressiveRender::is_finished() const {
  return state_->is_finished;
}

std::size_t ProgressiveRender::pixel_count() const {
  return std::size_t(state_->settings.width) * std::size_t(state_->settings.height);
}

std::span<const std::uint8_t> ProgressiveRender::active_pixels() const {
  return state_->adaptive ? state_->adaptive->active() : std::span<const std::uint8_t>();
}

int ProgressiveRender::samples() const {
  return state_->samples;
}

RenderResult ProgressiveRender::picture() const {
  return state_->film ? state_->film->develop(state_->settings, state_->samples) : RenderResult{};
}

std::optional<RenderResult> ProgressiveRender::denoised(Progress& progress) const {
  RenderResult result = picture();
  const State& s = *state_;
  if (s.film && s.settings.use_denoising &&
      !put_denoised(s.film->denoise_input(s.settings), result, progress)) {
    return std::nullopt;
  }
  return result;
}

const TraceCamera& ProgressiveRender::scene_camera() const {
  return state_->scene.camera;
}

}  // namespace kiln::render
