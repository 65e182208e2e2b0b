#include "editor/outliner/outliner_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace kiln::editor {
namespace {

// Of the color tags of collections: red, orange, yellow, green, blue, violet, pink, brown.
constexpr QRgb tag_colors[] = {0xffe2605b, 0xfff0a044, 0xfff4dc55, 0xff7bcc7b,
                               0xff5db6ea, 0xff8d59da, 0xffc673b8, 0xff7a5441};

}  // namespace

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
  const int right = int(model_.columns().size()) * column_width + 8;
  return QRect(left, row_rect(row).y(), std::max(20, viewport()->width() - left - right),
               row_height);
}

QRect OutlinerView::column_rect(int row, int n) const {
  const int count = int(model_.columns().size());
  return QRect(viewport()->width() - 4 - (count - n) * column_width, row_rect(row).y(),
               column_width, row_height);
}

std::optional<OutlinerColumn> OutlinerView::column_at(QPoint at) const {
  const std::vector<OutlinerColumn> columns = model_.columns();
  const int row = row_at(at);
  for (int n = 0; row >= 0 && n < int(columns.size()); ++n) {
    if (column_rect(row, n).contains(at)) {
      return columns[std::size_t(n)];
    }
  }
  return std::nullopt;
}

void OutlinerView::paint_icon(QPainter& painter, const OutlinerRow& row, QRectF rect) const {
  const Theme& t = context_.theme;
  const QPointF c = rect.center();
  painter.setBrush(Qt::NoBrush);
  if (row.kind == OutlinerRow::Kind::Collection || row.kind == OutlinerRow::Kind::Scene) {
    const auto* collection = context_.session.document().find<Collection>(row.block);
    const int tag = collection ? int(collection->color_tag) : -1;
    painter.setPen(
        QPen(tag >= 0 && tag < int(std::size(tag_colors)) ? QColor(tag_colors[tag]) : t.text, 1.3));
    painter.drawRoundedRect(QRectF(c.x() - 6, c.y() - 3, 12, 8), 1.5, 1.5);
    painter.drawLine(QPointF(c.x() - 4, c.y() - 5.5), QPointF(c.x() + 4, c.y() - 5.5));
    return;
  }
  if (row.kind == OutlinerRow::Kind::Group || row.kind == OutlinerRow::Kind::Value) {
    painter.setPen(QPen(t.text_dim, 1.3));
    painter.drawEllipse(c, 2, 2);
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
  } else if (block->type() == BlockType::Material || block->type() == BlockType::World) {
    painter.drawEllipse(c, 5, 5);
    painter.drawArc(QRectF(c.x() - 2, c.y() - 5, 8, 10), 100 * 16, 160 * 16);
  } else if (block->type() != BlockType::Mesh) {
    painter.drawRoundedRect(QRectF(c.x() - 4.5, c.y() - 5.5, 9, 11), 1.5, 1.5);
    painter.drawLine(c - QPointF(2, 2), c + QPointF(2, -2));
    painter.drawLine(c - QPointF(2, -1), c + QPointF(2, 1));
  } else {
    const QPointF triangle[3] = {c + QPointF(0, -5.5), c + QPointF(6, 5), c + QPointF(-6, 5)};
    painter.drawPolygon(triangle, 3);
  }
}

