#include "editor/screen/screen_widget.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include "editor/preferences/current.h"

namespace kiln::editor {
namespace {

// Shows what letting go would do.
class DropPreview : public QWidget {
public:
  explicit DropPreview(QWidget* parent, const Theme& theme) : QWidget(parent), theme_(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
  }
  void show_at(QRect rect, const QString& text) {
    text_ = text;
    setGeometry(rect);
    raise();
    show();
    update();
  }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    QColor fill = theme_.accent;
    fill.setAlpha(90);
    painter.fillRect(rect(), fill);
    painter.setPen(QPen(theme_.accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
    painter.setPen(theme_.text);
    painter.drawText(rect(), Qt::AlignCenter, text_);
  }

private:
  const Theme& theme_;
  QString text_;
};

QRect to_qrect(const Rect& r) {
  return QRect(r.x, r.y, r.width, r.height);
}

}  // namespace

ScreenWidget::ScreenWidget(EditorContext& context, const EditorRegistry& editors, ScreenTree tree,
                           QWidget* parent)
    : QWidget(parent),
      context_(context),
      editors_(editors),
      tree_(std::move(tree)),
      preview_(new DropPreview(this, context.theme)) {
  setMouseTracking(true);
  preview_->hide();
  sync();
}

AreaWidget* ScreenWidget::area(AreaId id) const {
  const auto found = areas_.find(id);
  return found == areas_.end() ? nullptr : found->second;
}

AreaWidget* ScreenWidget::area_at(QPoint global) const {
  const QPoint at = mapFromGlobal(global);
  for (const auto& [id, widget] : areas_) {
    if (widget->isVisible() && widget->geometry().contains(at)) {
      return widget;
    }
  }
  return nullptr;
}

AreaWidget* ScreenWidget::active_area() const {
  AreaWidget* widget = area(active_);
  return widget || areas_.empty() ? widget : areas_.begin()->second;
}

void ScreenWidget::update_all() {
  for (AreaWidget* area : areas()) {
    for (QWidget* widget : area->editor()->findChildren<QWidget*>()) {
      widget->update();
    }
    area->editor()->update();
  }
}

void ScreenWidget::note_mouse(QPoint global) {
  if (AreaWidget* widget = area_at(global); widget && widget->id() != active_) {
    active_ = widget->id();
    context_.hint_changed.emit(widget->editor()->hint());
  }
}

std::vector<AreaWidget*> ScreenWidget::areas() const {
  std::vector<AreaWidget*> out;
  for (const auto& [id, widget] : areas_) {
    out.push_back(widget);
  }
  return out;
}

// Makes, moves and removes widgets so that they are what the tree says.
void ScreenWidget::sync() {
  const std::vector<ScreenTree::Area> now = tree_.areas(window(), gap_width);
  std::map<AreaId, AreaWidget*> kept;
  for (const ScreenTree::Area& area : now) {
    const auto found = areas_.find(area.id);
    AreaWidget* widget = found == areas_.end() ? nullptr : found->second;
    if (!widget) {
      widget = new AreaWidget(context_, editors_, area.id, this);
      connect(widget, &AreaWidget::editor_chosen, this, [this](AreaId id, const QString& type) {
        tree_.set_editor(id, type.toStdString());
        sync();
        Q_EMIT tree_changed();
      });
      connect(widget, &AreaWidget::corner_dragged, this, &ScreenWidget::corner_dragged);
      connect(widget, &AreaWidget::menu_wanted, this, &ScreenWidget::show_area_menu);
      connect(widget, &AreaWidget::bar_chosen, this, &ScreenWidget::set_bar);
    }
    if (widget->set_editor(area.editor)) {
      Editor* editor = widget->editor();
      if (!area.state.empty()) {
        editor->restore(area.state);
      }
      states_[area.id] = editor->state_changed.connect([this, editor, id = area.id] {
        tree_.set_state(id, editor->state());
        Q_EMIT tree_changed();
      });
    }
    if (!(widget->bar() == area.bar)) {
      widget->set_bar(area.bar);
    }
    widget->setGeometry(maximized_ == area.id ? rect() : to_qrect(area.rect));
    widget->setVisible(!maximized_ || *maximized_ == area.id);
    kept[area.id] = widget;
  }
  for (const auto& [id, widget] : areas_) {
    if (!kept.contains(id)) {
      // Its own menu may be what removes it.
      widget->hide();
      widget->deleteLater();
    }
  }
  areas_ = std::move(kept);
  update();
}

void ScreenWidget::split(AreaId area, ScreenTree::Axis axis, float factor) {
  maximized_.reset();
  if (const std::optional<AreaId> added = tree_.split(area, axis, factor)) {
    const AreaWidget* before = this->area(area);
    const HeaderAlign place = current_preferences(context_.session).view.header_align;
    if (before && place != HeaderAlign::None) {
      AreaBar bar = before->bar();
      bar.is_below = place == HeaderAlign::Bottom;
      tree_.set_bar(*added, bar);
    }
    sync();
    Q_EMIT tree_changed();
  }
}

void ScreenWidget::join(AreaId kept, AreaId taken) {
  maximized_.reset();
  if (tree_.join(kept, taken)) {
    sync();
    Q_EMIT tree_changed();
  }
}

void ScreenWidget::swap(AreaId a, AreaId b) {
  if (tree_.swap(a, b)) {
    sync();
    Q_EMIT tree_changed();
  }
}

void ScreenWidget::set_bar(AreaId area, const AreaBar& bar) {
  if (tree_.set_bar(area, bar)) {
    sync();
    Q_EMIT tree_changed();
  }
}

void ScreenWidget::apply_preferences() {
  for (const auto& [id, widget] : areas_) {
    widget->apply_preferences();
  }
}

void ScreenWidget::toggle_maximized(AreaId area) {
  maximized_ = maximized_ ? std::nullopt : std::optional<AreaId>(area);
  sync();
}

void ScreenWidget::resizeEvent(QResizeEvent*) {
  sync();
}

void ScreenWidget::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.window);
  if (dragged_) {
    painter.fillRect(to_qrect(dragged_->rect), context_.theme.accent);
  }
}

