#include "core/worker_priority.h"

#include <tbb/task_scheduler_observer.h>

#include "core/tasks.h"

namespace kiln {

class WorkersAside::Observer : public tbb::task_scheduler_observer {
public:
  Observer() { observe(true); }
  ~Observer() override { observe(false); }
  void on_scheduler_entry(bool is_worker) override {
    if (is_worker) {
      lower_thread_priority();
    }
  }
};

WorkersAside::WorkersAside() : observer_(std::make_unique<Observer>()) {}
WorkersAside::~WorkersAside() = default;

}  // namespace kiln
