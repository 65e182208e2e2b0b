#pragma once

#include <QWidget>
#include <memory>

#include "editor/layout/value_access.h"
#include "editor/session/signal.h"

namespace kiln::editor {

class LayoutView;
struct EditorContext;

/// The settings of the last operation in a corner of the view it was done in, closed to a line
/// until it is clicked. Gone after the next change that is no operation.
class OperationPanel : public QWidget {
  Q_OBJECT
public:
  /// Lies over `view`, and moves with its lower edge.
  OperationPanel(EditorContext& context, QWidget* view);
  ~OperationPanel() override;

  bool is_wanted() const { return is_wanted_; }
  void set_wanted(bool is_wanted);
  /// For tests: "last_operation" and its fields, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void follow();
  void make_fields();
  void place();

  EditorContext& context_;
  bool is_wanted_ = true, is_open_ = false;
  const void* type_ = nullptr;  ///< the operator that is shown; null: none
  std::size_t step_ = 0;        ///< its undo step
  QString title_;
  std::unique_ptr<LastOperationAccess> access_;
  LayoutView* fields_ = nullptr;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
