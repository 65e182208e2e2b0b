#include "editor/screen/area_widget.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "editor/preferences/current.h"
#include "editor/window/script_header.h"

namespace kiln::editor {
namespace {

// The handle at the end of a bar: dragging it splits, joins or swaps areas.
class CornerHandle : public QWidget {
public:
  CornerHandle(const Theme& theme,
               std::function<void(QPoint, QPoint, Qt::KeyboardModifiers, bool)> dragged)
      : theme_(theme), dragged_(std::move(dragged)) {
    setFixedSize(18, 22);
    setCursor(Qt::CrossCursor);
    setToolTip(QStringLiteral(
        "Drag into this area to split it, into another one to join them, with Ctrl to swap them"));
  }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = theme_.text_dim;
    color.setAlpha(underMouse() ? 255 : 130);
    painter.setPen(QPen(color, 1.3));
    for (int i = 0; i < 3; ++i) {
      painter.drawLine(QPointF(6 + 4 * i, 6), QPointF(16, 16 - 4 * i));
    }
  }
  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }
  void mousePressEvent(QMouseEvent* event) override {
    if (event->button() == Qt::LeftButton) {
      from_ = event->globalPosition().toPoint();
      is_dragging_ = true;
    }
  }
  void mouseMoveEvent(QMouseEvent* event) override {
    if (is_dragging_) {
      dragged_(from_, event->globalPosition().toPoint(), event->modifiers(), false);
    }
  }
  void mouseReleaseEvent(QMouseEvent* event) override {
    if (std::exchange(is_dragging_, false)) {
      dragged_(from_, event->globalPosition().toPoint(), event->modifiers(), true);
    }
  }

private:
  const Theme& theme_;
  std::function<void(QPoint, QPoint, Qt::KeyboardModifiers, bool)> dragged_;
  QPoint from_;
  bool is_dragging_ = false;
};

// Whether a widget of a bar is one of its menus.
bool is_menu(const QToolButton* button) {
  return button && button->menu() && button->icon().isNull() && !button->isHidden() &&
         button->property("flat").toBool();
}

// Takes a widget away whose own event (its menu, one of its buttons) may be what asked for it.
void retire(QWidget* widget) {
  if (widget) {
    widget->hide();
    widget->deleteLater();
  }
}

}  // namespace

AreaWidget::AreaWidget(EditorContext& context, const EditorRegistry& editors, AreaId id,
                       QWidget* parent)
    : QWidget(parent), context_(context), editors_(editors), id_(id) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  tab_ = new QToolButton(this);
  tab_->setFixedSize(22, 12);
  tab_->setToolTip(QStringLiteral("Shows the bar of this area"));
  tab_->hide();
  connect(tab_, &QToolButton::clicked, this, [this] {
    AreaBar shown = state_;
    shown.is_shown = true;
    Q_EMIT bar_chosen(id_, shown);
  });
  theme_connection_ = context.theme_changed.connect([this] { update(); });
}

