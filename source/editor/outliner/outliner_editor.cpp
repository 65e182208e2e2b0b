#include "editor/outliner/outliner_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "document/scene.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {

OutlinerView::OutlinerView(EditorContext& context, OutlinerModel& model)
    : context_(context), model_(model) {
  setFrameShape(QFrame::NoFrame);
  viewport()->setMouseTracking(true);
  setFocusPolicy(Qt::NoFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  refresh(true);
}

void OutlinerView::refresh(bool rows_changed) {
  if (rows_changed) {
    model_.rebuild();
    verticalScrollBar()->setRange(
        0, std::max(0, int(model_.rows().size()) * row_height - viewport()->height() + 4));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(row_height);
  }
  viewport()->update();
}

void OutlinerView::resizeEvent(QResizeEvent*) {
  refresh(true);
}

int OutlinerView::row_at(QPoint at) const {
  const int row = (at.y() + verticalScrollBar()->value() - 2) / row_height;
  return at.y() + verticalScrollBar()->value() >= 2 && row < int(model_.rows().size()) ? row : -1;
}

QRect OutlinerView::row_rect(int row) const {
  return QRect(0, 2 + row * row_height - verticalScrollBar()->value(), viewport()->width(),
               row_height);
}
QRect OutlinerView::name_rect(int row) const {
  const int left = 8 + model_.rows()[std::size_t(row)].depth * 16 + 36;
  return QRect(left, row_rect(row).y(), std::max(20, viewport()->width() - left - 60), row_height);
}
QRect OutlinerView::eye_rect(int row) const {
  return QRect(viewport()->width() - 52, row_rect(row).y(), 22, row_height);
}
QRect OutlinerView::render_rect(int row) const {
  return QRect(viewport()->width() - 28, row_rect(row).y(), 22, row_height);
}

void OutlinerView::paint_icon(QPainter& painter, const OutlinerRow& row, QRectF rect) const {
  const Theme& t = context_.theme;
  const QPointF c = rect.center();
  painter.setBrush(Qt::NoBrush);
  if (row.kind == OutlinerRow::Kind::Collection || row.kind == OutlinerRow::Kind::Scene) {
    painter.setPen(QPen(t.text, 1.3));
    painter.drawRoundedRect(QRectF(c.x() - 6, c.y() - 3, 12, 8), 1.5, 1.5);
    painter.drawLine(QPointF(c.x() - 4, c.y() - 5.5), QPointF(c.x() + 4, c.y() - 5.5));
    return;
  }
  BlockId shown = row.block;
  if (row.kind == OutlinerRow::Kind::Object) {
    const Object* object = context_.session.document().find<Object>(row.block);
    shown = object ? object->data.id : BlockId{};
  }
  const DataBlock* block = context_.session.document().find(shown);
  const QColor color = row.kind == OutlinerRow::Kind::Object ? t.active : t.axis_y;
  painter.setPen(QPen(color, 1.4));
  if (!block) {
    painter.drawLine(c - QPointF(6, 0), c + QPointF(6, 0));
    painter.drawLine(c - QPointF(0, 6), c + QPointF(0, 6));
  } else if (block->type() == BlockType::Camera) {
    painter.drawRoundedRect(QRectF(c.x() - 7, c.y() - 4, 9, 8), 1.5, 1.5);
    const QPointF lens[3] = {c + QPointF(2, 0), c + QPointF(6.5, -3.5), c + QPointF(6.5, 3.5)};
    painter.drawPolygon(lens, 3);
  } else if (block->type() == BlockType::Light) {
    painter.drawEllipse(c, 3, 3);
    for (int i = 0; i < 8; ++i) {
      const double a = i * 0.785398;
      const QPointF d(std::cos(a), std::sin(a));
      painter.drawLine(c + d * 4.8, c + d * 6.8);
    }
  } else {
    const QPointF triangle[3] = {c + QPointF(0, -5.5), c + QPointF(6, 5), c + QPointF(-6, 5)};
    painter.drawPolygon(triangle, 3);
  }
}

void OutlinerView::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = context_.theme;
  painter.fillRect(viewport()->rect(), t.area);
  const int first = std::max(0, verticalScrollBar()->value() / row_height - 1);
  const int last = std::min(int(model_.rows().size()) - 1,
                            (verticalScrollBar()->value() + viewport()->height()) / row_height + 1);
  for (int i = first; i <= last; ++i) {
    const OutlinerRow& row = model_.rows()[std::size_t(i)];
    const QRect rect = row_rect(i);
    const bool is_selected = model_.is_selected(row), is_active = model_.is_active(row);
    QColor background = i % 2 ? t.area.lighter(t.is_dark ? 106 : 102) : t.area;
    if (is_selected) {
      background = is_active ? t.accent.darker(t.is_dark ? 125 : 100) : t.accent_dim;
    } else if (i == hovered_) {
      background = t.header.lighter(t.is_dark ? 110 : 103);
    }
    painter.fillRect(rect, background);
    if (i == drop_) {
      painter.setPen(QPen(t.accent, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(rect.adjusted(1, 1, -1, -1));
    }
    const int left = 8 + row.depth * 16;
    if (row.has_children) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.text_dim);
      const QPointF c(left + 5, rect.center().y() + 0.5);
      const QPointF open_mark[3] = {c + QPointF(-4, -2), c + QPointF(4, -2), c + QPointF(0, 3)};
      const QPointF closed_mark[3] = {c + QPointF(-2, -4), c + QPointF(-2, 4), c + QPointF(3, 0)};
      painter.drawPolygon(row.is_open ? open_mark : closed_mark, 3);
    }
    paint_icon(painter, row, QRectF(left + 14, rect.y(), 18, rect.height()));
    const bool is_shown = model_.is_shown(row), is_rendered = model_.is_rendered(row);
    painter.setPen(is_selected && t.is_dark   ? t.text_on_accent
                   : is_selected && is_active ? t.text_on_accent
                   : is_shown                 ? t.text
                                              : t.text_dim);
    if (row.kind == OutlinerRow::Kind::Collection && is_active) {
      QFont font = painter.font();
      font.setBold(true);
      painter.setFont(font);
    }
    painter.drawText(name_rect(i), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(QString::fromStdString(model_.name_of(row)),
                                                      Qt::ElideRight, name_rect(i).width()));
    painter.setFont(font());
    if (row.kind == OutlinerRow::Kind::Object || row.kind == OutlinerRow::Kind::Collection) {
      const QPointF eye = QRectF(eye_rect(i)).center();
      painter.setPen(QPen(is_shown ? t.text : t.text_dim, 1.3));
      painter.setBrush(Qt::NoBrush);
      if (is_shown) {
        painter.drawEllipse(eye, 6, 3.6);
        painter.setBrush(t.text);
        painter.drawEllipse(eye, 1.8, 1.8);
      } else {
        painter.drawArc(QRectF(eye.x() - 6, eye.y() - 5, 12, 8), 200 * 16, 140 * 16);
      }
      const QPointF shot = QRectF(render_rect(i)).center();
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(is_rendered ? t.text : t.text_dim, 1.3));
      painter.drawRoundedRect(QRectF(shot.x() - 6, shot.y() - 4, 12, 8.5), 1.5, 1.5);
      if (is_rendered) {
        painter.drawEllipse(shot + QPointF(0, 0.3), 2.2, 2.2);
      } else {
        painter.drawLine(shot + QPointF(-6, 5), shot + QPointF(6, -5));
      }
    }
  }
}

