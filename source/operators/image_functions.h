#pragma once

namespace kiln {
class Registry;
}

namespace kiln::operators {

/// Adds what scripts do with images and their files: `bpy.data.images.load`, and `save`, `save_render`, `reload`, `pack`,
/// `unpack`, `scale`, `update`, `buffers_free` and `filepath_from_user` of `bpy.types.Image`. They need an `ImageStore`
/// and a `ColorService` among the services.
void register_image_functions(Registry& registry);

}  // namespace kiln::operators
