#pragma once

#include <QPointer>

#include "editor/layout/layout_view.h"
#include "editor/window/editor.h"

namespace kiln::editor {

/// Frames from left to right: the present one, the range, markers.
class TimelineEditor : public Editor {
  Q_OBJECT
public:
  explicit TimelineEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Timeline"}; }
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  QString hint() const override {
    return QStringLiteral(
        "LMB set frame  ·  MMB pan  ·  Wheel zoom  ·  Space play  ·  Arrows step");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  /// Frames; it shows no heights.
  std::optional<float4> shown_plane() const override {
    return float4{float(first_), 0.0f, float(first_ + span_), float(height())};
  }

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  double frame_at(double x) const;
  double x_of(double frame) const;
  void scrub(double x);
  void view_all();
  void follow();
  void show_playback_settings(QWidget& button);
  void add_fields(QHBoxLayout& header);
  DocumentAccess access_;
  QPointer<LayoutView> fields_;          ///< in the bar of the area
  double first_ = -10.0, span_ = 280.0;  ///< what is shown
  QPointF last_;
  std::uint64_t merge_key_ = 0;
  std::vector<Connection> connections_;
};

void register_timeline(EditorRegistry& registry);

}  // namespace kiln::editor
