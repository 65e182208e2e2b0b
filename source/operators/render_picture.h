#pragma once

#include <functional>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "operators/color_service.h"
#include "operators/image_store.h"
#include "operators/report.h"
#include "render/pathtracer/render.h"

namespace kiln::operators {

/// One picture that is wanted of a document.
struct PictureRequest {
  Document document;  ///< a settled snapshot
  Path path;          ///< of the document, for relative paths
  BlockId scene;
  std::string layer;  ///< name of the view layer
  float frame = 1.0f;
  render::BvhCache* shapes = nullptr;  ///< kept from one picture to the next; none: made anew
};

/// The view layers that a render of the scene consists of, by name: those that are enabled, or the
/// active one alone where the scene says so.
std::vector<std::string> layers_to_render(const Scene& scene, const std::string& active);

/// Renders with the scene's settings. Touches nothing but its arguments, so it may run beside the
/// owner of the document. `reports` gets what the user should know; `on_chunk` is called with the
/// picture so far.
Result<render::RenderResult> render_picture(
    const PictureRequest& request, evaluation::Evaluator& evaluator, const ColorService* colors,
    const ImageStore* images, Progress& progress, std::vector<Report>& reports,
    const std::function<void(const render::RenderResult&)>& on_chunk = {});

/// What was rendered of one view layer.
struct LayerPicture {
  std::string name;
  const render::RenderResult* result = nullptr;
};
/// Writes rendered pictures as the scene's image settings say, color-managed: all of them into
/// files of many layers, the first one into others. With a preview beside it where that is wanted.
Result<void> write_pictures(const std::vector<LayerPicture>& layers, const Scene& scene,
                            const Path& path, const ColorService* colors,
                            const std::vector<std::pair<std::string, std::string>>& metadata = {});
/// Writes a rendered picture as the scene's image settings say, color-managed.
Result<void> write_picture(const render::RenderResult& result, const Scene& scene,
                           const std::string& layer, const Path& path, const ColorService* colors,
                           const std::vector<std::pair<std::string, std::string>>& metadata = {});

}  // namespace kiln::operators
