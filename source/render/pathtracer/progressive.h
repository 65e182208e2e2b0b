#pragma once

#include <memory>
#include <optional>
#include <span>

#include "render/pathtracer/render.h"

namespace kiln::render {

/// A picture that is looked at while it gets better: more and more samples of one view, begun anew
/// at once when the view changes. What follows from the scene alone (BVH, lights) is made once.
/// With the same samples it is equal to the bit to what `render` makes of the combined pass.
/// For one thread at a time.
class ProgressiveRender {
public:
  /// Of `settings`, what belongs to the way light is followed counts, adaptive sampling and
  /// denoising too: size, passes and motion blur do not. `shown`: a pass that is wanted besides the
  /// combined one. Errors: out of memory.
  static Result<std::unique_ptr<ProgressiveRender>> create(
      TraceScene scene, const RenderSettings& settings, BvhCache& cache,
      const std::optional<PassRequest>& shown = {});
  ~ProgressiveRender();

  /// Begins a new picture. Cost: the memory of the picture.
  void look(const TraceCamera& camera, int width, int height);
  /// Adds samples to every pixel. False when cancelled: the picture is then to be begun anew.
  bool add_samples(int count, const Progress& progress);
  /// Of every pixel that still needs some, since `look`.
  int samples() const;
  /// Whether adaptive sampling has no pixel left that needs more.
  bool is_finished() const;
  std::size_t pixel_count() const;
  /// Of every pixel, whether it still gets samples (0: no); empty: all do.
  std::span<const std::uint8_t> active_pixels() const;
  /// The combined pass so far, and the one that was asked for.
  RenderResult picture() const;
  /// The same without noise, where the settings say so (`denoise.h`); nothing when cancelled.
  std::optional<RenderResult> denoised(Progress& progress) const;
  /// The scene's own camera.
  const TraceCamera& scene_camera() const;

private:
  struct State;
  explicit ProgressiveRender(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiln::render
