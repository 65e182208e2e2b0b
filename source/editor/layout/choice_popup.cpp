#include "editor/layout/choice_popup.h"

#include <QCursor>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int detail_role = Qt::UserRole + 1;

// The text at the left, the detail dim at the right.
class Delegate : public QStyledItemDelegate {
public:
  Delegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    painter->save();
    const bool is_selected = option.state.testFlag(QStyle::State_Selected),
               is_enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    painter->setRenderHint(QPainter::Antialiasing);
    if (is_selected) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(theme_.accent);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 4, 4);
    }
    const QRect inner = option.rect.adjusted(10, 0, -10, 0);
    const QString detail = index.data(detail_role).toString();
    painter->setPen(is_selected  ? theme_.text_on_accent
                    : is_enabled ? theme_.text
                                 : theme_.text_dim);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, text);
    const int used = painter->fontMetrics().horizontalAdvance(text) + 24;
    painter->setPen(is_selected ? theme_.text_on_accent : theme_.text_dim);
    painter->drawText(inner.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                      painter->fontMetrics().elidedText(detail, Qt::ElideRight,
                                                        std::max(0, inner.width() - used)));
    painter->restore();
  }
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return QSize(100, 26);
  }

private:
  const Theme& theme_;
};

}  // namespace

ChoicePopup::ChoicePopup(EditorContext& context, const QString& title, Find find, Chosen chosen,
                         QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      context_(context),
      find_(std::move(find)),
      chosen_(std::move(chosen)),
      input_(new QLineEdit),
      list_(new QListWidget) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(title);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(6);
  input_->setPlaceholderText(title);
  input_->setMinimumHeight(28);
  layout->addWidget(input_);
  layout->addWidget(list_);
  list_->setUniformItemSizes(true);
  list_->setItemDelegate(new Delegate(context.theme, list_));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  resize(420, 380);
  // Within the screen, its first line under the mouse.
  const QRect available =
      (parent && parent->screen() ? parent->screen() : QGuiApplication::primaryScreen())
          ->availableGeometry();
  QPoint at = QCursor::pos() - QPoint(width() / 3, 22);
  at.setX(std::clamp(at.x(), available.left() + 4,
                     std::max(available.left() + 4, available.right() - width() - 4)));
  at.setY(std::clamp(at.y(), available.top() + 4,
                     std::max(available.top() + 4, available.bottom() - height() - 4)));
  move(at);
  input_->installEventFilter(this);
  connect(input_, &QLineEdit::textChanged, this, [this] { refill(); });
  connect(list_, &QListWidget::itemClicked, this,
          [this](QListWidgetItem* item) { choose(list_->row(item)); });
  refill();
  input_->setFocus();
}

void ChoicePopup::refill() {
  choices_ = find_(input_->text());
  list_->clear();
  for (const Choice& choice : choices_) {
    auto* item = new QListWidgetItem(choice.text, list_);
    item->setData(detail_role, choice.detail);
    if (!choice.is_enabled) {
      item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
      item->setToolTip(choice.detail);
    }
  }
  for (int row = 0; row < list_->count(); ++row) {
    if (choices_[std::size_t(row)].is_enabled) {
      list_->setCurrentRow(row);
      break;
    }
  }
}

void ChoicePopup::choose(int row) {
  if (row < 0 || row >= int(choices_.size()) || !choices_[std::size_t(row)].is_enabled) {
    return;
  }
  const Choice choice = choices_[std::size_t(row)];
  const Chosen chosen = chosen_;
  close();
  chosen(choice);
}

bool ChoicePopup::eventFilter(QObject* watched, QEvent* event) {
  if (watched == input_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
      const int step = key == Qt::Key_Up ? -1 : 1;
      for (int row = list_->currentRow() + step; row >= 0 && row < list_->count(); row += step) {
        if (choices_[std::size_t(row)].is_enabled) {
          list_->setCurrentRow(row);
          break;
        }
      }
      return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      choose(list_->currentRow());
      return true;
    }
    if (key == Qt::Key_Escape) {
      close();
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

void ChoicePopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.panel);
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace kiln::editor
