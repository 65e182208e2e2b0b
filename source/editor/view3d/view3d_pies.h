#pragma once

#include <optional>
#include <string>

#include "editor/layout/layout.h"

namespace kiln::editor {

class Viewport;
struct EditorContext;

/// A pie menu of the 3D viewport.
struct ViewPie {
  QString title;
  LayoutItem content;  ///< choices in the order of `PiePopup`
};
/// By its name in the reference: "VIEW3D_MT_shading_pie", "VIEW3D_MT_pivot_pie"... Nothing for
/// another name.
std::optional<ViewPie> make_view3d_pie(const std::string& name, EditorContext& context,
                                       Viewport& viewport);

}  // namespace kiln::editor
