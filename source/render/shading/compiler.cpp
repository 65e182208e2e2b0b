#include "render/shading/compiler.h"

#include <cstring>
#include <map>

#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

constexpr int max_graph_depth = 512;

bool is_triple(SocketType type) {
  return type == SocketType::Vector || type == SocketType::Color;
}

void multiply_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = call.in(0)[i] * call.in(1)[i];
  }
}

void add_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = call.in(0)[i] + call.in(1)[i];
  }
}

void one_minus_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = 1.0f - call.in(0)[i];
  }
}

void saturate_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = std::min(std::max(call.in(0)[i], 0.0f), 1.0f);
  }
}

void luminance_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] =
        0.2126729f * call.in(0)[i] + 0.7151522f * call.in(1)[i] + 0.0721750f * call.in(2)[i];
  }
}

void emission_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].emission += call.in3(1, i) * call.in(0)[i];
  }
}

void mean_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = (call.in(0)[i] + call.in(1)[i] + call.in(2)[i]) * (1.0f / 3.0f);
  }
}

/// Shading normals as of a surface that was moved by a displacement: inputs are the displacement
/// here, one footprint to the right and one up. See `bump_kernel`.
void displacement_bump_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 normal = call.batch.normal.get(i);
    const float3 here = call.in3(0, i);
    float3 right, up;
    make_basis(call.batch.geometric_normal.get(i), right, up);
    const float3 step_x = right * call.batch.footprint.v[i];
    const float3 step_y = up * call.batch.footprint.v[i];
    const float3 r_x = cross(step_y, normal), r_y = cross(normal, step_x);
    const float det = dot(step_x, r_x);
    const float d_x = dot(call.in3(3, i) - here, normal), d_y = dot(call.in3(6, i) - here, normal);
    const float3 gradient = r_x * d_x + r_y * d_y;
    const float3 bumped =
        normalize(normal * std::abs(det) - gradient * (det < 0.0f ? -1.0f : 1.0f));
    if (!is_black(bumped) && is_finite(bumped)) {
      call.batch.normal.set(i, bumped);
    }
  }
}

}  // namespace

