#pragma once

#include "document/document.h"
#include "document/node_tree.h"

namespace kiln {

/// Fills a new tree with the nodes a material, world or light starts with. Types the registry does
/// not know are left out.
using FillTree = void (*)(NodeTree& tree, const Registry& registry);
void material_tree(NodeTree& tree,
                   const Registry& registry);  ///< Principled BSDF into Material Output
void world_tree(NodeTree& tree, const Registry& registry);  ///< Background into World Output
void light_tree(NodeTree& tree, const Registry& registry);  ///< Emission into Light Output

/// Makes an embedded node tree for a block and fills it.
BlockRef<NodeTree> add_embedded_tree(Document& document, BlockId owner, FillTree fill,
                                     const Services* services);

/// Switches nodes on or off; the first time on, the tree is made.
template <typename T>
Result<void> set_use_nodes(const MutableRef& ref, bool use, bool T::*flag,
                           BlockRef<NodeTree> T::*tree, FillTree fill) {
  const BlockId id = ref.block->id;
  ref.as<T>().*flag = use;
  if (use && !(ref.as<T>().*tree) && ref.document) {
    const BlockRef<NodeTree> made = add_embedded_tree(*ref.document, id, fill, ref.services);
    ref.document->edit<T>(id, Change::Shading).*tree = made;
  }
  return {};
}

}  // namespace kiln
