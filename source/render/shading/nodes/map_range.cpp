#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class MapRangeInterpolationType : std::uint8_t { Linear, Stepped, Smoothstep, Smootherstep };
enum class MapRangeDataType : std::uint8_t { Float = 10, FloatVector = 48 };
struct MapRangeNode : NodeType<MapRangeNode, ShaderNode> {
  bool clamp = true;
  MapRangeInterpolationType interpolation_type = MapRangeInterpolationType::Linear;
  MapRangeDataType data_type = MapRangeDataType::Float;

  MapRangeNode() {
    add_float("Value", 1.0f);
    add_float("From Min", 0.0f);
    add_float("From Max", 1.0f);
    add_float("To Min", 0.0f);
    add_float("To Max", 1.0f);
    add_float("Steps", 4.0f).enabled = false;
    {
      NodeSocket& socket = add_vector("Vector", {}, 0.0f, 1.0f);
      socket.enabled = false;
      socket.hide_value = true;
    }
    add_input("NodeSocketVector", "From Min", "From_Min_FLOAT3").enabled = false;
    {
      NodeSocket& socket = add_input("NodeSocketVector", "From Max", "From_Max_FLOAT3");
      socket.enabled = false;
      socket.number = {1.0f, 1.0f, 1.0f};
    }
    add_input("NodeSocketVector", "To Min", "To_Min_FLOAT3").enabled = false;
    {
      NodeSocket& socket = add_input("NodeSocketVector", "To Max", "To_Max_FLOAT3");
      socket.enabled = false;
      socket.number = {1.0f, 1.0f, 1.0f};
    }
    {
      NodeSocket& socket = add_input("NodeSocketVector", "Steps", "Steps_FLOAT3");
      socket.enabled = false;
      socket.number = {4.0f, 4.0f, 4.0f};
    }
    add_output("NodeSocketFloat", "Result");
    add_output("NodeSocketVector", "Vector").enabled = false;
  }
  std::string_view static_type() const override { return "MAP_RANGE"; }
  void update(const NodeTree*, const Document*) override {
    if (interpolation_type == MapRangeInterpolationType::Stepped &&
        data_type == MapRangeDataType::Float) {
      show({"Value", "From Min", "From Max", "To Min", "To Max", "Steps"}, {"Result"});
    } else if (interpolation_type == MapRangeInterpolationType::Stepped &&
               data_type == MapRangeDataType::FloatVector) {
      show({"Vector", "From_Min_FLOAT3", "From_Max_FLOAT3", "To_Min_FLOAT3", "To_Max_FLOAT3",
            "Steps_FLOAT3"},
           {"Vector"});
    } else if ((interpolation_type == MapRangeInterpolationType::Linear ||
                interpolation_type == MapRangeInterpolationType::Smoothstep ||
                interpolation_type == MapRangeInterpolationType::Smootherstep) &&
               data_type == MapRangeDataType::Float) {
      show({"Value", "From Min", "From Max", "To Min", "To Max"}, {"Result"});
    } else {
      show({"Vector", "From_Min_FLOAT3", "From_Max_FLOAT3", "To_Min_FLOAT3", "To_Max_FLOAT3"},
           {"Vector"});
    }
  }
  static const Schema& schema();
};

