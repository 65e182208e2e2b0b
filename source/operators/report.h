#pragma once

#include <string>

namespace kiln::operators {

/// Something an operator tells the user besides its result.
struct Report {
  enum class Severity { Info, Warning, Error };
  std::string text;
  Severity severity;
  Report(const char* what) : text(what), severity(Severity::Warning) {}
  Report(std::string what, Severity how = Severity::Warning) : text(std::move(what)), severity(how) {}
};

}  // namespace kiln::operators
