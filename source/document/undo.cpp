#include "document/undo.h"

namespace kiln {

void UndoStack::push(Document& document, std::string label, std::uint64_t merge_key) {
  document.settle();
  if (!steps_.empty()) {
    steps_.resize(present_ + 1);
    Step& last = steps_.back();
    if (merge_key != 0 && last.merge_key == merge_key) {
      last.state = document;
      last.id = Uuid::random();
      return;
    }
  }
  steps_.push_back({std::move(label), document, merge_key, Uuid::random()});
  if (steps_.size() > max_steps_ + 1) {
    steps_.erase(steps_.begin(), steps_.end() - std::ptrdiff_t(max_steps_ + 1));
  }
  present_ = steps_.size() - 1;
}

bool UndoStack::load(Step& step) {
  if (step.is_loaded) {
    return true;
  }
  Result<Document> state =
      load_ ? load_(step) : Result<Document>(Error::invalid("the step is in no file"));
  if (!state) {
    problem_ = state.error().message;
    return false;
  }
  step.state = *state;
  step.is_loaded = true;
  return true;
}

bool UndoStack::jump(Document& document, std::size_t step) {
  problem_.clear();
  if (step >= steps_.size() || !load(steps_[step])) {
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
  load_ = {};
}

void UndoStack::set(std::vector<Step> steps, std::size_t present, Load load) {
  KILN_ASSERT(present < steps.size() && steps[present].is_loaded);
  steps_ = std::move(steps);
  present_ = present;
  load_ = std::move(load);
}

void UndoStack::load_all() {
  // Away from the present in both directions.
  for (std::size_t i = present_; i-- > 0;) {
    if (!load(steps_[i])) {
      steps_.erase(steps_.begin(), steps_.begin() + std::ptrdiff_t(i + 1));
      present_ -= i + 1;
      break;
    }
  }
  for (std::size_t i = present_ + 1; i < steps_.size(); ++i) {
    if (!load(steps_[i])) {
      steps_.resize(i);
      break;
    }
  }
}

}  // namespace kiln
