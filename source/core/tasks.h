#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>

namespace kiln {

/// A reference to something callable, without owning it; for parameters only.
template <typename Signature>
class FunctionRef;
template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
public:
  template <typename F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>) FunctionRef(F&& f)
      : object_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}
  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

private:
  void* object_;
  R (*call_)(void*, Args...);
};

/// Calls `body(begin, end)` for parts of [0, count) on all cores (TBB). Parts have about `grain`
/// items or more; a count below that runs in the caller. The result must not depend on how the
/// range was cut.
void parallel_for(std::size_t count, std::size_t grain,
                  FunctionRef<void(std::size_t, std::size_t)> body);

/// Calls the functions at the same time and waits for both.
void parallel_invoke(FunctionRef<void()> a, FunctionRef<void()> b);

/// Limits the number of threads of all parallel work for as long as it lives; 0 means all cores.
class ThreadLimit {
public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
  void* control_ = nullptr;
};

/// Runs `body` with the parallel work in it on all cores but one (one at least), so that a window
/// beside it keeps moving.
void run_aside(FunctionRef<void()> body);
/// Lets every other thread that wants to run go before this one, for as long as it exists.
void lower_thread_priority();

int hardware_threads();

}  // namespace kiln