void paint_outliner_switch(QPainter& painter, const Theme& t, OutlinerColumn column, bool is_on,
                           QPointF c) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(is_on ? t.text : t.text_dim, 1.3));
  switch (column) {
    case OutlinerColumn::Mode: {
      if (!is_on) {
        painter.setBrush(t.text_dim);
        painter.drawEllipse(c, 1.4, 1.4);
        break;
      }
      // A face with its corners.
      painter.drawRect(QRectF(c.x() - 4.5, c.y() - 4.5, 9, 9));
      painter.setBrush(t.accent);
      for (const QPointF corner :
           {QPointF(-4.5, -4.5), QPointF(4.5, -4.5), QPointF(-4.5, 4.5), QPointF(4.5, 4.5)}) {
        painter.drawEllipse(c + corner, 1.8, 1.8);
      }
      break;
    }
    case OutlinerColumn::Enable:
      painter.drawRoundedRect(QRectF(c.x() - 5, c.y() - 5, 10, 10), 2, 2);
      if (is_on) {
        const QPointF mark[3] = {c + QPointF(-2.5, 0), c + QPointF(-0.5, 2.5),
                                 c + QPointF(3, -2.5)};
        painter.drawPolyline(mark, 3);
      }
      break;
    case OutlinerColumn::Select: {
      const QPointF arrow[7] = {c + QPointF(-3, -6), c + QPointF(-3, 4),  c + QPointF(-0.5, 2),
                                c + QPointF(1, 5.5), c + QPointF(2.5, 5), c + QPointF(1.2, 1.6),
                                c + QPointF(4, 1.4)};
      painter.setBrush(is_on ? QBrush(t.text) : QBrush(Qt::NoBrush));
      painter.drawPolygon(arrow, 7);
      break;
    }
    case OutlinerColumn::Hide:
      if (is_on) {
        painter.drawEllipse(c, 6, 3.6);
        painter.setBrush(t.text);
        painter.drawEllipse(c, 1.8, 1.8);
      } else {
        painter.drawArc(QRectF(c.x() - 6, c.y() - 5, 12, 8), 200 * 16, 140 * 16);
      }
      break;
    case OutlinerColumn::Viewport:
      painter.drawRoundedRect(QRectF(c.x() - 6, c.y() - 5, 12, 8), 1.5, 1.5);
      painter.drawLine(c + QPointF(-3, 5.5), c + QPointF(3, 5.5));
      if (!is_on) {
        painter.drawLine(c + QPointF(-6, 5), c + QPointF(6, -6));
      }
      break;
    case OutlinerColumn::Render:
      painter.drawRoundedRect(QRectF(c.x() - 6, c.y() - 4, 12, 8.5), 1.5, 1.5);
      if (is_on) {
        painter.drawEllipse(c + QPointF(0, 0.3), 2.2, 2.2);
      } else {
        painter.drawLine(c + QPointF(-6, 5), c + QPointF(6, -5));
      }
      break;
    case OutlinerColumn::Holdout:
      painter.drawEllipse(c, 5, 5);
      if (is_on) {
        painter.setBrush(t.text);
        painter.drawEllipse(c, 2.6, 2.6);
      }
      break;
    case OutlinerColumn::IndirectOnly: {
      const QPointF path[3] = {c + QPointF(-6, -4), c + QPointF(-1, 4), c + QPointF(5, -3)};
      painter.drawPolyline(path, 3);
      if (is_on) {
        painter.drawLine(path[2], path[2] + QPointF(-4, 0.5));
        painter.drawLine(path[2], path[2] + QPointF(-0.5, 4));
      }
      break;
    }
  }
}

void OutlinerView::paint_row(QPainter& painter, int i) const {
  const Theme& t = context_.theme;
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
  painter.setPen(is_selected && t.is_dark   ? t.text_on_accent
                 : is_selected && is_active ? t.text_on_accent
                 : model_.is_shown(row)     ? t.text
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
  const std::vector<OutlinerColumn> columns = model_.columns();
  for (int n = 0; n < int(columns.size()); ++n) {
    const OutlinerColumn column = columns[std::size_t(n)];
    if (model_.has_switch(row, column)) {
      paint_outliner_switch(painter, t, column, model_.is_on(row, column),
                            QRectF(column_rect(i, n)).center());
    }
  }
}

void OutlinerView::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(viewport()->rect(), context_.theme.area);
  const int first = std::max(0, verticalScrollBar()->value() / row_height - 1);
  const int last = std::min(int(model_.rows().size()) - 1,
                            (verticalScrollBar()->value() + viewport()->height()) / row_height + 1);
  for (int i = first; i <= last; ++i) {
    paint_row(painter, i);
  }
}

