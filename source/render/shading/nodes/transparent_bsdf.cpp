#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct BsdfTransparentNode : NodeType<BsdfTransparentNode, ShaderNode> {
  BsdfTransparentNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_TRANSPARENT"; }
  static const Schema& schema();
};

const Schema& BsdfTransparentNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfTransparentNode> s("ShaderNodeBsdfTransparent", "Transparent BSDF",
                                         &ShaderNode::schema());
    s.set_tag("ShaderNodeBsdfTransparent");
    return s.build();
  }();
  return schema;
}

struct HoldoutNode : NodeType<HoldoutNode, ShaderNode> {
  HoldoutNode() {
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Holdout");
  }
  std::string_view static_type() const override { return "HOLDOUT"; }
  static const Schema& schema();
};

const Schema& HoldoutNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<HoldoutNode> s("ShaderNodeHoldout", "Holdout", &ShaderNode::schema());
    s.set_tag("ShaderNodeHoldout");
    return s.build();
  }();
  return schema;
}

void transparent_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].transparency += max(call.in3(1, i) * call.in(0)[i], float3{});
  }
}

void holdout_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].holdout += call.in(0)[i];
  }
}

void compile_transparent(NodeCompiler& node) {
  if (node.program_kind() != ProgramKind::Emission) {
    node.emit(transparent_kernel, Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color")}), {});
  }
}

void compile_holdout(NodeCompiler& node) {
  if (wants_scattering(node)) {
    node.emit(holdout_kernel, Purity::ReadsBatch, {node.weight()}, {});
  }
}

}  // namespace

void register_transparent_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfTransparentNode>(compile_transparent);
  nodes.add<HoldoutNode>(compile_holdout);
}

}  // namespace kiln::render::shading
