#pragma once

#include "operators/script_engines.h"

namespace kiln::python {

/// Runs classes derived from `bpy.types.RenderEngine`.
class PythonEngines : public operators::ScriptEngines {
 public:
  bool has(const std::string& engine) override;
  Result<operators::ScriptPicture> render(operators::Context& context, const std::string& engine, int width, int height) override;
};

}  // namespace kiln::python