void OutlinerView::start_rename(int row) {
  if (row < 0 || model_.rows()[std::size_t(row)].kind == OutlinerRow::Kind::Scene) {
    return;
  }
  delete rename_;
  rename_ = new QLineEdit(viewport());
  rename_->setGeometry(name_rect(row).adjusted(-6, 0, 0, 0));
  rename_->setText(QString::fromStdString(model_.name_of(model_.rows()[std::size_t(row)])));
  rename_->selectAll();
  rename_->show();
  rename_->setFocus();
  connect(rename_, &QLineEdit::editingFinished, this, [this, row] {
    QLineEdit* edit = std::exchange(rename_, nullptr);
    if (!edit) {
      return;
    }
    const std::string name = edit->text().toStdString();
    edit->hide();
    edit->deleteLater();
    if (row < int(model_.rows().size()) &&
        name != model_.name_of(model_.rows()[std::size_t(row)])) {
      model_.rename(std::size_t(row), name);
    }
  });
}

void OutlinerView::rename_active() {
  const Object* active = context_.session.active_object();
  start_rename(active ? model_.row_of(active->id) : -1);
}

void OutlinerView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    return;
  }
  pressed_ = row_at(event->pos());
  press_ = event->pos();
  is_dragging_ = false;
}

void OutlinerView::mouseMoveEvent(QMouseEvent* event) {
  const int row = row_at(event->pos());
  if (event->buttons().testFlag(Qt::LeftButton) && pressed_ >= 0) {
    is_dragging_ = is_dragging_ ||
                   (event->pos() - press_).manhattanLength() > QApplication::startDragDistance();
    drop_ = is_dragging_ && row != pressed_ ? row : -1;
    viewport()->update();
    return;
  }
  if (row != hovered_) {
    hovered_ = row;
    viewport()->update();
  }
}

