#include "editor/layout/layout_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QToolTip>

#include "editor/layout/layout_painter.h"
#include "editor/layout/plot_field.h"
#include "editor/preferences/current.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

bool is_button(Kind kind) {
  return kind == Kind::Button || kind == Kind::Menu || kind == Kind::Popover;
}

}  // namespace

LayoutView::LayoutView(EditorContext& context, Make make, ValueAccess& access, QWidget* parent)
    : QWidget(parent),
      context_(context),
      make_(std::move(make)),
      values_(context.session, access),
      menus_(context, values_, *this) {
  setMouseTracking(true);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) { rebuild(); }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
  rebuild();
}

LayoutView::~LayoutView() = default;

void LayoutView::rebuild() {
  // What is typed into or dragged is named by its item, which is a copy.
  const std::optional<LayoutItem> pressed =
      pressed_ >= 0 && is_dragging_
          ? std::optional<LayoutItem>(*placed_.items[std::size_t(pressed_)].item)
          : std::nullopt;
  const int pressed_component = pressed ? placed_.items[std::size_t(pressed_)].index : -1;
  root_ = make_();
  place();
  hovered_ = -1;
  pressed_ = -1;
  for (std::size_t i = 0; pressed && i < placed_.items.size(); ++i) {
    const PlacedItem& item = placed_.items[i];
    if (item.item->property == pressed->property && item.item->owner == pressed->owner &&
        item.index == pressed_component && item.field == Field::Number) {
      pressed_ = int(i);
    }
  }
  update();
}

bool LayoutView::is_open(const LayoutItem& panel) const {
  const auto found = open_.find(panel.identifier);
  return found == open_.end() ? panel.is_open : found->second;
}

void LayoutView::place() {
  placed_ = place_layout(root_, float(std::max(width(), 60)), open_, measures_, offsets_);
  setFixedHeight(int(placed_.height + 0.5f));
  place_plots();
}

void LayoutView::place_plots() {
  // Those that are not needed any more may have asked for this: they go when it is done.
  std::size_t used = 0;
  for (const PlacedItem& placed : placed_.items) {
    const LayoutItem& item = *placed.item;
    if (!is_plot(placed.field) || !item.owner) {
      continue;
    }
    if (used == plots_.size()) {
      plots_.emplace_back();
    }
    std::unique_ptr<PlotField>& plot = plots_[used++];
    if (plot && plot->field() != placed.field) {
      plot->hide();
      plot.release()->deleteLater();
    }
    if (!plot) {
      plot = PlotField::make(placed.field, context_, this);
    }
    Handle owner = item.owner;
    owner.steps.push_back({item.property});
    plot->setGeometry(to_qrect(placed.rect).toRect());
    plot->set_owner(owner);
    const DataBlock* block = context_.session.document().find(owner.block);
    plot->setEnabled(item.is_enabled && block && !block->is_linked());
    plot->show();
  }
  for (std::size_t i = used; i < plots_.size(); ++i) {
    plots_[i]->hide();
    plots_[i].release()->deleteLater();
  }
  plots_.resize(used);
}

void LayoutView::fit_header() {
  measures_.margin = 0.0f;
  measures_.row = 22.0f;
  place();
}

int LayoutView::heightForWidth(int width) const {
  return int(place_layout(root_, float(std::max(width, 60)), open_, measures_, offsets_).height +
             0.5f);
}

QSize LayoutView::sizeHint() const {
  return QSize(260, int(placed_.height));
}

void LayoutView::resizeEvent(QResizeEvent* event) {
  if (event->size().width() != event->oldSize().width()) {
    hovered_ = pressed_ = -1;
    place();
  }
}

