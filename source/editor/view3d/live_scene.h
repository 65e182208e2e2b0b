#pragma once

#include <map>

#include "document/project.h"
#include "evaluation/evaluated_scene.h"
#include "operators/color_service.h"
#include "operators/image_store.h"
#include "render/pathtracer/progressive.h"
#include "render/raster/camera.h"
#include "render/shading/texture_image.h"

namespace kiln::editor {

struct LiveView;

/// The scene of a live picture as the path tracer has it, with what is kept from one state of the
/// document to the next: shapes and textures that did not change. One thread at a time.
class LiveScene {
public:
  explicit LiveScene(const Services& services);

  /// What viewports show of the scene. Errors: out of memory.
  Result<void> build(const evaluation::EvaluatedScene& scene, const LiveView& view);
  bool is_built() const { return tracer_ != nullptr; }
  /// Lets go of everything.
  void clear();
  render::ProgressiveRender& tracer() { return *tracer_; }

private:
  struct Texture {
    std::array<std::uint64_t, change_kind_count> versions{};
    std::shared_ptr<const render::shading::TextureImage> pixels;
    bool is_used = false;
  };

  const operators::ColorService* colors_;
  const operators::ImageStore* images_;
  render::BvhCache shapes_;
  std::map<std::pair<BlockId, int>, Texture> textures_;  ///< by block and number of the file
  int texture_limit_ = 0;
  std::unique_ptr<render::ProgressiveRender> tracer_;
};

/// The camera that sees what a viewport of this size sees. Depth of field is that of `lens`, the
/// scene's camera, if given.
render::TraceCamera trace_camera(const render::raster::ViewCamera& view, int width, int height,
                                 const render::TraceCamera* lens);

}  // namespace kiln::editor
