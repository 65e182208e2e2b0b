#include "core/to_int.h"
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

// CIE 1931 colour matching functions of the 2 degree observer in ten thousandths, from 380 nm in
// steps of 5 nm. CIE 15: Colorimetry.
constexpr std::uint16_t match_x[] = {
    14,    22,    42,    76,    143,   232,  435,  776,  1344, 2148, 2839, 3285, 3483, 3481,
    3362,  3187,  2908,  2511,  1954,  1421, 956,  580,  320,  147,  49,   24,   93,   291,
    633,   1096,  1655,  2257,  2904,  3597, 4334, 5121, 5945, 6784, 7621, 8425, 9163, 9786,
    10263, 10567, 10622, 10456, 10026, 9384, 8544, 7514, 6424, 5419, 4479, 3608, 2835, 2187,
    1649,  1212,  874,   636,   468,   329,  227,  158,  114,  81,   58,   41,   29,   20,
    14,    10,    7,     5,     3,     2,    2,    1,    1,    1,    0};
constexpr std::uint16_t match_y[] = {
    0,    1,    1,    2,    4,    6,    12,   22,    40,   73,   116,  168,  230,  298,
    380,  480,  600,  739,  910,  1126, 1390, 1693,  2080, 2586, 3230, 4073, 5030, 6082,
    7100, 7932, 8620, 9149, 9540, 9803, 9950, 10000, 9950, 9786, 9520, 9154, 8700, 8163,
    7570, 6949, 6310, 5668, 5030, 4412, 3810, 3210,  2650, 2170, 1750, 1382, 1070, 816,
    610,  446,  320,  232,  170,  119,  82,   57,    41,   29,   21,   15,   10,   7,
    5,    4,    2,    2,    1,    1,    1,    0,     0,    0,    0};
constexpr std::uint16_t match_z[] = {
    65,    105,   201,   362,   679,   1102,  2074, 3713, 6456, 10391, 13856, 16230, 17471, 17826,
    17721, 17441, 16692, 15281, 12876, 10419, 8130, 6162, 4652, 3533,  2720,  2123,  1582,  1117,
    782,   573,   422,   298,   203,   134,   87,   57,   39,   27,    21,    18,    17,    14,
    11,    10,    8,     6,     3,     2,     2,    1,    0,    0,     0,     0,     0,     0,
    0,     0,     0,     0,     0,     0,     0,    0,    0,    0,     0,     0,     0,     0,
    0,     0,     0,     0,     0,     0,     0,    0,    0,    0,     0};
constexpr int match_count = int(std::size(match_x));
constexpr float first_nm = 380.0f, step_nm = 5.0f;

/// Linear between the tabled wavelengths, black beyond them.
float3 cie_matching(float nanometres) {
  const float at = (nanometres - first_nm) / step_nm;
  if (!(at >= 0.0f && at < float(match_count - 1))) {
    return {};
  }
  const int i = int(at);
  const auto row = [](int k) {
    return float3{float(match_x[k]), float(match_y[k]), float(match_z[k])};
  };
  return lerp(row(i), row(i + 1), at - float(i)) * 1e-4f;
}

/// Colour of a black body in linear Rec.709 with the luminance of white. Planck's law over the CIE
/// matching functions.
float3 blackbody_color(float kelvin) {
  kelvin = std::clamp(kelvin, 800.0f, 20000.0f);
  double x = 0.0, y = 0.0, z = 0.0;
  for (int i = 0; i < match_count; ++i) {
    const double metres = double(first_nm + step_nm * float(i)) * 1e-9;
    const double radiance =
        1.0 / (std::pow(metres, 5.0) * (std::exp(1.438777e-2 / (metres * kelvin)) - 1.0));
    x += radiance * match_x[i];
    y += radiance * match_y[i];
    z += radiance * match_z[i];
  }
  // The coldest are redder than Rec.709 can show.
  return max(xyz_to_rec709({float(x / y), 1.0f, float(z / y)}), float3{});
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
    const int k = std::clamp(to_int(at), 0, table_size - 2);
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
