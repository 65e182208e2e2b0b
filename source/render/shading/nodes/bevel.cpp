#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct BevelNode : NodeType<BevelNode, ShaderNode> {
  int samples = 4;

  BevelNode() {
    add_float("Radius", 0.05f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketVector", "Normal");
  }
  std::string_view static_type() const override { return "BEVEL"; }
  static const Schema& schema();
};

const Schema& BevelNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BevelNode> s("ShaderNodeBevel", "Bevel", &ShaderNode::schema());
    s.add<&BevelNode::samples>("samples", "Samples")
        .range(2, 128)
        .soft(2, 16)
        .subtype(Subtype::Unsigned)
        .default_value(0)
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBevel");
    return s.build();
  }();
  return schema;
}

/// Inputs: radius, normal. What the normal has on top of the surface's own is kept.
void kernel(const KernelCall& call) {
  const int samples = call.get<int>();
  for (int i = 0; i < call.count; ++i) {
    const float3 own = call.batch.normal.get(i), given = call.in3(1, i);
    const float radius = call.in(0)[i];
    if (call.batch.is_background || !(radius > 0.0f)) {
      call.set3(0, i, given);
      continue;
    }
    const float3 rounded = call.batch.geometry->rounded_normal(call.batch, i, radius, samples);
    call.set3(0, i, normalize(rounded + (given - own)));
  }
}

void compile(NodeCompiler& node) {
  Value3 out;
  node.emit(kernel, Purity::ReadsBatch, inputs_of({node.input("Radius"), normal_input(node)}),
            {&out.x, &out.y, &out.z},
            std::make_shared<int>(std::clamp(int(node.node().number("samples")), 2, 128)));
  node.set_output(0, out);
}

}  // namespace

void register_bevel(ShaderNodeList& nodes) {
  nodes.add<BevelNode>(compile);
}

}  // namespace kiln::render::shading
