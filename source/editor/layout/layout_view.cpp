#include "editor/layout/layout_view.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "editor/layout/choice_popup.h"
#include "editor/layout/color_popup.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

QRectF to_qrect(const LayoutRect& r) {
  return QRectF(double(r.x), double(r.y), double(r.width), double(r.height));
}

constexpr std::size_t most_choices = 200;

}  // namespace

LayoutView::LayoutView(EditorContext& context, Make make, ValueAccess& access, QWidget* parent)
    : QWidget(parent), context_(context), make_(std::move(make)), access_(access) {
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
  if (pressed) {
    for (std::size_t i = 0; i < placed_.items.size(); ++i) {
      const PlacedItem& item = placed_.items[i];
      if (item.item->property == pressed->property && item.item->owner == pressed->owner &&
          item.index == pressed_component && item.field == Field::Number) {
        pressed_ = int(i);
      }
    }
  }
  update();
}

void LayoutView::place() {
  placed_ = place_layout(root_, float(std::max(width(), 60)), open_);
  setFixedHeight(int(placed_.height + 0.5f));
}

int LayoutView::heightForWidth(int width) const {
  return int(place_layout(root_, float(std::max(width, 60)), open_).height + 0.5f);
}
QSize LayoutView::sizeHint() const {
  return QSize(260, int(placed_.height));
}

void LayoutView::resizeEvent(QResizeEvent* event) {
  if (event->size().width() != event->oldSize().width()) {
    place();
  }
}

std::vector<std::pair<std::string, QRect>> LayoutView::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const PlacedItem& placed : placed_.items) {
    if (placed.rect.width <= 0) {
      continue;
    }
    const QRect rect = to_qrect(placed.rect).toRect();
    if (placed.item->kind == Kind::Property) {
      const std::string label = placed.item->property->identifier;
      places.emplace_back(
          "prop:" + label + (placed.index >= 0 ? " " + std::to_string(placed.index) : ""), rect);
    } else if (placed.item->kind == Kind::Panel) {
      places.emplace_back("panel:" + placed.item->text,
                          QRect(rect.x(), rect.y(), rect.width(), context_.theme.row));
    } else if (placed.item->kind == Kind::Button || placed.item->kind == Kind::Menu) {
      places.emplace_back("button:" + placed.item->text, rect);
    }
  }
  return places;
}

std::optional<Value> LayoutView::value_of(const PlacedItem& placed) const {
  const ConstRef owner = access_.owner(*placed.item);
  if (!owner) {
    return std::nullopt;
  }
  return read(owner, *placed.item->property);
}

double LayoutView::number_of(const PlacedItem& placed) const {
  const std::optional<Value> value = value_of(placed);
  if (!value) {
    return 0.0;
  }
  if (placed.item->property->is_array()) {
    const Value::Numbers& numbers = value->as_numbers();
    return placed.index >= 0 && placed.index < int(numbers.size())
               ? numbers[std::size_t(placed.index)]
               : 0.0;
  }
  return value->as_float();
}

QString LayoutView::text_of(const PlacedItem& placed) const {
  const Property& p = *placed.item->property;
  const std::optional<Value> value = value_of(placed);
  if (!value) {
    return {};
  }
  switch (placed.field) {
    case Field::Number:
      return QString::fromStdString(format_number(p, number_of(placed), context_.session.scene()));
    case Field::Text:
      return QString::fromStdString(value->as_string());
    case Field::Enum: {
      if (p.is_enum_flag) {
        QStringList names;
        for (const Value& item : value->as_list()) {
          names << QString::fromStdString(item.as_string());
        }
        return names.join(QStringLiteral(", "));
      }
      const std::string& identifier = value->as_string();
      const std::vector<EnumItem> items =
          p.dynamic_items ? p.dynamic_items(access_.owner(*placed.item)) : p.items;
      for (const EnumItem& item : items) {
        if (item.identifier == identifier) {
          return QString::fromStdString(item.label);
        }
      }
      return QString::fromStdString(identifier);
    }
    case Field::Pointer: {
      const DataBlock* block = context_.session.document().find(value->as_block());
      return block ? QString::fromStdString(block->name) : QString();
    }
    default:
      return {};
  }
}

