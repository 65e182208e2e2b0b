#include "editor/layout/layout_popup.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include "editor/window/editor.h"

namespace kiln::editor {

LayoutPopup::LayoutPopup(EditorContext& context, Content content, QWidget* parent)
    : QDialog(parent, (content.has_buttons ? Qt::Dialog : Qt::Popup) | Qt::FramelessWindowHint),
      context_(context),
      content_(std::move(content)),
      access_(context.session),
      view_(new LayoutView(context, content_.make, access_)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(content_.title);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 1, 1, 1);
  layout->setSpacing(0);
  if (!content_.title.isEmpty()) {
    auto* title = new QLabel(content_.title);
    title->setContentsMargins(11, 6, 11, 2);
    layout->addWidget(title);
  }
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(view_);
  layout->addWidget(scroll, 1);
  if (content_.has_buttons) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(9, 2, 9, 9);
    for (const bool accepts : {true, false}) {
      auto* button = new QPushButton(accepts ? QStringLiteral("OK") : QStringLiteral("Cancel"));
      button->setDefault(accepts);
      button->setAutoDefault(accepts);
      connect(button, &QPushButton::clicked, this, accepts ? &QDialog::accept : &QDialog::reject);
      row->addWidget(button);
      buttons_.push_back(button);
    }
    layout->addLayout(row);
  }
  view_->installEventFilter(this);
  connect(view_, &LayoutView::used, this, [this] {
    if (content_.changed) {
      content_.changed();
    }
    if (content_.ends_by_use) {
      accept();
    }
  });
  connect(this, &QDialog::finished, this, [this](int result) {
    if (content_.done) {
      std::exchange(content_.done, nullptr)(result == QDialog::Accepted);
    }
  });
}

LayoutPopup::~LayoutPopup() {
  if (content_.done) {
    content_.done(false);
  }
}

void LayoutPopup::fit() {
  const QRect available =
      (parentWidget() && parentWidget()->screen() ? parentWidget()->screen()
                                                  : QGuiApplication::primaryScreen())
          ->availableGeometry();
  const int title = content_.title.isEmpty() ? 0 : fontMetrics().height() + 10;
  const int buttons = content_.has_buttons ? buttons_[0]->sizeHint().height() + 12 : 0;
  const int wanted = view_->heightForWidth(content_.width - 2) + title + buttons + 4;
  resize(content_.width, std::min(wanted, available.height() - 20));
  const QPoint at(std::clamp(pos().x(), available.left() + 4,
                             std::max(available.left() + 4, available.right() - width() - 4)),
                  std::clamp(pos().y(), available.top() + 4,
                             std::max(available.top() + 4, available.bottom() - height() - 4)));
  move(at);
}

void LayoutPopup::show_at(QPoint global) {
  move(global);
  fit();
  show();
  activateWindow();
}

bool LayoutPopup::eventFilter(QObject* watched, QEvent* event) {
  // Panels in it open and close.
  if (watched == view_ && event->type() == QEvent::Resize && isVisible()) {
    QMetaObject::invokeMethod(this, &LayoutPopup::fit, Qt::QueuedConnection);
  }
  return QDialog::eventFilter(watched, event);
}

void LayoutPopup::keyPressEvent(QKeyEvent* event) {
  if (content_.has_buttons && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    accept();
    return;
  }
  QDialog::keyPressEvent(event);
}

std::vector<std::pair<std::string, QRect>> LayoutPopup::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  const QPoint offset = view_->mapTo(const_cast<LayoutPopup*>(this), QPoint(0, 0));
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back(name, rect.translated(offset));
  }
  for (const QPushButton* button : buttons_) {
    places.emplace_back("button:" + button->text().toStdString(), button->geometry());
  }
  return places;
}

void LayoutPopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.panel);
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace kiln::editor
