#pragma once

#include <QDialog>
#include <functional>

#include "editor/layout/color_model.h"

class QLineEdit;
class QPainter;

namespace kiln::editor {

struct EditorContext;

/// Picks a color from a wheel or a square, as the user prefers. Values are scene-linear, shown as
/// sRGB.
class ColorPopup : public QDialog {
  Q_OBJECT
public:
  using Changed = std::function<void(float4)>;
  ColorPopup(EditorContext& context, float4 color, bool has_alpha, bool is_linear, Changed changed,
             QWidget* parent);

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

private:
  void pick(QPointF at);
  void send();
  void paint_field(QPainter& painter) const;
  QRectF square() const {
    return field_.is_circle() ? QRectF(27, 12, 170, 170) : QRectF(12, 12, 200, 170);
  }
  QRectF bar() const { return QRectF(222, 12, 18, 170); }
  QRectF alpha_bar() const { return QRectF(12, 192, 228, 14); }

  EditorContext& context_;
  ColorField field_;
  Hsv color_;  ///< as shown
  float alpha_ = 1.0f;
  bool has_alpha_, is_linear_;
  int part_ = 0;
  Changed changed_;
  QLineEdit* hex_;
};

/// Between scene-linear and sRGB, values above 1 kept.
float linear_to_srgb(float v);
float srgb_to_linear(float v);

}  // namespace kiln::editor
