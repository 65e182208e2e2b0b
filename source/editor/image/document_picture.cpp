#include "editor/image/document_picture.h"

#include "document/image_pixels.h"
#include "document/scene.h"
#include "operators/color_service.h"
#include "operators/picture_settings.h"
#include "operators/shader_textures.h"

namespace kiln::editor {

int picture_number(const Image& image, const ImageUser& user, float frame) {
  return image.source == ImageSource::Sequence
             ? user.file_number(user.use_auto_refresh ? frame : float(user.frame_current))
             : 0;
}

Result<LinearPicture> linear_pixels(const Image& whole, int number, const Services& services) {
  Image numbered;
  const bool is_sequence = whole.source == ImageSource::Sequence;
  if (is_sequence) {
    numbered = whole;
    numbered.filepath = operators::sequence_path(whole.filepath, number);
  }
  const Image& image = is_sequence ? numbered : whole;
  std::string problem;
  const std::shared_ptr<const ImagePixels> pixels = image_pixels(image, &services, &problem);
  if (!pixels || pixels->width <= 0) {
    return Error::invalid("{}", problem.empty() ? "the image has no pixels" : problem);
  }
  LinearPicture picture{.width = pixels->width,
                        .height = pixels->height,
                        .channels = 4,
                        .pixels = pixels->values.data(),
                        .owner = pixels,
                        .pixel_aspect = image.display_aspect,
                        .has_half_precision = image.use_half_precision};
  const auto* service = services.find<const operators::ColorService>();
  if (!service) {
    return picture;
  }
  const Result<const image::ColorManagement*> colors = service->get();
  const std::string& space = image.color_space;
  if (!colors || (*colors)->is_data(space)) {
    return picture;
  }
  const Result<image::ColorTransform> transform =
      (*colors)->conversion(space, (*colors)->scene_linear());
  if (!transform || transform->is_identity()) {
    return picture;
  }
  auto converted =
      std::make_shared<std::vector<float>>(pixels->values.begin(), pixels->values.end());
  transform->apply_parallel(*converted, 4);
  picture.pixels = converted->data();
  picture.owner = converted;
  return picture;
}

image::ViewSettings picture_view(const Image& image, const Scene& scene) {
  image::ViewSettings view = operators::view_settings(scene.view_settings, scene.display_settings);
  if (!image.use_view_as_render) {
    view.view = "Standard";
    view.look = "None";
    view.exposure = 0.0f;
    view.gamma = 1.0f;
    view.curves = {};
  }
  return view;
}

}  // namespace kiln::editor
