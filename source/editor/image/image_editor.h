#pragma once

#include <QImage>
#include <memory>

#include "editor/session/background_task.h"
#include "editor/window/editor.h"

class QLabel;

namespace kiln::editor {

/// Shows the render: zoom, pan, exposure, values of pixels.
class ImageEditor : public Editor {
  Q_OBJECT
public:
  explicit ImageEditor(EditorContext& context);
  ~ImageEditor() override;
  std::vector<std::string> keymaps() const override { return {"Image"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "MMB pan  ·  Wheel zoom  ·  Home fit  ·  Ctrl+wheel exposure  ·  F12 render  ·  Hold LMB "
        "pixel values");
  }

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  void convert();
  void save();
  QRectF picture_rect() const;
  QImage image_;
  std::string problem_;
  double zoom_ = 0.0;  ///< 0: fits
  QPointF offset_, last_;
  bool is_probing_ = false;
  QPointF probe_;
  float exposure_ = 0.0f;
  QLabel* exposure_label_ = nullptr;
  std::uint64_t asked_ = 0;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::vector<Connection> connections_;
  LatestWorker worker_;
};

void register_image(EditorRegistry& registry);

}  // namespace kiln::editor