void OutlinerView::start_rename(int row) {
  if (row < 0 || !model_.rows()[std::size_t(row)].text.empty()) {
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

void OutlinerView::show_active() {
  const Object* active = context_.session.active_object();
  const int row = active ? model_.row_of(active->id) : -1;
  if (row >= 0) {
    verticalScrollBar()->setValue(row * row_height - viewport()->height() / 2);
  }
}

bool OutlinerView::is_on_collection() const {
  return hovered_ >= 0 && hovered_ < int(model_.rows().size()) &&
         model_.rows()[std::size_t(hovered_)].kind == OutlinerRow::Kind::Collection;
}

void OutlinerView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    return;
  }
  pressed_ = row_at(event->pos());
  press_ = event->pos();
  is_dragging_ = false;
  const std::optional<OutlinerColumn> column = column_at(event->pos());
  if (pressed_ >= 0 && column && model_.has_switch(model_.rows()[std::size_t(pressed_)], *column)) {
    // Further rows that the mouse reaches get the same.
    swept_ = column;
    sweeps_on_ = !model_.is_on(model_.rows()[std::size_t(pressed_)], *column);
    sweep_key_ = unique_number();
    model_.set_on(std::size_t(pressed_), *column, sweeps_on_, sweep_key_);
  }
}

void OutlinerView::mouseMoveEvent(QMouseEvent* event) {
  const int row = row_at(event->pos());
  if (swept_) {
    if (row >= 0 && model_.has_switch(model_.rows()[std::size_t(row)], *swept_) &&
        model_.is_on(model_.rows()[std::size_t(row)], *swept_) != sweeps_on_) {
      model_.set_on(std::size_t(row), *swept_, sweeps_on_, sweep_key_);
    }
    return;
  }
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
  if (swept_) {
    swept_.reset();
    return;
  }
  if (std::exchange(is_dragging_, false)) {
    if (pressed >= 0 && drop >= 0 && pressed < int(model_.rows().size()) &&
        drop < int(model_.rows().size())) {
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
  const bool is_on_mark = event->pos().x() >= left - 4 && event->pos().x() < left + 14;
  if (at.has_children && (is_on_mark || at.kind == OutlinerRow::Kind::Group)) {
    model_.toggle(std::size_t(row));
    refresh(true);
    return;
  }
  model_.select(std::size_t(row), event->modifiers().testFlag(Qt::ControlModifier),
                event->modifiers().testFlag(Qt::ShiftModifier));
  viewport()->update();
  const bool is_on_icon = event->pos().x() >= left + 14 && event->pos().x() < left + 32;
  if (const auto about = is_on_icon ? model_.context_of(at) : std::nullopt) {
    context_.data_clicked.emit(*about, *this);
  }
}

void OutlinerView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (column_at(event->pos())) {
    mousePressEvent(event);
    return;
  }
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
  const bool is_collection =
      at.kind == OutlinerRow::Kind::Collection || at.kind == OutlinerRow::Kind::Scene;
  const bool is_object = at.kind == OutlinerRow::Kind::Object;
  context_.invoke("wm.call_menu", {{"name", Value(is_collection ? "OUTLINER_MT_collection"
                                                  : is_object   ? "OUTLINER_MT_object"
                                                                : "OUTLINER_MT_context_menu")}});
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
  const std::vector<OutlinerColumn> columns = model_.columns();
  constexpr const char* names[] = {
      "mode:", "enable:", "select:", "eye:", "viewport:", "render:", "holdout:", "indirect:"};
  for (int i = first; i <= last; ++i) {
    const OutlinerRow& row = model_.rows()[std::size_t(i)];
    const std::string name = model_.name_of(row);
    places.emplace_back("row:" + name, name_rect(i));
    if (row.has_children) {
      places.emplace_back("open:" + name,
                          QRect(9 + row.depth * 16, row_rect(i).y(), 8, row_height));
    }
    for (int n = 0; n < int(columns.size()); ++n) {
      if (model_.has_switch(row, columns[std::size_t(n)])) {
        places.emplace_back(names[int(columns[std::size_t(n)])] + name, column_rect(i, n));
      }
    }
  }
  return places;
}

}  // namespace kiln::editor
