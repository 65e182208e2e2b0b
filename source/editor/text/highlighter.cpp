#include "editor/text/highlighter.h"

#include <set>

namespace kiln::editor {
namespace {

const std::set<QString>& keywords() {
  static const std::set<QString> words{
      "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
      "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
      "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
      "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",    "self"};
  return words;
}

}  // namespace

// Triple-quoted strings go on over lines: state 1 for ''' and 2 for """.
void PythonHighlighter::highlightBlock(const QString& text) {
  QTextCharFormat keyword, string, comment, number;
  keyword.setForeground(theme_.is_dark ? QColor(0xe0, 0x8a, 0x50) : QColor(0xa0, 0x40, 0x00));
  string.setForeground(theme_.is_dark ? QColor(0x9c, 0xc0, 0x6c) : QColor(0x3a, 0x74, 0x10));
  comment.setForeground(theme_.text_dim);
  number.setForeground(theme_.is_dark ? QColor(0x7a, 0xb0, 0xe4) : QColor(0x10, 0x50, 0xa0));
  int i = 0;
  const int n = int(text.size());
  setCurrentBlockState(0);
  const auto finish_triple = [&](int start, int from, int state) {
    const QString quote = state == 1 ? QStringLiteral("'''") : QStringLiteral("\"\"\"");
    const int end = int(text.indexOf(quote, from));
    const int stop = end < 0 ? n : end + 3;
    setFormat(start, stop - start, string);
    if (end < 0) {
      setCurrentBlockState(state);
    }
    return stop;
  };
  if (previousBlockState() > 0) {
    i = finish_triple(0, 0, previousBlockState());
  }
  while (i < n) {
    const QChar c = text[i];
    if (c == '#') {
      setFormat(i, n - i, comment);
      return;
    }
    if (c == '\'' || c == '"') {
      if (text.mid(i, 3) == QString(3, c)) {
        i = finish_triple(i, i + 3, c == '\'' ? 1 : 2);
        continue;
      }
      int end = i + 1;
      while (end < n && text[end] != c) {
        end += text[end] == '\\' ? 2 : 1;
      }
      setFormat(i, std::min(end + 1, n) - i, string);
      i = end + 1;
    } else if (c.isLetter() || c == '_') {
      int end = i;
      while (end < n && (text[end].isLetterOrNumber() || text[end] == '_')) {
        ++end;
      }
      if (keywords().contains(text.mid(i, end - i))) {
        setFormat(i, end - i, keyword);
      }
      i = end;
    } else if (c.isDigit()) {
      int end = i;
      while (end < n && (text[end].isLetterOrNumber() || text[end] == '.')) {
        ++end;
      }
      setFormat(i, end - i, number);
      i = end;
    } else {
      ++i;
    }
  }
}

}  // namespace kiln::editor
