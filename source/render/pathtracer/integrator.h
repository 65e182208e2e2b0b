#pragma once

#include <memory>
#include <vector>

#include "render/pathtracer/bake.h"
#include "render/pathtracer/camera.h"
#include "render/pathtracer/film.h"
#include "render/pathtracer/geometry.h"
#include "render/pathtracer/lights.h"
#include "render/pathtracer/path_state.h"
#include "render/pathtracer/pixel_filter.h"

namespace kiln::render {

/// A rectangle of pixels, upper bounds excluded.
struct Tile {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

/// Follows paths in waves: all paths of a wave meet surfaces, are sorted by material, shaded in
/// batches, connected to lights, and go on together, so that shaders run over arrays.
///
/// Wavefront path tracing: Laine, Karras and Aila, "Megakernels considered harmful", HPG 2013.
/// Weights of techniques: Veach and Guibas, "Optimally combining sampling techniques", SIGGRAPH
/// 1995.
class Integrator {
public:
  Integrator(const TraceScene& scene, const RenderSettings& settings, const SceneGeometry& geometry,
             const CameraModel& camera, const LightSet& lights, const FilmLayout& layout);

  /// Everything a thread needs to work; use one at a time.
  struct Memory;
  struct MemoryDeleter {
    void operator()(Memory* memory) const;
  };
  using MemoryPointer = std::unique_ptr<Memory, MemoryDeleter>;
  MemoryPointer make_memory() const;

  /// Adds samples [first, first + count) of the tile's pixels to the film, summed up before they
  /// are added; only of pixels whose byte in `active` (one a pixel of the film, rows from the
  /// bottom) is not 0, if given.
  void render_tile(const Tile& tile, int first, int count, Film& film, Memory& memory,
                   std::span<const std::uint8_t> active = {}) const;

  /// The same for points of surfaces, seen from straight above, instead of pixels: point i adds to
  /// pixel (i, 0) of the film.
  void render_points(std::span<const SurfacePoint> points, int begin, int end, int first, int count,
                     Film& film, Memory& memory) const;

  /// Number of samples of one pixel that fit into a wave together.
  static constexpr int wave_size = 1024;

private:
  struct ShadowRay;

  Sampler sampler_of(std::uint32_t x, std::uint32_t y, int sample) const;
  void start_path(int x, int y, int sample, PathState& path) const;
  TraceHit start_on_surface(const SurfacePoint& point, int index, int sample,
                            PathState& path) const;
  /// Fills in what a finished sample tells about noise.
  void measure_noise(int index, float* sample) const;
  void trace_wave(Memory& memory) const;
  void meet_lamps(const PathState& path, float distance, Memory& memory) const;
  void meet_background(Memory& memory) const;
  void shade(const int* order, int count, int material, Memory& memory) const;
  void sample_lights(Memory& memory, int count) const;
  void finish_light_samples(Memory& memory) const;
  void receive(const ShadowRay& shadow, Memory& memory) const;
  void trace_shadows(Memory& memory) const;
  void trace_transparent_shadows(Memory& memory) const;
  bool continue_path(PathState& path, shading::ShadingBatch& batch, int lane, Memory& memory) const;
  void write_surface_passes(PathState& path, const TraceHit& hit, shading::ShadingBatch& batch,
                            int lane, float* out) const;
  /// What the passes that are no light ask of a surface that the camera sees: names, rays to the
  /// surroundings, rays to lamps.
  void write_mattes(const PathState& path, int instance, int material, float coverage,
                    float* out) const;
  void sample_occlusion(const PathState& path, const shading::ShadingBatch& batch, int lane,
                        Memory& memory) const;
  /// Adds the light of `FastGi::Add` that reaches a surface.
  void sample_open_sky(const PathState& path, const shading::ShadingBatch& batch, int lane,
                       Memory& memory) const;
  /// Whether the next diffuse bounce is the last one, and short (`FastGi::Replace`).
  bool is_last_before_sky(const PathState& path) const;
  /// Weight of light that a path meets and that a sample finds with density `light_pdf` (0: never).
  float met_weight(const PathState& path, float light_pdf) const;
  void sample_shadow(const PathState& path, const shading::ShadingBatch& batch, int lane,
                     Memory& memory) const;
  void fill_path_lanes(const PathState& path, shading::ShadingBatch& batch, int lane,
                       float ray_length) const;
  void filter_closures(const PathState& path, shading::ClosureSet& closures) const;
  /// Adds light that arrives after `bounces` bounces, limited, to the combined pass and the light
  /// pass it belongs to.
  void add_light(const PathState& path, float* out, float3 light, int bounces, PassKind source,
                 int lightgroup) const;
  void add_to_group(float* out, int lightgroup, float3 light) const;
  /// How far, in pixels, a point of a surface moves in the picture.
  void write_vector(const TraceHit& hit, float3 position, float* out) const;
  float3 clamp_light(float3 light, int bounces) const;

  const TraceScene& scene_;
  const RenderSettings& settings_;
  const SceneGeometry& geometry_;
  const CameraModel& camera_;
  const LightSet& lights_;
  const FilmLayout& layout_;
  FilterTable filter_;
  std::vector<CameraModel> vector_cameras_;  // a frame before, and after; empty: nobody asks
  // What cryptomattes call instances and materials.
  std::vector<float> object_names_, asset_names_, material_names_;
};

}  // namespace kiln::render
