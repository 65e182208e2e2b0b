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
  auto* view = new LayoutView(
      context, [this] { return access_.layout(); }, access_, this);
  layout->addWidget(view);
  resize(330, 34 + view->heightForWidth(328));
  move(QCursor::pos() - QPoint(40, 14));
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
