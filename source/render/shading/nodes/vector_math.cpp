#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class VectorMathOperation : std::uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  CrossProduct,
  Project,
  Reflect,
  DotProduct,
  Distance,
  Length,
  Scale,
  Normalize,
  Snap,
  Floor,
  Ceil,
  Modulo,
  Fraction,
  Absolute,
  Minimum,
  Maximum,
  Wrap,
  Sine,
  Cosine,
  Tangent,
  Refract,
  Faceforward,
  MultiplyAdd
};
struct VectorMathNode : NodeType<VectorMathNode, ShaderNode> {
  VectorMathOperation operation = VectorMathOperation::Add;

  VectorMathNode() {
    add_vector("Vector");
    add_vector("Vector");
    add_vector("Vector").enabled = false;
    add_float("Scale", 1.0f).enabled = false;
    add_output("NodeSocketVector", "Vector");
    add_output("NodeSocketFloat", "Value").enabled = false;
  }
  std::string_view static_type() const override { return "VECT_MATH"; }
  void update(const NodeTree*, const Document*) override {
    if (operation == VectorMathOperation::MultiplyAdd) {
      show({"Vector", "Vector_001", "Vector_002"}, {"Vector"});
      relabel("Vector_001", "Multiplier");
      relabel("Vector_002", "Addend");
    } else if (operation == VectorMathOperation::Refract) {
      show({"Vector", "Vector_001", "Scale"}, {"Vector"});
      relabel("Scale", "Ior");
    } else if (operation == VectorMathOperation::Faceforward) {
      show({"Vector", "Vector_001", "Vector_002"}, {"Vector"});
      relabel("Vector_001", "Incident");
      relabel("Vector_002", "Reference");
    } else if (operation == VectorMathOperation::Length) {
      show({"Vector"}, {"Value"});
    } else if (operation == VectorMathOperation::Scale) {
      show({"Vector", "Scale"}, {"Vector"});
      relabel("Scale", "Scale");
    } else if (operation == VectorMathOperation::Wrap) {
      show({"Vector", "Vector_001", "Vector_002"}, {"Vector"});
      relabel("Vector_001", "Max");
      relabel("Vector_002", "Min");
    } else if (operation == VectorMathOperation::Snap) {
      show({"Vector", "Vector_001"}, {"Vector"});
      relabel("Vector_001", "Increment");
    } else if ((operation == VectorMathOperation::DotProduct ||
                operation == VectorMathOperation::Distance)) {
      show({"Vector", "Vector_001"}, {"Value"});
    } else if ((operation == VectorMathOperation::Normalize ||
                operation == VectorMathOperation::Absolute ||
                operation == VectorMathOperation::Floor || operation == VectorMathOperation::Ceil ||
                operation == VectorMathOperation::Fraction ||
                operation == VectorMathOperation::Sine ||
                operation == VectorMathOperation::Cosine ||
                operation == VectorMathOperation::Tangent)) {
      show({"Vector"}, {"Vector"});
    } else {
      show({"Vector", "Vector_001"}, {"Vector"});
    }
  }
  static const Schema& schema();
};

const Schema& VectorMathNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorMathNode> s("ShaderNodeVectorMath", "Vector Math", &ShaderNode::schema());
    s.add<&VectorMathNode::operation>("operation", "Operation")
        .items({{"ADD", "Add", 0},
                {"SUBTRACT", "Subtract", 1},
                {"MULTIPLY", "Multiply", 2},
                {"DIVIDE", "Divide", 3},
                {"MULTIPLY_ADD", "Multiply Add", 26},
                {"CROSS_PRODUCT", "Cross Product", 4},
                {"PROJECT", "Project", 5},
                {"REFLECT", "Reflect", 6},
                {"REFRACT", "Refract", 24},
                {"FACEFORWARD", "Faceforward", 25},
                {"DOT_PRODUCT", "Dot Product", 7},
                {"DISTANCE", "Distance", 8},
                {"LENGTH", "Length", 9},
                {"SCALE", "Scale", 10},
                {"NORMALIZE", "Normalize", 11},
                {"ABSOLUTE", "Absolute", 17},
                {"MINIMUM", "Minimum", 18},
                {"MAXIMUM", "Maximum", 19},
                {"FLOOR", "Floor", 13},
                {"CEIL", "Ceil", 14},
                {"FRACTION", "Fraction", 16},
                {"MODULO", "Modulo", 15},
                {"WRAP", "Wrap", 20},
                {"SNAP", "Snap", 12},
                {"SINE", "Sine", 21},
                {"COSINE", "Cosine", 22},
                {"TANGENT", "Tangent", 23}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeVectorMath");
    return s.build();
  }();
  return schema;
}

enum Input { in_a, in_b = 3, in_c = 6, in_scale = 9 };

float divide(float a, float b) {
  return b != 0.0f ? a / b : 0.0f;
}

template <typename F>
float3 each(float3 a, float3 b, F f) {
  return {f(a.x, b.x), f(a.y, b.y), f(a.z, b.z)};
}

float wrap(float a, float b, float c) {
  const float range = b - c;
  return range != 0.0f ? a - range * std::floor((a - c) / range) : c;
}

struct Result3 {
  float3 vector;
  float value = 0.0f;
};

using Function = Result3 (*)(float3 a, float3 b, float3 c, float scale);
struct Entry {
  const char* name;
  Function function;
};

