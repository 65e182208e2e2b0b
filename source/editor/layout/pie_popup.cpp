#include "editor/layout/pie_popup.h"

#include <QCursor>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QScreen>
#include <cmath>

#include "editor/preferences/current.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

constexpr int row = 28;
constexpr std::size_t most = 8;
// Directions in degrees, counterclockwise from the east, in the order of the choices.
constexpr double angles[most] = {180, 0, 270, 90, 135, 45, 225, 315};
constexpr double pi = 3.14159265358979323846;

}  // namespace

PiePopup::PiePopup(EditorContext& context, const QString& title, const LayoutItem& pie,
                   QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      access_(context.session),
      values_(context.session, access_),
      title_(title) {
  setAttribute(Qt::WA_DeleteOnClose);
  setAttribute(Qt::WA_TranslucentBackground);
  setMouseTracking(true);
  const PreferencesView& chosen = current_preferences(context.session).view;
  radius_ = 1.1 * chosen.pie_menu_radius;
  threshold_ = chosen.pie_menu_threshold;
  confirm_ = chosen.pie_menu_confirm;
  tap_ms_ = 10 * chosen.pie_tap_timeout;
  initial_ms_ = 10 * chosen.pie_initial_timeout;
  growing_ms_ = 10 * chosen.pie_animation_timeout;
  held_.start();
  side_ = int(2.0 * radius_) + 340;
  resize(side_, side_);
  std::size_t place = 0;
  for (const LayoutItem& item : pie.children) {
    add(item, place);
  }
  for (Entry& entry : entries_) {
    entry.center = QRectF(entry.rect).center() - QPointF(side_ * 0.5, side_ * 0.5);
  }
  // All of it is on the screen, so that the mouse may be beside the middle.
  const QPoint mouse = QCursor::pos();
  QRect all(side_ / 2, side_ / 2, 1, 1);
  for (const Entry& entry : entries_) {
    all |= entry.rect;
  }
  QPoint corner = mouse - QPoint(side_ / 2, side_ / 2);
  const QScreen* screen = QGuiApplication::screenAt(mouse);
  if (const QRect room = screen ? screen->geometry() : QRect(); room.isValid()) {
    corner.rx() =
        std::max(std::min(corner.x(), room.right() - all.right()), room.left() - all.left());
    corner.ry() =
        std::max(std::min(corner.y(), room.bottom() - all.bottom()), room.top() - all.top());
  }
  move(corner);
  opened_at_ = mouse - corner;
  connect(&growing_, &QTimer::timeout, this, [this] {
    grow(growing_ms_ > 0 ? std::min(1.0, double(held_.elapsed()) / growing_ms_) : 1.0);
  });
  growing_.start(16);
  grow(growing_ms_ > 0 ? 0.1 : 1.0);
}

QPointF PiePopup::center() const {
  return held_.elapsed() < initial_ms_ ? opened_at_ : QPointF(side_ * 0.5, side_ * 0.5);
}

void PiePopup::grow(double share) {
  if (share >= 1.0) {
    growing_.stop();
  }
  const double eased = 1.0 - (1.0 - share) * (1.0 - share);
  for (Entry& entry : entries_) {
    const QPointF at = QPointF(side_ * 0.5, side_ * 0.5) + entry.center * eased;
    entry.rect.moveCenter(at.toPoint());
  }
  // Screens without a compositor know no translucency: the rest of the square is cut away.
  const int middle = side_ / 2;
  QRegion shape(QRect(middle - 17, middle - 17, 34, 34), QRegion::Ellipse);
  if (!title_.isEmpty()) {
    const int width = fontMetrics().horizontalAdvance(title_) + 12;
    shape += QRect(middle - width / 2, middle - 52, width, 22);
  }
  for (const Entry& entry : entries_) {
    shape += entry.rect;
  }
  setMask(shape);
  update();
}

void PiePopup::add(const LayoutItem& item, std::size_t& place) {
  if (place >= most) {
    return;
  }
  if (item.kind == Kind::Property) {
    // All items of an enumeration, a switch, or a name alone.
    const Property& p = *item.property;
    if (p.type == PropertyType::Enum && item.item.empty()) {
      for (const EnumItem& choice : values_.items(item)) {
        LayoutItem one = item;
        one.item = choice.identifier;
        one.text = choice.label;
        add(one, place);
      }
      return;
    }
  }
  const std::size_t at = place++;
  if (item.kind == Kind::Separator || item.kind == Kind::Spacer) {
    return;
  }
  Entry entry{item, Field::None, QString::fromStdString(item.text), {}};
  if (item.kind == Kind::Property) {
    entry.field = !item.item.empty()                             ? Field::EnumItem
                  : item.property->type == PropertyType::Boolean ? Field::Toggle
                                                                 : Field::None;
    if (entry.text.isEmpty()) {
      entry.text = QString::fromStdString(item.property->label);
    }
  } else if (item.kind != Kind::Button && item.kind != Kind::Menu && item.kind != Kind::Popover &&
             item.kind != Kind::Label) {
    // A group shows what it begins with.
    if (!item.children.empty()) {
      --place;
      add(item.children[0], place);
    }
    return;
  }
  const int width = std::clamp(fontMetrics().horizontalAdvance(entry.text) + 28, 60, 200);
  const double angle = angles[at] * pi / 180.0;
  QPointF center(side_ * 0.5 + std::cos(angle) * radius_, side_ * 0.5 - std::sin(angle) * radius_);
  center.rx() += std::cos(angle) * width * 0.5;
  entry.rect = QRect(int(center.x()) - width / 2, int(center.y()) - row / 2, width, row);
  entries_.push_back(std::move(entry));
}

int PiePopup::entry_towards(QPointF at) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].rect.contains(at.toPoint())) {
      return int(i);
    }
  }
  const QPointF from = at - center();
  if (std::hypot(from.x(), from.y()) < threshold_) {
    return -1;
  }
  int best = -1;
  double nearest = -2.0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const QPointF to = entries_[i].center;
    const double cosine =
        (to.x() * from.x() + to.y() * from.y()) /
        std::max(1e-9, std::hypot(to.x(), to.y()) * std::hypot(from.x(), from.y()));
    if (cosine > nearest) {
      nearest = cosine;
      best = int(i);
    }
  }
  return best;
}

