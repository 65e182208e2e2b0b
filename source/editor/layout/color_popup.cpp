#include "editor/layout/color_popup.h"

#include <QCursor>
#include <QImage>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "editor/preferences/current.h"
#include "editor/window/editor.h"

namespace kiln::editor {

float linear_to_srgb(float v) {
  return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
}
float srgb_to_linear(float v) {
  return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
}

namespace {

QColor to_color(float3 c) {
  return QColor::fromRgbF(std::clamp(c.x, 0.0f, 1.0f), std::clamp(c.y, 0.0f, 1.0f),
                          std::clamp(c.z, 0.0f, 1.0f));
}

}  // namespace

ColorPopup::ColorPopup(EditorContext& context, float4 color, bool has_alpha, bool is_linear,
                       Changed changed, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      field_(current_preferences(context.session).view.color_picker_type),
      alpha_(color.w),
      has_alpha_(has_alpha),
      is_linear_(is_linear),
      changed_(std::move(changed)),
      hex_(new QLineEdit(this)) {
  setAttribute(Qt::WA_DeleteOnClose);
  const float3 shown =
      is_linear ? float3{linear_to_srgb(color.x), linear_to_srgb(color.y), linear_to_srgb(color.z)}
                : xyz(color);
  color_ = to_hsv(shown);
  resize(252, has_alpha ? 250 : 226);
  hex_->setGeometry(12, height() - 38, 228, 26);
  move(QCursor::pos() - QPoint(120, 20));
  connect(hex_, &QLineEdit::editingFinished, this, [this] {
    const QColor typed(hex_->text().startsWith('#') ? hex_->text() : "#" + hex_->text());
    if (typed.isValid()) {
      color_ = to_hsv({typed.redF(), typed.greenF(), typed.blueF()}, color_);
      send();
    }
  });
  hex_->setText(to_color(to_rgb(color_)).name());
}

void ColorPopup::send() {
  const float3 shown = to_rgb(color_);
  hex_->setText(to_color(shown).name());
  const float3 out =
      is_linear_ ? float3{srgb_to_linear(shown.x), srgb_to_linear(shown.y), srgb_to_linear(shown.z)}
                 : shown;
  changed_({out.x, out.y, out.z, alpha_});
  update();
}

void ColorPopup::pick(QPointF at) {
  if (part_ == 1) {
    color_ = field_.at({float((at.x() - square().x()) / square().width()),
                        float((at.y() - square().y()) / square().height())},
                       color_);
  } else if (part_ == 2) {
    color_ = field_.at_bar((at.y() - bar().y()) / bar().height(), color_);
  } else if (part_ == 3) {
    alpha_ = float(std::clamp((at.x() - alpha_bar().x()) / alpha_bar().width(), 0.0, 1.0));
  } else {
    return;
  }
  send();
}

void ColorPopup::mousePressEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (!rect().contains(at.toPoint())) {
    close();
    return;
  }
  part_ = square().contains(at)                    ? 1
          : bar().contains(at)                     ? 2
          : has_alpha_ && alpha_bar().contains(at) ? 3
                                                   : 0;
  pick(at);
}

void ColorPopup::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) {
    pick(event->position());
  }
}

// Every pixel shows what a click there picks.
void ColorPopup::paint_field(QPainter& painter) const {
  const QSize size = square().size().toSize();
  QImage image(size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  Hsv shown = color_;
  shown.value = std::clamp(shown.value, 0.0, 1.0);
  for (int y = 0; y < size.height(); ++y) {
    for (int x = 0; x < size.width(); ++x) {
      const float2 place{(float(x) + 0.5f) / float(size.width()),
                         (float(y) + 0.5f) / float(size.height())};
      if (!field_.is_circle() || std::hypot(place.x - 0.5f, place.y - 0.5f) <= 0.5f) {
        image.setPixelColor(x, y, to_color(to_rgb(field_.at(place, shown))));
      }
    }
  }
  painter.drawImage(square().topLeft(), image);
  for (int y = 0; y < int(bar().height()); ++y) {
    painter.fillRect(QRectF(bar().x(), bar().y() + y, bar().width(), 1),
                     to_color(to_rgb(field_.at_bar(y / bar().height(), shown))));
  }
}

void ColorPopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), context_.theme.panel);
  paint_field(painter);
  if (has_alpha_) {
    QLinearGradient alphas(alpha_bar().topLeft(), alpha_bar().topRight());
    alphas.setColorAt(0, Qt::black);
    alphas.setColorAt(1, Qt::white);
    painter.fillRect(alpha_bar(), alphas);
    painter.setPen(QPen(context_.theme.accent, 2));
    const double x = alpha_bar().x() + double(alpha_) * alpha_bar().width();
    painter.drawLine(QPointF(x, alpha_bar().top() - 2), QPointF(x, alpha_bar().bottom() + 2));
  }
  painter.setPen(QPen(Qt::white, 2));
  painter.setBrush(Qt::NoBrush);
  const float2 place = field_.place(color_);
  painter.drawEllipse(QPointF(square().x() + double(place.x) * square().width(),
                              square().y() + double(place.y) * square().height()),
                      6, 6);
  const double y = bar().y() + field_.bar_place(color_) * bar().height();
  painter.drawLine(QPointF(bar().left() - 2, y), QPointF(bar().right() + 2, y));
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace kiln::editor
