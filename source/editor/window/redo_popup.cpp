#include "editor/window/redo_popup.h"

#include <QCursor>
#include <QPainter>
#include <QVBoxLayout>

#include "editor/layout/layout_view.h"
#include "editor/window/editor.h"

namespace kiln::editor {

RedoPopup::RedoPopup(EditorContext& context, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      access_(context.session) {
  setAttribute(Qt::WA_DeleteOnClose);
  title_ = context.session.last_operation()
               ? QString::fromStdString(context.session.last_operation()->type->label)
               : QString();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 30, 1, 1);
  view_ = new LayoutView(
      context, [this] { return access_.layout(); }, access_, this);
  layout->addWidget(view_);
  resize(330, 34 + view_->heightForWidth(328));
  move(QCursor::pos() - QPoint(40, 14));
}

std::vector<std::pair<std::string, QRect>> RedoPopup::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back(name, rect.translated(view_->pos()));
  }
  return places;
}

void RedoPopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.panel);
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
  painter.setPen(context_.theme.text);
  QFont font = painter.font();
  font.setBold(true);
  painter.setFont(font);
  painter.drawText(QRect(12, 4, width() - 24, 26), Qt::AlignVCenter, title_);
}

}  // namespace kiln::editor
