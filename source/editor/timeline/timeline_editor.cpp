#include "editor/timeline/timeline_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <cmath>

#include "document/scene.h"
#include "editor/window/commands.h"

namespace kiln::editor {

TimelineEditor::TimelineEditor(EditorContext& context) : Editor(context) {
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) { update(); }));
  connections_.push_back(context.session.scene_evaluated.connect([this] { update(); }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
}

double TimelineEditor::frame_at(double x) const {
  return first_ + x / std::max(1, width()) * span_;
}
double TimelineEditor::x_of(double frame) const {
  return (frame - first_) / span_ * width();
}

void TimelineEditor::build_header(QHBoxLayout& header) {
  header.addStretch(1);
  const auto button = [&](const QString& text, const QString& tip, const char* command,
                          OperatorSettings settings = {}) {
    auto* b = new QToolButton;
    b->setText(text);
    b->setToolTip(tip);
    connect(b, &QToolButton::clicked, this,
            [this, command, settings] { context().commands.run(command, settings); });
    header.addWidget(b);
  };
  button(QStringLiteral("|◀"), QStringLiteral("To the first frame (Shift Left)"),
         "screen.frame_jump", {{"end", Value(false)}});
  button(QStringLiteral("−1"), QStringLiteral("One frame back (Left)"), "screen.frame_offset",
         {{"delta", Value(-1)}});
  button(QStringLiteral("Play / Stop"), QStringLiteral("Play or stop (Space)"),
         "screen.animation_play");
  button(QStringLiteral("+1"), QStringLiteral("One frame on (Right)"), "screen.frame_offset",
         {{"delta", Value(1)}});
  button(QStringLiteral("▶|"), QStringLiteral("To the last frame (Shift Right)"),
         "screen.frame_jump", {{"end", Value(true)}});
  header.addStretch(1);
  auto* range = new QLabel;
  const auto show_range = [this, range] {
    if (const Scene* scene = session().scene()) {
      range->setText(QStringLiteral("Frame %1    Start %2    End %3  ")
                         .arg(int(session().frame()))
                         .arg(scene->frame_start)
                         .arg(scene->frame_end));
    }
  };
  show_range();
  connections_.push_back(
      session().changed.connect([show_range](const ChangeSet&) { show_range(); }));
  connections_.push_back(session().scene_evaluated.connect(show_range));
  header.addWidget(range);
}

void TimelineEditor::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = theme();
  painter.fillRect(rect(), t.area);
  const Scene* scene = session().scene();
  if (!scene) {
    return;
  }
  const int ruler = 22;
  const double start = x_of(scene->frame_start), end = x_of(scene->frame_end + 1);
  painter.fillRect(QRectF(start, ruler, end - start, height() - ruler), t.panel);
  painter.fillRect(QRectF(0, 0, width(), ruler), t.header);
  // Steps that leave room for the numbers.
  double step = 1;
  for (const double candidate :
       {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0, 10000.0, 100000.0}) {
    step = candidate;
    if (candidate / span_ * width() >= 48.0) {
      break;
    }
  }
  for (double frame = std::floor(first_ / step) * step; frame <= first_ + span_; frame += step) {
    const double x = x_of(frame);
    painter.setPen(QPen(t.border, 1));
    painter.drawLine(QPointF(x, ruler), QPointF(x, height()));
    painter.setPen(t.text_dim);
    painter.drawText(QRectF(x - 30, 0, 60, ruler), Qt::AlignCenter, QString::number(int(frame)));
  }
  for (const TimelineMarker& marker : scene->timeline_markers) {
    const double x = x_of(marker.frame);
    painter.setPen(QPen(t.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, ruler), QPointF(x, height()));
    painter.drawText(QPointF(x + 5, height() - 6), QString::fromStdString(marker.name));
  }
  const double now = x_of(double(session().frame()));
  painter.setPen(QPen(t.accent, 2));
  painter.drawLine(QPointF(now, ruler - 3), QPointF(now, height()));
  const QString label = QString::number(int(session().frame()));
  const double w = std::max(28, painter.fontMetrics().horizontalAdvance(label) + 14);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.accent);
  painter.drawRoundedRect(QRectF(now - w / 2, 2, w, ruler - 4), 4, 4);
  painter.setPen(t.text_on_accent);
  painter.drawText(QRectF(now - w / 2, 2, w, ruler - 4), Qt::AlignCenter, label);
}

void TimelineEditor::scrub(double x) {
  const Scene* scene = session().scene();
  int frame = int(std::floor(frame_at(x) + 0.5));
  if (scene && scene->lock_frame_selection_to_range) {
    frame = std::clamp(frame, scene->frame_start, std::max(scene->frame_start, scene->frame_end));
  }
  if (const Property* property = scene ? Scene::schema().property("frame_current") : nullptr;
      property && frame != scene->frame_current) {
    session().set({scene->id, {}}, *property, Value(frame), merge_key_);
  }
}

void TimelineEditor::mousePressEvent(QMouseEvent* event) {
  last_ = event->position();
  if (event->button() == Qt::LeftButton) {
    merge_key_ = unique_number();
    scrub(event->position().x());
  }
}

void TimelineEditor::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) {
    scrub(event->position().x());
  } else if (event->buttons().testFlag(Qt::MiddleButton)) {
    first_ -= (event->position().x() - last_.x()) / std::max(1, width()) * span_;
    update();
  }
  last_ = event->position();
}

void TimelineEditor::wheelEvent(QWheelEvent* event) {
  const double factor = std::pow(1.2, -event->angleDelta().y() / 120.0);
  const double at = frame_at(event->position().x());
  span_ = std::clamp(span_ * factor, 5.0, 1e6);
  first_ = at - event->position().x() / std::max(1, width()) * span_;
  update();
}

std::vector<std::pair<std::string, QRect>> TimelineEditor::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const int frame : {1, 50, 100, 150, 200}) {
    places.emplace_back("frame:" + std::to_string(frame), QRect(int(x_of(frame)) - 1, 30, 3, 20));
  }
  return places;
}

void register_timeline(EditorRegistry& registry) {
  registry.add({"TIMELINE", QStringLiteral("Timeline"),
                [](EditorContext& context) -> Editor* { return new TimelineEditor(context); }});
}

}  // namespace kiln::editor
