#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/math.h"
#include "render/shading/batch.h"

namespace kiln::render::shading {

/// What a kernel is called with: lanes of its inputs and outputs in the order in which its node's
/// compile function named them, three lanes for a colour or vector. Outputs that nobody reads share
/// one scratch lane.
struct KernelCall {
  ShadingBatch& batch;
  const Lane* const* inputs;
  Lane* const* outputs;
  const void* settings;
  const Lane* scratch;
  int count;  ///< lanes in use, from 0 on

  const float* in(int i) const { return inputs[i]->v; }
  float* out(int i) const { return outputs[i]->v; }
  float3 in3(int i, int lane) const {
    return {inputs[i]->v[lane], inputs[i + 1]->v[lane], inputs[i + 2]->v[lane]};
  }
  void set3(int i, int lane, float3 value) const {
    outputs[i]->v[lane] = value.x;
    outputs[i + 1]->v[lane] = value.y;
    outputs[i + 2]->v[lane] = value.z;
  }
  bool wants(int i) const { return outputs[i] != scratch; }
  template <typename T>
  const T& get() const {
    return *static_cast<const T*>(settings);
  }
};
using Kernel = void (*)(const KernelCall&);

/// One node's work on a batch.
struct Instruction {
  Kernel kernel = nullptr;
  std::shared_ptr<const void> settings;
  std::vector<std::uint16_t> inputs;   ///< registers
  std::vector<std::uint16_t> outputs;  ///< registers, or `no_register`
};
inline constexpr std::uint16_t no_register = 0xffff;

/// Memory that a thread runs programs in; grows to the largest program it has seen.
struct Workspace {
  std::vector<Lane> registers;
  std::vector<const Lane*> inputs;
  std::vector<Lane*> outputs;
  Lane scratch;
};

/// A compiled part of a node tree: straight-line code over registers. Immutable; may run in many
/// threads at once.
struct Program {
  std::vector<Instruction> instructions;
  std::vector<float> constants;  ///< they fill the first registers
  int register_count = 0;
  std::vector<std::uint16_t> results;  ///< registers of value outputs (displacement), three each
  bool empty() const { return instructions.empty(); }

  /// Runs all instructions on `batch`. Closures are added to the batch's closure sets, which the
  /// caller has cleared.
  void run(ShadingBatch& batch, Workspace& workspace) const;
};

}  // namespace kiln::render::shading
