#pragma once

#include "document/image.h"
#include "document/texture_mapping.h"
#include "editor/image/display.h"

namespace kiln {
struct Scene;
class Services;
}  // namespace kiln

namespace kiln::editor {

/// The picture of a sequence that a user of an image sees at a frame of the scene: its number, 0
/// for images that are no sequence.
int picture_number(const Image& image, const ImageUser& user, float frame);
/// Pixels of an image of the document, scene-linear; `number` as from `picture_number`. Loads what
/// is not in memory. Safe from any thread.
Result<LinearPicture> linear_pixels(const Image& image, int number, const Services& services);
/// How images of the document are shown: without the look of the scene, but for those that say so.
image::ViewSettings picture_view(const Image& image, const Scene& scene);

}  // namespace kiln::editor
