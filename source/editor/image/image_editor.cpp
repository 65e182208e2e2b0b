#include "editor/image/image_editor.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <cmath>

#include "document/scene.h"
#include "editor/image/display.h"
#include "editor/window/commands.h"
#include "operators/color_service.h"
#include "operators/picture_settings.h"
#include "operators/render_picture.h"

namespace kiln::editor {

ImageEditor::ImageEditor(EditorContext& context) : Editor(context) {
  setMouseTracking(true);
  connections_.push_back(context.render.picture_changed.connect([this] { convert(); }));
  connections_.push_back(context.session.changed.connect([this](const ChangeSet& changes) {
    // The view settings of the scene.
    for (const BlockChange& change : changes.blocks) {
      if (change.type == BlockType::Scene && any(change.kinds & Change::Settings)) {
        convert();
        return;
      }
    }
  }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
  convert();
}

ImageEditor::~ImageEditor() {
  *is_alive_ = false;
}

void ImageEditor::convert() {
  const RenderJob::Picture& picture = context().render.picture();
  const Scene* scene = session().document().find<Scene>(picture.scene);
  const auto* service = session().services().find<const operators::ColorService>();
  if (!picture.result || !scene || !service) {
    update();
    return;
  }
  const image::ViewSettings view =
      operators::view_settings(scene->view_settings, scene->display_settings);
  const std::uint64_t ticket = ++asked_;
  worker_.ask([this, ticket, result = picture.result, view, service, exposure = exposure_,
               post = session().post(), alive = is_alive_] {
    const Result<const image::ColorManagement*> colors = service->get();
    const render::PassImage* combined = result->find(render::PassKind::Combined);
    Result<DisplayPicture> shown =
        !colors ? Result<DisplayPicture>(colors.error())
        : !combined
            ? Result<DisplayPicture>(Error::invalid("the view layer has no combined pass"))
            : display_picture(*combined, result->width, result->height, **colors, view, exposure);
    auto kept = std::make_shared<Result<DisplayPicture>>(std::move(shown));
    post([this, ticket, kept, alive] {
      if (!*alive || ticket != asked_) {
        return;
      }
      if (*kept) {
        image_ = QImage((*kept)->bytes.data(), (*kept)->width, (*kept)->height, (*kept)->width * 4,
                        QImage::Format_ARGB32_Premultiplied)
                     .copy();
        problem_.clear();
      } else {
        problem_ = kept->error().message;
      }
      update();
    });
  });
}

QRectF ImageEditor::picture_rect() const {
  const double w = image_.width(), h = image_.height();
  const double fit =
      std::min((width() - 24.0) / std::max(1.0, w), (height() - 24.0) / std::max(1.0, h));
  const double scale = zoom_ > 0.0 ? zoom_ : std::min(fit, 1.0);
  return QRectF(width() * 0.5 - w * scale * 0.5 + offset_.x(),
                height() * 0.5 - h * scale * 0.5 + offset_.y(), w * scale, h * scale);
}

void ImageEditor::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& t = theme();
  painter.fillRect(rect(), t.area.darker(t.is_dark ? 125 : 105));
  if (!problem_.empty() || image_.isNull()) {
    painter.setPen(problem_.empty() ? t.text_dim : t.error);
    painter.drawText(rect(), Qt::AlignCenter,
                     problem_.empty() ? (context().render.is_running()
                                             ? QStringLiteral("Preparing the render")
                                             : QStringLiteral("No picture yet: F12 renders"))
                                      : QString::fromStdString(problem_));
    return;
  }
  const QRectF place = picture_rect();
  // What is transparent shows a checkerboard.
  const int cell = 10;
  painter.save();
  painter.setClipRect(place);
  for (int y = int(place.top()) / cell; y <= int(std::min(place.bottom(), double(height()))) / cell;
       ++y) {
    for (int x = int(place.left()) / cell;
         x <= int(std::min(place.right(), double(width()))) / cell; ++x) {
      painter.fillRect(x * cell, y * cell, cell, cell,
                       (x + y) % 2 ? QColor(0x66, 0x66, 0x66) : QColor(0x8a, 0x8a, 0x8a));
    }
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform, place.width() < image_.width() * 1.5);
  painter.drawImage(place, image_);
  painter.restore();
  const RenderJob::Picture& picture = context().render.picture();
  QString line = QStringLiteral("Frame %1   %2 × %3   %4 samples   %5 s   %6 %")
                     .arg(int(picture.frame))
                     .arg(image_.width())
                     .arg(image_.height())
                     .arg(picture.result ? picture.result->samples : 0)
                     .arg(context().render.seconds_spent(), 0, 'f', 1)
                     .arg(int(std::lround(100.0 * place.width() / std::max(1, image_.width()))));
  if (is_probing_ && picture.result) {
    const int x = int((probe_.x() - place.x()) / place.width() * image_.width()),
              y = image_.height() - 1 -
                  int((probe_.y() - place.y()) / place.height() * image_.height());
    const render::PassImage* combined = picture.result->find(render::PassKind::Combined);
    if (combined && x >= 0 && y >= 0 && x < picture.result->width && y < picture.result->height) {
      const std::size_t n = combined->channels.size();
      const float* p = combined->pixels.data() +
                       (std::size_t(y) * std::size_t(picture.result->width) + std::size_t(x)) * n;
      line += QStringLiteral("     x %1 y %2   R %3  G %4  B %5")
                  .arg(x)
                  .arg(y)
                  .arg(p[0], 0, 'f', 4)
                  .arg(p[1], 0, 'f', 4)
                  .arg(p[2], 0, 'f', 4);
    }
  }
  painter.fillRect(QRect(0, 0, width(), 24), QColor(0, 0, 0, 110));
  painter.setPen(QColor(0xe8, 0xe8, 0xe8));
  painter.drawText(QRect(12, 0, width() - 24, 24), Qt::AlignVCenter, line);
}

bool ImageEditor::run_command(const std::string& command, const OperatorSettings&) {
  if (command == "image.view_all") {
    zoom_ = 0.0;
    offset_ = {};
    update();
    return true;
  }
  return false;
}

void ImageEditor::save() {
  const RenderJob::Picture& picture = context().render.picture();
  const Scene* scene = picture.document.find<Scene>(picture.scene);
  if (!picture.result || !scene) {
    session().report(InfoLine::Kind::Warning, "there is no picture to save");
    return;
  }
  const QString path = QFileDialog::getSaveFileName(this, QStringLiteral("Save Image"),
                                                    QStringLiteral("render.png"));
  if (path.isEmpty()) {
    return;
  }
  const Result<void> done =
      operators::write_picture(*picture.result, *scene, picture.layer, path.toStdString(),
                               session().services().find<const operators::ColorService>());
  session().report(done ? InfoLine::Kind::Info : InfoLine::Kind::Error,
                   done ? "Saved " + path.toStdString() : done.error().message);
}

void ImageEditor::build_header(QHBoxLayout& header) {
  auto* render = new QToolButton;
  render->setText(QStringLiteral("Render"));
  render->setToolTip(QStringLiteral("Render the scene (F12)"));
  connect(render, &QToolButton::clicked, this, [this] { context().commands.run("render.render"); });
  header.addWidget(render);
  auto* store = new QToolButton;
  store->setText(QStringLiteral("Save As…"));
  connect(store, &QToolButton::clicked, this, [this] { save(); });
  header.addWidget(store);
  header.addStretch(1);
  exposure_label_ = new QLabel(QStringLiteral("Exposure 0.0"));
  exposure_label_->setContentsMargins(0, 0, 8, 0);
  header.addWidget(exposure_label_);
}

void ImageEditor::mousePressEvent(QMouseEvent* event) {
  last_ = probe_ = event->position();
  is_probing_ = event->button() == Qt::LeftButton;
  update();
}

void ImageEditor::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::MiddleButton)) {
    offset_ += event->position() - last_;
    update();
  } else if (is_probing_) {
    probe_ = event->position();
    update();
  }
  last_ = event->position();
}

void ImageEditor::mouseReleaseEvent(QMouseEvent*) {
  is_probing_ = false;
  update();
}

void ImageEditor::wheelEvent(QWheelEvent* event) {
  const double steps = event->angleDelta().y() / 120.0;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    exposure_ += float(steps) * 0.25f;
    if (exposure_label_) {
      exposure_label_->setText(QStringLiteral("Exposure %1").arg(double(exposure_), 0, 'f', 2));
    }
    convert();
    return;
  }
  if (image_.isNull()) {
    return;
  }
  // The place under the mouse stays.
  const QRectF before = picture_rect();
  const QPointF relative((event->position().x() - before.x()) / before.width(),
                         (event->position().y() - before.y()) / before.height());
  zoom_ = std::clamp(before.width() / image_.width() * std::pow(1.2, steps), 0.02, 64.0);
  const QRectF after = picture_rect();
  offset_ += event->position() - QPointF(after.x() + relative.x() * after.width(),
                                         after.y() + relative.y() * after.height());
  update();
}

void register_image(EditorRegistry& registry) {
  registry.add({"IMAGE_EDITOR", QStringLiteral("Image Editor"),
                [](EditorContext& context) -> Editor* { return new ImageEditor(context); }});
}

}  // namespace kiln::editor