std::vector<std::pair<std::string, QRect>> LayoutView::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const std::unique_ptr<PlotField>& plot : plots_) {
    for (const auto& [name, rect] : plot->named_places()) {
      places.emplace_back(name, rect.translated(plot->pos()));
    }
  }
  for (const PlacedItem& placed : placed_.items) {
    if (placed.rect.width <= 0) {
      continue;
    }
    const QRect rect = to_qrect(placed.rect).toRect();
    const LayoutItem& item = *placed.item;
    if (placed.field == Field::Row) {
      places.emplace_back("list_row:" + item.item, rect);
    } else if (placed.field == Field::Filter) {
      places.emplace_back("filter:" + item.name, rect);
    } else if (placed.field == Field::Part) {
      static constexpr const char* parts[] = {"users:", "fake_user:", "new:", "unlink:"};
      places.emplace_back(parts[placed.index] + item.property->identifier, rect);
    } else if (item.kind == Kind::Property) {
      const std::string which = !item.item.empty()  ? "=" + item.item
                                : placed.index >= 0 ? " " + std::to_string(placed.index)
                                                    : "";
      places.emplace_back("prop:" + item.property->identifier + which, rect);
    } else if (item.kind == Kind::Panel) {
      places.emplace_back("panel:" + item.text,
                          QRect(rect.x(), rect.y(), rect.width(), context_.theme.row));
    } else if (is_button(item.kind)) {
      places.emplace_back("button:" + (item.text.empty() ? item.icon : item.text), rect);
    } else if (item.kind == Kind::Picture) {
      places.emplace_back("large_picture", rect);
    } else if (item.kind == Kind::Label) {
      places.emplace_back((item.is_warning ? "warning:" : "label:") + item.text, rect);
    }
  }
  return places;
}

void LayoutView::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  LayoutPainter layout_painter(painter, context_.theme, values_);
  for (std::size_t i = 0; i < placed_.items.size(); ++i) {
    const PlacedItem& placed = placed_.items[i];
    const QRectF whole = to_qrect(placed.rect).united(to_qrect(placed.label_rect));
    if (whole.toAlignedRect().intersects(event->rect())) {
      layout_painter.paint(placed, hovered_ == int(i) || pressed_ == int(i), pressed_ == int(i));
    }
  }
}

int LayoutView::item_at(QPointF at) const {
  for (std::size_t i = placed_.items.size(); i-- > 0;) {
    const PlacedItem& placed = placed_.items[i];
    const bool is_head = placed.item->kind == Kind::Panel;
    LayoutRect rect = placed.rect;
    if (is_head) {
      rect.height = float(context_.theme.row);
    }
    // A plain name in a row of a list lets clicks through to the row, but for double clicks.
    const bool can_click = is_head || is_button(placed.item->kind) || placed.field != Field::None;
    if (can_click && rect.contains(float(at.x()), float(at.y()))) {
      return int(i);
    }
  }
  return -1;
}

bool LayoutView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) {
    return QWidget::event(event);
  }
  const auto* help = static_cast<QHelpEvent*>(event);
  const int at = item_at(help->pos());
  if (at < 0) {
    QToolTip::hideText();
    return true;
  }
  const LayoutItem& item = *placed_.items[std::size_t(at)].item;
  QString tip = QString::fromStdString(item.tip);
  if (item.kind == Kind::Property) {
    const Property& p = *item.property;
    tip = QString::fromStdString(!item.tip.empty()        ? item.tip
                                 : !p.description.empty() ? p.description
                                                          : p.label);
    if (item.owner && current_preferences(context_.session).view.show_tooltips_python) {
      tip += "\n" + QString::fromStdString(python_path(context_.session.document(), item.owner, &p,
                                                       context_.session.services()));
    }
  }
  QToolTip::showText(help->globalPos(), tip, this);
  return true;
}