bool AreaWidget::set_editor(const std::string& type) {
  const EditorType* found = editors_.find(type);
  const EditorType& chosen = found ? *found : editors_.all().front();
  if (type_ == chosen.identifier) {
    return false;
  }
  type_ = chosen.identifier;
  retire(std::exchange(bar_, nullptr));
  retire(std::exchange(editor_, nullptr));
  // In narrow areas the menus are cut off at their end and can be scrolled by the wheel; the handle
  // stays.
  bar_ = new QWidget(this);
  bar_->setFixedHeight(context_.theme.header_height);
  auto* bar_row = new QHBoxLayout(bar_);
  bar_row->setContentsMargins(0, 0, 4, 0);
  bar_row->setSpacing(0);
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidgetResizable(true);
  scroll->setMinimumWidth(10);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setStyleSheet(
      QStringLiteral("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"));
  auto* inner = new QWidget;
  // However tall its widgets would like to be.
  inner->setFixedHeight(context_.theme.header_height);
  scroll->setWidget(inner);
  bar_row->addWidget(scroll, 1);
  bar_layout_ = new QHBoxLayout(inner);
  bar_layout_->setContentsMargins(6, 3, 4, 3);
  bar_layout_->setSpacing(3);
  choice_ = new QToolButton;
  choice_->setText(chosen.label + QStringLiteral("  ▾"));
  choice_->setToolTip(QStringLiteral("What this area shows"));
  choice_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(choice_);
  for (const EditorType& offered : editors_.all()) {
    menu->addAction(offered.label, [this, identifier = offered.identifier] {
      Q_EMIT editor_chosen(id_, QString::fromStdString(identifier));
    });
  }
  choice_->setMenu(menu);
  bar_layout_->addWidget(choice_);
  bar_layout_->addSpacing(4);
  all_menus_ = new QToolButton;
  all_menus_->setText(QStringLiteral("☰"));
  all_menus_->setToolTip(QStringLiteral("Menus"));
  all_menus_->setPopupMode(QToolButton::InstantPopup);
  auto* menus = new QMenu(all_menus_);
  connect(menus, &QMenu::aboutToShow, menus, [this, menus] {
    menus->clear();
    for (int i = 0; i < bar_layout_->count(); ++i) {
      auto* button = qobject_cast<QToolButton*>(bar_layout_->itemAt(i)->widget());
      if (is_menu(button)) {
        menus->addMenu(button->menu())->setText(button->text());
      }
    }
  });
  all_menus_->setMenu(menus);
  bar_layout_->addWidget(all_menus_);
  editor_ = chosen.make(context_);
  editor_->setParent(this);
  const int before = bar_layout_->count();
  editor_->build_header(*bar_layout_);
  script_header_ = new ScriptHeader(context_, type_);
  int stretch_at = bar_layout_->count();
  for (int i = bar_layout_->count(); i-- > before;) {
    stretch_at = bar_layout_->itemAt(i)->spacerItem() ? i : stretch_at;
  }
  bar_layout_->insertWidget(stretch_at, script_header_);
  bool has_stretch = false;
  for (int i = before; i < bar_layout_->count(); ++i) {
    has_stretch = has_stretch || bar_layout_->itemAt(i)->spacerItem();
  }
  if (!has_stretch) {
    bar_layout_->addStretch(1);
  }
  for (QToolButton* button : inner->findChildren<QToolButton*>()) {
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  corner_ = new CornerHandle(context_.theme, [this](QPoint from, QPoint to,
                                                    Qt::KeyboardModifiers modifiers, bool is_over) {
    Q_EMIT corner_dragged(id_, from, to, modifiers, is_over);
  });
  bar_row->addWidget(corner_);
  layout()->addWidget(bar_);
  layout()->addWidget(editor_);
  editor_->show();
  set_bar(state_);
  apply_preferences();
  return true;
}

void AreaWidget::set_bar(const AreaBar& bar) {
  state_ = bar;
  static_cast<QVBoxLayout*>(layout())->setDirection(bar.is_below ? QBoxLayout::BottomToTop
                                                                 : QBoxLayout::TopToBottom);
  bar_->setVisible(bar.is_shown);
  tab_->setText(bar.is_below ? QStringLiteral("▴") : QStringLiteral("▾"));
  show_menus();
  place_tab();
  update();
}

// Editors show and hide their menus themselves: those that are folded have no width.
void AreaWidget::show_menus() {
  for (int i = 0; i < bar_layout_->count(); ++i) {
    auto* button = qobject_cast<QToolButton*>(bar_layout_->itemAt(i)->widget());
    if (button && button->menu() && button->icon().isNull() && button->property("flat").toBool()) {
      button->setMaximumWidth(state_.has_menus ? QWIDGETSIZE_MAX : 0);
    }
  }
  all_menus_->setVisible(!state_.has_menus);
}

void AreaWidget::apply_preferences() {
  corner_->setVisible(current_preferences(context_.session).apps.show_corner_split);
  place_tab();
}

void AreaWidget::place_tab() {
  tab_->setVisible(!state_.is_shown &&
                   current_preferences(context_.session).apps.show_regions_visibility_toggle);
  tab_->move(width() - tab_->width() - 8, state_.is_below ? height() - tab_->height() : 0);
  tab_->raise();
}

void AreaWidget::resizeEvent(QResizeEvent*) {
  place_tab();
}

void AreaWidget::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.area);
  if (bar_ && state_.is_shown) {
    painter.fillRect(bar_->geometry(), context_.theme.header);
  }
}

void AreaWidget::contextMenuEvent(QContextMenuEvent* event) {
  if (bar_ && state_.is_shown && bar_->geometry().contains(event->pos())) {
    Q_EMIT menu_wanted(id_, event->globalPos());
  }
}

std::vector<std::pair<std::string, QRect>> AreaWidget::named_places() const {
  const auto in_area = [this](const QWidget* widget) {
    return QRect(widget->mapTo(const_cast<AreaWidget*>(this), QPoint(0, 0)), widget->size());
  };
  std::vector<std::pair<std::string, QRect>> places{{"editor_menu", in_area(choice_)},
                                                    {"corner", in_area(corner_)}};
  for (int i = 0; i < bar_layout_->count(); ++i) {
    if (auto* button = qobject_cast<QToolButton*>(bar_layout_->itemAt(i)->widget());
        button && button != choice_ && !button->isHidden() && button->maximumWidth() > 0) {
      places.emplace_back("header:" + button->text().toStdString(), in_area(button));
    } else if (auto* field = qobject_cast<QLineEdit*>(bar_layout_->itemAt(i)->widget())) {
      places.emplace_back("field:" + field->placeholderText().toStdString(), in_area(field));
    }
  }
  const QRect added = in_area(script_header_);
  for (const auto& [name, rect] : script_header_->named_places()) {
    if (script_header_->isVisible()) {
      places.emplace_back(name, rect.translated(added.topLeft()));
    }
  }
  if (tab_->isVisible()) {
    places.emplace_back("bar_tab", tab_->geometry());
  }
  const QPoint offset = editor_->mapTo(const_cast<AreaWidget*>(this), QPoint(0, 0));
  for (const auto& [name, rect] : editor_->named_places()) {
    places.emplace_back(name, rect.translated(offset));
  }
  return places;
}

}  // namespace kiln::editor
