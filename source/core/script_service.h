#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace kiln {

/// What the program's scripting language offers to those who do not know which one it is. Found in
/// `Services`; owner's thread only.
class ScriptService {
public:
  virtual ~ScriptService() = default;

  /// Runs a whole script; what it prints is returned, what it raises is the error.
  virtual Result<std::string> run(const std::string& code, const std::string& name) = 0;

  struct ConsoleAnswer {
    std::string output;
    bool is_error = false;
    bool wants_more = false;  ///< the line opens a block that goes on
  };
  /// A line typed into the console, which keeps its names between lines.
  virtual ConsoleAnswer console_line(const std::string& line) = 0;
  /// Ways to go on with what is typed up to the cursor, each the whole last word.
  virtual std::vector<std::string> complete(const std::string& text) = 0;
};

}  // namespace kiln
