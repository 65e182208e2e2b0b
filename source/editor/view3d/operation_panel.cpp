#include "editor/view3d/operation_panel.h"

#include <QMouseEvent>
#include <QPainter>

#include "editor/layout/layout_view.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int line = 24, wide = 300, margin = 12;

}  // namespace

OperationPanel::OperationPanel(EditorContext& context, QWidget* view)
    : QWidget(view), context_(context) {
  hide();
  setToolTip(QStringLiteral("Settings of the last operation"));
  view->installEventFilter(this);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) { follow(); }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
}

OperationPanel::~OperationPanel() = default;

void OperationPanel::set_wanted(bool is_wanted) {
  is_wanted_ = is_wanted;
  setVisible(is_wanted_ && type_);
}

// A new operation shows up where the mouse is; one whose settings change stays where it is.
void OperationPanel::follow() {
  const Session& session = context_.session;
  const LastOperation* last = session.last_operation();
  const std::size_t step = session.project().undo.present();
  if (last && last->type == type_ && step == step_) {
    return;
  }
  const bool is_here = last && parentWidget()->underMouse();
  type_ = is_here ? last->type : nullptr;
  step_ = step;
  title_ = is_here ? QString::fromStdString(last->type->label) : QString();
  make_fields();
  setVisible(is_wanted_ && type_);
}

void OperationPanel::make_fields() {
  // What is asked for may have been asked by one of its own fields.
  if (fields_) {
    fields_->hide();
    fields_->deleteLater();
    fields_ = nullptr;
  }
  if (is_open_ && type_) {
    access_ = std::make_unique<LastOperationAccess>(context_.session);
    fields_ = new LayoutView(
        context_, [access = access_.get()] { return access->layout(); }, *access_, this);
    fields_->setGeometry(1, line, wide - 2, fields_->heightForWidth(wide - 2));
    fields_->show();
  }
  place();
}

void OperationPanel::place() {
  const int width = fields_ ? wide : std::min(wide, fontMetrics().horizontalAdvance(title_) + 44);
  const int height = line + (fields_ ? fields_->height() + 1 : 0);
  setGeometry(margin, parentWidget()->height() - margin - height, width, height);
  update();
}

bool OperationPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) {
    place();
  }
  return QWidget::eventFilter(watched, event);
}

void OperationPanel::mousePressEvent(QMouseEvent* event) {
  if (event->position().y() < line && event->button() == Qt::LeftButton) {
    is_open_ = !is_open_;
    make_fields();
  }
}

void OperationPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = context_.theme;
  QColor ground = t.panel;
  ground.setAlpha(fields_ ? 245 : 205);
  painter.setPen(QPen(t.border, 1));
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), t.radius, t.radius);
  painter.setPen(t.text);
  painter.drawText(QRect(10, 0, width() - 16, line), Qt::AlignVCenter,
                   (is_open_ ? QStringLiteral("▾  ") : QStringLiteral("▸  ")) + title_);
}

std::vector<std::pair<std::string, QRect>> OperationPanel::named_places() const {
  std::vector<std::pair<std::string, QRect>> places{{"last_operation", QRect(0, 0, width(), line)}};
  if (fields_) {
    for (const auto& [name, rect] : fields_->named_places()) {
      places.emplace_back(name, rect.translated(fields_->pos()));
    }
  }
  return places;
}

}  // namespace kiln::editor
