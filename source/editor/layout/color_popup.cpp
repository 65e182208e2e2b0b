#include "editor/layout/color_popup.h"

#include <QCursor>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "editor/window/editor.h"

namespace kiln::editor {

float linear_to_srgb(float v) {
  return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
}
float srgb_to_linear(float v) {
  return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
}

namespace {

float3 from_hsv(double h, double s, double v) {
  const auto part = [&](double n) {
    const double k = std::fmod(n + h * 6.0, 6.0);
    return float(v - v * s * std::max(0.0, std::min({k, 4.0 - k, 1.0})));
  };
  return {part(5), part(3), part(1)};
}

}  // namespace

ColorPopup::ColorPopup(EditorContext& context, float4 color, bool has_alpha, bool is_linear,
                       Changed changed, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      alpha_(color.w),
      has_alpha_(has_alpha),
      is_linear_(is_linear),
      changed_(std::move(changed)),
      hex_(new QLineEdit(this)) {
  setAttribute(Qt::WA_DeleteOnClose);
  const float3 shown =
      is_linear ? float3{linear_to_srgb(color.x), linear_to_srgb(color.y), linear_to_srgb(color.z)}
                : xyz(color);
  const float high = max_component(shown), low = std::min({shown.x, shown.y, shown.z}),
              range = high - low;
  value_ = double(high);
  saturation_ = high > 0.0f ? double(range / high) : 0.0;
  if (range > 0.0f) {
    const float h = high == shown.x   ? (shown.y - shown.z) / range
                    : high == shown.y ? 2.0f + (shown.z - shown.x) / range
                                      : 4.0f + (shown.x - shown.y) / range;
    hue_ = std::fmod(double(h) / 6.0 + 1.0, 1.0);
  }
  resize(252, has_alpha ? 250 : 226);
  hex_->setGeometry(12, height() - 38, 228, 26);
  move(QCursor::pos() - QPoint(120, 20));
  connect(hex_, &QLineEdit::editingFinished, this, [this] {
    const QColor typed(hex_->text().startsWith('#') ? hex_->text() : "#" + hex_->text());
    if (typed.isValid()) {
      hue_ = std::max(0.0, double(typed.hsvHueF()));
      saturation_ = double(typed.hsvSaturationF());
      value_ = double(typed.valueF());
      send();
    }
  });
  const float3 c = from_hsv(hue_, saturation_, std::min(1.0, value_));
  hex_->setText(QColor::fromRgbF(std::clamp(c.x, 0.0f, 1.0f), std::clamp(c.y, 0.0f, 1.0f),
                                 std::clamp(c.z, 0.0f, 1.0f))
                    .name());
}

void ColorPopup::send() {
  const float3 shown = from_hsv(hue_, saturation_, value_);
  hex_->setText(QColor::fromRgbF(std::clamp(shown.x, 0.0f, 1.0f), std::clamp(shown.y, 0.0f, 1.0f),
                                 std::clamp(shown.z, 0.0f, 1.0f))
                    .name());
  const float3 out =
      is_linear_ ? float3{srgb_to_linear(shown.x), srgb_to_linear(shown.y), srgb_to_linear(shown.z)}
                 : shown;
  changed_({out.x, out.y, out.z, alpha_});
  update();
}

void ColorPopup::pick(QPointF at) {
  if (part_ == 1) {
    saturation_ = std::clamp((at.x() - square().x()) / square().width(), 0.0, 1.0);
    value_ = std::clamp(1.0 - (at.y() - square().y()) / square().height(), 0.0, 1.0);
  } else if (part_ == 2) {
    hue_ = std::clamp((at.y() - hue_bar().y()) / hue_bar().height(), 0.0, 0.9999);
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
          : hue_bar().contains(at)                 ? 2
          : has_alpha_ && alpha_bar().contains(at) ? 3
                                                   : 0;
  pick(at);
}

void ColorPopup::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) {
    pick(event->position());
  }
}

void ColorPopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), context_.theme.panel);
  const float3 pure = from_hsv(hue_, 1.0, 1.0);
  QLinearGradient across(square().topLeft(), square().topRight());
  across.setColorAt(0, Qt::white);
  across.setColorAt(1, QColor::fromRgbF(pure.x, pure.y, pure.z));
  painter.fillRect(square(), across);
  QLinearGradient down(square().topLeft(), square().bottomLeft());
  down.setColorAt(0, QColor(0, 0, 0, 0));
  down.setColorAt(1, Qt::black);
  painter.fillRect(square(), down);
  QLinearGradient hues(hue_bar().topLeft(), hue_bar().bottomLeft());
  for (int i = 0; i <= 6; ++i) {
    hues.setColorAt(i / 6.0, QColor::fromHsvF(float(i % 6) / 6.0f, 1.0f, 1.0f));
  }
  painter.fillRect(hue_bar(), hues);
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
  painter.drawEllipse(QPointF(square().x() + saturation_ * square().width(),
                              square().y() + (1.0 - std::min(1.0, value_)) * square().height()),
                      6, 6);
  const double y = hue_bar().y() + hue_ * hue_bar().height();
  painter.drawLine(QPointF(hue_bar().left() - 2, y), QPointF(hue_bar().right() + 2, y));
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace kiln::editor
