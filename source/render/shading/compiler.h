#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/result.h"
#include "render/shading/graph.h"
#include "render/shading/material.h"

namespace kiln::render::shading {

/// A value while a graph is compiled: a constant, or the place where a kernel will leave it.
struct Scalar {
  bool is_constant = true;
  float constant = 0.0f;
  int slot = -1;
};
struct Value3 {
  Scalar x, y, z;
};
inline Scalar constant(float value) {
  return {true, value, -1};
}
inline Value3 constant(float3 value) {
  return {constant(value.x), constant(value.y), constant(value.z)};
}

/// Which sort of closures a program is compiled for.
enum class ProgramKind : std::uint8_t { Surface, Emission, Transparency, Value };

/// Whether a kernel gives the same output wherever it runs with the same inputs, so that constants
/// can be folded.
enum class Purity : std::uint8_t { Pure, ReadsBatch };

class NodeCompiler;
using CompileNode = void (*)(NodeCompiler&);

/// Which function compiles which type of node.
class NodeRegistry {
public:
  void add(const std::string& type, CompileNode compile) { table_[type] = compile; }
  CompileNode find(const std::string& type) const {
    const auto found = table_.find(type);
    return found == table_.end() ? nullptr : found->second;
  }

private:
  std::unordered_map<std::string, CompileNode> table_;
};

class ProgramBuilder;

/// What a node's compile function works with: its settings, the values at its inputs, and the
/// program it adds to.
class NodeCompiler {
public:
  NodeCompiler(ProgramBuilder& builder, int node, Shift shift, const Scalar* weight)
      : builder_(builder), node_(node), shift_(shift), weight_(weight) {}

  const GraphNode& node() const;
  /// Index of the input or output with this name, -1 without.
  int find_input(const std::string& name) const;
  int find_output(const std::string& name) const;

  /// Values at inputs, converted from whatever is linked: colours to floats by luminance, vectors
  /// to floats by mean.
  Scalar input(int socket);
  Value3 input3(int socket);
  Scalar input(const std::string& name) { return input(find_input(name)); }
  Value3 input3(const std::string& name) { return input3(find_input(name)); }
  bool is_linked(int socket) const;
  bool is_linked(const std::string& name) const { return is_linked(find_input(name)); }
  /// The value at an input as it is beside the shading point.
  Scalar shifted_input(int socket, Shift shift);

  bool wants_output(int socket) const;
  void set_output(int socket, Scalar value);
  void set_output(int socket, Value3 value);

  Shift shift() const { return shift_; }
  ProgramKind program_kind() const;

  /// Closure nodes: the share of this node in the surface, and how to hand shares on.
  const Scalar& weight() const { return *weight_; }
  void compile_shader(int socket, const Scalar& weight);

  /// Adds a kernel. Null outputs are not wanted.
  void emit(Kernel kernel, Purity purity, const std::vector<Scalar>& inputs,
            const std::vector<Scalar*>& outputs, std::shared_ptr<const void> settings = nullptr);

  /// Arithmetic on values, folded where both are constants.
  Scalar multiply(const Scalar& a, const Scalar& b);
  Scalar one_minus(const Scalar& a);
  Scalar add(const Scalar& a, const Scalar& b);
  /// Limits to [0, 1].
  Scalar saturate(const Scalar& a);

private:
  ProgramBuilder& builder_;
  int node_;
  Shift shift_;
  const Scalar* weight_;
};

/// Appends the components of values to an input list.
std::vector<Scalar> inputs_of(std::initializer_list<std::variant<Scalar, Value3>> values);

/// What becomes of the displacement of a surface.
struct DisplacementUse {
  bool bumps = true;   ///< shading normals follow it
  bool moves = false;  ///< vertices do
};

/// Compiles what hangs on the active output node of `graph` for surfaces
/// (`ShaderNodeOutputMaterial`), worlds
/// (`ShaderNodeOutputWorld`) and lamps (`ShaderNodeOutputLight`). Unknown node types give zero. A
/// graph without an output node gives an empty material: black and opaque.
std::shared_ptr<const Material> compile_material(const ShaderGraph& graph,
                                                 const NodeRegistry& registry,
                                                 const DisplacementUse& displacement = {});

/// What compiles the shader nodes of this module.
NodeRegistry shader_kernels();

}  // namespace kiln::render::shading