constexpr Entry operations[] = {
    {"ADD", [](float3 a, float3 b, float3, float) { return Result3{a + b}; }},
    {"SUBTRACT", [](float3 a, float3 b, float3, float) { return Result3{a - b}; }},
    {"MULTIPLY", [](float3 a, float3 b, float3, float) { return Result3{a * b}; }},
    {"DIVIDE", [](float3 a, float3 b, float3, float) { return Result3{each(a, b, divide)}; }},
    {"MULTIPLY_ADD", [](float3 a, float3 b, float3 c, float) { return Result3{a * b + c}; }},
    {"CROSS_PRODUCT", [](float3 a, float3 b, float3, float) { return Result3{cross(a, b)}; }},
    {"PROJECT",
     [](float3 a, float3 b, float3, float) {
       const float l = dot(b, b);
       return Result3{l != 0.0f ? b * (dot(a, b) / l) : float3{}};
     }},
    {"REFLECT",
     [](float3 a, float3 b, float3, float) {
       const float3 n = normalize(b);
       return Result3{a - n * (2.0f * dot(a, n))};
     }},
    {"REFRACT",
     [](float3 a, float3 b, float3, float ior) {
       const float3 n = normalize(b);
       const float d = dot(n, a);
       const float k = 1.0f - ior * ior * (1.0f - d * d);
       return Result3{k < 0.0f ? float3{} : a * ior - n * (ior * d + std::sqrt(k))};
     }},
    {"FACEFORWARD",
     [](float3 a, float3 b, float3 c, float) { return Result3{dot(c, b) < 0.0f ? a : -a}; }},
    {"DOT_PRODUCT",
     [](float3 a, float3 b, float3, float) {
       return Result3{{}, dot(a, b)};
     }},
    {"DISTANCE",
     [](float3 a, float3 b, float3, float) {
       return Result3{{}, distance(a, b)};
     }},
    {"LENGTH",
     [](float3 a, float3, float3, float) {
       return Result3{{}, length(a)};
     }},
    {"SCALE", [](float3 a, float3, float3, float scale) { return Result3{a * scale}; }},
    {"NORMALIZE", [](float3 a, float3, float3, float) { return Result3{normalize(a)}; }},
    {"ABSOLUTE",
     [](float3 a, float3, float3, float) {
       return Result3{{std::abs(a.x), std::abs(a.y), std::abs(a.z)}};
     }},
    {"MINIMUM", [](float3 a, float3 b, float3, float) { return Result3{min(a, b)}; }},
    {"MAXIMUM", [](float3 a, float3 b, float3, float) { return Result3{max(a, b)}; }},
    {"FLOOR",
     [](float3 a, float3, float3, float) {
       return Result3{{std::floor(a.x), std::floor(a.y), std::floor(a.z)}};
     }},
    {"CEIL",
     [](float3 a, float3, float3, float) {
       return Result3{{std::ceil(a.x), std::ceil(a.y), std::ceil(a.z)}};
     }},
    {"FRACTION",
     [](float3 a, float3, float3, float) {
       return Result3{{a.x - std::floor(a.x), a.y - std::floor(a.y), a.z - std::floor(a.z)}};
     }},
    {"MODULO",
     [](float3 a, float3 b, float3, float) {
       return Result3{
           each(a, b, [](float x, float y) { return y != 0.0f ? std::fmod(x, y) : 0.0f; })};
     }},
    {"WRAP",
     [](float3 a, float3 b, float3 c, float) {
       return Result3{{wrap(a.x, b.x, c.x), wrap(a.y, b.y, c.y), wrap(a.z, b.z, c.z)}};
     }},
    {"SNAP",
     [](float3 a, float3 b, float3, float) {
       return Result3{each(a, b, [](float x, float y) { return std::floor(divide(x, y)) * y; })};
     }},
    {"SINE",
     [](float3 a, float3, float3, float) {
       return Result3{{std::sin(a.x), std::sin(a.y), std::sin(a.z)}};
     }},
    {"COSINE",
     [](float3 a, float3, float3, float) {
       return Result3{{std::cos(a.x), std::cos(a.y), std::cos(a.z)}};
     }},
    {"TANGENT",
     [](float3 a, float3, float3, float) {
       return Result3{{std::tan(a.x), std::tan(a.y), std::tan(a.z)}};
     }},
};

void kernel(const KernelCall& call) {
  const Function function = call.get<Function>();
  for (int i = 0; i < call.count; ++i) {
    const Result3 r =
        function(call.in3(in_a, i), call.in3(in_b, i), call.in3(in_c, i), call.in(in_scale)[i]);
    call.set3(0, i, r.vector);
    call.out(3)[i] = r.value;
  }
}

void compile(NodeCompiler& node) {
  const std::string& operation = node.node().text("operation");
  Function function = operations[0].function;
  for (const Entry& entry : operations) {
    if (operation == entry.name) {
      function = entry.function;
    }
  }
  Value3 vector;
  Scalar value;
  node.emit(kernel, Purity::Pure,
            inputs_of({node.input3(0), node.input3(1), node.input3(2),
                       node.input(node.find_input("Scale"))}),
            {&vector.x, &vector.y, &vector.z, &value}, std::make_shared<Function>(function));
  node.set_output(node.find_output("Vector"), vector);
  node.set_output(node.find_output("Value"), value);
}

}  // namespace

void register_vector_math(ShaderNodeList& nodes) {
  nodes.add<VectorMathNode>(compile);
}

}  // namespace kiln::render::shading
