#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "editor/layout/value_access.h"
#include "editor/session/signal.h"

class QHBoxLayout;

namespace kiln::editor {

struct EditorContext;

/// What scripts add to the header of a kind of editor, side by side: menus, buttons, switches,
/// values. Empty, and without width, where they add nothing.
class ScriptHeader : public QWidget {
  Q_OBJECT
public:
  ScriptHeader(EditorContext& context, std::string space);
  /// For tests: names of buttons as in headers of areas, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  void rebuild();
  void add(const LayoutItem& item);
  EditorContext& context_;
  std::string space_;
  DocumentAccess access_;
  QHBoxLayout* row_;
  bool is_due_ = false;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
