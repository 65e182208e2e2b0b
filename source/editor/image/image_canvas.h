#pragma once

#include <QImage>
#include <QOpenGLWidget>
#include <memory>
#include <optional>

#include "document/editor_spaces.h"
#include "editor/image/display.h"
#include "editor/window/editor.h"
#include "render/raster/display_pass.h"

namespace kiln::editor {

/// Shows one picture: zoomed, moved, through the display transform, on the graphics card where
/// there is one and the preferences allow it.
class ImageCanvas : public QOpenGLWidget {
  Q_OBJECT
public:
  explicit ImageCanvas(EditorContext& context);
  ~ImageCanvas() override;

  /// What is to be shown; nothing clears it. Prepared beside the window.
  void show_picture(std::optional<LinearPicture> picture, const image::ViewSettings& view);
  /// Which of its channels, and whether it goes on at its borders.
  void set_channels(ImageChannels channels);
  void set_repeat(bool repeats);
  /// The line above the picture, and the frame where there is none.
  void set_overlay(const SpaceImageOverlay& overlay);
  void show_problem(const QString& problem);
  const std::optional<LinearPicture>& picture() const { return picture_; }
  const image::ViewSettings& view() const { return view_; }
  ImageChannels channels() const { return channels_; }

  float exposure() const { return exposure_; }
  void set_exposure(float stops);
  void fit();
  /// Pixels of the screen a pixel of the picture, the middle staying.
  void set_zoom(double zoom);
  double zoom() const;
  void zoom_at(QPointF place, double factor);
  void move_by(QPointF step);
  QRectF picture_rect() const;
  /// The pixel at a place of the widget, from the bottom left; nothing beside the picture.
  std::optional<QPoint> pixel_at(QPointF place) const;
  /// The line above the picture, and what is said where there is none.
  void set_texts(const QString& line, const QString& nothing);
  /// The method that is used now, for the header and tests.
  QString method() const;

protected:
  void initializeGL() override;
  void paintGL() override;

private:
  struct Prepared;
  void prepare();
  void take(std::shared_ptr<const Prepared> prepared);
  DisplayMethod wanted_method() const;
  void paint_frame(QPainter& painter) const;

  EditorContext& context_;
  std::unique_ptr<render::raster::DisplayPass> pass_;
  render::raster::DisplayPass::Limits limits_;
  std::optional<LinearPicture> picture_;
  image::ViewSettings view_;
  ImageChannels channels_ = ImageChannels::ColorAlpha;
  bool repeats_ = false;
  SpaceImageOverlay overlay_;
  std::shared_ptr<const Prepared> prepared_;
  bool is_uploaded_ = false;
  QString problem_, line_, nothing_;
  double zoom_ = 0.0;  ///< 0: fits
  QPointF offset_;
  float exposure_ = 0.0f;
  std::uint64_t asked_ = 0;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  LatestWorker worker_;
};

}  // namespace kiln::editor
