#include "render/shading/program.h"

namespace kiln::render::shading {

void Program::run(ShadingBatch& batch, Workspace& workspace) const {
  if (workspace.registers.size() < std::size_t(register_count)) {
    workspace.registers.resize(register_count);
  }
  Lane* registers = workspace.registers.data();
  for (std::size_t i = 0; i < constants.size(); ++i) {
    std::fill_n(registers[i].v, batch.count, constants[i]);
  }
  for (const Instruction& instruction : instructions) {
    workspace.inputs.clear();
    workspace.outputs.clear();
    for (const std::uint16_t r : instruction.inputs) {
      workspace.inputs.push_back(registers + r);
    }
    for (const std::uint16_t r : instruction.outputs) {
      workspace.outputs.push_back(r == no_register ? &workspace.scratch : registers + r);
    }
    instruction.kernel(KernelCall{batch, workspace.inputs.data(), workspace.outputs.data(),
                                  instruction.settings.get(), &workspace.scratch, batch.count});
  }
}

}  // namespace kiln::render::shading
