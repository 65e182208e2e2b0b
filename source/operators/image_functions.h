#pragma once

#include <string>

#include "core/ids.h"
#include "core/result.h"

namespace kiln {
class Document;
class Registry;
class Services;
}  // namespace kiln

namespace kiln::operators {

/// A new image of a file, whose path may be relative to that of the project; `is_shared`: the one that there is already.
/// A file that is no picture gives an image without pixels. Fails where there is no such file.
Result<BlockId> load_image(Document& document, const Services& services, const std::string& path, bool is_shared);

/// Adds what scripts do with images and their files: `bpy.data.images.load`, and `save`, `save_render`, `reload`, `pack`,
/// `unpack`, `scale`, `update`, `buffers_free` and `filepath_from_user` of `bpy.types.Image`. They need an `ImageStore`
/// and a `ColorService` among the services.
void register_image_functions(Registry& registry);

}  // namespace kiln::operators
