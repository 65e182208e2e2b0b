#include "document/undo.h"

#include <algorithm>
#include <unordered_map>

namespace kiln {
namespace {

// The arrays of a block by where their values lie.
class ArraySizes : public ArrayVisitor {
public:
  void array(std::string_view, const void* data, std::size_t size, int) override {
    sizes[data] = size;
  }
  std::unordered_map<const void*, std::size_t> sizes;
};

// What `before` keeps in memory beyond what it shares with `after`: arrays, and a block's own size.
std::size_t bytes_kept(const Document& before, const Document& after) {
  constexpr std::size_t block_size = 1024;  // without its arrays, about
  std::size_t total = 0;
  for (const BlockChange& change : Document::difference(before, after).blocks) {
    const DataBlock* old = before.find(change.block);
    if (!old) {
      continue;
    }
    ArraySizes kept, present;
    old->visit_arrays(kept);
    if (const DataBlock* now = after.find(change.block)) {
      now->visit_arrays(present);
    }
    total += block_size;
    for (const auto& [data, size] : kept.sizes) {
      total += present.sizes.contains(data) ? 0 : size;
    }
  }
  return total;
}

}  // namespace

void UndoStack::drop_oldest(std::size_t count) {
  steps_.erase(steps_.begin(), steps_.begin() + std::ptrdiff_t(count));
}

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
  if (!steps_.empty() && steps_.back().is_loaded) {
    steps_.back().bytes = bytes_kept(steps_.back().state, document);
  }
  steps_.push_back({std::move(label), document, merge_key, Uuid::random()});
  if (steps_.size() > max_steps_ + 1) {
    drop_oldest(steps_.size() - max_steps_ - 1);
  }
  if (max_bytes_ > 0) {
    std::size_t total = 0, kept = steps_.size();
    while (kept > 0 && (total += steps_[kept - 1].bytes) <= max_bytes_) {
      --kept;
    }
    // One step back is always there.
    drop_oldest(std::min(kept, steps_.size() - std::min<std::size_t>(steps_.size(), 2)));
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
