#pragma once

#include <QPoint>
#include <QRect>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QPainter;

namespace kiln::editor {

struct Theme;

/// What the left mouse button does in a viewport.
enum class ViewTool {
  SelectBox,
  SelectCircle,
  SelectLasso,
  Cursor,
  Move,
  Rotate,
  Scale,
  Transform
};

/// The tools at the left of a viewport.
class Toolbar {
public:
  /// Identifier as in the reference: "builtin.select_box".
  static const char* identifier(ViewTool tool);
  static const char* label(ViewTool tool);
  static std::optional<ViewTool> named(const std::string& identifier);

  std::optional<ViewTool> hit(QPointF at) const;
  void paint(QPainter& painter, const Theme& theme, ViewTool active,
             std::optional<ViewTool> hovered) const;
  /// Around all of them.
  QRect bounds() const;
  /// "tool:Move".
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  QRect rect(int i) const;
};

}  // namespace kiln::editor