std::optional<ScreenTree::Gap> ScreenWidget::gap_at(QPoint at) const {
  if (maximized_ || !current_preferences(context_.session).apps.show_edge_resize) {
    return std::nullopt;
  }
  for (const ScreenTree::Gap& gap : tree_.gaps(window(), gap_width)) {
    if (to_qrect(gap.rect).adjusted(-1, -1, 1, 1).contains(at)) {
      return gap;
    }
  }
  return std::nullopt;
}

void ScreenWidget::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    dragged_ = gap_at(event->pos());
    update();
  }
}

void ScreenWidget::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_) {
    const Rect& whole = dragged_->whole;
    const bool is_column = dragged_->axis == ScreenTree::Axis::Columns;
    const float factor = is_column
                             ? float(event->pos().x() - whole.x) / float(std::max(1, whole.width))
                             : float(event->pos().y() - whole.y) / float(std::max(1, whole.height));
    tree_.set_factor(dragged_->split, factor);
    for (const ScreenTree::Gap& gap : tree_.gaps(window(), gap_width)) {
      if (gap.split == dragged_->split) {
        dragged_ = gap;
      }
    }
    sync();
    return;
  }
  const auto gap = gap_at(event->pos());
  setCursor(!gap                                     ? Qt::ArrowCursor
            : gap->axis == ScreenTree::Axis::Columns ? Qt::SplitHCursor
                                                     : Qt::SplitVCursor);
}

void ScreenWidget::mouseReleaseEvent(QMouseEvent*) {
  if (dragged_) {
    dragged_.reset();
    update();
    Q_EMIT tree_changed();
  }
}

void ScreenWidget::contextMenuEvent(QContextMenuEvent* event) {
  if (AreaWidget* widget = active_area()) {
    show_area_menu(widget->id(), event->globalPos());
  }
}

void ScreenWidget::show_area_menu(AreaId id, QPoint at) {
  QMenu menu(this);
  menu.addAction(QStringLiteral("Split Left and Right"),
                 [this, id] { split(id, ScreenTree::Axis::Columns, 0.5f); });
  menu.addAction(QStringLiteral("Split Top and Bottom"),
                 [this, id] { split(id, ScreenTree::Axis::Rows, 0.5f); });
  menu.addSeparator();
  if (const AreaWidget* widget = area(id)) {
    const AreaBar bar = widget->bar();
    const auto add = [&](const QString& text, bool is_on, bool AreaBar::*what) {
      QAction* action = menu.addAction(text, [this, id, bar, what] {
        AreaBar changed = bar;
        changed.*what = !(changed.*what);
        set_bar(id, changed);
      });
      action->setCheckable(true);
      action->setChecked(is_on);
    };
    add(QStringLiteral("Show Bar"), bar.is_shown, &AreaBar::is_shown);
    add(QStringLiteral("Show Menus"), bar.has_menus, &AreaBar::has_menus);
    add(QStringLiteral("Bar at the Bottom"), bar.is_below, &AreaBar::is_below);
  }
  menu.addSeparator();
  menu.addAction(maximized_ ? QStringLiteral("Back to All Areas\tCtrl Space")
                            : QStringLiteral("Maximize\tCtrl Space"),
                 [this, id] { toggle_maximized(id); });
  QAction* close = menu.addAction(QStringLiteral("Close Area"), [this, id] {
    for (const auto& [other, widget] : areas_) {
      if (other != id) {
        join(other, id);
        return;
      }
    }
  });
  close->setEnabled(areas_.size() > 1);
  menu.exec(at);
}

void ScreenWidget::corner_dragged(AreaId id, QPoint from, QPoint to,
                                  Qt::KeyboardModifiers modifiers, bool is_over) {
  AreaWidget* own = area(id);
  AreaWidget* target = area_at(to);
  const QPoint way = to - from;
  if (is_over || !own || !target || way.manhattanLength() < 12) {
    preview_->hide();
  }
  if (!own || !target || way.manhattanLength() < 12) {
    return;
  }
  auto* preview = static_cast<DropPreview*>(preview_);
  if (target != own) {
    const bool is_swap = modifiers.testFlag(Qt::ControlModifier);
    if (!is_over) {
      preview->show_at(target->geometry(),
                       is_swap ? QStringLiteral("Swap") : QStringLiteral("Join: this area goes"));
    } else if (is_swap) {
      swap(id, target->id());
    } else {
      join(id, target->id());
    }
    return;
  }
  const QRect whole = own->geometry();
  const QPoint at = mapFromGlobal(to);
  const bool is_column = std::abs(way.x()) > std::abs(way.y());
  const float factor = is_column ? float(at.x() - whole.x()) / float(std::max(1, whole.width()))
                                 : float(at.y() - whole.y()) / float(std::max(1, whole.height()));
  if (is_over) {
    split(id, is_column ? ScreenTree::Axis::Columns : ScreenTree::Axis::Rows, factor);
  } else {
    preview->show_at(is_column ? QRect(at.x(), whole.y(), whole.right() - at.x(), whole.height())
                               : QRect(whole.x(), at.y(), whole.width(), whole.bottom() - at.y()),
                     QStringLiteral("Split"));
  }
}

}  // namespace kiln::editor
