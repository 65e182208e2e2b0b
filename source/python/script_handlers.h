#pragma once

#include "operators/script_handlers.h"

namespace kiln::python {

/// Calls the functions in `bpy.app.handlers`.
class PythonHandlers final : public operators::ScriptHandlers {
 public:
  void call_for_file(std::string_view event, const std::string& path) override;
  void call_for_scene(std::string_view event, BlockId scene) override;
  void drop_temporary() override;
  void run_texts(const std::string& path, bool may_run) override;
};

}  // namespace kiln::python
