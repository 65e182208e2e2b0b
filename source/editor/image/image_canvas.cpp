#include "editor/image/image_canvas.h"

#include <QPainter>
#include <cmath>

#include "operators/color_service.h"
#include "render/raster/gpu_store.h"

namespace kiln::editor {

// A picture ready to be uploaded: bytes of the screen, or the transform for the card.
struct ImageCanvas::Prepared {
  LinearPicture picture;
  DisplayMethod method = DisplayMethod::Bytes;
  float exposure = 0.0f;
  DisplayPicture bytes;
  image::GpuShader shader;
  std::string problem;
};

ImageCanvas::ImageCanvas(EditorContext& context) : context_(context) {
  setMouseTracking(true);
  setFocusPolicy(Qt::NoFocus);
}

ImageCanvas::~ImageCanvas() {
  *is_alive_ = false;
  makeCurrent();
  pass_.reset();
  doneCurrent();
}

void ImageCanvas::initializeGL() {
  if (render::raster::load_gl()) {
    pass_ = std::make_unique<render::raster::DisplayPass>();
    limits_ = render::raster::DisplayPass::limits();
  }
  is_uploaded_ = false;
  prepare();
}

DisplayMethod ImageCanvas::wanted_method() const {
  const auto* preferences = context_.session.services().find<Preferences>();
  const ImageDrawMethod wanted =
      preferences ? preferences->system.image_draw_method : ImageDrawMethod::Automatic;
  return picture_ ? display_method(wanted, picture_->width, picture_->height,
                                   pass_ ? limits_.texture_size : 0, limits_.is_software)
                  : DisplayMethod::Bytes;
}

QString ImageCanvas::method() const {
  return prepared_ && prepared_->method == DisplayMethod::Shader ? QStringLiteral("GLSL")
                                                                 : QStringLiteral("2D Texture");
}

void ImageCanvas::show_picture(std::optional<LinearPicture> picture,
                               const image::ViewSettings& view) {
  picture_ = std::move(picture);
  view_ = view;
  problem_.clear();
  if (!picture_) {
    prepared_.reset();
    update();
    return;
  }
  prepare();
}

void ImageCanvas::set_channels(ImageChannels channels) {
  if (std::exchange(channels_, channels) != channels) {
    prepare();
  }
}

void ImageCanvas::set_repeat(bool repeats) {
  repeats_ = repeats;
  update();
}

void ImageCanvas::set_overlay(const SpaceImageOverlay& overlay) {
  overlay_ = overlay;
  update();
}

// Eight by eight squares where a picture would be.
void ImageCanvas::paint_frame(QPainter& painter) const {
  constexpr int squares = 8;
  const double side = std::floor(0.7 * std::min(width(), height()) / squares) * squares;
  const QRectF frame(std::floor((width() - side) * 0.5), std::floor((height() - side) * 0.5), side,
                     side);
  QColor line = context_.theme.text_dim;
  for (int i = 0; i <= squares; ++i) {
    line.setAlpha(i % squares == 0 ? 150 : i * 2 == squares ? 90 : 45);
    painter.setPen(line);
    const double at = side * i / squares;
    painter.drawLine(frame.topLeft() + QPointF(at, 0), frame.bottomLeft() + QPointF(at, 0));
    painter.drawLine(frame.topLeft() + QPointF(0, at), frame.topRight() + QPointF(0, at));
  }
}

void ImageCanvas::show_problem(const QString& problem) {
  picture_.reset();
  prepared_.reset();
  problem_ = problem;
  update();
}

void ImageCanvas::prepare() {
  const auto* service = context_.session.services().find<const operators::ColorService>();
  if (!picture_ || !service) {
    return;
  }
  const std::uint64_t ticket = ++asked_;
  image::ViewSettings view = view_;
  if (channels_ == ImageChannels::Alpha || channels_ == ImageChannels::ZBuffer) {
    // No light: shown as they are.
    view.view = "Raw";
    view.look = "None";
    view.curves = {};
  }
  worker_.ask([this, ticket, whole = *picture_, channels = channels_, view, exposure = exposure_,
               service, method = wanted_method(), post = context_.session.post(),
               alive = is_alive_] {
    auto made = std::make_shared<Prepared>();
    made->method = method;
    made->exposure = exposure;
    try {
      const LinearPicture picture = shown_channels(whole, channels);
      made->picture = picture;
      const Result<const image::ColorManagement*> colors = service->get();
      if (!colors) {
        made->problem = colors.error().message;
      } else if (method == DisplayMethod::Shader && view.curves.is_identity()) {
        Result<image::GpuShader> shader = (*colors)->display_shader(view);
        made->problem = shader ? "" : shader.error().message;
        made->shader = shader ? std::move(*shader) : image::GpuShader{};
      } else {
        // Tone curves are for the processor only.
        made->method = DisplayMethod::Bytes;
        Result<DisplayPicture> bytes = display_picture(picture, **colors, view, exposure);
        made->problem = bytes ? "" : bytes.error().message;
        made->bytes = bytes ? std::move(*bytes) : DisplayPicture{};
      }
    } catch (const std::exception& problem) {
      made->problem = problem.what();
    }
    post([this, ticket, made, alive] {
      if (*alive && ticket == asked_) {
        take(made);
      }
    });
  });
}

void ImageCanvas::take(std::shared_ptr<const Prepared> prepared) {
  problem_ = QString::fromStdString(prepared->problem);
  prepared_ = std::move(prepared);
  is_uploaded_ = false;
  update();
}

void ImageCanvas::set_exposure(float stops) {
  exposure_ = std::clamp(stops, -16.0f, 16.0f);
  if (prepared_ && prepared_->method == DisplayMethod::Bytes) {
    prepare();
  }
  update();
}

void ImageCanvas::fit() {
  zoom_ = 0.0;
  offset_ = {};
  update();
}

double ImageCanvas::zoom() const {
  return picture_ ? picture_rect().width() /
                        (std::max(1, picture_->width) * double(picture_->pixel_aspect.x))
                  : 1.0;
}

void ImageCanvas::set_zoom(double zoom) {
  zoom_ = std::clamp(zoom, 0.02, 64.0);
  update();
}

void ImageCanvas::zoom_at(QPointF place, double factor) {
  if (!picture_) {
    return;
  }
  // The place stays.
  const QRectF before = picture_rect();
  const QPointF relative((place.x() - before.x()) / before.width(),
                         (place.y() - before.y()) / before.height());
  zoom_ = std::clamp(zoom() * factor, 0.02, 64.0);
  const QRectF after = picture_rect();
  offset_ += place - QPointF(after.x() + relative.x() * after.width(),
                             after.y() + relative.y() * after.height());
  update();
}

void ImageCanvas::move_by(QPointF step) {
  offset_ += step;
  update();
}

QRectF ImageCanvas::picture_rect() const {
  const double w = picture_ ? picture_->width * double(picture_->pixel_aspect.x) : 1,
               h = picture_ ? picture_->height * double(picture_->pixel_aspect.y) : 1;
  const double fitting = std::min((width() - 24.0) / w, (height() - 24.0) / h);
  const double scale = zoom_ > 0.0 ? zoom_ : std::max(0.001, std::min(fitting, 1.0));
  return QRectF(width() * 0.5 - w * scale * 0.5 + offset_.x(),
                height() * 0.5 - h * scale * 0.5 + offset_.y(), w * scale, h * scale);
}

std::optional<QPoint> ImageCanvas::pixel_at(QPointF place) const {
  if (!picture_) {
    return std::nullopt;
  }
  const QRectF rect = picture_rect();
  const double x = std::floor((place.x() - rect.x()) / rect.width() * picture_->width);
  const double y = std::floor((place.y() - rect.y()) / rect.height() * picture_->height);
  if (!(x >= 0 && y >= 0 && x < picture_->width && y < picture_->height)) {
    return std::nullopt;
  }
  return QPoint(int(x), picture_->height - 1 - int(y));
}

void ImageCanvas::set_texts(const QString& line, const QString& nothing) {
  line_ = line;
  nothing_ = nothing;
  update();
}

void ImageCanvas::paintGL() {
  const Theme& t = context_.theme;
  const QColor back = t.area.darker(t.is_dark ? 125 : 105);
  const bool is_shown = pass_ && prepared_ && prepared_->problem.empty() && picture_;
  if (is_shown && !is_uploaded_) {
    const Prepared& now = *prepared_;
    Result<void> done =
        now.method == DisplayMethod::Shader
            ? pass_->set_transform(now.shader)
            : pass_->set_display_bytes(now.bytes.width, now.bytes.height, now.bytes.bytes.data());
    if (done && now.method == DisplayMethod::Shader) {
      done = pass_->set_scene_linear(now.picture.width, now.picture.height, now.picture.channels,
                                     now.picture.pixels, !now.picture.has_half_precision);
    }
    problem_ = done ? QString() : QString::fromStdString(done.error().message);
    is_uploaded_ = true;
  }
  if (pass_) {
    render::raster::DisplayPass::Place place;
    const double ratio = devicePixelRatioF();
    const QRectF rect = is_shown ? picture_rect() : QRectF();
    place.rect = {float(rect.x() * ratio), float(rect.y() * ratio), float(rect.width() * ratio),
                  float(rect.height() * ratio)};
    place.width = int(width() * ratio);
    place.height = int(height() * ratio);
    place.checker = float(10 * ratio);
    place.gain = std::exp2(exposure_);
    place.repeats = repeats_ && is_shown;
    place.background = {float(back.redF()), float(back.greenF()), float(back.blueF()), 1.0f};
    static_cast<void>(pass_->draw(place, defaultFramebufferObject()));
  }
  QPainter painter(this);
  if (!pass_) {
    painter.fillRect(rect(), back);
    if (prepared_ && !prepared_->bytes.bytes.empty()) {
      // Without OpenGL Qt paints the bytes.
      const QImage shown(prepared_->bytes.bytes.data(), prepared_->bytes.width,
                         prepared_->bytes.height, prepared_->bytes.width * 4,
                         QImage::Format_ARGB32_Premultiplied);
      const QRectF place = picture_rect();
      if (repeats_ && place.width() >= 1.0 && place.height() >= 1.0) {
        QBrush brush(shown);
        brush.setTransform(
            QTransform::fromTranslate(place.x(), place.y())
                .scale(place.width() / shown.width(), place.height() / shown.height()));
        painter.fillRect(rect(), brush);
      } else {
        painter.drawImage(place, shown);
      }
    }
  }
  if (!picture_ && overlay_.show_overlays && overlay_.show_grid_background) {
    paint_frame(painter);
  }
  if (!problem_.isEmpty() || !picture_) {
    painter.setPen(problem_.isEmpty() ? t.text_dim : t.error);
    painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                     problem_.isEmpty() ? nothing_ : problem_);
    return;
  }
  if (!overlay_.show_overlays) {
    return;
  }
  painter.fillRect(QRect(0, 0, width(), 24), QColor(0, 0, 0, 110));
  painter.setPen(QColor(0xe8, 0xe8, 0xe8));
  painter.drawText(QRect(12, 0, width() - 24, 24), Qt::AlignVCenter, line_);
}

}  // namespace kiln::editor
