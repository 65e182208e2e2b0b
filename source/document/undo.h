#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace kiln {

/// The history of a document: labelled snapshots, the present one among them. Costs memory for what
/// changed only.
class UndoStack {
public:
  struct Step {
    std::string label;
    Document state;
    std::uint64_t merge_key = 0;
  };

  explicit UndoStack(std::size_t max_steps = 256) : max_steps_(max_steps) {}

  /// Keeps the present state under a label; what had been undone is dropped. A `merge_key` other
  /// than 0 replaces the last step when that has the same key, so that a drag is one step.
  void push(Document& document, std::string label, std::uint64_t merge_key = 0);
  bool can_undo() const { return present_ > 0; }
  bool can_redo() const { return present_ + 1 < steps_.size(); }
  /// Puts the state before (or after) the present one into `document`. False when there is none.
  bool undo(Document& document);
  bool redo(Document& document);
  bool jump(Document& document, std::size_t step);
  void clear();

  const std::vector<Step>& steps() const { return steps_; }
  std::size_t present() const { return present_; }
  void set_max_steps(std::size_t steps) { max_steps_ = steps; }

private:
  std::vector<Step> steps_;
  std::size_t present_ = 0;
  std::size_t max_steps_;
};

}  // namespace kiln
