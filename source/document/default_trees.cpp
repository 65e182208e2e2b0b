#include "document/default_trees.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"

namespace kiln {
namespace {

ItemId add(NodeTree& tree, const Registry& registry, std::string_view type, float2 location) {
  const Schema* schema = registry.kind(Node::schema(), type);
  ItemId id = 0;
  if (schema) {
    Node& node = tree.add_node(std::shared_ptr<Node>(static_cast<Node*>(schema->make())), &id);
    node.location = location;
    node.select = false;
  }
  return id;
}

void join(NodeTree& tree, ItemId from, ItemId to) {
  const Node *a = tree.find_node(from), *b = tree.find_node(to);
  if (a && b && !a->outputs.empty() && !b->inputs.empty()) {
    static_cast<void>(tree.connect(from, a->outputs.id(0), to, b->inputs.id(0)));
  }
}

void shader_and_output(NodeTree& tree, const Registry& registry, std::string_view shader,
                       std::string_view output) {
  const ItemId end = add(tree, registry, output, {300.0f, 300.0f});
  const ItemId begin = add(tree, registry, shader, {10.0f, 300.0f});
  join(tree, begin, end);
  tree.update(nullptr);
}

}  // namespace

void material_tree(NodeTree& tree, const Registry& registry) {
  // The surface comes first in the list of nodes.
  const ItemId begin = add(tree, registry, "ShaderNodeBsdfPrincipled", {10.0f, 300.0f});
  const ItemId end = add(tree, registry, "ShaderNodeOutputMaterial", {300.0f, 300.0f});
  join(tree, begin, end);
  tree.update(nullptr);
}
void world_tree(NodeTree& tree, const Registry& registry) {
  shader_and_output(tree, registry, "ShaderNodeBackground", "ShaderNodeOutputWorld");
}
void light_tree(NodeTree& tree, const Registry& registry) {
  shader_and_output(tree, registry, "ShaderNodeEmission", "ShaderNodeOutputLight");
}

BlockRef<NodeTree> add_embedded_tree(Document& document, BlockId owner, FillTree fill,
                                     const Services* services) {
  auto& tree = document.add<NodeTree>("Shader Nodetree", owner);
  const auto* registry = services ? services->find<const Registry>() : nullptr;
  if (registry) {
    fill(tree, *registry);
  }
  return {tree.id};
}

}  // namespace kiln
