#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"
#include "render/shading/sampling.h"

/// Musgrave in Ebert et al., "Texturing and Modeling", 1994, chapter 16.
namespace kiln::render::shading {
namespace {

enum class TexMusgraveMusgraveDimensions : std::uint8_t { D1 = 1, D2 = 2, D3 = 3, D4 = 4 };
enum class TexMusgraveMusgraveType : std::uint8_t {
  Multifractal,
  Fbm,
  HybridMultifractal,
  RidgedMultifractal,
  HeteroTerrain
};
struct TexMusgraveNode : NodeType<TexMusgraveNode, ShaderNode> {
  TexMapping texture_mapping;
  TexMusgraveMusgraveDimensions musgrave_dimensions = TexMusgraveMusgraveDimensions::D3;
  TexMusgraveMusgraveType musgrave_type = TexMusgraveMusgraveType::Fbm;

  TexMusgraveNode() {
    width = 150.0f;
    add_vector("Vector").hide_value = true;
    add_float("W", 0.0f, -1000.0f, 1000.0f).enabled = false;
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_float("Detail", 2.0f, 0.0f, 15.0f);
    add_float("Dimension", 2.0f, 0.0f, 1000.0f);
    add_float("Lacunarity", 2.0f, 0.0f, 1000.0f);
    add_float("Offset", 0.0f, -1000.0f, 1000.0f).enabled = false;
    add_float("Gain", 1.0f, 0.0f, 1000.0f).enabled = false;
    add_output("NodeSocketFloat", "Fac").label = "Height";
  }
  std::string_view static_type() const override { return "TEX_MUSGRAVE"; }
  void update(const NodeTree*, const Document*) override {
    if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D1 &&
        musgrave_type == TexMusgraveMusgraveType::HeteroTerrain) {
      show({"W", "Scale", "Detail", "Dimension", "Lacunarity", "Offset"}, {"Fac"});
    } else if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D4 &&
               musgrave_type == TexMusgraveMusgraveType::HeteroTerrain) {
      show({"Vector", "W", "Scale", "Detail", "Dimension", "Lacunarity", "Offset"}, {"Fac"});
    } else if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D1 &&
               (musgrave_type == TexMusgraveMusgraveType::Multifractal ||
                musgrave_type == TexMusgraveMusgraveType::Fbm)) {
      show({"W", "Scale", "Detail", "Dimension", "Lacunarity"}, {"Fac"});
    } else if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D1 &&
               (musgrave_type == TexMusgraveMusgraveType::RidgedMultifractal ||
                musgrave_type == TexMusgraveMusgraveType::HybridMultifractal)) {
      show({"W", "Scale", "Detail", "Dimension", "Lacunarity", "Offset", "Gain"}, {"Fac"});
    } else if ((musgrave_dimensions == TexMusgraveMusgraveDimensions::D2 ||
                musgrave_dimensions == TexMusgraveMusgraveDimensions::D3) &&
               musgrave_type == TexMusgraveMusgraveType::HeteroTerrain) {
      show({"Vector", "Scale", "Detail", "Dimension", "Lacunarity", "Offset"}, {"Fac"});
    } else if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D4 &&
               (musgrave_type == TexMusgraveMusgraveType::Multifractal ||
                musgrave_type == TexMusgraveMusgraveType::Fbm)) {
      show({"Vector", "W", "Scale", "Detail", "Dimension", "Lacunarity"}, {"Fac"});
    } else if (musgrave_dimensions == TexMusgraveMusgraveDimensions::D4 &&
               (musgrave_type == TexMusgraveMusgraveType::RidgedMultifractal ||
                musgrave_type == TexMusgraveMusgraveType::HybridMultifractal)) {
      show({"Vector", "W", "Scale", "Detail", "Dimension", "Lacunarity", "Offset", "Gain"},
           {"Fac"});
    } else if ((musgrave_dimensions == TexMusgraveMusgraveDimensions::D2 ||
                musgrave_dimensions == TexMusgraveMusgraveDimensions::D3) &&
               (musgrave_type == TexMusgraveMusgraveType::Multifractal ||
                musgrave_type == TexMusgraveMusgraveType::Fbm)) {
      show({"Vector", "Scale", "Detail", "Dimension", "Lacunarity"}, {"Fac"});
    } else {
      show({"Vector", "Scale", "Detail", "Dimension", "Lacunarity", "Offset", "Gain"}, {"Fac"});
    }
  }
  static const Schema& schema();
};

const Schema& TexMusgraveNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexMusgraveNode> s("ShaderNodeTexMusgrave", "Musgrave Texture",
                                     &ShaderNode::schema());
    s.add<&TexMusgraveNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexMusgraveNode::musgrave_dimensions>("musgrave_dimensions", "Dimensions")
        .items({{"1D", "1D", 1}, {"2D", "2D", 2}, {"3D", "3D", 3}, {"4D", "4D", 4}})
        .default_value("1D")
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexMusgraveNode::musgrave_type>("musgrave_type", "Type")
        .items({{"MULTIFRACTAL", "Multifractal", 0},
                {"RIDGED_MULTIFRACTAL", "Ridged Multifractal", 3},
                {"HYBRID_MULTIFRACTAL", "Hybrid Multifractal", 2},
                {"FBM", "fBM", 1},
                {"HETERO_TERRAIN", "Hetero Terrain", 4}})
        .default_value("MULTIFRACTAL")
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexMusgrave");
    return s.build();
  }();
  return schema;
}

