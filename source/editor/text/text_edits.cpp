#include "editor/text/text_edits.h"

#include <QPlainTextEdit>
#include <QTextBlock>
#include <algorithm>
#include <functional>

namespace kiln::editor {
namespace {

struct Lines {
  int first = 0, last = 0;  ///< numbers of blocks
};

Lines lines_of(const QTextCursor& cursor) {
  const QTextDocument& document = *cursor.document();
  const QTextBlock first = document.findBlock(cursor.selectionStart());
  QTextBlock last = document.findBlock(cursor.selectionEnd());
  // A selection that ends before a line does not reach into it.
  if (cursor.hasSelection() && last.position() == cursor.selectionEnd() && last != first) {
    last = last.previous();
  }
  return {first.blockNumber(), last.blockNumber()};
}

void for_lines(QTextCursor& cursor, const std::function<void(QTextCursor&, const QTextBlock&)>& f) {
  const Lines lines = lines_of(cursor);
  const QTextDocument& document = *cursor.document();
  cursor.beginEditBlock();
  for (int i = lines.first; i <= lines.last; ++i) {
    const QTextBlock block = document.findBlockByNumber(i);
    QTextCursor at(block);
    f(at, block);
  }
  cursor.endEditBlock();
}

bool is_blank(const QTextBlock& block) {
  return block.text().trimmed().isEmpty();
}

int indentation_of(const QString& text) {
  int count = 0;
  while (count < text.size() && text[count].isSpace()) {
    ++count;
  }
  return count;
}

}  // namespace

void indent_lines(QTextCursor cursor, const QString& with) {
  for_lines(cursor, [&](QTextCursor& at, const QTextBlock& block) {
    if (!is_blank(block)) {
      at.insertText(with);
    }
  });
}

void unindent_lines(QTextCursor cursor, int width) {
  for_lines(cursor, [&](QTextCursor& at, const QTextBlock& block) {
    const QString text = block.text();
    int count = text.startsWith(QLatin1Char('\t')) ? 1 : 0;
    while (count < width && count < text.size() && text[count] == QLatin1Char(' ')) {
      ++count;
    }
    at.setPosition(block.position() + count, QTextCursor::KeepAnchor);
    at.removeSelectedText();
  });
}

void toggle_comment(QTextCursor cursor) {
  const Lines lines = lines_of(cursor);
  bool are_all = true;
  int least = -1;
  for (int i = lines.first; i <= lines.last; ++i) {
    const QTextBlock block = cursor.document()->findBlockByNumber(i);
    if (is_blank(block)) {
      continue;
    }
    const int indentation = indentation_of(block.text());
    are_all = are_all && block.text()[indentation] == QLatin1Char('#');
    least = least < 0 ? indentation : std::min(least, indentation);
  }
  if (least < 0) {
    return;
  }
  for_lines(cursor, [&](QTextCursor& at, const QTextBlock& block) {
    if (is_blank(block)) {
      return;
    }
    const QString text = block.text();
    if (!are_all) {
      at.setPosition(block.position() + least);
      at.insertText(QStringLiteral("# "));
      return;
    }
    const int from = indentation_of(text);
    const bool has_space = from + 1 < text.size() && text[from + 1] == QLatin1Char(' ');
    at.setPosition(block.position() + from);
    at.setPosition(block.position() + from + (has_space ? 2 : 1), QTextCursor::KeepAnchor);
    at.removeSelectedText();
  });
}

void duplicate_lines(QTextCursor cursor) {
  const Lines lines = lines_of(cursor);
  QString text;
  for (int i = lines.first; i <= lines.last; ++i) {
    text += QLatin1Char('\n') + cursor.document()->findBlockByNumber(i).text();
  }
  QTextCursor at(cursor.document()->findBlockByNumber(lines.last));
  at.movePosition(QTextCursor::EndOfBlock);
  at.insertText(text);
}

bool move_lines(QPlainTextEdit& edit, bool goes_up) {
  QTextCursor cursor = edit.textCursor();
  const Lines lines = lines_of(cursor);
  const int other = goes_up ? lines.first - 1 : lines.last + 1;
  if (other < 0 || other >= edit.blockCount()) {
    return false;
  }
  // The line on the other side goes to this side; the cursor goes along.
  const int anchor = cursor.anchor(), position = cursor.position();
  const QString moved = edit.document()->findBlockByNumber(other).text();
  const int shift = int(moved.size()) + 1;
  cursor.beginEditBlock();
  const QTextBlock block = edit.document()->findBlockByNumber(other);
  QTextCursor at(block);
  if (goes_up) {
    at.setPosition(block.position() + shift, QTextCursor::KeepAnchor);
    at.removeSelectedText();
    QTextCursor end(edit.document()->findBlockByNumber(lines.last - 1));
    end.movePosition(QTextCursor::EndOfBlock);
    end.insertText(QLatin1Char('\n') + moved);
  } else {
    at.setPosition(block.position() - 1);
    at.setPosition(block.position() + shift - 1, QTextCursor::KeepAnchor);
    at.removeSelectedText();
    QTextCursor start(edit.document()->findBlockByNumber(lines.first));
    start.insertText(moved + QLatin1Char('\n'));
  }
  cursor.endEditBlock();
  const int by = goes_up ? -shift : shift;
  cursor.setPosition(anchor + by);
  cursor.setPosition(position + by, QTextCursor::KeepAnchor);
  edit.setTextCursor(cursor);
  return true;
}

void convert_whitespace(QTextCursor cursor, bool to_spaces, int width) {
  cursor.select(QTextCursor::Document);
  const QString spaces(width, QLatin1Char(' '));
  for_lines(cursor, [&](QTextCursor& at, const QTextBlock& block) {
    const int count = indentation_of(block.text());
    const QString before = block.text().left(count);
    QString after = before;
    if (to_spaces) {
      after.replace(QLatin1Char('\t'), spaces);
    } else {
      after.replace(spaces, QStringLiteral("\t"));
    }
    if (after != before) {
      at.setPosition(block.position() + count, QTextCursor::KeepAnchor);
      at.insertText(after);
    }
  });
}

}  // namespace kiln::editor
