#include "support.h"

namespace kiln::render::shading {
namespace {

/// Adds a Math node with two constants.
int add_math(GraphBuilder& g, const std::string& operation, float a, float b) {
  const int node = g.add("ShaderNodeMath");
  g.input(node, "Value", SocketType::Float, {a}).input(node, "Value", SocketType::Float, {b});
  g.input(node, "Value", SocketType::Float).output(node, "Value", SocketType::Float);
  g.setting(node, "operation", operation);
  return node;
}

int add_emission(GraphBuilder& g) {
  const int node = g.add("ShaderNodeEmission");
  g.input(node, "Color", SocketType::Color, {1, 1, 1, 1})
      .input(node, "Strength", SocketType::Float, {1.0f});
  g.output(node, "Emission", SocketType::Shader);
  return node;
}

int add_output(GraphBuilder& g, int shader) {
  const int node = g.add("ShaderNodeOutputMaterial");
  g.input(node, "Surface", SocketType::Shader).link(shader, 0, node, 0);
  return node;
}

TEST(Compiler, FoldsConstants) {
  GraphBuilder g;
  const int sum = add_math(g, "ADD", 1.0f, 2.0f), product = add_math(g, "MULTIPLY", 0.0f, 4.0f);
  const int emission = add_emission(g);
  g.link(sum, 0, product, 0).link(product, 0, emission, 1);
  add_output(g, emission);

  const auto material = compile_material(g.graph(), all_nodes());

  EXPECT_EQ(material->surface.instructions.size(), 1u);
  ASSERT_TRUE(material->has_constant_emission);
  EXPECT_FLOAT_EQ(material->constant_emission.x, 12.0f);
}

TEST(Compiler, LeavesOutWhatNothingReads) {
  GraphBuilder g;
  const int emission = add_emission(g), noise = g.add("ShaderNodeTexNoise");
  g.input(noise, "Vector", SocketType::Vector).output(noise, "Fac", SocketType::Float);
  add_output(g, emission);

  EXPECT_EQ(compile_material(g.graph(), all_nodes())->surface.instructions.size(), 1u);
}

TEST(Compiler, KnowsOpaqueAndTransparentSurfaces) {
  EXPECT_TRUE(diffuse_material({1, 1, 1})->transparency.empty());
  EXPECT_FALSE(transparent_material({1, 1, 1})->transparency.empty());
  EXPECT_TRUE(diffuse_material({1, 1, 1})->emission.empty());
}

TEST(Compiler, InlinesGroupsWithTheirInputs) {
  GraphBuilder inner;
  const int in = inner.add("NodeGroupInput"), twice = add_math(inner, "MULTIPLY", 0.0f, 2.0f),
            out = inner.add("NodeGroupOutput");
  inner.output(in, "Value", SocketType::Float).input(out, "Value", SocketType::Float);
  inner.link(in, 0, twice, 0).link(twice, 0, out, 0);
  GraphBuilder g;
  const int group = g.add("ShaderNodeGroup"), emission = add_emission(g);
  g.input(group, "Value", SocketType::Float, {21.0f}).output(group, "Value", SocketType::Float);
  g.setting(group, "node_tree", std::make_shared<const ShaderGraph>(inner.graph()));
  g.link(group, 0, emission, 1);
  add_output(g, emission);

  const auto material = compile_material(g.graph(), all_nodes());

  EXPECT_FLOAT_EQ(material->constant_emission.x, 42.0f);
}

TEST(Compiler, EndsOnGroupsThatContainThemselves) {
  auto loop = std::make_shared<ShaderGraph>();
  GraphBuilder inner;
  const int again = inner.add("ShaderNodeGroup"), out = inner.add("NodeGroupOutput");
  inner.output(again, "Value", SocketType::Float)
      .input(out, "Value", SocketType::Float)
      .link(again, 0, out, 0);
  *loop = inner.graph();
  loop->nodes[0].settings["node_tree"] =
      std::shared_ptr<const ShaderGraph>(loop.get(), [](const ShaderGraph*) {});
  GraphBuilder g;
  const int group = g.add("ShaderNodeGroup"), emission = add_emission(g);
  g.output(group, "Value", SocketType::Float);
  g.setting(group, "node_tree", std::shared_ptr<const ShaderGraph>(loop))
      .link(group, 0, emission, 1);
  add_output(g, emission);

  EXPECT_FLOAT_EQ(compile_material(g.graph(), all_nodes())->constant_emission.x, 0.0f);
}

TEST(Compiler, EndsOnLoopsOfLinks) {
  GraphBuilder g;
  const int a = add_math(g, "ADD", 1.0f, 1.0f), b = add_math(g, "ADD", 1.0f, 1.0f),
            emission = add_emission(g);
  g.link(a, 0, b, 0).link(b, 0, a, 0).link(b, 0, emission, 1);
  add_output(g, emission);

  EXPECT_FALSE(compile_material(g.graph(), all_nodes())->surface.empty());
}

TEST(Compiler, MixesShadersByWeight) {
  GraphBuilder g;
  const int dark = add_emission(g), bright = add_emission(g), mix = g.add("ShaderNodeMixShader");
  g.input(mix, "Fac", SocketType::Float, {0.25f}).input(mix, "Shader", SocketType::Shader);
  g.input(mix, "Shader", SocketType::Shader).output(mix, "Shader", SocketType::Shader);
  const int strength = add_math(g, "ADD", 4.0f, 4.0f);
  g.link(strength, 0, bright, 1).link(dark, 0, mix, 1).link(bright, 0, mix, 2);
  add_output(g, mix);

  EXPECT_FLOAT_EQ(compile_material(g.graph(), all_nodes())->constant_emission.x, 0.75f + 2.0f);
}

}  // namespace
}  // namespace kiln::render::shading