void PiePopup::choose(int index) {
  if (index < 0 || !entries_[std::size_t(index)].item.is_enabled) {
    close();
    return;
  }
  const Entry entry = entries_[std::size_t(index)];
  const QPoint at = mapToGlobal(entry.rect.bottomLeft());
  if (entry.field != Field::None) {
    values_.toggle({&entry.item, {}, {}, {}, entry.field});
  }
  EditorContext& context = context_;
  const QPointer<PiePopup> alive(this);
  close();
  if (entry.item.kind == Kind::Button) {
    if (entry.item.action) {
      entry.item.action();
    } else {
      context.invoke(entry.item.command, entry.item.settings);
    }
  } else if (entry.item.kind == Kind::Menu) {
    auto* menu = new QMenu(alive ? alive->parentWidget() : nullptr);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill_menu(*menu, context, entry.item);
    menu->popup(at);
  } else if (entry.item.kind == Kind::Popover) {
    context.show_panel(entry.item.name, at);
  }
}

void PiePopup::mouseMoveEvent(QMouseEvent* event) {
  const int now = entry_towards(event->position());
  if (now != chosen_) {
    chosen_ = now;
    update();
  }
  const QPointF from = event->position() - center();
  if (confirm_ > 0.0 && now >= 0 && std::hypot(from.x(), from.y()) >= threshold_ + confirm_) {
    choose(now);
  }
}

void PiePopup::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    close();
  }
}

void PiePopup::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    choose(entry_towards(event->position()));
  }
}

// Holding the key, moving and letting it go chooses; a key that was only tapped leaves it open.
void PiePopup::keyReleaseEvent(QKeyEvent* event) {
  const bool is_of_opening = !event->isAutoRepeat() && !is_pressed_anew_;
  if (is_of_opening && (chosen_ >= 0 || held_.elapsed() > tap_ms_)) {
    choose(chosen_);
  }
}

void PiePopup::keyPressEvent(QKeyEvent* event) {
  is_pressed_anew_ = is_pressed_anew_ || !event->isAutoRepeat();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    choose(chosen_);
  } else if (event->key() >= Qt::Key_1 && event->key() <= Qt::Key_8) {
    const int index = event->key() - Qt::Key_1;
    choose(index < int(entries_.size()) ? index : -1);
  } else if (event->key() == Qt::Key_Escape) {
    close();
  }
}

void PiePopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = context_.theme;
  const QPointF middle(side_ * 0.5, side_ * 0.5);
  painter.setPen(QPen(t.text_dim, 4));
  painter.setBrush(t.panel);
  painter.drawEllipse(middle, 14, 14);
  if (chosen_ >= 0) {
    const QPointF to = QRectF(entries_[std::size_t(chosen_)].rect).center() - middle;
    painter.setPen(QPen(t.accent, 4));
    const double angle = std::atan2(-to.y(), to.x()) * 180.0 / pi;
    painter.drawArc(QRectF(middle.x() - 14, middle.y() - 14, 28, 28), int((angle - 30) * 16),
                    60 * 16);
  }
  painter.setPen(t.text);
  const QRectF head(middle.x() - 80, middle.y() - 52, 160, 22);
  if (!title_.isEmpty()) {
    painter.fillRect(head, t.panel);
    painter.setPen(t.text);
    painter.drawText(head, Qt::AlignCenter, title_);
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool is_on =
        entry.field != Field::None && values_.is_on({&entry.item, {}, {}, {}, entry.field});
    const bool is_chosen = int(i) == chosen_;
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(is_chosen ? t.accent : is_on ? t.accent_dim : t.panel);
    painter.drawRoundedRect(QRectF(entry.rect).adjusted(0.5, 0.5, -0.5, -0.5), t.radius, t.radius);
    painter.setPen(is_chosen               ? t.text_on_accent
                   : entry.item.is_warning ? t.warning
                   : entry.item.is_enabled ? t.text
                                           : t.text_dim);
    painter.drawText(
        entry.rect.adjusted(8, 0, -8, 0), Qt::AlignCenter,
        painter.fontMetrics().elidedText(entry.text, Qt::ElideRight, entry.rect.width() - 16));
  }
}

std::vector<std::pair<std::string, QRect>> PiePopup::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const Entry& entry : entries_) {
    QRect rect = entry.rect;
    rect.moveCenter((QPointF(side_ * 0.5, side_ * 0.5) + entry.center).toPoint());
    places.emplace_back("pie:" + entry.text.toStdString(), rect);
  }
  return places;
}

}  // namespace kiln::editor
