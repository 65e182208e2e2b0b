#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace kiln::operators {

struct Context;

/// What an engine of a script made: scene-linear floats, rows from the bottom, channels interleaved.
struct ScriptPicture {
  struct Pass {
    std::string name;      ///< "Combined", "Depth", ...
    std::string channels;  ///< one letter a channel
    std::vector<float> pixels;
  };
  int width = 0, height = 0;
  std::vector<Pass> passes;
};

/// Render engines that scripts register, by their identifiers. A service; owner's thread only.
class ScriptEngines {
 public:
  virtual ~ScriptEngines() = default;
  virtual bool has(const std::string& engine) = 0;
  /// Renders the scene of the context at its present frame. What the script raises or sets as an error is the error.
  virtual Result<ScriptPicture> render(Context& context, const std::string& engine, int width, int height) = 0;
};

}  // namespace kiln::operators
