#pragma once

#include <atomic>
#include <memory>

namespace kiln {

/// To be called before writing what a pointer turned out to own alone: another thread may just have dropped
/// the last other copy, and its reads must be over.
template <typename T>
void see_as_sole_owner(const std::shared_ptr<T>& pointer) {
#ifdef __SANITIZE_THREAD__
  const std::shared_ptr<T> again = pointer;  // the sanitizer knows counts of owners, but no fences
#else
  static_cast<void>(pointer);
  std::atomic_thread_fence(std::memory_order_acquire);
#endif
}

/// What a pointer refers to, for writing: a copy of its own when others refer to it too.
template <typename T>
T& own(std::shared_ptr<T>& pointer) {
  if (pointer.use_count() > 1) {
    pointer = std::make_shared<T>(*pointer);
  } else {
    see_as_sole_owner(pointer);
  }
  return *pointer;
}

}  // namespace kiln
