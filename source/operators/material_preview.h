#pragma once

#include <cstdint>
#include <vector>

#include "core/progress.h"
#include "document/document.h"
#include "evaluation/evaluator.h"
#include "operators/color_service.h"
#include "operators/image_store.h"

namespace kiln::operators {

/// A small picture of a data-block: red, green, blue, alpha, rows from the top, as the screen shows
/// it.
struct PreviewPicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

/// The scene that a material is shown in: its shape in the middle, three lights, a ground with
/// squares. Added to the document with everything it needs.
BlockId add_preview_scene(Document& document, BlockId material, BlockId world, int size);

/// Renders a material on the shape it asks for; `world`: that of the scene, for materials that want
/// it. `document` is a settled copy. Touches nothing else, so it may run beside the owner of the
/// document.
Result<PreviewPicture> render_material_preview(Document document, BlockId material, BlockId world,
                                               int size, evaluation::Evaluator& evaluator,
                                               const ColorService* colors, const ImageStore* images,
                                               Progress& progress);

}  // namespace kiln::operators