bool LayoutView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::KeyPress) {
    // These keys are of the field, not of a dialog around it.
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
      finish_text(key != Qt::Key_Escape);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void LayoutView::mousePressEvent(QMouseEvent* event) {
  finish_text(true);
  if (event->button() != Qt::LeftButton) {
    return;
  }
  pressed_ = item_at(event->position());
  press_ = drag_last_ = event->position();
  is_dragging_ = false;
  drag_pixels_ = 0.0f;
  if (pressed_ >= 0 && placed_.items[std::size_t(pressed_)].field == Field::Number) {
    drag_start_ = values_.number(placed_.items[std::size_t(pressed_)]);
    merge_key_ = unique_number();
  }
  update();
}

void LayoutView::mouseMoveEvent(QMouseEvent* event) {
  if (pressed_ >= 0 && event->buttons().testFlag(Qt::LeftButton)) {
    const PlacedItem placed = placed_.items[std::size_t(pressed_)];
    if (placed.field != Field::Number || !values_.is_editable(*placed.item)) {
      return;
    }
    if (!is_dragging_ && std::abs(event->position().x() - press_.x()) < 4) {
      return;
    }
    is_dragging_ = true;
    const float scale = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.1f : 1.0f;
    drag_pixels_ += float(event->position().x() - drag_last_.x()) * scale;
    drag_last_ = event->position();
    const double value =
        dragged_number(*placed.item->property, drag_start_, drag_pixels_, placed.rect.width, false,
                       event->modifiers().testFlag(Qt::ControlModifier));
    if (value != values_.number(placed)) {
      values_.set_number(LayoutItem(*placed.item), placed.index, value, merge_key_);
      update();
    }
    return;
  }
  const int now = item_at(event->position());
  if (now != hovered_) {
    hovered_ = now;
    update();
  }
}

void LayoutView::mouseReleaseEvent(QMouseEvent* event) {
  const int pressed = std::exchange(pressed_, -1);
  const bool was_dragging = std::exchange(is_dragging_, false);
  update();
  if (event->button() != Qt::LeftButton || pressed < 0) {
    return;
  }
  if (was_dragging) {
    Q_EMIT used();
  } else if (item_at(event->position()) == pressed) {
    click(pressed);
  }
}

void LayoutView::mouseDoubleClickEvent(QMouseEvent* event) {
  const int at = item_at(event->position());
  // Names in lists are chosen by a click and changed by two.
  if (at >= 0 && placed_.items[std::size_t(at)].item->is_plain &&
      placed_.items[std::size_t(at)].field == Field::Text) {
    edit_as_text(at);
    return;
  }
  mousePressEvent(event);
}

void LayoutView::wheelEvent(QWheelEvent* event) {
  for (const PlacedItem& placed : placed_.items) {
    const LayoutItem& item = *placed.item;
    const int total = int(item.children.size()), seen = std::clamp(item.count, 1, 30);
    if (item.kind == Kind::List && placed.field == Field::None && total > seen &&
        placed.rect.contains(float(event->position().x()), float(event->position().y()))) {
      const int step = event->angleDelta().y() > 0 ? -1 : 1;
      offsets_[item.name] = std::clamp(placed.index + step, 0, total - seen);
      place();
      update();
      return;
    }
  }
  event->ignore();
}

void LayoutView::contextMenuEvent(QContextMenuEvent* event) {
  const int at = item_at(event->pos());
  if (at >= 0) {
    menus_.show_context_menu(placed_.items[std::size_t(at)], event->globalPos());
  }
}

void LayoutView::leaveEvent(QEvent*) {
  hovered_ = -1;
  update();
}

bool LayoutView::key(const KeyStroke& stroke) {
  // The layout may have changed since the mouse moved.
  hovered_ = item_at(mapFromGlobal(QCursor::pos()));
  if (hovered_ < 0 || !placed_.items[std::size_t(hovered_)].item->property) {
    return false;
  }
  const LayoutItem item = *placed_.items[std::size_t(hovered_)].item;
  PlacedItem placed = placed_.items[std::size_t(hovered_)];
  placed.item = &item;
  const bool is_ctrl = stroke.ctrl && !stroke.shift && !stroke.alt;
  if (is_ctrl && stroke.key == "C") {
    menus_.copy_value(placed);
  } else if (is_ctrl && stroke.key == "V") {
    menus_.paste_value(placed);
  } else if (stroke.key == "BACK_SPACE" && values_.is_editable(item)) {
    values_.reset(item);
  } else {
    return false;
  }
  return true;
}

QPoint LayoutView::below(const PlacedItem& placed) const {
  return mapToGlobal(QPoint(int(placed.rect.x), int(placed.rect.y + placed.rect.height)));
}

void LayoutView::run(const LayoutItem& item) {
  if (item.action) {
    item.action();
  } else {
    context_.commands.run(item.command, item.settings);
  }
}

void LayoutView::click(int index) {
  const PlacedItem placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  if (item.kind == Kind::Panel) {
    // Some panels are filled only while they are open.
    open_[item.identifier] = placed.index != 1;
    rebuild();
    return;
  }
  if (!item.is_enabled) {
    return;
  }
  const QPointer<LayoutView> alive(this);
  if (item.kind == Kind::Button) {
    run(item);
  } else if (item.kind == Kind::Menu) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill_menu(*menu, context_, item);
    menu->popup(below(placed));
    return;
  } else if (item.kind == Kind::Popover) {
    context_.show_panel(item.name, below(placed));
  } else {
    click_field(index);
  }
  if (alive) {
    Q_EMIT used();
  }
  // Values outside the document change without telling.
  if (alive && !text_) {
    rebuild();
  }
}

