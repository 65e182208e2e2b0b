#include "core/schema/registry.h"
#include "document/document.h"
#include "document/node_tree.h"
#include "document/register.h"
#include "render/register.h"
#include "render/shading/tree_graph.h"
#include "support.h"

namespace kiln::render::shading {
namespace {

class ShaderNodes : public testing::Test {
protected:
  ShaderNodes() {
    register_document_types(registry_);
    register_render_types(registry_);
  }
  Node& add(NodeTree& tree, std::string_view type, ItemId* id) {
    const Schema* schema = registry_.kind(Node::schema(), type);
    EXPECT_NE(schema, nullptr) << type;
    return tree.add_node(std::shared_ptr<Node>(static_cast<Node*>(schema->make())), id);
  }

  Registry registry_;
  Document document_;
};

TEST_F(ShaderNodes, HaveSocketsAndDefaults) {
  NodeTree tree;
  ItemId id = 0;
  const Node& principled = add(tree, "ShaderNodeBsdfPrincipled", &id);

  ASSERT_NE(principled.input("Base Color"), nullptr);
  EXPECT_FLOAT_EQ(principled.input("Base Color")->number.x, 0.8f);
  EXPECT_FLOAT_EQ(principled.input("IOR")->number.x, 1.45f);
  EXPECT_EQ(principled.static_type(), "BSDF_PRINCIPLED");
}

TEST_F(ShaderNodes, ShowTheSocketsTheirSettingsNeed) {
  NodeTree tree;
  ItemId id = 0;
  Node& math = add(tree, "ShaderNodeMath", &id);
  const Schema& schema = math.dynamic_schema();
  const MutableRef ref{&schema, &math, -1, &tree, &document_, nullptr};

  ASSERT_TRUE(write(ref, *schema.property("operation"), Value("MULTIPLY_ADD")));
  math.update(&tree, &document_);

  EXPECT_TRUE(math.input("Value_002")->enabled);
  EXPECT_EQ(math.input("Value_002")->label, "Addend");

  ASSERT_TRUE(write(ref, *schema.property("operation"), Value("SINE")));
  math.update(&tree, &document_);

  EXPECT_FALSE(math.input("Value_001")->enabled);
}

TEST_F(ShaderNodes, TreesBecomeGraphsThatCompile) {
  NodeTree tree;
  ItemId emission = 0, output = 0, math = 0;
  add(tree, "ShaderNodeOutputMaterial", &output);
  add(tree, "ShaderNodeEmission", &emission);
  Node& sum = add(tree, "ShaderNodeMath", &math);
  sum.inputs.edit(0).number.x = 40.0f;
  sum.inputs.edit(1).number.x = 2.0f;
  const auto socket = [&](ItemId node, bool is_output, std::int64_t i) {
    const Node* n = tree.find_node(node);
    return is_output ? n->outputs.id(i) : n->inputs.id(i);
  };
  ASSERT_TRUE(tree.connect(math, socket(math, true, 0), emission, socket(emission, false, 1)));
  ASSERT_TRUE(tree.connect(emission, socket(emission, true, 0), output, socket(output, false, 0)));
  tree.update(&document_);

  const auto material = compile_material(make_graph(tree, document_, {}), shader_kernels());

  ASSERT_TRUE(material->has_constant_emission);
  EXPECT_FLOAT_EQ(material->constant_emission.x, 42.0f);
}

TEST_F(ShaderNodes, CompileInTheirDefaultState) {
  for (const Schema* schema : registry_.kinds_of(Node::schema())) {
    if (!schema->identifier.starts_with("ShaderNode") ||
        schema->identifier.starts_with("ShaderNodeOutput")) {
      continue;
    }
    NodeTree tree;
    ItemId node = 0, output = 0;
    const Node& made = add(tree, schema->identifier, &node);
    add(tree, "ShaderNodeOutputMaterial", &output);
    for (std::int64_t i = 0; i < made.outputs.size(); ++i) {
      static_cast<void>(
          tree.connect(node, made.outputs.id(i), output, tree.find_node(output)->inputs.id(0)));
      tree.update(&document_);
      EXPECT_NE(compile_material(make_graph(tree, document_, {}), shader_kernels()), nullptr)
          << schema->identifier;
    }
  }
}

}  // namespace
}  // namespace kiln::render::shading
