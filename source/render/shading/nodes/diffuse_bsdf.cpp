#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct BsdfDiffuseNode : NodeType<BsdfDiffuseNode, ShaderNode> {
  BsdfDiffuseNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Roughness", 0.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_DIFFUSE"; }
  static const Schema& schema();
};

const Schema& BsdfDiffuseNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfDiffuseNode> s("ShaderNodeBsdfDiffuse", "Diffuse BSDF",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeBsdfDiffuse");
    return s.build();
  }();
  return schema;
}

struct BsdfTranslucentNode : NodeType<BsdfTranslucentNode, ShaderNode> {
  BsdfTranslucentNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_TRANSLUCENT"; }
  static const Schema& schema();
};

const Schema& BsdfTranslucentNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfTranslucentNode> s("ShaderNodeBsdfTranslucent", "Translucent BSDF",
                                         &ShaderNode::schema());
    s.set_tag("ShaderNodeBsdfTranslucent");
    return s.build();
  }();
  return schema;
}

struct BsdfVelvetNode : NodeType<BsdfVelvetNode, ShaderNode> {
  BsdfVelvetNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Sigma", 1.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_VELVET"; }
  static const Schema& schema();
};

const Schema& BsdfVelvetNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfVelvetNode> s("ShaderNodeBsdfVelvet", "Velvet BSDF", &ShaderNode::schema());
    s.set_tag("ShaderNodeBsdfVelvet");
    return s.build();
  }();
  return schema;
}

enum Input { in_weight, in_color, in_roughness = 4, in_normal };

template <ClosureKind kind>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    if (Closure* c = call.batch.closures[i].add(call.in3(in_color, i) * call.in(in_weight)[i])) {
      c->kind = kind;
      c->normal = closure_normal(call, in_normal, i);
      c->alpha_x = call.in(in_roughness)[i];
    }
  }
}

template <ClosureKind kind>
void compile(NodeCompiler& node, const Scalar& roughness) {
  if (wants_scattering(node)) {
    node.emit(kernel<kind>, Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color"), roughness, normal_input(node)}), {});
  }
}

void compile_diffuse(NodeCompiler& node) {
  compile<ClosureKind::OrenNayar>(node, node.saturate(node.input("Roughness")));
}
void compile_translucent(NodeCompiler& node) {
  compile<ClosureKind::Translucent>(node, constant(0.0f));
}
void compile_velvet(NodeCompiler& node) {
  compile<ClosureKind::Velvet>(node, node.saturate(node.input("Sigma")));
}

}  // namespace

void register_diffuse_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfDiffuseNode>(compile_diffuse);
  nodes.add<BsdfTranslucentNode>(compile_translucent);
  nodes.add<BsdfVelvetNode>(compile_velvet);
}

}  // namespace kiln::render::shading
