#include "editor/window/splash.h"

#include <QApplication>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QPainter>

#include "editor/layout/layout_view.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int picture_height = 150;
constexpr std::size_t most_files = 6;

}  // namespace

Splash::Splash(EditorContext& context, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      access_(context.session) {
  setAttribute(Qt::WA_DeleteOnClose);
  resize(460, picture_height);
  view_ = new LayoutView(
      context, [this] { return make(); }, access_, this);
  view_->setGeometry(1, picture_height, width() - 2, view_->heightForWidth(width() - 2));
  resize(width(), picture_height + view_->height() + 1);
  if (parent) {
    move(parent->mapToGlobal(parent->rect().center()) - QPoint(width() / 2, height() / 2));
  }
}

LayoutItem Splash::make() {
  LayoutItem root;
  LayoutItem& columns = root.add({.kind = LayoutItem::Kind::Split, .factor = 0.42f});
  LayoutItem& fresh = columns.column();
  fresh.label("New File");
  fresh.button("General", [this] { run("wm.read_homefile", {}); });
  fresh.button("Open…", [this] { run("wm.open_mainfile", {}); });
  fresh.button("Recover Last Session", [this] { run("wm.recover_last_session", {}); });
  LayoutItem& recent = columns.column();
  recent.label("Recent Files");
  const std::vector<Path> paths = context_.recent.paths();
  for (std::size_t i = 0; i < std::min(paths.size(), most_files); ++i) {
    const Path& path = paths[i];
    LayoutItem& button = recent.button(path.filename().string(), [this, path] {
      run("wm.open_mainfile", {{"filepath", Value(path.string())}});
    });
    button.tip = path.string();
  }
  if (paths.empty()) {
    recent.label("None yet");
  }
  return root;
}

// What the button does may bring questions, which come after this is gone.
void Splash::run(const std::string& command, const OperatorSettings& settings) {
  EditorContext& context = context_;
  close();
  QMetaObject::invokeMethod(
      qApp, [&context, command, settings] { context.invoke(command, settings); },
      Qt::QueuedConnection);
}

void Splash::mousePressEvent(QMouseEvent* event) {
  if (event->position().y() < picture_height) {
    close();
  }
}

// Warm light over layers of dark, as in a kiln whose door stands open.
void Splash::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), context_.theme.panel);
  const QRectF picture(0, 0, width(), picture_height);
  QLinearGradient glow(picture.topLeft(), picture.bottomRight());
  glow.setColorAt(0.0, QColor(0x2b, 0x1a, 0x14));
  glow.setColorAt(0.55, QColor(0x8c, 0x3a, 0x1c));
  glow.setColorAt(1.0, QColor(0xf2, 0xa2, 0x4a));
  painter.fillRect(picture, glow);
  painter.setClipRect(picture);
  painter.setPen(Qt::NoPen);
  for (int i = 0; i < 5; ++i) {
    const double size = picture_height * (1.9 - 0.32 * i);
    painter.setBrush(QColor(255, 190, 110, 14 + 9 * i));
    painter.drawEllipse(QPointF(width() * 0.86, picture_height * 0.95), size, size * 0.8);
  }
  painter.setClipping(false);
  QFont font = painter.font();
  font.setPixelSize(46);
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(QColor(255, 244, 230));
  painter.drawText(QRectF(24, 30, width() - 48, 64), Qt::AlignLeft | Qt::AlignVCenter,
                   QStringLiteral("Kiln"));
  font.setPixelSize(13);
  font.setBold(false);
  painter.setFont(font);
  painter.drawText(QRectF(26, 94, width() - 48, 24), Qt::AlignLeft | Qt::AlignVCenter,
                   QApplication::applicationVersion());
  painter.setPen(context_.theme.border);
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

std::vector<std::pair<std::string, QRect>> Splash::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back(name, rect.translated(view_->pos()));
  }
  return places;
}

}  // namespace kiln::editor
