#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"

namespace kiln::operators {

/// Functions that scripts attached to events, by the names of `bpy.app.handlers` ("load_post", "render_pre"). A service: whoever runs
/// scripts offers it, and nothing happens in a program without them. One that fails is reported and the others run.
class ScriptHandlers {
 public:
  virtual ~ScriptHandlers() = default;
  /// Handlers of a document get the path of its file.
  virtual void call_for_file(std::string_view event, const std::string& path) = 0;
  /// Handlers of a scene get the scene.
  virtual void call_for_scene(std::string_view event, BlockId scene) = 0;
  /// Functions that are not meant for another document are dropped: called between `load_pre` and `load_post`.
  virtual void drop_temporary() = 0;
  /// Runs the texts of the document that ask for it (`Text::use_module`), or says which were not run because the user does not let
  /// files do that.
  virtual void run_texts(const std::string& path, bool may_run) = 0;
};

}  // namespace kiln::operators
