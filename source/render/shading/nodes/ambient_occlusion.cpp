#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct AmbientOcclusionNode : NodeType<AmbientOcclusionNode, ShaderNode> {
  int samples = 16;
  bool inside = false, only_local = false;

  AmbientOcclusionNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Distance", 1.0f, 0.0f, 1000.0f);
    add_vector("Normal", {}, -1.0f, 1.0f).hide_value = true;
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "AO");
  }
  std::string_view static_type() const override { return "AMBIENT_OCCLUSION"; }
  static const Schema& schema();
};

const Schema& AmbientOcclusionNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AmbientOcclusionNode> s("ShaderNodeAmbientOcclusion", "Ambient Occlusion",
                                          &ShaderNode::schema());
    s.add<&AmbientOcclusionNode::samples>("samples", "Samples")
        .range(1, 128)
        .subtype(Subtype::Unsigned)
        .default_value(0)
        .changes(Change::Shading);
    s.add<&AmbientOcclusionNode::inside>("inside", "Inside").changes(Change::Shading);
    s.add<&AmbientOcclusionNode::only_local>("only_local", "Only Local").changes(Change::Shading);
    s.set_tag("ShaderNodeAmbientOcclusion");
    return s.build();
  }();
  return schema;
}

struct Settings {
  int samples = 16;
  bool is_inside = false, only_local = false;
};

/// Inputs: color, distance (0: unlimited), normal.
void kernel(const KernelCall& call) {
  const auto& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 normal = normalize(call.in3(4, i)) * (s.is_inside ? -1.0f : 1.0f);
    const float open = call.batch.is_background || is_black(normal)
                           ? 1.0f
                           : call.batch.geometry->openness(call.batch, i, normal, call.in(3)[i],
                                                           s.samples, s.only_local);
    call.set3(0, i, call.in3(0, i) * open);
    call.out(3)[i] = open;
  }
}

void compile(NodeCompiler& node) {
  Value3 color;
  Scalar open;
  node.emit(kernel, Purity::ReadsBatch,
            inputs_of({node.input3("Color"), node.input("Distance"), normal_input(node)}),
            {&color.x, &color.y, &color.z, &open},
            std::make_shared<Settings>(
                Settings{std::clamp(int(node.node().number("samples")), 1, 128),
                         node.node().flag("inside"), node.node().flag("only_local")}));
  node.set_output(0, color);
  node.set_output(1, open);
}

}  // namespace

void register_ambient_occlusion(ShaderNodeList& nodes) {
  nodes.add<AmbientOcclusionNode>(compile);
}

}  // namespace kiln::render::shading
