#include "core/tasks.h"

#include <algorithm>
#include <thread>

#include <sys/resource.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

namespace kiln {

void parallel_for(std::size_t count, std::size_t grain,
                  FunctionRef<void(std::size_t, std::size_t)> body) {
  if (count == 0) {
    return;
  }
  if (count <= grain) {
    body(0, count);
    return;
  }
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(grain, 1)),
      [&](const tbb::blocked_range<std::size_t>& range) { body(range.begin(), range.end()); });
}

void parallel_invoke(FunctionRef<void()> a, FunctionRef<void()> b) {
  tbb::parallel_invoke([&] { a(); }, [&] { b(); });
}

ThreadLimit::ThreadLimit(int threads) {
  if (threads > 0) {
    control_ =
        new tbb::global_control(tbb::global_control::max_allowed_parallelism, std::size_t(threads));
  }
}
ThreadLimit::~ThreadLimit() {
  delete static_cast<tbb::global_control*>(control_);
}

void run_aside(FunctionRef<void()> body) {
  tbb::task_arena arena(std::max(1, hardware_threads() - 1), 1, tbb::task_arena::priority::low);
  arena.execute([&] { body(); });
}

void lower_thread_priority() {
  // On Linux the nice value belongs to the thread, whose number 0 stands for.
  static_cast<void>(setpriority(PRIO_PROCESS, 0, 15));
}

int hardware_threads() {
  return int(std::thread::hardware_concurrency());
}

}  // namespace kiln