void OutlinerView::mouseReleaseEvent(QMouseEvent* event) {
  const int pressed = std::exchange(pressed_, -1);
  const int drop = std::exchange(drop_, -1);
  const int row = row_at(event->pos());
  if (std::exchange(is_dragging_, false)) {
    if (pressed >= 0 && drop >= 0) {
      model_.drop(std::size_t(pressed), std::size_t(drop));
    }
    viewport()->update();
    return;
  }
  if (event->button() != Qt::LeftButton || row < 0 || row != pressed) {
    return;
  }
  const OutlinerRow at = model_.rows()[std::size_t(row)];
  const int left = 8 + at.depth * 16;
  if (at.has_children && event->pos().x() >= left - 4 && event->pos().x() < left + 14) {
    model_.toggle(std::size_t(row));
    refresh(true);
  } else if (eye_rect(row).contains(event->pos())) {
    model_.toggle_shown(std::size_t(row));
  } else if (render_rect(row).contains(event->pos())) {
    model_.toggle_rendered(std::size_t(row));
  } else {
    model_.select(std::size_t(row), event->modifiers().testFlag(Qt::ControlModifier),
                  event->modifiers().testFlag(Qt::ShiftModifier));
  }
}

void OutlinerView::mouseDoubleClickEvent(QMouseEvent* event) {
  pressed_ = -1;
  start_rename(row_at(event->pos()));
}

void OutlinerView::contextMenuEvent(QContextMenuEvent* event) {
  const int row = row_at(event->pos());
  if (row < 0) {
    return;
  }
  const OutlinerRow at = model_.rows()[std::size_t(row)];
  if (!model_.is_selected(at)) {
    model_.select(std::size_t(row), false, false);
  }
  const bool is_collection = at.kind == OutlinerRow::Kind::Collection;
  context_.invoke(
      "wm.call_menu",
      {{"name", Value(is_collection ? "OUTLINER_MT_collection" : "OUTLINER_MT_object")}});
}

void OutlinerView::leaveEvent(QEvent*) {
  hovered_ = -1;
  viewport()->update();
}

std::vector<std::pair<std::string, QRect>> OutlinerView::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  const int first = std::max(0, verticalScrollBar()->value() / row_height);
  const int last = std::min(int(model_.rows().size()) - 1,
                            (verticalScrollBar()->value() + viewport()->height()) / row_height);
  for (int i = first; i <= last; ++i) {
    const std::string name = model_.name_of(model_.rows()[std::size_t(i)]);
    places.emplace_back("row:" + name, name_rect(i));
    places.emplace_back("eye:" + name, eye_rect(i));
  }
  return places;
}

