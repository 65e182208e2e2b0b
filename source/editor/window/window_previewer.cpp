#include "editor/window/window_previewer.h"

#include <QBuffer>
#include <QImage>
#include <QOpenGLWidget>

namespace kiln::editor {

std::string WindowPreviewer::make() {
  constexpr int edge = 128;
  QOpenGLWidget* largest = nullptr;
  const auto area = [](const QWidget& widget) { return widget.width() * widget.height(); };
  for (QOpenGLWidget* view : window_.findChildren<QOpenGLWidget*>()) {
    if (view->isVisible() && (!largest || area(*view) > area(*largest))) {
      largest = view;
    }
  }
  const QImage seen = largest ? largest->grabFramebuffer() : QImage();
  if (seen.isNull()) {
    return {};
  }
  // The middle, where things are looked at; tools lie at the sides.
  const int side = std::min(seen.width(), seen.height());
  const QImage picture =
      seen.copy((seen.width() - side) / 2, (seen.height() - side) / 2, side, side)
          .scaled(edge, edge, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
          .convertToFormat(QImage::Format_RGB888);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  picture.save(&buffer, "PNG");
  return bytes.toBase64().toStdString();
}

}  // namespace kiln::editor
