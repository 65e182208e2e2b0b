#include "editor/properties/script_panels.h"

#include "core/script_panels.h"
#include "editor/layout/script_layout.h"

namespace kiln::editor {
namespace {

// Identifiers of the tabs in the interface.
const char* context_of(PropertiesTab tab) {
  static constexpr const char* contexts[] = {"render", "output",   "view_layer", "scene",   "world",
                                             "object", "modifier", "data",       "material"};
  return contexts[int(tab)];
}

}  // namespace

int add_script_panels(LayoutItem& root, Session& session, PropertiesTab tab) {
  auto* panels = session.services().find<ScriptPanels>();
  if (!panels) {
    return 0;
  }
  const bool is_tools = tab == PropertiesTab::Tools;
  const std::vector<ScriptPanel> drawn =
      is_tools ? panels->draw("VIEW_3D", "UI", "")
               : panels->draw("PROPERTIES", "WINDOW", context_of(tab));
  for (const ScriptPanel& panel : drawn) {
    add_script_panel(root, panel, session);
  }
  return int(drawn.size());
}

}  // namespace kiln::editor