OutlinerEditor::OutlinerEditor(EditorContext& context)
    : Editor(context), model_(context.session), view_(new OutlinerView(context, model_)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(view_);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet& changes) {
    bool rows_changed = false;
    for (const BlockChange& change : changes.blocks) {
      rows_changed = rows_changed || change.what != BlockChange::What::Edited ||
                     any(change.kinds & (Change::Hierarchy | Change::Name));
    }
    view_->refresh(rows_changed);
  }));
  connections_.push_back(context.theme_changed.connect([this] { view_->refresh(false); }));
}

bool OutlinerEditor::run_command(const std::string& command, const OperatorSettings&) {
  if (command == "outliner.item_rename") {
    view_->rename_active();
    return true;
  }
  return false;
}

// The selected objects and all below them.
void OutlinerEditor::select_hierarchy() {
  Session& session = this->session();
  const Scene* scene = session.scene();
  std::vector<BlockId> chosen = session.selected();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    for (const BlockId id : session.document().all(BlockType::Object)) {
      const Object* object = session.document().find<Object>(id);
      if (object->parent.id == chosen[i] &&
          std::find(chosen.begin(), chosen.end(), id) == chosen.end()) {
        chosen.push_back(id);
      }
    }
  }
  if (!scene) {
    return;
  }
  session.edit("Select Hierarchy", [&](Document& document) -> Result<void> {
    const std::int64_t at = active_layer_index(document, *scene);
    document.edit<Scene>(scene->id, Change::Selection).view_layers.edit(at).selected =
        IdSet(std::move(chosen));
    return {};
  });
}

bool OutlinerEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  if (name == "OUTLINER_MT_object" || name == "OUTLINER_MT_context_menu") {
    add_menu_item(menu, context(), "view3d.copybuffer");
    add_menu_item(menu, context(), "view3d.pastebuffer");
    menu.addSeparator();
    add_menu_item(menu, context(), "object.duplicate", {}, "Duplicate");
    add_menu_item(menu, context(), "object.delete", {}, "Delete");
    menu.addAction(QStringLiteral("Rename\tF2"), this, [this] { view_->rename_active(); });
    menu.addSeparator();
    menu.addAction(QStringLiteral("Select Hierarchy"), this, [this] { select_hierarchy(); });
    add_menu_item(menu, context(), "object.parent_clear", {}, "Clear Parent");
    if (const Object* active = session().active_object()) {
      const std::string path =
          python_path(session().document(), {active->id, {}}, nullptr, session().services());
      menu.addSeparator();
      menu.addAction(QStringLiteral("Copy as Python"), this,
                     [path] { QApplication::clipboard()->setText(QString::fromStdString(path)); });
    }
    return true;
  }
  if (name == "OUTLINER_MT_collection" || name == "OUTLINER_MT_collection_new") {
    menu.addAction(QStringLiteral("New Collection"), this, [this] { model_.add_collection(); });
    add_menu_item(menu, context(), "view3d.pastebuffer");
    return true;
  }
  return false;
}

void OutlinerEditor::build_header(QHBoxLayout& header) {
  auto* search = new QLineEdit;
  search->setPlaceholderText(QStringLiteral("Search"));
  search->setClearButtonEnabled(true);
  search->setMaximumWidth(180);
  connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
    model_.set_filter(text.toStdString());
    view_->refresh(true);
  });
  header.addWidget(search, 1);
  auto* add = new QToolButton;
  add->setText(QStringLiteral("+"));
  add->setToolTip(QStringLiteral("New collection inside the active one"));
  connect(add, &QToolButton::clicked, this, [this] { model_.add_collection(); });
  header.addWidget(add);
}

std::vector<std::pair<std::string, QRect>> OutlinerEditor::named_places() const {
  return view_->named_places();
}

void register_outliner(EditorRegistry& registry) {
  registry.add({"OUTLINER", QStringLiteral("Outliner"),
                [](EditorContext& context) -> Editor* { return new OutlinerEditor(context); }});
}

}  // namespace kiln::editor
