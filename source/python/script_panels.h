#pragma once

#include "core/script_panels.h"

namespace kiln::python {

/// Panels of registered classes, drawn by `bpy._ui`.
class PythonPanels final : public ScriptPanels {
 public:
  std::vector<ScriptPanel> draw(std::string_view space, std::string_view region, std::string_view context) override;
};

}  // namespace kiln::python
