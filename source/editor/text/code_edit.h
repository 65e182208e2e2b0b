#pragma once

#include <QPlainTextEdit>
#include <functional>

#include "editor/window/theme.h"

namespace kiln::editor {

/// What a text field for code shows beside its lines.
struct CodeEditLook {
  bool has_line_numbers = true;
  bool marks_line = false;    ///< the one with the cursor
  int margin_column = 0;      ///< 0: no margin
  bool closes_pairs = false;  ///< typing a bracket or a quote writes the one that closes it, too
};

/// A field for code: lines with numbers, a margin, the present line in another color.
class CodeEdit : public QPlainTextEdit {
  Q_OBJECT
public:
  explicit CodeEdit(const Theme& theme);
  void set_look(const CodeEditLook& look);
  const CodeEditLook& look() const { return look_; }
  /// Asked before a key is typed; true when it was taken.
  std::function<bool(QKeyEvent&)> take_key;
  /// First line that is seen, and scrolling to it.
  int top_line() const;
  void set_top_line(int line);

protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  class Numbers;
  bool type_pair(const QString& typed);
  bool erase_pair();
  void place_numbers();
  void mark_line();
  const Theme& theme_;
  CodeEditLook look_;
  Numbers* numbers_;
};

}  // namespace kiln::editor
