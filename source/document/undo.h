#pragma once

#include <functional>
#include <string>
#include <vector>

#include "document/document.h"

namespace kiln {

/// The history of a document: labelled snapshots, the present one among them. Costs memory for what
/// changed only. Steps that a file keeps are read when they are first gone to.
class UndoStack {
public:
  struct Step {
    std::string label;
    Document state;
    std::uint64_t merge_key = 0;
    Uuid id;                ///< names the step in files
    bool is_loaded = true;  ///< false: `state` is in a file only
    std::size_t bytes = 0;  ///< what it keeps in memory that the next step does not have
  };
  /// Reads the state of a step that is not loaded.
  using Load = std::function<Result<Document>(const Step&)>;

  explicit UndoStack(std::size_t max_steps = 256) : max_steps_(max_steps) {}

  /// Keeps the present state under a label; what had been undone is dropped. A `merge_key` other
  /// than 0 replaces the last step when that has the same key, so that a drag is one step.
  void push(Document& document, std::string label, std::uint64_t merge_key = 0);
  bool can_undo() const { return present_ > 0; }
  bool can_redo() const { return present_ + 1 < steps_.size(); }
  /// Puts the state before (or after) the present one into `document`. False when there is none, or
  /// it cannot be read; `problem` then says why.
  bool undo(Document& document);
  bool redo(Document& document);
  bool jump(Document& document, std::size_t step);
  const std::string& problem() const { return problem_; }
  void clear();

  /// Takes the place of what was there: a history found in a file. `steps[present]` is loaded.
  void set(std::vector<Step> steps, std::size_t present, Load load);
  /// Reads all steps that are not loaded; those that cannot be read are dropped, and with them the
  /// ones beyond them.
  void load_all();

  const std::vector<Step>& steps() const { return steps_; }
  std::size_t present() const { return present_; }
  void set_max_steps(std::size_t steps) { max_steps_ = steps; }
  /// The oldest steps go where all of them take more; 0: any. The last one always stays.
  void set_max_bytes(std::size_t bytes) { max_bytes_ = bytes; }

private:
  bool load(Step& step);
  void drop_oldest(std::size_t count);

  std::vector<Step> steps_;
  std::size_t present_ = 0;
  std::size_t max_steps_, max_bytes_ = 0;
  Load load_;
  std::string problem_;
};

}  // namespace kiln