void LayoutView::click_field(int index) {
  PlacedItem placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  placed.item = &item;
  if (placed.field == Field::Filter) {
    edit_filter(index);
    return;
  }
  if (placed.field == Field::Row) {
    values_.set(item, Value(QString::fromStdString(item.item).toInt()));
    return;
  }
  if (!values_.is_editable(item)) {
    return;
  }
  switch (placed.field) {
    case Field::Number:
      edit_as_text(index);
      break;
    case Field::Text:
      if (item.has_candidates) {
        menus_.choose_candidate(placed);
      } else if (!item.is_plain) {
        edit_as_text(index);
      } else {
        // The row of the list that the name lies in.
        for (int i = index; i-- > 0;) {
          if (placed_.items[std::size_t(i)].field == Field::Row) {
            click_field(i);
            return;
          }
        }
      }
      break;
    case Field::Check:
    case Field::Toggle:
    case Field::EnumItem:
      values_.toggle(placed);
      break;
    case Field::Enum:
      menus_.choose_item(placed, below(placed));
      break;
    case Field::Pointer:
      menus_.choose_block(placed);
      break;
    case Field::Color:
      menus_.pick_color(placed);
      break;
    case Field::Part:
      menus_.click_part(placed);
      break;
    default:
      break;
  }
}

void LayoutView::edit_as_text(int index) {
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  text_item_ = *placed.item;
  text_index_ = placed.index;
  text_ = new QLineEdit(this);
  text_->setGeometry(to_qrect(placed.rect).toRect());
  text_->setText(QString::fromStdString(placed.field == Field::Filter ? placed.item->filter
                                                                      : values_.text(placed)));
  text_->selectAll();
  text_->show();
  text_->setFocus();
  connect(text_, &QLineEdit::editingFinished, this, [this] { finish_text(true); });
  text_->installEventFilter(this);
}

void LayoutView::edit_filter(int index) {
  const LayoutItem item = *placed_.items[std::size_t(index)].item;
  auto* panels = context_.session.services().find<ScriptPanels>();
  const LayoutRect rect = placed_.items[std::size_t(index)].rect;
  if (!panels) {
    return;
  }
  // The right end orders by name.
  if (press_.x() > double(rect.x + rect.width) - 40.0) {
    panels->set_list_filter(item.name, item.filter, !item.is_depressed, false);
    return;
  }
  edit_as_text(index);
  connect(text_, &QLineEdit::textEdited, this, [this, panels, item](const QString& typed) {
    panels->set_list_filter(item.name, typed.toStdString(), item.is_depressed, false);
    offsets_.erase(item.name);
    rebuild();
  });
  text_item_.property = nullptr;
}

void LayoutView::finish_text(bool is_kept) {
  if (!text_) {
    return;
  }
  QLineEdit* edit = std::exchange(text_, nullptr);
  const std::string typed = edit->text().toStdString();
  const bool is_changed = edit->isModified();
  edit->hide();
  edit->deleteLater();
  if (is_kept && is_changed && text_item_.property) {
    values_.set_text(LayoutItem(text_item_), text_index_, typed);
    Q_EMIT used();
  }
  rebuild();
}

}  // namespace kiln::editor
