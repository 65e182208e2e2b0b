#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"

namespace kiln::render::shading {
namespace {

struct BumpNode : NodeType<BumpNode, ShaderNode> {
  bool invert = false;

  BumpNode() {
    add_factor("Strength", 1.0f);
    add_float("Distance", 1.0f, 0.0f, 1000.0f);
    add_float("Height", 1.0f, -1000.0f, 1000.0f).hide_value = true;
    add_vector("Normal", {}, -1.0f, 1.0f).hide_value = true;
    add_output("NodeSocketVector", "Normal");
  }
  std::string_view static_type() const override { return "BUMP"; }
  static const Schema& schema();
};

const Schema& BumpNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BumpNode> s("ShaderNodeBump", "Bump", &ShaderNode::schema());
    s.add<&BumpNode::invert>("invert", "Invert").changes(Change::Shading);
    s.set_tag("ShaderNodeBump");
    return s.build();
  }();
  return schema;
}

enum class NormalMapSpace : std::uint8_t { Tangent, Object, World, BlenderObject, BlenderWorld };
struct NormalMapNode : NodeType<NormalMapNode, ShaderNode> {
  NormalMapSpace space = NormalMapSpace::Tangent;
  std::string uv_map;

  NormalMapNode() {
    width = 150.0f;
    add_float("Strength", 1.0f, 0.0f, 10.0f);
    add_color("Color", {0.5f, 0.5f, 1.0f, 1.0f});
    add_output("NodeSocketVector", "Normal");
  }
  std::string_view static_type() const override { return "NORMAL_MAP"; }
  static const Schema& schema();
};

const Schema& NormalMapNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NormalMapNode> s("ShaderNodeNormalMap", "Normal Map", &ShaderNode::schema());
    s.add<&NormalMapNode::space>("space", "Space")
        .items({{"TANGENT", "Tangent Space", 0},
                {"OBJECT", "Object Space", 1},
                {"WORLD", "World Space", 2},
                {"BLENDER_OBJECT", "Blender Object Space", 3},
                {"BLENDER_WORLD", "Blender World Space", 4}})
        .changes(Change::Shading);
    s.add<&NormalMapNode::uv_map>("uv_map", "UV Map")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeNormalMap");
    return s.build();
  }();
  return schema;
}

struct NormalNode : NodeType<NormalNode, ShaderNode> {
  NormalNode() {
    add_vector("Normal", {0.0f, 0.0f, 1.0f}, -1.0f, 1.0f, "NodeSocketVectorDirection");
    add_output("NodeSocketVectorDirection", "Normal").number = {0.0f, 0.0f, 1.0f};
    add_output("NodeSocketFloat", "Dot");
  }
  std::string_view static_type() const override { return "NORMAL"; }
  static const Schema& schema();
};

const Schema& NormalNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NormalNode> s("ShaderNodeNormal", "Normal", &ShaderNode::schema());
    s.set_tag("ShaderNodeNormal");
    return s.build();
  }();
  return schema;
}

struct Settings {
  bool is_inverted = false;
  bool is_object_space = false;
};

enum Input { in_height, in_height_x, in_height_y, in_strength, in_distance, in_normal };

/// Mikkelsen, "Bump mapping unparametrized surfaces on the GPU", 2010.
void bump_kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 normal = call.in3(in_normal, i);
    float3 right, up;
    make_basis(call.batch.geometric_normal.get(i), right, up);
    const float3 step_x = right * call.batch.footprint.v[i],
                 step_y = up * call.batch.footprint.v[i];
    const float3 r_x = cross(step_y, normal), r_y = cross(normal, step_x);
    const float det = dot(step_x, r_x);
    const float height = call.in(in_height)[i];
    const float d_x = call.in(in_height_x)[i] - height, d_y = call.in(in_height_y)[i] - height;
    const float3 gradient = r_x * d_x + r_y * d_y;
    const float strength = std::max(call.in(in_strength)[i], 0.0f);
    const float distance = call.in(in_distance)[i] * (s.is_inverted ? -1.0f : 1.0f);
    const float sign = det < 0.0f ? -1.0f : 1.0f;
    float3 bumped = normalize(normal * std::abs(det) - gradient * (distance * sign));
    if (is_black(bumped) || !is_finite(bumped)) {
      bumped = normal;
    }
    const float3 mixed = normalize(bumped * strength + normal * (1.0f - strength));
    call.set3(0, i, is_black(mixed) ? normal : mixed);
  }
}

