#pragma once

#include <memory>
#include <unordered_map>

#include "document/light.h"
#include "document/material.h"
#include "document/world.h"
#include "render/scene_builder/named_values.h"
#include "render/scene_builder/scene_builder.h"
#include "render/shading/compiler.h"

namespace kiln::render {

/// Compiles the node trees of a document.
class MaterialBuilder {
public:
  MaterialBuilder(const Document& document, const SceneSources& sources);

  /// A grey diffuse surface for what has no material.
  TraceMaterial plain() const;
  TraceMaterial material(const Material& material);
  std::shared_ptr<const shading::Material> world(const World& world);
  /// What the nodes of a lamp multiply its colour by; white without nodes.
  float3 light_color(const Light& light);
  /// What all that was compiled looks up by name.
  const WantedValues& wanted() const { return wanted_; }

private:
  std::shared_ptr<const shading::Material> compile(const NodeTree& tree,
                                                   const shading::DisplacementUse& use = {});
  std::shared_ptr<const shading::TextureImage> texture(BlockId image, const ImageUser& user);

  const Document& document_;
  const SceneSources& sources_;
  shading::NodeRegistry kernels_;
  WantedValues wanted_;
  std::unordered_map<BlockId, std::shared_ptr<const shading::TextureImage>> textures_;
};

}  // namespace kiln::render
