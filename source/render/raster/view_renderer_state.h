#pragma once

#include <array>
#include <optional>
#include <string>

#include "render/raster/scene_buffers.h"
#include "render/raster/view_renderer.h"

namespace kiln::render::raster {

/// Lets shaders cut off what is behind the clip planes for as long as it lives.
class ClipScope {
public:
  explicit ClipScope(bool is_on) : is_on_(is_on) { set(true); }
  ~ClipScope() { set(false); }
  ClipScope(const ClipScope&) = delete;
  ClipScope& operator=(const ClipScope&) = delete;

private:
  void set(bool enables) const {
    for (GLenum i = 0; is_on_ && i < 6; ++i) {
      enables ? glEnable(GL_CLIP_DISTANCE0 + i) : glDisable(GL_CLIP_DISTANCE0 + i);
    }
  }
  bool is_on_;
};

/// What a view renderer keeps between frames. Used by `view_renderer.cpp` and `view_pick.cpp` only.
struct ViewRenderer::State {
  std::shared_ptr<GpuStore> store;
  SceneBuffers scene;
  GLuint marks = 0;

  // Pictures of the present size; those of transparency and the shadow map are made when first
  // needed.
  int width = 0, height = 0;
  GLuint shaded = 0, facts = 0, depth = 0, picture = 0;
  GLuint layers = 0, passed = 0;
  GLuint backdrop = 0;  ///< the background with the pictures that lie behind everything
  GLuint surface_target = 0, picture_target = 0, layer_target = 0;
  GLuint shadow_map = 0, shadow_target = 0;
  static constexpr int shadow_size = 2048;
  GLuint matcap = 0;
  std::string matcap_name;
  GLuint rendered = 0;
  std::shared_ptr<const ViewPicture> rendered_from;
  GLuint sum = 0, sum_target = 0;  ///< of the samples of a picture
  int sample_count = 0;
  std::shared_ptr<const DrawList> sampled_list;  ///< what they show
  ViewCamera sampled_camera;
  std::optional<std::array<float4, 6>> clip_planes;  ///< of the frame that is drawn

  explicit State(std::shared_ptr<GpuStore> gpu_store);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void drop_pictures();
  void resize(int w, int h);
  void need_layers();
  void need_backdrop();
  void need_sum();
  void need_shadow_map();
  void need_matcap(const std::string& name);
  /// The texture of the ball that surfaces take their shading from.
  GLuint matcap_of(const ViewLook& look);
  void take_picture(std::shared_ptr<const ViewPicture> fresh);

  Result<Program> use(const std::string& vertex, const std::string& fragment,
                      const ViewCamera& camera, const float4x4& view_projection, float2 viewport,
                      const ShaderConstants& constants = {}) const;
  /// Draws object numbers of a rectangle into a small picture of its own. `marks_hits`: without
  /// depth, noting all.
  Result<void> draw_numbers(const ViewCamera& camera, const ViewLook& look, int w, int h,
                            const PixelRect& rect, bool marks_hits, GLuint target);

  /// Pictures of a depth that a view shows, the far ones first.
  std::vector<const PlacedPicture*> shown_pictures(const ViewCamera& camera,
                                                   ObjectEmptyImageDepth depth) const;
  bool has_pictures_behind(const ViewCamera& camera, const ViewLook& look) const;
  /// Into the framebuffer that is bound, those that are fixed to the view included.
  Result<void> draw_pictures(const ViewCamera& camera, const ViewLook& look,
                             ObjectEmptyImageDepth depth);
  Result<void> draw_picture_numbers(const ViewCamera& camera, const float4x4& cropped,
                                    float2 viewport, ObjectEmptyImageDepth depth, bool marks_hits);

  /// Adds the picture to the sum of samples.
  Result<void> add_sample(const ViewCamera& camera);
  // Steps of a frame.
  Result<float4x4> draw_shadow_map(const ViewCamera& camera);
  Result<void> draw_surfaces(const ViewCamera& camera, const ViewLook& look);
  Result<void> draw_composite(const ViewCamera& camera, const ViewLook& look);
  Result<void> draw_select_outline(const ViewCamera& camera, const ViewLook& look,
                                   const PixelRect& rect, float outline_width);
  Result<void> draw_overlays(const ViewCamera& camera, const ViewLook& look);
};

}  // namespace kiln::render::raster
