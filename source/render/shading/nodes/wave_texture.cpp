#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class TexWaveWaveType : std::uint8_t { Bands, Rings };
enum class TexWaveBandsDirection : std::uint8_t { X, Y, Z, Diagonal };
enum class TexWaveRingsDirection : std::uint8_t { X, Y, Z, Spherical };
enum class TexWaveWaveProfile : std::uint8_t { Sin, Saw, Tri };
struct TexWaveNode : NodeType<TexWaveNode, ShaderNode> {
  TexMapping texture_mapping;
  TexWaveWaveType wave_type = TexWaveWaveType::Bands;
  TexWaveBandsDirection bands_direction = TexWaveBandsDirection::X;
  TexWaveRingsDirection rings_direction = TexWaveRingsDirection::X;
  TexWaveWaveProfile wave_profile = TexWaveWaveProfile::Sin;

  TexWaveNode() {
    width = 150.0f;
    add_vector("Vector").hide_value = true;
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_float("Distortion", 0.0f, -1000.0f, 1000.0f);
    add_float("Detail", 2.0f, 0.0f, 15.0f);
    add_float("Detail Scale", 1.0f, -1000.0f, 1000.0f);
    add_factor("Detail Roughness", 0.5f);
    add_float("Phase Offset", 0.0f, -1000.0f, 1000.0f);
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_WAVE"; }
  static const Schema& schema();
};

const Schema& TexWaveNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexWaveNode> s("ShaderNodeTexWave", "Wave Texture", &ShaderNode::schema());
    s.add<&TexWaveNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexWaveNode::wave_type>("wave_type", "Wave Type")
        .items({{"BANDS", "Bands", 0}, {"RINGS", "Rings", 1}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexWaveNode::bands_direction>("bands_direction", "Bands Direction")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}, {"DIAGONAL", "Diagonal", 3}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexWaveNode::rings_direction>("rings_direction", "Rings Direction")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}, {"SPHERICAL", "Spherical", 3}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexWaveNode::wave_profile>("wave_profile", "Wave Profile")
        .items({{"SIN", "Sine", 0}, {"SAW", "Saw", 1}, {"TRI", "Triangle", 2}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexWave");
    return s.build();
  }();
  return schema;
}

enum class Profile : std::uint8_t { Sine, Saw, Triangle };
struct Settings {
  bool is_rings = false;
  int axis = 0;  // X, Y, Z; 3: diagonal or spherical
  Profile profile = Profile::Sine;
};

enum Input {
  in_vector,
  in_scale = 3,
  in_distortion,
  in_detail,
  in_detail_scale,
  in_roughness,
  in_phase
};

void kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    float3 p = call.in3(in_vector, i) * call.in(in_scale)[i];
    for (int k = 0; k < 3; ++k) {
      p[k] = (p[k] + 0.000001f) * 0.999999f;
    }
    float n;
    if (!s.is_rings) {
      n = s.axis == 3 ? (p.x + p.y + p.z) * 10.0f : p[s.axis] * 20.0f;
    } else {
      float3 r = p;
      if (s.axis < 3) {
        r[s.axis] = 0.0f;
      }
      n = length(r) * 20.0f;
    }
    n += call.in(in_phase)[i];
    const float distortion = call.in(in_distortion)[i];
    if (distortion != 0.0f) {
      const float f = call.in(in_detail_scale)[i];
      n += distortion * (fractal_noise({p.x * f, p.y * f, p.z * f, 0.0f}, 3, call.in(in_detail)[i],
                                       call.in(in_roughness)[i]) *
                             2.0f -
                         1.0f);
    }
    float value;
    switch (s.profile) {
      case Profile::Sine:
        value = 0.5f + 0.5f * std::sin(n - 0.5f * pi);
        break;
      case Profile::Saw:
        n /= 2.0f * pi;
        value = n - std::floor(n);
        break;
      default:
        n /= 2.0f * pi;
        value = std::abs(n - std::floor(n + 0.5f)) * 2.0f;
        break;
    }
    call.out(0)[i] = value;
  }
}

void compile(NodeCompiler& node) {
  const GraphNode& n = node.node();
  Settings settings;
  settings.is_rings = n.text("wave_type") == "RINGS";
  const std::string& direction = n.text(settings.is_rings ? "rings_direction" : "bands_direction");
  settings.axis = direction == "Y"                        ? 1
                  : direction == "Z"                      ? 2
                  : direction == "X" || direction.empty() ? 0
                                                          : 3;
  const std::string& profile = n.text("wave_profile");
  settings.profile = profile == "SAW"   ? Profile::Saw
                     : profile == "TRI" ? Profile::Triangle
                                        : Profile::Sine;
  Scalar value;
  node.emit(kernel, Purity::Pure,
            inputs_of({texture_vector(node), node.input("Scale"), node.input("Distortion"),
                       node.input("Detail"), node.input("Detail Scale"),
                       node.input("Detail Roughness"), node.input("Phase Offset")}),
            {&value}, std::make_shared<Settings>(settings));
  node.set_output(node.find_output("Fac"), value);
  node.set_output(node.find_output("Color"), value);
}

}  // namespace

void register_wave_texture(ShaderNodeList& nodes) {
  nodes.add<TexWaveNode>(compile);
}

}  // namespace kiln::render::shading
