#pragma once

#include "document/file/preview.h"

class QWidget;

namespace kiln::editor {

/// Pictures for lists of files, of the largest viewport that is seen in a window.
class WindowPreviewer : public DocumentPreviewer {
public:
  explicit WindowPreviewer(QWidget& window) : window_(window) {}
  std::string make() override;

private:
  QWidget& window_;
};

}  // namespace kiln::editor
