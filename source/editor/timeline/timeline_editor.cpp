#include "editor/timeline/timeline_editor.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <cmath>

#include "document/scene.h"
#include "document/window_layout.h"
#include "editor/layout/layout_view.h"
#include "editor/layout/settings_popover.h"
#include "editor/preferences/current.h"
#include "editor/timeline/timeline_icons.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"
#include "editor/window/mouse_buttons.h"

namespace kiln::editor {

TimelineEditor::TimelineEditor(EditorContext& context) : Editor(context), access_(context.session) {
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) { update(); }));
  connections_.push_back(context.session.scene_evaluated.connect([this] {
    follow();
    update();
  }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
}

double TimelineEditor::frame_at(double x) const {
  return first_ + x / std::max(1, width()) * span_;
}
double TimelineEditor::x_of(double frame) const {
  return (frame - first_) / span_ * width();
}

// Where the frame that is shown is out of sight the range moves on by pages.
void TimelineEditor::follow() {
  const auto* layout = session().services().find<WindowLayout>();
  const double frame = double(session().frame());
  if (layout && layout->screens[layout->active_screen].use_follow &&
      (frame < first_ || frame > first_ + span_)) {
    first_ = frame < first_ ? frame - span_ * 0.95 : frame - span_ * 0.05;
  }
}

void TimelineEditor::view_all() {
  if (const Scene* scene = session().scene()) {
    const bool has_range = scene->use_preview_range;
    const double start = has_range ? scene->frame_preview_start : scene->frame_start;
    const double end = has_range ? scene->frame_preview_end : scene->frame_end;
    span_ = std::max(5.0, (end - start) * 1.1);
    first_ = (start + end - span_) / 2.0;
    update();
  }
}

bool TimelineEditor::run_command(const std::string& command, const OperatorSettings&) {
  if (command == "action.view_all") {
    view_all();
  } else if (command == "action.view_frame") {
    first_ = double(session().frame()) - span_ / 2.0;
    update();
  } else {
    return false;
  }
  return true;
}

bool TimelineEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  if (name != "TIME_MT_view") {
    return false;
  }
  menu.addAction(QStringLiteral("Frame All\tHome"), this, [this] { view_all(); });
  menu.addAction(QStringLiteral("Go to Current Frame\tNumpad 0"), this,
                 [this] { run_command("action.view_frame", {}); });
  menu.addSeparator();
  add_menu_item(menu, context(), "screen.frame_jump", {{"end", Value(false)}}, "Jump to Start");
  add_menu_item(menu, context(), "screen.frame_jump", {{"end", Value(true)}}, "Jump to End");
  add_menu_item(menu, context(), "screen.animation_play");
  return true;
}

// Which editors are drawn while the animation plays, and how time passes.
void TimelineEditor::show_playback_settings(QWidget& button) {
  const Session& of = session();
  const auto screen = [&of]() -> Screen* {
    auto* layout = of.services().find<WindowLayout>();
    return layout ? &layout->edit_screen() : nullptr;
  };
  if (!screen()) {
    return;
  }
  (new SettingsPopover(
       context(),
       [screen, &of] {
         return std::vector<MutableRef>{
             {&Screen::schema(), screen(), -1, nullptr, nullptr, &of.services()}};
       },
       [] {
         LayoutItem root;
         const auto add = [](LayoutItem& in, const char* property, const char* label) {
           in.prop({}, *Screen::schema().property(property), label);
         };
         LayoutItem& editors = root.panel("playback.editors", "Drawn While Playing");
         add(editors, "use_play_top_left_3d_editor", "First 3D Viewport");
         add(editors, "use_play_3d_editors", "All 3D Viewports");
         add(editors, "use_play_animation_editors", "Timelines");
         add(editors, "use_play_properties_editors", "Properties");
         add(editors, "use_play_image_editors", "Images");
         add(editors, "use_play_node_editors", "Nodes");
         add(root, "use_follow", "Follow Current Frame");
         return root;
       },
       [] {}, this))
      ->show_below(button);
}