const Schema& MapRangeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MapRangeNode> s("ShaderNodeMapRange", "Map Range", &ShaderNode::schema());
    s.add<&MapRangeNode::clamp>("clamp", "Clamp")
        .default_value(false)
        .changes(Change::Shading | Change::Geometry);
    s.add<&MapRangeNode::interpolation_type>("interpolation_type", "Interpolation Type")
        .items({{"LINEAR", "Linear", 0},
                {"STEPPED", "Stepped Linear", 1},
                {"SMOOTHSTEP", "Smooth Step", 2},
                {"SMOOTHERSTEP", "Smoother Step", 3}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MapRangeNode::data_type>("data_type", "Data Type")
        .items({{"FLOAT", "Float", 10}, {"FLOAT_VECTOR", "Vector", 48}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeMapRange");
    return s.build();
  }();
  return schema;
}

enum class ClampClampType : std::uint8_t { Minmax, Range };
struct ClampNode : NodeType<ClampNode, ShaderNode> {
  ClampClampType clamp_type = ClampClampType::Minmax;

  ClampNode() {
    add_float("Value", 1.0f);
    add_float("Min", 0.0f);
    add_float("Max", 1.0f);
    add_output("NodeSocketFloat", "Result");
  }
  std::string_view static_type() const override { return "CLAMP"; }
  static const Schema& schema();
};

const Schema& ClampNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ClampNode> s("ShaderNodeClamp", "Clamp", &ShaderNode::schema());
    s.add<&ClampNode::clamp_type>("clamp_type", "Clamp Type")
        .items({{"MINMAX", "Min Max", 0}, {"RANGE", "Range", 1}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeClamp");
    return s.build();
  }();
  return schema;
}

enum class Interpolation : std::uint8_t { Linear, Stepped, Smoothstep, Smootherstep };
enum Input { in_value, in_from_min, in_from_max, in_to_min, in_to_max, in_steps };

void kernel(const KernelCall& call) {
  const Interpolation kind = call.get<Interpolation>();
  for (int i = 0; i < call.count; ++i) {
    const float low = call.in(in_from_min)[i], high = call.in(in_from_max)[i];
    const float to_low = call.in(in_to_min)[i], to_high = call.in(in_to_max)[i];
    float t = 0.0f;
    if (high != low) {
      t = (call.in(in_value)[i] - low) / (high - low);
      switch (kind) {
        case Interpolation::Linear:
          break;
        case Interpolation::Stepped: {
          const float steps = call.in(in_steps)[i];
          t = steps > 0.0f ? std::floor(t * (steps + 1.0f)) / steps : 0.0f;
          break;
        }
        case Interpolation::Smoothstep:
          t = saturate(t);
          t = t * t * (3.0f - 2.0f * t);
          break;
        case Interpolation::Smootherstep:
          t = saturate(t);
          t = t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f);
          break;
      }
      call.out(0)[i] = to_low + t * (to_high - to_low);
    } else {
      call.out(0)[i] = 0.0f;
    }
  }
}

void clamp_kernel(const KernelCall& call) {
  const bool is_range = call.get<bool>();
  for (int i = 0; i < call.count; ++i) {
    float low = call.in(1)[i], high = call.in(2)[i];
    if (is_range && low > high) {
      std::swap(low, high);
    }
    call.out(0)[i] = std::min(std::max(call.in(0)[i], low), high);
  }
}

Interpolation interpolation_of(const GraphNode& node) {
  const std::string& type = node.text("interpolation_type");
  return type == "STEPPED"        ? Interpolation::Stepped
         : type == "SMOOTHSTEP"   ? Interpolation::Smoothstep
         : type == "SMOOTHERSTEP" ? Interpolation::Smootherstep
                                  : Interpolation::Linear;
}

Scalar clamped(NodeCompiler& node, const Scalar& value, const Scalar& low, const Scalar& high,
               bool is_range) {
  Scalar out;
  node.emit(clamp_kernel, Purity::Pure, {value, low, high}, {&out},
            std::make_shared<bool>(is_range));
  return out;
}

/// Sockets: six floats, then the same six as vectors.
void compile_map_range(NodeCompiler& node) {
  const GraphNode& n = node.node();
  const Interpolation kind = interpolation_of(n);
  const bool is_clamped =
      n.flag("clamp") && (kind == Interpolation::Linear || kind == Interpolation::Stepped);
  const auto settings = std::make_shared<Interpolation>(kind);
  if (n.text("data_type") != "FLOAT_VECTOR") {
    Scalar out;
    const Scalar to_low = node.input(3), to_high = node.input(4);
    node.emit(kernel, Purity::Pure,
              {node.input(0), node.input(1), node.input(2), to_low, to_high, node.input(5)}, {&out},
              settings);
    node.set_output(0, is_clamped ? clamped(node, out, to_low, to_high, true) : out);
    return;
  }
  const Value3 in[6] = {node.input3(6), node.input3(7),  node.input3(8),
                        node.input3(9), node.input3(10), node.input3(11)};
  Value3 out;
  Scalar* outs[3] = {&out.x, &out.y, &out.z};
  for (int k = 0; k < 3; ++k) {
    const auto part = [&](const Value3& v) { return k == 0 ? v.x : k == 1 ? v.y : v.z; };
    node.emit(kernel, Purity::Pure,
              {part(in[0]), part(in[1]), part(in[2]), part(in[3]), part(in[4]), part(in[5])},
              {outs[k]}, settings);
    if (is_clamped) {
      *outs[k] = clamped(node, *outs[k], part(in[3]), part(in[4]), true);
    }
  }
  node.set_output(1, out);
}

void compile_clamp(NodeCompiler& node) {
  node.set_output(0, clamped(node, node.input("Value"), node.input("Min"), node.input("Max"),
                             node.node().text("clamp_type") == "RANGE"));
}

}  // namespace

void register_map_range(ShaderNodeList& nodes) {
  nodes.add<MapRangeNode>(compile_map_range);
  nodes.add<ClampNode>(compile_clamp);
}

}  // namespace kiln::render::shading
