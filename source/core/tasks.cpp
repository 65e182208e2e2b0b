#include "core/tasks.h"

#include <algorithm>
#include <thread>

#include <sys/resource.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

#ifdef KILN_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace kiln {
namespace {

/// Tells the thread sanitizer, which does not see into TBB, that what was done before `give` is seen after
/// `take`. This file itself is left out of what it watches: memory of tasks that TBB hands on would look
/// like a race.
struct Handover {
#ifdef KILN_THREAD_SANITIZER
  void give() { __tsan_release(this); }
  void take() { __tsan_acquire(this); }
#else
  void give() {}
  void take() {}
#endif
};

/// A body that runs after what was done before the call and before what follows it.
template <typename Body>
class Ordered {
public:
  explicit Ordered(Body body) : body_(std::move(body)) { start_.give(); }
  template <typename... Args>
  void operator()(const Args&... args) {
    start_.take();
    body_(args...);
    end_.give();
  }
  void finish() { end_.take(); }

private:
  Body body_;
  Handover start_, end_;
};

}  // namespace

void parallel_for(std::size_t count, std::size_t grain,
                  FunctionRef<void(std::size_t, std::size_t)> body) {
  if (count == 0) {
    return;
  }
  if (count <= grain) {
    body(0, count);
    return;
  }
  Ordered ordered([&](const tbb::blocked_range<std::size_t>& range) { body(range.begin(), range.end()); });
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(grain, 1)),
                    [&](const tbb::blocked_range<std::size_t>& range) { ordered(range); });
  ordered.finish();
}

void parallel_invoke(FunctionRef<void()> a, FunctionRef<void()> b) {
  Ordered first([&] { a(); });
  Ordered second([&] { b(); });
  tbb::parallel_invoke([&] { first(); }, [&] { second(); });
  first.finish();
  second.finish();
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
  Ordered ordered([&] { body(); });
  arena.execute([&] { ordered(); });
  ordered.finish();
}

void lower_thread_priority() {
  // On Linux the nice value belongs to the thread, whose number 0 stands for.
  static_cast<void>(setpriority(PRIO_PROCESS, 0, 10));
}

int hardware_threads() {
  return int(std::thread::hardware_concurrency());
}

}  // namespace kiln
