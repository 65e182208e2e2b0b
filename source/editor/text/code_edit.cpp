#include "editor/text/code_edit.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>
#include <algorithm>

namespace kiln::editor {
namespace {

// Characters that come in pairs.
constexpr QStringView opening = u"([{\"'", closing = u")]}\"'";

bool is_of_word(QChar c) {
  return c.isLetterOrNumber() || c == QLatin1Char('_');
}

}  // namespace

// The strip at the left with the numbers of lines.
class CodeEdit::Numbers : public QWidget {
public:
  explicit Numbers(CodeEdit& edit) : QWidget(&edit), edit_(edit) {}
  int wanted_width() const {
    const int digits = int(QString::number(std::max(1, edit_.blockCount())).size());
    return 14 + edit_.fontMetrics().horizontalAdvance(QLatin1Char('9')) * std::max(2, digits);
  }

protected:
  void paintEvent(QPaintEvent* event) override {
    QPainter painter(this);
    painter.fillRect(event->rect(), edit_.theme_.header);
    painter.setFont(edit_.font());
    QTextBlock block = edit_.firstVisibleBlock();
    double y = edit_.blockBoundingGeometry(block).translated(edit_.contentOffset()).top();
    while (block.isValid() && y <= event->rect().bottom()) {
      const bool is_present = block == edit_.textCursor().block();
      painter.setPen(is_present ? edit_.theme_.text : edit_.theme_.text_dim);
      painter.drawText(QRectF(0, y, width() - 7, edit_.fontMetrics().height()),
                       Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
      y += edit_.blockBoundingRect(block).height();
      block = block.next();
    }
  }

private:
  CodeEdit& edit_;
};

CodeEdit::CodeEdit(const Theme& theme) : theme_(theme), numbers_(new Numbers(*this)) {
  connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { place_numbers(); });
  connect(this, &QPlainTextEdit::updateRequest, numbers_,
          [this](const QRect&, int) { numbers_->update(); });
  connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] { mark_line(); });
  place_numbers();
}

void CodeEdit::set_look(const CodeEditLook& look) {
  look_ = look;
  place_numbers();
  mark_line();
  viewport()->update();
}

int CodeEdit::top_line() const {
  return firstVisibleBlock().blockNumber();
}

void CodeEdit::set_top_line(int line) {
  // The scroll bar counts lines, those of wrapped ones too.
  const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 0, blockCount() - 1));
  verticalScrollBar()->setValue(block.firstLineNumber());
}

void CodeEdit::place_numbers() {
  const int width = look_.has_line_numbers ? numbers_->wanted_width() : 0;
  numbers_->setVisible(width > 0);
  setViewportMargins(width, 0, 0, 0);
  const QRect inside = contentsRect();
  numbers_->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void CodeEdit::mark_line() {
  QList<QTextEdit::ExtraSelection> marks;
  if (look_.marks_line) {
    QTextEdit::ExtraSelection mark;
    mark.format.setBackground(theme_.header);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    mark.cursor = textCursor();
    mark.cursor.clearSelection();
    marks.append(mark);
  }
  setExtraSelections(marks);
  numbers_->update();
}

void CodeEdit::keyPressEvent(QKeyEvent* event) {
  if (take_key && take_key(*event)) {
    event->accept();
    return;
  }
  const bool is_plain = !event->modifiers().testFlag(Qt::ControlModifier) && !isReadOnly();
  if (look_.closes_pairs && is_plain &&
      (event->key() == Qt::Key_Backspace ? erase_pair() : type_pair(event->text()))) {
    event->accept();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

// Both parts of a pair around what is selected; or past the second one, where it stands already.
bool CodeEdit::type_pair(const QString& typed) {
  if (typed.size() != 1) {
    return false;
  }
  const QChar c = typed[0];
  QTextCursor cursor = textCursor();
  const QChar next = document()->characterAt(cursor.selectionEnd());
  if (c == next && !cursor.hasSelection() && closing.contains(c)) {
    cursor.movePosition(QTextCursor::Right);
    setTextCursor(cursor);
    return true;
  }
  const qsizetype kind = opening.indexOf(c);
  const bool is_quote = c == QLatin1Char('"') || c == QLatin1Char('\'');
  const QChar before = document()->characterAt(cursor.selectionStart() - 1);
  // In the middle of a word it is meant as it is.
  if (kind < 0 || (!cursor.hasSelection() &&
                   (is_of_word(next) || (is_quote && (is_of_word(before) || before == c))))) {
    return false;
  }
  const QString inside = cursor.selectedText();
  cursor.insertText(c + inside + closing[kind]);
  cursor.movePosition(QTextCursor::Left);
  setTextCursor(cursor);
  return true;
}

// Erases both parts of a pair with nothing between them.
bool CodeEdit::erase_pair() {
  QTextCursor cursor = textCursor();
  const qsizetype kind = opening.indexOf(document()->characterAt(cursor.position() - 1));
  if (cursor.hasSelection() || cursor.atStart() || kind < 0 ||
      document()->characterAt(cursor.position()) != closing[kind]) {
    return false;
  }
  cursor.beginEditBlock();
  cursor.deletePreviousChar();
  cursor.deleteChar();
  cursor.endEditBlock();
  return true;
}

void CodeEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  place_numbers();
}

void CodeEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::FontChange && numbers_) {
    place_numbers();
  }
}

void CodeEdit::paintEvent(QPaintEvent* event) {
  if (look_.margin_column > 0) {
    QPainter painter(viewport());
    const double x = contentOffset().x() + document()->documentMargin() +
                     fontMetrics().horizontalAdvance(QLatin1Char('m')) * look_.margin_column;
    painter.setPen(theme_.border);
    painter.drawLine(QPointF(x, 0), QPointF(x, viewport()->height()));
  }
  QPlainTextEdit::paintEvent(event);
}

void CodeEdit::wheelEvent(QWheelEvent* event) {
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    QFont larger = font();
    larger.setPixelSize(
        std::clamp(fontInfo().pixelSize() + (event->angleDelta().y() > 0 ? 1 : -1), 6, 96));
    setFont(larger);
    return;
  }
  QPlainTextEdit::wheelEvent(event);
}

}  // namespace kiln::editor
