#pragma once

#include <string>
#include <vector>

#include "editor/layout/layout.h"

namespace kiln {
struct Material;
struct World;
}  // namespace kiln

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

/// What the tabs are about: what is active, unless a data-block is pinned. Null: there is none.
struct PropertiesTarget {
  const Scene* scene = nullptr;
  const World* world = nullptr;
  const Object* object = nullptr;
  const DataBlock* data = nullptr;
  const Material* material = nullptr;
  bool is_pinned = false;
};
/// Valid until the document is edited.
PropertiesTarget properties_target(const Session& session, BlockId pinned);

/// Whether there is anything to show: no modifiers without a mesh.
bool has_tab(const Session& session, const PropertiesTarget& target, PropertiesTab tab);
/// The data-block that a tab is about; null where there is none.
const DataBlock* block_of(const PropertiesTarget& target, PropertiesTab tab);

/// The panels of a tab.
LayoutItem make_panels(Session& session, const PropertiesTarget& target, PropertiesTab tab);

/// Fields for all properties of a struct that people can set; nested structs become panels.
void add_all_properties(LayoutItem& layout, const Document& document, const Handle& owner,
                        const Schema& schema, const std::string& identifier,
                        const Schema* stop = nullptr);

/// Inputs of the shader that a tree's active output shows; false where there is none.
bool add_surface_inputs(LayoutItem& layout, const Document& document, BlockId tree,
                        const char* output_type, const char* socket);

}  // namespace kiln::editor
