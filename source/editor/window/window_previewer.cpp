#include "editor/window/window_previewer.h"

#include <QBuffer>
#include <QImage>
#include <QWidget>

#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"

namespace kiln::editor {
namespace {

constexpr int edge = 128;

// The largest one that is seen; null where there is none.
Viewport* largest_view(QWidget& window) {
  Viewport* largest = nullptr;
  const auto area = [](const QWidget& widget) { return widget.width() * widget.height(); };
  for (Viewport* view : window.findChildren<Viewport*>()) {
    if (view->isVisible() && (!largest || area(*view) > area(*largest))) {
      largest = view;
    }
  }
  return largest;
}

// The middle, where things are looked at; tools lie at the sides.
QImage middle_of(const QImage& seen) {
  const int side = std::min(seen.width(), seen.height());
  return seen.copy((seen.width() - side) / 2, (seen.height() - side) / 2, side, side)
      .scaled(edge, edge, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

}  // namespace

std::string WindowPreviewer::make() {
  const FilePreviewType type = current_preferences(session_).filepaths.file_preview_type;
  Viewport* view = type == FilePreviewType::Screenshot ? nullptr : largest_view(window_);
  const Scene* scene = session_.scene();
  QImage picture;
  if (type == FilePreviewType::None) {
    return {};
  }
  if (type == FilePreviewType::Camera && view && scene && scene->camera) {
    picture = view->picture_from_camera(edge);
  } else if (view) {
    const QImage seen = view->grabFramebuffer();
    picture = seen.isNull() ? QImage() : middle_of(seen);
  }
  if (picture.isNull() && type != FilePreviewType::Camera) {
    picture =
        window_.grab().toImage().scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  }
  if (picture.isNull()) {
    return {};
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  picture.convertToFormat(QImage::Format_RGB888).save(&buffer, "PNG");
  return bytes.toBase64().toStdString();
}

}  // namespace kiln::editor
