#include "support.h"

#include <thread>

namespace kiln::editor {

SessionTest::SessionTest() {
  register_document_types(registry_);
  evaluation::register_evaluation_interface(registry_);
  modeling::register_modifiers(registry_);
  render::register_render_types(registry_);
  operators::register_operators(operators_);
  services_.set<const Registry>(&registry_);
  services_.set<Project>(&project_);
  services_.set<evaluation::Evaluator>(&evaluator_);
  project_.replace(make_startup_document(registry_));
  session_ = std::make_unique<Session>(project_, evaluator_, operators_,
                                       [this](std::function<void()> work) {
                                         const std::scoped_lock lock(mutex_);
                                         posted_.push_back(std::move(work));
                                       });
}

void SessionTest::pump() {
  for (int round = 0; round < 2000; ++round) {
    std::function<void()> work;
    {
      const std::scoped_lock lock(mutex_);
      if (!posted_.empty()) {
        work = std::move(posted_.front());
        posted_.pop_front();
      }
    }
    if (work) {
      work();
    } else if (!session_->is_evaluating()) {
      return;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  FAIL() << "evaluation does not end";
}

std::vector<std::string> SessionTest::undo_labels() const {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i <= project_.undo.present(); ++i) {
    labels.push_back(project_.undo.steps()[i].label);
  }
  return labels;
}

}  // namespace kiln::editor