void compile_bump(NodeCompiler& node) {
  const Value3 normal = normal_input(node);
  const int height = node.find_input("Height");
  if (!node.is_linked(height) || node.shift() != Shift::None) {
    node.set_output(0, normal);
    return;
  }
  Value3 out;
  node.emit(bump_kernel, Purity::ReadsBatch,
            inputs_of({node.input(height), node.shifted_input(height, Shift::X),
                       node.shifted_input(height, Shift::Y), node.input("Strength"),
                       node.input("Distance"), normal}),
            {&out.x, &out.y, &out.z},
            std::make_shared<Settings>(Settings{node.node().flag("invert"), false}));
  node.set_output(0, out);
}

enum class Space : std::uint8_t { Tangent, Object, World };
struct MapSettings {
  Space space = Space::Tangent;
  std::string uv_layer;
};

/// Inputs: strength, colour.
void normal_map_kernel(const KernelCall& call) {
  const MapSettings& s = call.get<MapSettings>();
  Lane3 tangents;
  Lane signs;
  if (s.space == Space::Tangent) {
    call.batch.geometry->tangent(call.batch, s.uv_layer, tangents, signs);
  }
  for (int i = 0; i < call.count; ++i) {
    const float3 color = call.in3(1, i) * 2.0f - float3{1, 1, 1};
    const float strength = std::max(call.in(0)[i], 0.0f);
    const float side = call.batch.is_backfacing[i] ? -1.0f : 1.0f;
    const float3 own = call.batch.normal.get(i);
    float3 n;
    if (s.space == Space::Tangent) {
      const float3 surface = own * side, tangent = tangents.get(i);
      const float3 bitangent = cross(surface, tangent) * signs.v[i];
      // Strength flattens the map itself.
      const float3 c{color.x * strength, color.y * strength,
                     lerp(1.0f, color.z, saturate(strength))};
      n = normalize(tangent * c.x + bitangent * c.y + surface * c.z) * side;
    } else {
      n = color;
      if (s.space == Space::Object) {
        n = transform_normal(call.batch.geometry->world_to_object(call.batch, i), n);
      }
      n = normalize(n) * side;
      n = normalize(own + (n - own) * strength);
    }
    call.set3(0, i, is_black(n) ? own : n);
  }
}

void compile_normal_map(NodeCompiler& node) {
  const std::string& space = node.node().text("space");
  MapSettings settings;
  settings.uv_layer = node.node().text("uv_map");
  settings.space = space == "TANGENT" || space.empty()              ? Space::Tangent
                   : space == "OBJECT" || space == "BLENDER_OBJECT" ? Space::Object
                                                                    : Space::World;
  Value3 out;
  node.emit(normal_map_kernel, Purity::ReadsBatch,
            inputs_of({node.input("Strength"), node.input3("Color")}), {&out.x, &out.y, &out.z},
            std::make_shared<MapSettings>(std::move(settings)));
  node.set_output(0, out);
}

/// The direction that is set in the node, and how much of it the input has.
void normal_kernel(const KernelCall& call) {
  const float3 direction = call.get<float3>();
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = dot(direction, normalize(call.in3(0, i)));
  }
}

void compile_normal(NodeCompiler& node) {
  const float3 direction = normalize(xyz(node.node().outputs[0].value));
  node.set_output(0, constant(direction));
  if (node.wants_output(1)) {
    const Value3 in = node.input3(0);
    Scalar out;
    node.emit(normal_kernel, Purity::Pure, {in.x, in.y, in.z}, {&out},
              std::make_shared<float3>(direction));
    node.set_output(1, out);
  }
}

}  // namespace

void register_bump(ShaderNodeList& nodes) {
  nodes.add<BumpNode>(compile_bump);
  nodes.add<NormalMapNode>(compile_normal_map);
  nodes.add<NormalNode>(compile_normal);
}

}  // namespace kiln::render::shading
