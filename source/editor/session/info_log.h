#pragma once

#include <string>
#include <vector>

#include "editor/session/signal.h"

namespace kiln::editor {

/// One line of what was done and what came of it.
struct InfoLine {
  enum class Kind { Action, Debug, Info, Warning, Error };
  Kind kind = Kind::Info;
  std::string text;  ///< of actions: Python that does the same
};

/// What the user did, as Python, and what the program had to say to it.
class InfoLog {
public:
  /// An action with a `merge_key` other than 0 takes the place of the last line with the same key,
  /// so that a drag is one line.
  void add(InfoLine line, std::uint64_t merge_key = 0) {
    if (merge_key != 0 && merge_key == last_key_ && !lines_.empty()) {
      lines_.back() = std::move(line);
    } else {
      lines_.push_back(std::move(line));
    }
    last_key_ = merge_key;
    added.emit();
  }
  const std::vector<InfoLine>& lines() const { return lines_; }

  Signal<> added;

private:
  std::vector<InfoLine> lines_;
  std::uint64_t last_key_ = 0;
};

}  // namespace kiln::editor
