#pragma once

#include "core/script_panels.h"

typedef struct _object PyObject;

namespace kiln::python {

/// A dictionary of `bpy._ui` as a panel; nothing where it is none.
std::optional<ScriptPanel> read_panel(PyObject* dict);

/// Panels, menus and headers of registered classes, drawn by `bpy._ui`.
class PythonPanels final : public ScriptPanels {
public:
  std::vector<ScriptPanel> draw(std::string_view space, std::string_view region,
                                std::string_view context) override;
  std::optional<ScriptPanel> draw_menu(std::string_view name) override;
  std::optional<ScriptPanel> draw_panel(std::string_view name) override;
  std::optional<ScriptLayoutItem> draw_header(std::string_view space) override;
  std::optional<ScriptPanel> draw_preferences(std::string_view module) override;
  void set_list_filter(const std::string& name, const std::string& text, bool is_alphabetic,
                       bool is_reversed) override;
};

}  // namespace kiln::python