void LayoutView::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t i = 0; i < placed_.items.size(); ++i) {
    const PlacedItem& placed = placed_.items[i];
    const QRectF whole = to_qrect(placed.rect).united(to_qrect(placed.label_rect));
    if (whole.toAlignedRect().intersects(event->rect())) {
      paint_item(painter, int(i));
    }
  }
}

void LayoutView::paint_item(QPainter& painter, int index) const {
  const Theme& t = context_.theme;
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  const LayoutItem& item = *placed.item;
  const QRectF rect = to_qrect(placed.rect);
  const bool is_hovered = hovered_ == index || pressed_ == index;
  const QColor text = item.is_enabled ? t.text : t.text_dim;
  const auto field_background = [&](QColor color) {
    painter.setPen(t.is_dark ? QPen(Qt::NoPen) : QPen(t.border, 1));
    painter.setBrush(color);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), t.radius, t.radius);
  };
  const auto elided = [&](const QString& s, double width) {
    return painter.fontMetrics().elidedText(s, Qt::ElideRight, int(width));
  };
  if (placed.label_rect.width > 0 && item.kind == Kind::Property) {
    painter.setPen(t.text_dim);
    const QRectF label = to_qrect(placed.label_rect);
    painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter,
                     elided(QString::fromStdString(placed.label), label.width()));
  }
  switch (item.kind) {
    case Kind::Box:
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.panel.darker(t.is_dark ? 112 : 104));
      painter.drawRoundedRect(rect, t.radius, t.radius);
      return;
    case Kind::Panel: {
      painter.setPen(Qt::NoPen);
      painter.setBrush(placed.depth % 2 == 0 ? t.panel : t.panel.lighter(t.is_dark ? 108 : 103));
      painter.drawRoundedRect(rect, t.radius, t.radius);
      const QRectF head(rect.x(), rect.y(), rect.width(), t.row);
      painter.setBrush(t.text_dim);
      const QPointF c(head.x() + 12, head.center().y());
      const bool is_open = placed.index == 1;
      const QPointF open_mark[3] = {c + QPointF(-4, -2.5), c + QPointF(4, -2.5), c + QPointF(0, 3)};
      const QPointF closed_mark[3] = {c + QPointF(-2.5, -4), c + QPointF(-2.5, 4),
                                      c + QPointF(3, 0)};
      painter.drawPolygon(is_open ? open_mark : closed_mark, 3);
      painter.setPen(t.text);
      painter.drawText(head.adjusted(24, 0, -6, 0), Qt::AlignVCenter,
                       elided(QString::fromStdString(placed.label), head.width() - 30));
      return;
    }
    case Kind::Label:
      painter.setPen(item.is_warning ? t.warning : t.text_dim);
      painter.drawText(rect.adjusted(4, 0, -4, 0), Qt::AlignVCenter,
                       elided(QString::fromStdString(item.text), rect.width() - 8));
      return;
    case Kind::Button:
    case Kind::Menu:
      field_background(pressed_ == index               ? t.accent
                       : is_hovered && item.is_enabled ? t.field_hover
                                                       : t.field);
      painter.setPen(text);
      painter.drawText(rect.adjusted(6, 0, -6, 0), Qt::AlignCenter,
                       elided(QString::fromStdString(item.text) +
                                  (item.kind == Kind::Menu ? QStringLiteral("  ▾") : QString()),
                              rect.width() - 12));
      return;
    case Kind::Property:
      break;
    default:
      return;
  }
  const Property& p = *item.property;
  const bool is_editable =
      item.is_enabled && !(p.is_read_only || (p.storage == Storage::Computed && !p.set));
  const QColor background = is_hovered && is_editable ? t.field_hover : t.field;
  switch (placed.field) {
    case Field::Number: {
      const double number = number_of(placed);
      field_background(background);
      if (is_slider(p)) {
        const double share =
            std::clamp((number - p.soft_min) / (p.soft_max - p.soft_min), 0.0, 1.0);
        if (share > 0.0) {
          painter.save();
          painter.setClipRect(QRectF(rect.x(), rect.y(), rect.width() * share, rect.height()));
          field_background(t.slider);
          painter.restore();
        }
      }
      painter.setPen(is_editable ? text : t.text_dim);
      const QString shown = text_of(placed);
      if (!placed.label.empty() && placed.label_rect.width <= 0) {
        painter.drawText(rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         elided(QString::fromStdString(placed.label), rect.width() * 0.6));
        painter.drawText(rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight, shown);
      } else {
        painter.drawText(rect.adjusted(8, 0, -8, 0), Qt::AlignCenter, shown);
      }
      return;
    }
    case Field::Text:
      field_background(background);
      painter.setPen(is_editable ? text : t.text_dim);
      painter.drawText(rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter,
                       elided(text_of(placed), rect.width() - 16));
      return;
    case Field::Enum:
    case Field::Pointer: {
      field_background(background);
      const QString shown = text_of(placed);
      painter.setPen(shown.isEmpty() ? t.text_dim : text);
      painter.drawText(rect.adjusted(8, 0, -22, 0), Qt::AlignVCenter,
                       elided(shown.isEmpty() ? QStringLiteral("None") : shown, rect.width() - 30));
      painter.setPen(QPen(t.text_dim, 1.4));
      const QPointF c(rect.right() - 12, rect.center().y());
      painter.drawLine(c + QPointF(-3.5, -1.5), c + QPointF(0, 2));
      painter.drawLine(c + QPointF(0, 2), c + QPointF(3.5, -1.5));
      return;
    }
    case Field::EnumItem: {
      const std::optional<Value> value = value_of(placed);
      const bool is_on =
          value && value->as_string() == p.items[std::size_t(placed.index)].identifier;
      field_background(is_on ? t.accent : background);
      painter.setPen(is_on ? t.text_on_accent : text);
      painter.drawText(rect.adjusted(4, 0, -4, 0), Qt::AlignCenter,
                       elided(QString::fromStdString(placed.label), rect.width() - 8));
      return;
    }
    case Field::Color: {
      const std::optional<Value> value = value_of(placed);
      float4 c{0, 0, 0, 1};
      if (value && value->as_numbers().size() >= 3) {
        for (std::size_t i = 0; i < std::min<std::size_t>(4, value->as_numbers().size()); ++i) {
          c[int(i)] = float(value->as_numbers()[i]);
        }
      }
      const auto shown = [&](float v) {
        return std::clamp(p.subtype == Subtype::Color ? linear_to_srgb(std::max(0.0f, v)) : v, 0.0f,
                          1.0f);
      };
      field_background(QColor::fromRgbF(shown(c.x), shown(c.y), shown(c.z)));
      painter.setPen(QPen(is_hovered ? t.text_dim : t.border, 1));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), t.radius, t.radius);
      return;
    }
    case Field::Check: {
      const std::optional<Value> value = value_of(placed);
      const bool is_on = value && value->as_bool();
      const QRectF box(rect.x() + 1, rect.center().y() - 8, 16, 16);
      painter.setPen(t.is_dark ? QPen(Qt::NoPen) : QPen(t.border, 1));
      painter.setBrush(is_on ? t.accent : background);
      painter.drawRoundedRect(box, 3, 3);
      if (is_on) {
        painter.setPen(QPen(t.text_on_accent, 2));
        painter.drawLine(box.topLeft() + QPointF(3.5, 8), box.topLeft() + QPointF(6.5, 11.5));
        painter.drawLine(box.topLeft() + QPointF(6.5, 11.5), box.topLeft() + QPointF(12.5, 4.5));
      }
      painter.setPen(text);
      painter.drawText(rect.adjusted(24, 0, 0, 0), Qt::AlignVCenter,
                       elided(QString::fromStdString(placed.label), rect.width() - 26));
      return;
    }
    case Field::Toggle: {
      const bool is_on =
          p.is_array() ? number_of(placed) != 0.0 : value_of(placed).value_or(Value()).as_bool();
      field_background(is_on ? t.accent : background);
      painter.setPen(is_on ? t.text_on_accent : text);
      painter.drawText(rect, Qt::AlignCenter,
                       elided(QString::fromStdString(placed.label), rect.width() - 8));
      return;
    }
    case Field::None:
      return;
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
    const bool can_click = is_head || placed.item->kind == Kind::Button ||
                           placed.item->kind == Kind::Menu || placed.field != Field::None;
    if (can_click && rect.contains(float(at.x()), float(at.y()))) {
      return int(i);
    }
  }
  return -1;
}

