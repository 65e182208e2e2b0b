#include "render/scene_builder/material_builder.h"

#include <cmath>

#include "core/tasks.h"
#include "document/image.h"

namespace kiln::render {
namespace {

using shading::GraphNode;
using shading::ShaderGraph;
using shading::SocketType;

/// A graph of one shader with a colour.
ShaderGraph one_shader(const char* shader, const char* output, float3 color) {
  GraphNode first, last;
  first.type = shader;
  first.inputs = {{"Color", SocketType::Color, {color.x, color.y, color.z, 1.0f}},
                  {"Strength", SocketType::Float, {1.0f}}};
  first.outputs = {{"BSDF", SocketType::Shader, {}}};
  last.type = output;
  last.inputs = {{"Surface", SocketType::Shader, {}}};
  ShaderGraph graph;
  graph.nodes = {first, last};
  graph.links = {{0, 0, 1, 0}};
  return graph;
}

float srgb_to_linear(float c) {
  return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

/// Pixels that the document holds, as scene-linear colours with alpha multiplied in.
std::shared_ptr<const shading::TextureImage> texture_of(const Image& image) {
  const std::size_t count = std::size_t(image.width) * std::size_t(image.height);
  if (count == 0 || image.pixels.size() < count * 4) {
    return nullptr;
  }
  auto texture = std::make_shared<shading::TextureImage>();
  texture->width = image.width;
  texture->height = image.height;
  std::vector<float4> pixels(count);
  const bool is_encoded = image.color_space == "sRGB" || image.color_space == "Filmic sRGB";
  const bool is_straight = image.alpha_mode == ImageAlphaMode::Straight && !image.is_float;
  const bool has_alpha = image.alpha_mode != ImageAlphaMode::None;
  const float* from = image.pixels.data();
  parallel_for(count, 16384, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      float4 c{from[4 * i], from[4 * i + 1], from[4 * i + 2], has_alpha ? from[4 * i + 3] : 1.0f};
      if (is_encoded) {
        c = {srgb_to_linear(c.x), srgb_to_linear(c.y), srgb_to_linear(c.z), c.w};
      }
      if (is_straight && c.w < 1.0f) {
        c = {c.x * c.w, c.y * c.w, c.z * c.w, c.w};
      }
      pixels[i] = c;
    }
  });
  texture->pixels = Array<float4>(std::move(pixels));
  return texture;
}

}  // namespace

MaterialBuilder::MaterialBuilder(const Document& document, const SceneSources& sources)
    : document_(document), sources_(sources), kernels_(shading::shader_kernels()) {}

std::shared_ptr<const shading::TextureImage> MaterialBuilder::texture(BlockId id,
                                                                      const ImageUser& user) {
  if (const auto* sequence = document_.find<Image>(id);
      sequence && sequence->source == ImageSource::Sequence) {
    return sources_.find_texture ? sources_.find_texture(id, user) : nullptr;
  }
  const auto [found, is_new] = textures_.try_emplace(id);
  if (is_new) {
    const auto* image = document_.find<Image>(id);
    if (image) {
      found->second = sources_.find_texture ? sources_.find_texture(id, user) : texture_of(*image);
    }
  }
  return found->second;
}

std::shared_ptr<const shading::Material> MaterialBuilder::compile(
    const NodeTree& tree, const shading::DisplacementUse& use) {
  const ShaderGraph graph = shading::make_graph(
      tree, document_, [this](BlockId id, const ImageUser& user) { return texture(id, user); });
  wanted_.gather(graph);
  return shading::compile_material(graph, kernels_, use);
}

TraceMaterial MaterialBuilder::plain() const {
  TraceMaterial out;
  out.shader = shading::compile_material(
      one_shader("ShaderNodeBsdfDiffuse", "ShaderNodeOutputMaterial", {0.8f, 0.8f, 0.8f}),
      kernels_);
  return out;
}

TraceMaterial MaterialBuilder::material(const Material& material) {
  TraceMaterial out;
  const NodeTree* tree = material.use_nodes ? document_.find(material.node_tree) : nullptr;
  using Method = CyclesMaterialSettingsDisplacementMethod;
  const Method method = material.cycles.displacement_method;
  out.shader = tree ? compile(*tree, {method != Method::Displacement, method != Method::Bump})
                    : shading::compile_material(
                          one_shader("ShaderNodeBsdfDiffuse", "ShaderNodeOutputMaterial",
                                     xyz(material.diffuse_color)),
                          kernels_);
  out.name = material.name;
  out.index = float(material.pass_index);
  out.is_sampled_as_light = material.cycles.sample_as_light;
  out.has_transparent_shadow = material.cycles.use_transparent_shadow;
  return out;
}

std::shared_ptr<const shading::Material> MaterialBuilder::world(const World& world) {
  const NodeTree* tree = world.use_nodes ? document_.find(world.node_tree) : nullptr;
  return tree ? compile(*tree)
              : shading::compile_material(
                    one_shader("ShaderNodeBackground", "ShaderNodeOutputWorld", world.color),
                    kernels_);
}

float3 MaterialBuilder::light_color(const Light& light) {
  const NodeTree* tree = light.use_nodes ? document_.find(light.node_tree) : nullptr;
  if (!tree) {
    return {1, 1, 1};
  }
  const auto compiled = compile(*tree);
  return compiled->has_constant_emission ? compiled->constant_emission : float3{};
}

}  // namespace kiln::render
