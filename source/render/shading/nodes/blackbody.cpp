#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct BlackbodyNode : NodeType<BlackbodyNode, ShaderNode> {
  BlackbodyNode() {
    width = 150.0f;
    add_float("Temperature", 1500.0f, 800.0f, 12000.0f);
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "BLACKBODY"; }
  static const Schema& schema();
};

const Schema& BlackbodyNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BlackbodyNode> s("ShaderNodeBlackbody", "Blackbody", &ShaderNode::schema());
    s.set_tag("ShaderNodeBlackbody");
    return s.build();
  }();
  return schema;
}

struct WavelengthNode : NodeType<WavelengthNode, ShaderNode> {
  WavelengthNode() {
    width = 150.0f;
    add_float("Wavelength", 500.0f, 380.0f, 780.0f);
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "WAVELENGTH"; }
  static const Schema& schema();
};

const Schema& WavelengthNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<WavelengthNode> s("ShaderNodeWavelength", "Wavelength", &ShaderNode::schema());
    s.set_tag("ShaderNodeWavelength");
    return s.build();
  }();
  return schema;
}

/// Colour of a black body in linear Rec.709 with the luminance of white. Planck's law over the CIE
/// matching functions.
float3 blackbody_color(float kelvin) {
  kelvin = std::clamp(kelvin, 800.0f, 20000.0f);
  double x = 0.0, y = 0.0, z = 0.0;
  for (int nm = 360; nm <= 830; nm += 5) {
    const double metres = nm * 1e-9;
    const double radiance =
        1.0 / (std::pow(metres, 5.0) * (std::exp(1.438777e-2 / (metres * kelvin)) - 1.0));
    const float3 match = cie_matching(float(nm));
    x += radiance * match.x;
    y += radiance * match.y;
    z += radiance * match.z;
  }
  return xyz_to_rec709({float(x / y), 1.0f, float(z / y)});
}

constexpr int table_size = 512;
constexpr float coldest = 800.0f, hottest = 20000.0f;
struct Table {
  std::array<float3, table_size> colors;
};

void blackbody_kernel(const KernelCall& call) {
  const Table& table = call.get<Table>();
  for (int i = 0; i < call.count; ++i) {
    // Steps are even in 1 / temperature, as colour is.
    const float t = std::clamp(call.in(0)[i], coldest, hottest);
    const float at =
        (1.0f / coldest - 1.0f / t) / (1.0f / coldest - 1.0f / hottest) * (table_size - 1);
    const int k = std::clamp(int(at), 0, table_size - 2);
    call.set3(0, i, lerp(table.colors[k], table.colors[k + 1], at - float(k)));
  }
}

void compile_blackbody(NodeCompiler& node) {
  auto table = std::make_shared<Table>();
  for (int i = 0; i < table_size; ++i) {
    const float f = float(i) / (table_size - 1);
    table->colors[i] = blackbody_color(1.0f / lerp(1.0f / coldest, 1.0f / hottest, f));
  }
  Value3 out;
  node.emit(blackbody_kernel, Purity::Pure, {node.input(0)}, {&out.x, &out.y, &out.z}, table);
  node.set_output(0, out);
}

/// Light of one wavelength, scaled to about the range of other colours.
void wavelength_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, max(xyz_to_rec709(cie_matching(call.in(0)[i])) * (1.0f / 2.52f), float3{}));
  }
}

void compile_wavelength(NodeCompiler& node) {
  Value3 out;
  node.emit(wavelength_kernel, Purity::Pure, {node.input(0)}, {&out.x, &out.y, &out.z});
  node.set_output(0, out);
}

}  // namespace

void register_blackbody(ShaderNodeList& nodes) {
  nodes.add<BlackbodyNode>(compile_blackbody);
  nodes.add<WavelengthNode>(compile_wavelength);
}

}  // namespace kiln::render::shading