bool LayoutView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
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
      if (item.owner) {
        tip += "\n" + QString::fromStdString(python_path(context_.session.document(), item.owner,
                                                         &p, context_.session.services()));
      }
    }
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
  }
  return QWidget::event(event);
}

bool LayoutView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    finish_text(false);
    return true;
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
    drag_start_ = number_of(placed_.items[std::size_t(pressed_)]);
    merge_key_ = unique_number();
  }
  update();
}

void LayoutView::mouseMoveEvent(QMouseEvent* event) {
  if (pressed_ >= 0 && event->buttons().testFlag(Qt::LeftButton)) {
    const PlacedItem placed = placed_.items[std::size_t(pressed_)];
    if (placed.field != Field::Number || !placed.item->is_enabled ||
        placed.item->property->is_read_only) {
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
    if (value != number_of(placed)) {
      set_component(LayoutItem(*placed.item), placed.index, value, merge_key_);
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
  if (event->button() == Qt::LeftButton && pressed >= 0 && !was_dragging &&
      item_at(event->position()) == pressed) {
    click(pressed);
  }
}

void LayoutView::mouseDoubleClickEvent(QMouseEvent* event) {
  mousePressEvent(event);
}

void LayoutView::leaveEvent(QEvent*) {
  hovered_ = -1;
  update();
}

void LayoutView::click(int index) {
  const PlacedItem placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  if (item.kind == Kind::Panel) {
    open_[item.identifier] = placed.index != 1;
    place();
    update();
    return;
  }
  if (!item.is_enabled) {
    return;
  }
  if (item.kind == Kind::Button) {
    if (item.action) {
      item.action();
    } else {
      context_.commands.run(item.command, item.settings);
    }
    return;
  }
  if (item.kind == Kind::Menu) {
    QMenu menu(this);
    for (const LayoutItem& child : item.children) {
      menu.addAction(QString::fromStdString(child.text), [this, child] {
        if (child.action) {
          child.action();
        } else {
          context_.commands.run(child.command, child.settings);
        }
      });
    }
    menu.exec(mapToGlobal(QPoint(int(placed.rect.x), int(placed.rect.y + placed.rect.height))));
    return;
  }
  const Property& p = *item.property;
  if (p.is_read_only) {
    return;
  }
  switch (placed.field) {
    case Field::Number:
    case Field::Text:
      edit_as_text(index);
      break;
    case Field::Check:
    case Field::Toggle:
      if (p.is_array()) {
        set_component(item, placed.index, number_of(placed) != 0.0 ? 0.0 : 1.0, 0);
      } else if (const auto value = value_of(placed)) {
        access_.set(item, Value(!value->as_bool()), 0);
      }
      break;
    case Field::Enum:
      open_enum(index);
      break;
    case Field::EnumItem:
      access_.set(item, Value(p.items[std::size_t(placed.index)].identifier), 0);
      break;
    case Field::Pointer:
      open_pointer(index);
      break;
    case Field::Color:
      open_color(index);
      break;
    case Field::None:
      break;
  }
  // Values outside the document change without telling.
  rebuild();
}

void LayoutView::set_component(const LayoutItem& item, int index, double number,
                               std::uint64_t merge_key) {
  const ConstRef owner = access_.owner(item);
  if (!owner) {
    return;
  }
  const Property& p = *item.property;
  if (p.is_array()) {
    const Value now = read(owner, p);
    Value::Numbers numbers = now.as_numbers();
    if (index < 0 || index >= int(numbers.size())) {
      return;
    }
    numbers[std::size_t(index)] = number;
    access_.set(item, Value(std::move(numbers)), merge_key);
  } else if (p.type == PropertyType::Int) {
    access_.set(item, Value(std::int64_t(std::llround(number))), merge_key);
  } else {
    access_.set(item, Value(number), merge_key);
  }
}

void LayoutView::edit_as_text(int index) {
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  text_item_ = *placed.item;
  text_index_ = placed.index;
  text_ = new QLineEdit(this);
  text_->setGeometry(to_qrect(placed.rect).toRect());
  text_->setText(text_of(placed));
  text_->selectAll();
  text_->show();
  text_->setFocus();
  connect(text_, &QLineEdit::editingFinished, this, [this] { finish_text(true); });
  text_->installEventFilter(this);
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
  if (!is_kept || !is_changed) {
    return;
  }
  const LayoutItem item = text_item_;
  if (item.property->type == PropertyType::String) {
    access_.set(item, Value(typed), 0);
  } else if (const Result<double> number =
                 parse_number(*item.property, typed, context_.session.scene())) {
    set_component(item, text_index_, *number, 0);
  } else {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("\"{}\" is no number: {}", typed, number.error().message));
  }
  rebuild();
}

void LayoutView::open_enum(int index) {
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  const Property& p = *item.property;
  const std::vector<EnumItem> items =
      p.dynamic_items ? p.dynamic_items(access_.owner(item)) : p.items;
  const std::string now = value_of(placed).value_or(Value()).as_string();
  QMenu menu(this);
  for (const EnumItem& choice : items) {
    QAction* action = menu.addAction(QString::fromStdString(choice.label));
    action->setCheckable(true);
    action->setChecked(choice.identifier == now);
    connect(action, &QAction::triggered, this, [this, item, identifier = choice.identifier] {
      access_.set(item, Value(identifier), 0);
    });
  }
  menu.exec(mapToGlobal(QPoint(int(placed.rect.x), int(placed.rect.y + placed.rect.height))));
}

void LayoutView::open_pointer(int index) {
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  const Schema* target = item.property->target_schema();
  if (!target) {
    return;
  }
  const auto find = [this, item, target](const QString& text) {
    std::vector<Choice> choices;
    if (!item.property->is_never_none) {
      choices.push_back({QStringLiteral("None"), {}, true, {}});
    }
    const Document& document = context_.session.document();
    const ConstRef owner = access_.owner(item);
    for (int type = 0; type < block_type_count && owner; ++type) {
      for (const BlockId id : document.all(BlockType(type))) {
        const DataBlock* block = document.find(id);
        if (!block->dynamic_schema().is_a(*target)) {
          break;
        }
        const QString name = QString::fromStdString(block->name);
        if (!name.contains(text, Qt::CaseInsensitive) ||
            (item.property->accepts &&
             !item.property->accepts(
                 owner, reference_to(*block, &document, &context_.session.services())))) {
          continue;
        }
        choices.push_back(
            {name, QString(), true, QStringLiteral("%1/%2").arg(id.slot).arg(id.serial)});
        if (choices.size() >= most_choices) {
          return choices;
        }
      }
    }
    return choices;
  };
  auto* popup = new ChoicePopup(
      context_, QString::fromStdString(item.property->label), find,
      [this, item](const Choice& choice) {
        const QStringList parts = choice.key.split('/');
        access_.set(
            item,
            parts.size() == 2 ? Value(BlockId{parts[0].toUInt(), parts[1].toUInt()}) : Value(), 0);
      },
      this);
  popup->show();
}

void LayoutView::open_color(int index) {
  const PlacedItem& placed = placed_.items[std::size_t(index)];
  const LayoutItem item = *placed.item;
  const std::optional<Value> value = value_of(placed);
  if (!value || value->as_numbers().size() < 3) {
    return;
  }
  const std::size_t count = value->as_numbers().size();
  float4 color{0, 0, 0, 1};
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 4); ++i) {
    color[int(i)] = float(value->as_numbers()[i]);
  }
  const std::uint64_t key = unique_number();
  auto* popup = new ColorPopup(
      context_, color, count == 4, item.property->subtype == Subtype::Color,
      [this, item, key, count](float4 picked) {
        Value::Numbers numbers{picked.x, picked.y, picked.z};
        if (count == 4) {
          numbers.push_back(picked.w);
        }
        access_.set(item, Value(std::move(numbers)), key);
      },
      this);
  popup->show();
}

}  // namespace kiln::editor
