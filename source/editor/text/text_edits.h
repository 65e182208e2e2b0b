#pragma once

#include <QTextCursor>

class QPlainTextEdit;

namespace kiln::editor {

// What is done to the lines of the selection, or to the line of the cursor; each is one step of the
// field's own undo.

void indent_lines(QTextCursor cursor, const QString& with);
/// Takes away one tab or up to `width` spaces at the start.
void unindent_lines(QTextCursor cursor, int width);
/// Puts "# " before the lines, or takes it away where all of them have it.
void toggle_comment(QTextCursor cursor);
void duplicate_lines(QTextCursor cursor);
/// One line up or down; false at the ends.
bool move_lines(QPlainTextEdit& edit, bool goes_up);
/// Tabs become spaces or the other way round, in the whole text.
void convert_whitespace(QTextCursor cursor, bool to_spaces, int width);

}  // namespace kiln::editor
