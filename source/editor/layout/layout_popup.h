#pragma once

#include <QDialog>
#include <functional>

#include "editor/layout/layout_view.h"

namespace kiln::editor {

/// A layout over the window at the mouse: a popup that goes when something else is clicked, or a
/// dialog with buttons.
class LayoutPopup : public QDialog {
  Q_OBJECT
public:
  struct Content {
    QString title;
    int width = 300;           ///< in device-independent pixels
    bool has_buttons = false;  ///< OK and Cancel
    bool ends_by_use = false;  ///< the first button that runs closes it
    LayoutView::Make make;
    std::function<void()> changed = {};   ///< a value in it was changed
    std::function<void(bool)> done = {};  ///< closed; true: accepted
  };
  LayoutPopup(EditorContext& context, Content content, QWidget* parent);
  ~LayoutPopup() override;
  void show_at(QPoint global);
  /// For tests: what lies in it, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void fit();
  EditorContext& context_;
  Content content_;
  DocumentAccess access_;
  LayoutView* view_;
  std::vector<class QPushButton*> buttons_;
};

}  // namespace kiln::editor
