#pragma once

#include <QDialog>

#include "editor/layout/value_access.h"

namespace kiln::editor {

struct EditorContext;

/// The settings of the last operation; changing one does it again.
class RedoPopup : public QDialog {
  Q_OBJECT
public:
  RedoPopup(EditorContext& context, QWidget* parent);

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  EditorContext& context_;
  LastOperationAccess access_;
  QString title_;
};

}  // namespace kiln::editor