/// Collects the instructions of one program. Values live in slots that are written once; registers
/// are given out at the end.
class ProgramBuilder {
public:
  ProgramBuilder(const ShaderGraph& graph, const NodeRegistry& registry, ProgramKind kind)
      : graph_(graph),
        registry_(registry),
        kind_(kind),
        feeds_(graph.nodes.size()),
        used_(graph.nodes.size()) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      feeds_[i].assign(graph.nodes[i].inputs.size(), nullptr);
      used_[i].assign(graph.nodes[i].outputs.size(), 0);
    }
    for (const GraphLink& link : graph.links) {
      feeds_[link.to_node][link.to_socket] = &link;
      used_[link.from_node][link.from_socket] = 1;
    }
  }

  const GraphNode& node(int index) const { return graph_.nodes[index]; }
  const GraphLink* feed(int to_node, int socket) const {
    return socket < 0 || socket >= int(feeds_[to_node].size()) ? nullptr : feeds_[to_node][socket];
  }
  bool is_used(int from_node, int socket) const { return used_[from_node][socket]; }
  ProgramKind kind() const { return kind_; }

  /// Three components of what an output gives; floats have it in all three.
  Value3 output(int from_node, int socket, Shift shift) {
    const Key key{from_node, shift};
    if (node(from_node).outputs[socket].type == SocketType::Shader) {
      return constant(float3{});
    }
    auto found = values_.find(key);
    if (found == values_.end()) {
      values_[key].assign(node(from_node).outputs.size(), constant(float3{}));
      if (depth_ < max_graph_depth) {
        ++depth_;
        if (const CompileNode compile = registry_.find(node(from_node).type)) {
          NodeCompiler context(*this, from_node, shift, nullptr);
          compile(context);
        }
        --depth_;
      }
      found = values_.find(key);
    }
    return found->second[socket];
  }
  void set_output(int from_node, int socket, Shift shift, const Value3& value) {
    values_[Key{from_node, shift}][socket] = value;
  }

  /// Turns the shading normal of everything that follows.
  void bump_by_displacement(const GraphLink& link) {
    std::vector<Scalar> inputs;
    for (const Shift shift : {Shift::None, Shift::X, Shift::Y}) {
      const Value3 value = output(link.from_node, link.from_socket, shift);
      inputs.insert(inputs.end(), {value.x, value.y, value.z});
    }
    emit(displacement_bump_kernel, Purity::ReadsBatch, inputs, {}, nullptr);
    // Values that were computed with the normal before do not hold any more.
    values_.clear();
  }

  void compile_closures(int to_node, int socket, const Scalar& weight) {
    const GraphLink* link = feed(to_node, socket);
    if (!link || (weight.is_constant && weight.constant <= 0.0f) || depth_ >= max_graph_depth) {
      return;
    }
    if (node(link->from_node).outputs[link->from_socket].type != SocketType::Shader) {
      // A colour in the place of a shader shines.
      const Value3 color = output(link->from_node, link->from_socket, Shift::None);
      if (kind_ != ProgramKind::Transparency) {
        emit(emission_kernel, Purity::ReadsBatch, {weight, color.x, color.y, color.z}, {}, nullptr);
      }
      return;
    }
    ++depth_;
    if (const CompileNode compile = registry_.find(node(link->from_node).type)) {
      NodeCompiler context(*this, link->from_node, Shift::None, &weight);
      compile(context);
    }
    --depth_;
  }

  void emit(Kernel kernel, Purity purity, const std::vector<Scalar>& inputs,
            const std::vector<Scalar*>& outputs, std::shared_ptr<const void> settings) {
    bool is_constant = purity == Purity::Pure && !outputs.empty();
    for (const Scalar& input : inputs) {
      is_constant = is_constant && input.is_constant;
    }
    if (is_constant) {
      fold(kernel, inputs, outputs, settings.get());
      return;
    }
    Step step{kernel, std::move(settings), inputs, {}};
    for (Scalar* output : outputs) {
      if (output) {
        *output = {false, 0.0f, slot_count_++};
        step.outputs.push_back(output->slot);
      } else {
        step.outputs.push_back(-1);
      }
    }
    steps_.push_back(std::move(step));
  }

  /// Gives registers to slots (freed after their last use) and writes the program down.
  Program finish(const std::vector<Scalar>& results) {
    Program program;
    std::map<std::uint32_t, std::uint16_t> constants;
    const auto constant_register = [&](float value) {
      std::uint32_t bits;
      std::memcpy(&bits, &value, sizeof(bits));
      const auto [found, is_new] =
          constants.try_emplace(bits, std::uint16_t(program.constants.size()));
      if (is_new) {
        program.constants.push_back(value);
      }
      return found->second;
    };
    drop_unused(results);
    std::vector<int> last_use(slot_count_, -1);
    for (int i = 0; i < int(steps_.size()); ++i) {
      for (const Scalar& input : steps_[i].inputs) {
        if (input.is_constant) {
          constant_register(input.constant);
        } else {
          last_use[input.slot] = i;
        }
      }
    }
    for (const Scalar& result : results) {
      if (result.is_constant) {
        constant_register(result.constant);
      } else {
        last_use[result.slot] = int(steps_.size());
      }
    }
    const int first = int(program.constants.size());
    int used = first;
    std::vector<std::uint16_t> free_registers;
    std::vector<std::uint16_t> registers(slot_count_, no_register);
    const auto register_of = [&](const Scalar& value) {
      return value.is_constant ? constant_register(value.constant) : registers[value.slot];
    };
    for (int i = 0; i < int(steps_.size()); ++i) {
      Step& step = steps_[i];
      Instruction instruction{step.kernel, step.settings, {}, {}};
      for (const Scalar& input : step.inputs) {
        instruction.inputs.push_back(register_of(input));
      }
      // Outputs get registers before inputs are freed: kernels may read an input after they wrote
      // an output.
      for (const int slot : step.outputs) {
        if (slot < 0 || last_use[slot] < 0) {
          instruction.outputs.push_back(no_register);
          continue;
        }
        if (free_registers.empty()) {
          registers[slot] = std::uint16_t(used++);
        } else {
          registers[slot] = free_registers.back();
          free_registers.pop_back();
        }
        instruction.outputs.push_back(registers[slot]);
      }
      for (const Scalar& input : step.inputs) {
        if (!input.is_constant && last_use[input.slot] == i) {
          free_registers.push_back(registers[input.slot]);
          last_use[input.slot] = -2;
        }
      }
      program.instructions.push_back(std::move(instruction));
    }
    for (const Scalar& result : results) {
      program.results.push_back(register_of(result));
    }
    program.register_count = used;
    return program;
  }

