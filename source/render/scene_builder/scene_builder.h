#pragma once

#include <functional>
#include <memory>

#include "core/result.h"
#include "evaluation/evaluated_scene.h"
#include "render/pathtracer/scene.h"
#include "render/pathtracer/settings.h"
#include "render/shading/tree_graph.h"

namespace kiln::render {

/// What a scene is built from besides itself.
struct SceneSources {
  /// Pixels of images that are not in the document (files, movies); null: those are missing.
  shading::FindTexture find_texture;
  /// The scene at another frame, for motion blur; null: nothing moves.
  std::function<std::shared_ptr<const evaluation::EvaluatedScene>(float frame)> at_frame;
  bool needs_camera = true;        ///< whether a scene without one is an error
  std::uint32_t hidden_kinds = 0;  ///< of objects, bits as of `object_kind_bit`
  bool is_for_viewport = false;    ///< takes what viewports show instead of what renders show
};

/// Turns an evaluated scene into what the path tracer is given. Arrays are shared where the layouts
/// agree. Objects that are hidden from renders are left out. Error: the scene has no camera.
Result<TraceScene> build_trace_scene(const evaluation::EvaluatedScene& evaluated,
                                     const SceneSources& sources);

/// Settings of the picture: those of the scene, with the passes of the view layer.
RenderSettings make_render_settings(const evaluation::EvaluatedScene& evaluated);
/// The same with the quality that views have.
RenderSettings make_preview_settings(const evaluation::EvaluatedScene& evaluated);

}  // namespace kiln::render
