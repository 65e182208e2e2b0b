#pragma once

#include <string>
#include <string_view>

namespace kiln::operators {

/// Something an operator tells the user besides its result.
struct Report {
  enum class Severity { Debug, Info, Operator, Property, Warning, Error };
  std::string text;
  Severity severity;
  Report(const char* what) : text(what), severity(Severity::Warning) {}
  Report(std::string what, Severity how = Severity::Warning)
      : text(std::move(what)), severity(how) {}
};

/// The word that stands before a report of that severity: "Info".
inline std::string_view word_of(Report::Severity severity) {
  constexpr std::string_view words[] = {"Debug",    "Info",    "Operator",
                                        "Property", "Warning", "Error"};
  return words[std::size_t(severity)];
}
/// The severity of such a word; information where it is none.
inline Report::Severity severity_of(std::string_view word) {
  for (const auto severity :
       {Report::Severity::Debug, Report::Severity::Operator, Report::Severity::Property,
        Report::Severity::Warning, Report::Severity::Error}) {
    if (word_of(severity) == word) {
      return severity;
    }
  }
  return Report::Severity::Info;
}

}  // namespace kiln::operators
