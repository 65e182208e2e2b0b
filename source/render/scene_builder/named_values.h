#pragma once

#include <optional>
#include <set>
#include <string>

#include "document/object.h"
#include "document/scene.h"
#include "render/pathtracer/scene.h"

namespace kiln::render::shading {
struct ShaderGraph;
}

namespace kiln::render {

/// Names that materials ask objects, instancers and the view layer for.
struct WantedValues {
  std::set<std::string> of_objects, of_layer;
  void gather(const shading::ShaderGraph& graph);
};

/// What a property with one to four numbers holds, by the name of a custom property or a data path
/// ("color", "data[\"size\"]"), as Attribute nodes read it: one number fills all three, a missing
/// fourth is 1. Nothing where there is none.
std::optional<float4> find_number(const Document& document, const ConstRef& owner,
                                  std::string_view path);
/// Of an object: its own value, else that of its data.
NamedValues object_values(const Document& document, const Object& object,
                          const std::set<std::string>& names);
/// Of a view layer, else its scene, else the world of that.
NamedValues layer_values(const Document& document, const Scene& scene, const ViewLayer* layer,
                         const std::set<std::string>& names);

}  // namespace kiln::render