private:
  struct Key {
    int node;
    Shift shift;
    auto operator<=>(const Key&) const = default;
  };
  struct Step {
    Kernel kernel;
    std::shared_ptr<const void> settings;
    std::vector<Scalar> inputs;
    std::vector<int> outputs;
  };

  /// Removes steps that write only values that nothing reads; closures (steps without outputs)
  /// stay.
  void drop_unused(const std::vector<Scalar>& results) {
    std::vector<char> is_read(slot_count_, 0);
    for (const Scalar& result : results) {
      if (!result.is_constant) {
        is_read[result.slot] = 1;
      }
    }
    std::vector<Step> kept;
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      bool is_needed = step->outputs.empty();
      for (const int slot : step->outputs) {
        is_needed = is_needed || (slot >= 0 && is_read[slot]);
      }
      if (!is_needed) {
        continue;
      }
      for (const Scalar& input : step->inputs) {
        if (!input.is_constant) {
          is_read[input.slot] = 1;
        }
      }
      kept.push_back(std::move(*step));
    }
    steps_.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
  }

  /// Runs a kernel on one lane of constants, here and now.
  static void fold(Kernel kernel, const std::vector<Scalar>& inputs,
                   const std::vector<Scalar*>& outputs, const void* settings) {
    std::vector<Lane> lanes(inputs.size() + outputs.size() + 1);
    std::vector<const Lane*> in;
    std::vector<Lane*> out;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      lanes[i].v[0] = inputs[i].constant;
      in.push_back(&lanes[i]);
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      out.push_back(outputs[i] ? &lanes[inputs.size() + i] : &lanes.back());
    }
    const auto batch = std::make_unique<ShadingBatch>();
    batch->count = 1;
    kernel(KernelCall{*batch, in.data(), out.data(), settings, &lanes.back(), 1});
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i]) {
        *outputs[i] = constant(out[i]->v[0]);
      }
    }
  }

  const ShaderGraph& graph_;
  const NodeRegistry& registry_;
  ProgramKind kind_;
  std::vector<std::vector<const GraphLink*>> feeds_;
  std::vector<std::vector<char>> used_;
  std::map<Key, std::vector<Value3>> values_;
  std::vector<Step> steps_;
  int slot_count_ = 0;
  int depth_ = 0;
};

const GraphNode& NodeCompiler::node() const {
  return builder_.node(node_);
}

int NodeCompiler::find_input(const std::string& name) const {
  const std::vector<GraphSocket>& inputs = node().inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].name == name) {
      return int(i);
    }
  }
  return -1;
}

int NodeCompiler::find_output(const std::string& name) const {
  const std::vector<GraphSocket>& outputs = node().outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].name == name) {
      return int(i);
    }
  }
  return -1;
}

bool NodeCompiler::is_linked(int socket) const {
  return builder_.feed(node_, socket) != nullptr;
}

Scalar NodeCompiler::input(int socket) {
  return shifted_input(socket, shift_);
}

Scalar NodeCompiler::shifted_input(int socket, Shift shift) {
  if (socket < 0) {
    return constant(0.0f);
  }
  const GraphLink* link = builder_.feed(node_, socket);
  if (!link) {
    const GraphSocket& own = node().inputs[socket];
    const float4 v = own.value;
    return constant(is_triple(own.type) ? (v.x + v.y + v.z) / 3.0f : v.x);
  }
  const Value3 value = builder_.output(link->from_node, link->from_socket, shift);
  const SocketType from = builder_.node(link->from_node).outputs[link->from_socket].type;
  if (!is_triple(from)) {
    return value.x;
  }
  Scalar result;
  emit(from == SocketType::Color ? luminance_kernel : mean_kernel, Purity::Pure,
       {value.x, value.y, value.z}, {&result});
  return result;
}

Value3 NodeCompiler::input3(int socket) {
  if (socket < 0) {
    return constant(float3{});
  }
  if (const GraphLink* link = builder_.feed(node_, socket)) {
    return builder_.output(link->from_node, link->from_socket, shift_);
  }
  const GraphSocket& own = node().inputs[socket];
  return constant(is_triple(own.type) ? xyz(own.value)
                                      : float3{own.value.x, own.value.x, own.value.x});
}

bool NodeCompiler::wants_output(int socket) const {
  return socket >= 0 && builder_.is_used(node_, socket);
}

void NodeCompiler::set_output(int socket, Scalar value) {
  set_output(socket, Value3{value, value, value});
}

void NodeCompiler::set_output(int socket, Value3 value) {
  if (socket >= 0) {
    builder_.set_output(node_, socket, shift_, value);
  }
}

ProgramKind NodeCompiler::program_kind() const {
  return builder_.kind();
}

void NodeCompiler::compile_shader(int socket, const Scalar& weight) {
  builder_.compile_closures(node_, socket, weight);
}

void NodeCompiler::emit(Kernel kernel, Purity purity, const std::vector<Scalar>& inputs,
                        const std::vector<Scalar*>& outputs, std::shared_ptr<const void> settings) {
  builder_.emit(kernel, purity, inputs, outputs, std::move(settings));
}

