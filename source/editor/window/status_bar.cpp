#include "editor/window/status_bar.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>
#include <fstream>

#include <unistd.h>

#include "editor/preferences/current.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

// Bytes of the program that are in memory; 0 where the system does not tell.
qint64 memory_used() {
  std::ifstream status("/proc/self/statm");
  qint64 total = 0, resident = 0;
  status >> total >> resident;
  return resident * qint64(sysconf(_SC_PAGESIZE));
}

QString scene_statistics(const evaluation::EvaluatedScene& scene) {
  std::size_t vertices = 0, faces = 0, objects = 0;
  for (const evaluation::Instance& instance : scene.instances) {
    const evaluation::EvaluatedObject& object = scene.objects[std::size_t(instance.object)];
    if (!instance.is_visible) {
      continue;
    }
    ++objects;
    if (object.mesh) {
      vertices += object.mesh->vertex_count();
      faces += object.mesh->face_count();
    }
  }
  const QLocale locale = QLocale::c();
  return QStringLiteral("Objects %1   Vertices %2   Faces %3")
      .arg(locale.toString(qulonglong(objects)), locale.toString(qulonglong(vertices)),
           locale.toString(qulonglong(faces)));
}

}  // namespace

StatusBar::StatusBar(EditorContext& context)
    : context_(context),
      hint_(new QLabel),
      message_(new QLabel),
      statistics_(new QLabel),
      bar_(new QProgressBar),
      cancel_(new QToolButton),
      work_timer_(new QTimer(this)),
      message_timer_(new QTimer(this)) {
  setSizeGripEnabled(false);
  for (QLabel* label : {hint_, message_, statistics_}) {
    label->setContentsMargins(8, 0, 8, 0);
  }
  bar_->setFixedWidth(260);
  bar_->hide();
  cancel_->setText(QStringLiteral("✕"));
  cancel_->setToolTip(QStringLiteral("Cancel what runs"));
  cancel_->hide();
  connect(cancel_, &QToolButton::clicked, this, [this] {
    if (context_.job.is_running()) {
      context_.job.cancel();
    } else {
      context_.render.cancel();
    }
  });
  hint_->setMinimumWidth(50);
  hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  addWidget(hint_, 1);
  addPermanentWidget(message_);
  addPermanentWidget(bar_);
  addPermanentWidget(cancel_);
  addPermanentWidget(statistics_);
  connect(work_timer_, &QTimer::timeout, this, [this] {
    context_.job.poll();
    update_work();
  });
  message_timer_->setSingleShot(true);
  connect(message_timer_, &QTimer::timeout, this, [this] { message_->clear(); });

  Session& session = context_.session;
  connections_.push_back(session.scene_evaluated.connect([this] { update_statistics(); }));
  connections_.push_back(session.reported.connect([this](const InfoLine& line) {
    if (line.kind == InfoLine::Kind::Debug) {
      return;
    }
    const Theme& t = context_.theme;
    const QColor color = line.kind == InfoLine::Kind::Error     ? t.error
                         : line.kind == InfoLine::Kind::Warning ? t.warning
                                                                : t.text;
    message_->setStyleSheet(QStringLiteral("color: %1;").arg(color.name()));
    const QString text = QString::fromStdString(line.text.substr(0, line.text.find('\n')));
    message_->setText(fontMetrics().elidedText(text, Qt::ElideRight, std::max(200, width() / 2)));
    message_->setToolTip(QString::fromStdString(line.text));
    message_timer_->start(8000);
  }));
  connections_.push_back(
      context_.hint_changed.connect([this](const QString& hint) { set_hint(hint); }));
  const auto begins = [this] {
    work_timer_->start(50);
    update_work();
  };
  connections_.push_back(context_.render.started.connect(begins));
  connections_.push_back(context_.job.started.connect(begins));
  connections_.push_back(context_.render.ended.connect([this] { update_work(); }));
  connections_.push_back(context_.job.ended.connect([this] { update_work(); }));
  update_statistics();
}

void StatusBar::set_hint(const QString& hint) {
  hint_text_ = hint;
  hint_->setText(script_text_.isEmpty() ? hint_text_ : script_text_);
}

void StatusBar::set_script_text(const QString& text) {
  script_text_ = text;
  set_hint(hint_text_);
}

void StatusBar::set_script_progress(float fraction) {
  script_progress_ = fraction;
  update_work();
  // The script runs on the owner's thread, so nothing else would paint it.
  bar_->repaint();
}

void StatusBar::clear_message() {
  message_->clear();
}

std::vector<std::pair<std::string, QRect>> StatusBar::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  if (cancel_->isVisible()) {
    places.emplace_back("cancel", cancel_->geometry());
  }
  return places;
}

void StatusBar::update_work() {
  const RenderJob& render = context_.render;
  const DocumentJob& job = context_.job;
  const bool is_busy = render.is_running() || job.is_running() || script_progress_ >= 0.0f;
  bar_->setVisible(is_busy);
  cancel_->setVisible(job.is_running() ? job.can_cancel() : render.is_running());
  if (!is_busy) {
    work_timer_->stop();
    return;
  }
  const float fraction = job.is_running()      ? job.fraction()
                         : render.is_running() ? render.fraction()
                                               : script_progress_;
  bar_->setRange(0, fraction > 0.0f ? 1000 : 0);
  bar_->setValue(int(fraction * 1000.0f));
  if (job.is_running()) {
    bar_->setFormat(QString::fromStdString(job.label()) + QStringLiteral("   %p%"));
  } else {
    bar_->setFormat(
        fraction > 0.0f
            ? QStringLiteral("Render %p%   %1 s left").arg(render.seconds_left(), 0, 'f', 1)
            : QStringLiteral("Render: preparing"));
  }
}

void StatusBar::update_statistics() {
  const auto& scene = context_.session.evaluated();
  const PreferencesView& chosen = current_preferences(context_.session).view;
  QStringList parts;
  if (scene && chosen.show_statusbar_stats) {
    parts << scene_statistics(*scene);
  }
  if (chosen.show_statusbar_memory) {
    parts << QStringLiteral("Memory %1 MiB").arg(memory_used() >> 20);
  }
  if (chosen.show_statusbar_version) {
    parts << QCoreApplication::applicationVersion();
  }
  statistics_->setText(parts.join(QStringLiteral("   ")));
}

}  // namespace kiln::editor
