#pragma once

#include <QDialog>

#include "editor/layout/value_access.h"

namespace kiln::editor {

class LayoutView;
struct EditorContext;

/// What the program begins with where the user wants that: new and recent files.
class Splash : public QDialog {
  Q_OBJECT
public:
  Splash(EditorContext& context, QWidget* parent);
  /// For tests: its buttons, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

private:
  LayoutItem make();
  void run(const std::string& command, const OperatorSettings& settings);

  EditorContext& context_;
  DocumentAccess access_;
  LayoutView* view_ = nullptr;
};

}  // namespace kiln::editor
