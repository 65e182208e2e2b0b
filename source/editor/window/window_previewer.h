#pragma once

#include <QWidget>

#include "document/file/preview.h"

namespace kiln::editor {

class Session;

/// Pictures for lists of files, as the preferences want them (`FilePreviewType`).
class WindowPreviewer : public DocumentPreviewer {
public:
  WindowPreviewer(QWidget& window, const Session& session) : window_(window), session_(session) {}
  std::string make() override;

private:
  QWidget& window_;
  const Session& session_;
};

}  // namespace kiln::editor