enum class Kind : std::uint8_t {
  Multifractal,
  RidgedMultifractal,
  HybridMultifractal,
  Fbm,
  HeteroTerrain
};
enum Input {
  in_vector,
  in_w = 3,
  in_scale,
  in_detail,
  in_dimension,
  in_lacunarity,
  in_offset,
  in_gain
};

struct Parameters {
  float decay;  // of the amplitude per octave
  float lacunarity, octaves, offset, gain;
};

template <int dimensions>
float musgrave(Kind kind, NoisePoint p, const Parameters& s) {
  const int count = int(s.octaves);
  const float fraction = s.octaves - float(count);
  const auto noise = [](NoisePoint at) { return gradient_noise(at, dimensions); };
  float power = 1.0f, value = 0.0f;
  switch (kind) {
    case Kind::Fbm:
      for (int i = 0; i < count; ++i) {
        value += noise(p) * power;
        power *= s.decay;
        p = p * s.lacunarity;
      }
      return fraction != 0.0f ? value + fraction * noise(p) * power : value;
    case Kind::Multifractal:
      value = 1.0f;
      for (int i = 0; i < count; ++i) {
        value *= power * noise(p) + 1.0f;
        power *= s.decay;
        p = p * s.lacunarity;
      }
      return fraction != 0.0f ? value * (fraction * power * noise(p) + 1.0f) : value;
    case Kind::HeteroTerrain:
      power = s.decay;
      value = s.offset + noise(p);
      p = p * s.lacunarity;
      for (int i = 1; i < count; ++i) {
        value += (noise(p) + s.offset) * power * value;
        power *= s.decay;
        p = p * s.lacunarity;
      }
      return fraction != 0.0f ? value + fraction * (noise(p) + s.offset) * power * value : value;
    case Kind::HybridMultifractal: {
      float weight = 1.0f;
      for (int i = 0; i < count && weight > 0.001f; ++i) {
        weight = std::min(weight, 1.0f);
        const float signal = (noise(p) + s.offset) * power;
        power *= s.decay;
        value += weight * signal;
        weight *= s.gain * signal;
        p = p * s.lacunarity;
      }
      if (fraction != 0.0f && weight > 0.001f) {
        value += fraction * std::min(weight, 1.0f) * (noise(p) + s.offset) * power;
      }
      return value;
    }
    case Kind::RidgedMultifractal: {
      power = s.decay;
      float signal = square(s.offset - std::abs(noise(p)));
      value = signal;
      for (int i = 1; i < count; ++i) {
        p = p * s.lacunarity;
        const float weight = saturate(signal * s.gain);
        signal = square(s.offset - std::abs(noise(p))) * weight;
        value += signal * power;
        power *= s.decay;
      }
      return value;
    }
  }
  return 0.0f;
}

template <int dimensions>
void kernel(const KernelCall& call) {
  const Kind kind = call.get<Kind>();
  for (int i = 0; i < call.count; ++i) {
    const float3 v = call.in3(in_vector, i);
    const float w = call.in(in_w)[i], scale = call.in(in_scale)[i];
    const NoisePoint p =
        dimensions == 1 ? NoisePoint{w * scale, 0, 0, 0}
                        : NoisePoint{v.x * scale, v.y * scale, dimensions > 2 ? v.z * scale : 0.0f,
                                     dimensions > 3 ? w * scale : 0.0f};
    const float lacunarity = std::max(call.in(in_lacunarity)[i], 1e-5f);
    const Parameters parameters{std::pow(lacunarity, -std::max(call.in(in_dimension)[i], 1e-5f)),
                                lacunarity, std::min(std::max(0.0f, call.in(in_detail)[i]), 15.0f),
                                call.in(in_offset)[i], call.in(in_gain)[i]};
    call.out(0)[i] = musgrave<dimensions>(kind, p, parameters);
  }
}

void compile(NodeCompiler& node) {
  constexpr Kernel kernels[] = {kernel<1>, kernel<2>, kernel<3>, kernel<4>};
  const GraphNode& n = node.node();
  const std::string& type = n.text("musgrave_type");
  const Kind kind = type == "MULTIFRACTAL"          ? Kind::Multifractal
                    : type == "RIDGED_MULTIFRACTAL" ? Kind::RidgedMultifractal
                    : type == "HYBRID_MULTIFRACTAL" ? Kind::HybridMultifractal
                    : type == "HETERO_TERRAIN"      ? Kind::HeteroTerrain
                                                    : Kind::Fbm;
  Scalar value;
  node.emit(kernels[dimensions_of(n.text("musgrave_dimensions")) - 1], Purity::Pure,
            inputs_of({texture_vector(node), node.input("W"), node.input("Scale"),
                       node.input("Detail"), node.input("Dimension"), node.input("Lacunarity"),
                       node.input("Offset"), node.input("Gain")}),
            {&value}, std::make_shared<Kind>(kind));
  node.set_output(node.find_output("Fac"), value);
}

}  // namespace

void register_musgrave_texture(ShaderNodeList& nodes) {
  nodes.add<TexMusgraveNode>(compile);
}

}  // namespace kiln::render::shading