void TimelineEditor::build_header(QHBoxLayout& header) {
  add_header_menu(header, context(), QStringLiteral("View"), "TIME_MT_view");
  auto* settings = new QToolButton;
  settings->setText(QStringLiteral("Playback"));
  settings->setProperty("flat", true);
  settings->setToolTip(QStringLiteral("What is drawn while the animation plays"));
  connect(settings, &QToolButton::clicked, this,
          [this, settings] { show_playback_settings(*settings); });
  header.addWidget(settings);
  header.addStretch(1);
  const auto button = [&](TimelineIcon icon, const char* name, const char* tip, const char* command,
                          const OperatorSettings& with = {}) {
    auto* b = new QToolButton;
    b->setText(QString::fromUtf8(name));
    b->setToolTip(QString::fromUtf8(tip));
    b->setFixedWidth(28);
    b->setIcon(timeline_icon(icon, theme()));
    b->setIconSize(QSize(16, 16));
    connect(b, &QToolButton::clicked, this,
            [this, command, with] { context().commands.run(command, with); });
    connections_.push_back(context().theme_changed.connect(
        [this, b, icon] { b->setIcon(timeline_icon(icon, theme())); }));
    header.addWidget(b);
    return b;
  };
  button(TimelineIcon::First, "First Frame", "To the first frame (Shift Left)", "screen.frame_jump",
         {{"end", Value(false)}});
  button(TimelineIcon::Back, "Frame Back", "One frame back (Left)", "screen.frame_offset",
         {{"delta", Value(-1)}});
  QToolButton* reverse = button(TimelineIcon::Reverse, "Play Reverse", "Play backwards",
                                "screen.animation_play", {{"reverse", Value(true)}});
  QToolButton* play = button(TimelineIcon::Play, "Play", "Play (Space)", "screen.animation_play");
  QToolButton* stop =
      button(TimelineIcon::Stop, "Stop", "Stop playing (Space)", "screen.animation_play");
  button(TimelineIcon::On, "Frame On", "One frame on (Right)", "screen.frame_offset",
         {{"delta", Value(1)}});
  button(TimelineIcon::Last, "Last Frame", "To the last frame (Shift Right)", "screen.frame_jump",
         {{"end", Value(true)}});
  const auto show_playing = [this, reverse, play, stop] {
    const bool is_playing = session().is_playing();
    reverse->setVisible(!is_playing);
    play->setVisible(!is_playing);
    stop->setVisible(is_playing);
  };
  show_playing();
  connections_.push_back(session().playing_changed.connect(show_playing));
  header.addStretch(1);
  add_fields(header);
}

// The frame and the range, to be typed and dragged.
void TimelineEditor::add_fields(QHBoxLayout& header) {
  auto* fields = new LayoutView(
      context(),
      [this] {
        LayoutItem root;
        LayoutItem& row = root.row();
        if (const Scene* scene = session().scene()) {
          const Handle handle{scene->id, {}};
          const Schema& schema = Scene::schema();
          const auto add = [&](const char* name, const char* label) {
            LayoutItem& item = row.prop(handle, *schema.property(name), label);
            item.has_no_label = true;
            item.text = label;
          };
          add("frame_current", "Frame");
          LayoutItem& range = row.prop(handle, *schema.property("use_preview_range"), "Preview");
          range.is_toggle = true;
          const bool has_range = scene->use_preview_range;
          add(has_range ? "frame_preview_start" : "frame_start", "Start");
          add(has_range ? "frame_preview_end" : "frame_end", "End");
        }
        return root;
      },
      access_);
  fields->fit_header();
  fields->setFixedWidth(380);
  fields_ = fields;
  header.addWidget(fields);
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
  const int spacing = current_preferences(session()).view.view2d_grid_spacing_min;
  double step = 1;
  for (const double candidate :
       {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0, 10000.0, 100000.0}) {
    step = candidate;
    if (candidate / span_ * width() >= spacing) {
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
  if (event->button() == Qt::LeftButton && !is_middle_press(*event, session())) {
    merge_key_ = unique_number();
    scrub(event->position().x());
  }
}

void TimelineEditor::mouseMoveEvent(QMouseEvent* event) {
  if (is_middle_held(*event, session())) {
    first_ -= (event->position().x() - last_.x()) / std::max(1, width()) * span_;
    update();
  } else if (event->buttons().testFlag(Qt::LeftButton)) {
    scrub(event->position().x());
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
  for (const auto& [name, rect] :
       fields_ ? fields_->named_places() : std::vector<std::pair<std::string, QRect>>()) {
    places.emplace_back(name,
                        QRect(mapFromGlobal(fields_->mapToGlobal(rect.topLeft())), rect.size()));
  }
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
