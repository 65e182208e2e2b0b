// Pictures to model by: those of cameras that are looked through, and files that become some.
#include <QDragEnterEvent>
#include <QMimeData>
#include <QUrl>

#include "document/camera.h"
#include "editor/files/file_dialog.h"
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"
#include "image/file_format.h"

namespace kiln::editor {
namespace {

// The file of a picture that is dragged in; empty: something else is.
QString dragged_picture(const QMimeData& data) {
  for (const QUrl& url : data.urls()) {
    const QString path = url.toLocalFile();
    if (!path.isEmpty() && image::format_by_extension(path.toStdString())) {
      return path;
    }
  }
  return {};
}

}  // namespace

std::vector<render::raster::FixedPicture> Viewport::camera_pictures() const {
  std::vector<render::raster::FixedPicture> out;
  const std::optional<float4> frame =
      navigation_.camera_frame(width(), height(), context_.session.evaluated().get());
  const Document& document = context_.session.document();
  const Object* object = looked_through();
  const Camera* seen = object ? document.find<Camera>(object->data.id) : nullptr;
  if (!frame || !seen || !seen->show_background_images || !pictures_) {
    return out;
  }
  for (const CameraBackgroundImage& background : seen->background_images) {
    const Image* image = document.find(background.image);
    if (!image || !background.show_background_image ||
        background.source != CameraBackgroundImageSource::Image) {
      continue;
    }
    render::raster::FixedPicture fixed;
    fixed.picture = pictures_->find(document, image->id, background.image_user);
    if (!fixed.picture) {
      continue;
    }
    const float2 size{float(fixed.picture->width) * image->display_aspect.x,
                      float(fixed.picture->height) * image->display_aspect.y};
    fixed.corners = render::raster::place_background(background, seen->sensor_fit, size, *frame,
                                                     width(), height());
    fixed.alpha = background.alpha;
    fixed.is_front = background.display_depth == CameraBackgroundImageDepth::Front;
    out.push_back(std::move(fixed));
  }
  return out;
}

void Viewport::load_picture(const std::string& command, OperatorSettings settings) {
  if (!find_setting(settings, "filepath")) {
    const QString path =
        ask_file({QStringLiteral("Load Image"), picture_filter(), false, {}}, context_.recent,
                 current_preferences(context_.session).filepaths, this);
    if (path.isEmpty()) {
      return;
    }
    settings.emplace_back("filepath", Value(path.toStdString()));
  }
  context_.session.run(command, settings);
}

void Viewport::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData() && !dragged_picture(*event->mimeData()).isEmpty()) {
    event->acceptProposedAction();
  }
}

// As in the reference, a picture that is dropped on a view becomes one to model by.
void Viewport::dropEvent(QDropEvent* event) {
  const QString path = event->mimeData() ? dragged_picture(*event->mimeData()) : QString();
  if (!path.isEmpty()) {
    event->acceptProposedAction();
    load_picture("object.load_reference_image", {{"filepath", Value(path.toStdString())}});
  }
}

}  // namespace kiln::editor
