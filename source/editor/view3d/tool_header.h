#pragma once

#include <QWidget>

#include "editor/layout/value_access.h"
#include "editor/session/signal.h"
#include "editor/view3d/toolbar.h"

namespace kiln::editor {

struct EditorContext;
class LayoutView;

/// What a tool can be told, in one row: of those that transform their directions, pivot and
/// snapping, of the cursor its place; and what changes with any transformation in this mode.
LayoutItem tool_header_layout(const Session& session, ViewTool tool);

/// The bar above a viewport that shows it.
class ToolHeader : public QWidget {
public:
  /// `tool`: which one is active now.
  ToolHeader(EditorContext& context, std::function<ViewTool()> tool, QWidget* parent);
  /// Fields, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  EditorContext& context_;
  DocumentAccess access_;
  LayoutView* view_ = nullptr;
  Connection connection_;
};

}  // namespace kiln::editor
