#include "document/undo.h"

namespace kiln {

void UndoStack::push(Document& document, std::string label, std::uint64_t merge_key) {
  document.settle();
  if (!steps_.empty()) {
    steps_.resize(present_ + 1);
    if (merge_key != 0 && steps_.back().merge_key == merge_key) {
      steps_.back().state = document;
      return;
    }
  }
  steps_.push_back({std::move(label), document, merge_key});
  if (steps_.size() > max_steps_ + 1) {
    steps_.erase(steps_.begin(), steps_.end() - std::ptrdiff_t(max_steps_ + 1));
  }
  present_ = steps_.size() - 1;
}

bool UndoStack::jump(Document& document, std::size_t step) {
  if (step >= steps_.size()) {
    return false;
  }
  present_ = step;
  document.restore(steps_[step].state);
  return true;
}

bool UndoStack::undo(Document& document) {
  return can_undo() && jump(document, present_ - 1);
}
bool UndoStack::redo(Document& document) {
  return can_redo() && jump(document, present_ + 1);
}

void UndoStack::clear() {
  steps_.clear();
  present_ = 0;
}

}  // namespace kiln
