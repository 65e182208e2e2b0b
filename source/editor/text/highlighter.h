#pragma once

#include <QSyntaxHighlighter>

#include "editor/window/theme.h"

namespace kiln::editor {

/// Colors Python.
class PythonHighlighter : public QSyntaxHighlighter {
public:
  PythonHighlighter(QTextDocument* document, const Theme& theme)
      : QSyntaxHighlighter(document), theme_(theme) {}

protected:
  void highlightBlock(const QString& text) override;

private:
  const Theme& theme_;
};

}  // namespace kiln::editor
