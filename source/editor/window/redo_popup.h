#pragma once

#include <QDialog>

#include "editor/layout/value_access.h"

namespace kiln::editor {

class LayoutView;
struct EditorContext;

/// The settings of the last operation; changing one does it again.
class RedoPopup : public QDialog {
  Q_OBJECT
public:
  RedoPopup(EditorContext& context, QWidget* parent);
  /// For tests: its fields, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  EditorContext& context_;
  LastOperationAccess access_;
  QString title_;
  LayoutView* view_ = nullptr;
};

}  // namespace kiln::editor