Scalar NodeCompiler::multiply(const Scalar& a, const Scalar& b) {
  if (a.is_constant && a.constant == 1.0f) {
    return b;
  }
  if (b.is_constant && b.constant == 1.0f) {
    return a;
  }
  Scalar result;
  emit(multiply_kernel, Purity::Pure, {a, b}, {&result});
  return result;
}

Scalar NodeCompiler::add(const Scalar& a, const Scalar& b) {
  Scalar result;
  emit(add_kernel, Purity::Pure, {a, b}, {&result});
  return result;
}

Scalar NodeCompiler::one_minus(const Scalar& a) {
  Scalar result;
  emit(one_minus_kernel, Purity::Pure, {a}, {&result});
  return result;
}

Scalar NodeCompiler::saturate(const Scalar& a) {
  Scalar result;
  emit(saturate_kernel, Purity::Pure, {a}, {&result});
  return result;
}

std::vector<Scalar> inputs_of(std::initializer_list<std::variant<Scalar, Value3>> values) {
  std::vector<Scalar> list;
  for (const auto& value : values) {
    if (const Scalar* scalar = std::get_if<Scalar>(&value)) {
      list.push_back(*scalar);
    } else {
      const Value3& triple = std::get<Value3>(value);
      list.insert(list.end(), {triple.x, triple.y, triple.z});
    }
  }
  return list;
}

namespace {

/// The output node in use: the active one of its kind, or else the first.
int find_output_node(const ShaderGraph& graph) {
  int found = -1;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.type == "ShaderNodeOutputMaterial" || node.type == "ShaderNodeOutputWorld" ||
        node.type == "ShaderNodeOutputLight") {
      if (node.text("target") == "EEVEE") {
        continue;
      }
      if (found < 0 || node.flag("is_active_output")) {
        found = int(i);
      }
    }
  }
  return found;
}

int displacement_socket(const GraphNode& output) {
  for (std::size_t i = 0; i < output.inputs.size(); ++i) {
    if (output.inputs[i].name == "Displacement") {
      return int(i);
    }
  }
  return -1;
}

Program compile_displacement(const ShaderGraph& graph, const NodeRegistry& registry, int output) {
  ProgramBuilder builder(graph, registry, ProgramKind::Value);
  const GraphLink* link =
      builder.feed(output, displacement_socket(graph.nodes[std::size_t(output)]));
  if (!link) {
    return {};
  }
  const Value3 value = builder.output(link->from_node, link->from_socket, Shift::None);
  return builder.finish({value.x, value.y, value.z});
}

Program compile_closures(const ShaderGraph& graph, const NodeRegistry& registry, int output,
                         ProgramKind kind, bool is_bumped) {
  ProgramBuilder builder(graph, registry, kind);
  const GraphLink* displacement =
      is_bumped ? builder.feed(output, displacement_socket(graph.nodes[std::size_t(output)]))
                : nullptr;
  if (displacement && builder.feed(output, 0)) {
    builder.bump_by_displacement(*displacement);
  }
  builder.compile_closures(output, 0, constant(1.0f));
  return builder.finish({});
}

/// The emission of a program all of whose inputs are constants: run once, here and now.
void find_constant_emission(Material& material) {
  if (material.emission.empty()) {
    return;
  }
  for (const Instruction& instruction : material.emission.instructions) {
    if (!instruction.outputs.empty()) {
      return;
    }
  }
  const auto batch = std::make_unique<ShadingBatch>();
  batch->count = 1;
  batch->closures[0].clear();
  Workspace workspace;
  material.emission.run(*batch, workspace);
  material.has_constant_emission = true;
  material.constant_emission = batch->closures[0].emission;
}

}  // namespace

std::shared_ptr<const Material> compile_material(const ShaderGraph& graph,
                                                 const NodeRegistry& registry,
                                                 const DisplacementUse& displacement) {
  const ShaderGraph flat = flatten(graph);
  auto material = std::make_shared<Material>();
  const int output = find_output_node(flat);
  if (output < 0) {
    return material;
  }
  material->surface =
      compile_closures(flat, registry, output, ProgramKind::Surface, displacement.bumps);
  material->emission = compile_closures(flat, registry, output, ProgramKind::Emission, false);
  material->transparency =
      compile_closures(flat, registry, output, ProgramKind::Transparency, false);
  if (displacement.moves) {
    material->displacement = compile_displacement(flat, registry, output);
    material->keeps_normals = displacement.bumps;
  }
  find_constant_emission(*material);
  material->has_scattering = !material->surface.empty();
  return material;
}

}  // namespace kiln::render::shading
