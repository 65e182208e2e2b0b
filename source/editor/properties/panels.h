#pragma once

#include <string>
#include <vector>

#include "editor/layout/layout.h"

namespace kiln::editor {

/// The tabs of the properties editor.
enum class PropertiesTab {
  Render,
  Output,
  ViewLayer,
  Scene,
  World,
  Object,
  Modifiers,
  Data,
  Material,
  Tools,  ///< panels of add-ons for the sidebar of the 3D viewport
};
inline constexpr int properties_tab_count = 10;
const char* label_of(PropertiesTab tab);

/// Whether there is anything to show: no modifiers without a mesh.
bool has_tab(const Session& session, PropertiesTab tab);

/// The panels of a tab for what is active now.
LayoutItem make_panels(Session& session, PropertiesTab tab);

/// Fields for all properties of a struct that people can set; nested structs become panels.
void add_all_properties(LayoutItem& layout, const Document& document, const Handle& owner,
                        const Schema& schema, const std::string& identifier,
                        const Schema* stop = nullptr);

/// Inputs of the shader that a tree's active output shows; false where there is none.
bool add_surface_inputs(LayoutItem& layout, const Document& document, BlockId tree,
                        const char* output_type, const char* socket);

}  // namespace kiln::editor
