#pragma once

#include <vector>

#include "render/pathtracer/distribution.h"
#include "render/pathtracer/geometry.h"
#include "render/pathtracer/lamps.h"
#include "render/shading/program.h"

namespace kiln::render {

/// Memory for running shader programs, one a thread.
struct ShaderScratch {
  shading::ShadingBatch batch;
  shading::Workspace workspace;
};

/// A point of some light chosen for next-event estimation. Lamps bring their radiance; emissive
/// triangles and the background have theirs still to be found by running their shader.
struct LightSample {
  enum class Source : std::uint8_t { None, Lamp, Triangle, Background };
  Source source = Source::None;
  float3 direction;
  float distance = 1e30f;
  float3 radiance;
  float pdf =
      0.0f;  ///< per solid angle, choice of the light included; of a delta lamp the choice alone
  bool is_delta = false;
  bool casts_shadow = true;
  int lamp = -1;
  TraceHit hit;  ///< Triangle: where
  RayVisibility visibility;
  int lightgroup = -1;
};

/// All lights of a scene and how they are chosen.
class LightSet {
public:
  LightSet(const TraceScene& scene, const SceneGeometry& geometry);

  bool empty() const { return entries_.empty(); }
  LightSample sample(float3 point, float time, float2 random) const;

  /// Densities with which `sample` at `point` finds what a ray from there hit.
  float triangle_pdf(const TraceHit& hit, float3 point, float3 direction, float distance,
                     float time) const;
  float background_pdf(float3 direction) const;
  bool has_lamps() const { return !lamps_.empty(); }
  const std::vector<LampModel>& lamps() const { return lamps_; }
  float lamp_choice(int lamp) const { return lamp_choice_[lamp]; }

  /// Radiance of the background for rays of `directions`, up to one batch.
  void background(std::span<const float3> directions, std::span<const std::uint32_t> ray_flags,
                  std::span<const float> ray_depths, std::span<float3> radiance,
                  ShaderScratch& scratch) const;

private:
  struct Entry {
    LightSample::Source source = LightSample::Source::Lamp;
    int lamp = -1;
    int instance = -1, primitive = -1;
    float area = 0.0f;
  };
  void add_triangles(const TraceScene& scene, std::vector<float>& weights);
  void prepare_background(const TraceScene& scene);

  const TraceScene& scene_;
  const SceneGeometry& geometry_;
  std::vector<LampModel> lamps_;
  std::vector<float> lamp_choice_;
  std::vector<Entry> entries_;
  AliasTable choice_;
  std::vector<int> first_triangle_;    // entry of triangle 0 of every instance, or -1
  std::vector<int> triangle_entries_;  // entry per triangle of the shining instances, or -1
  Distribution2d background_map_;
  int background_entry_ = -1;
};

}  // namespace kiln::render
