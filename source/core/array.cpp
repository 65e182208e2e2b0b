#include "core/array.h"

namespace kiln {
#ifdef NDEBUG
std::size_t array_detach_count() {
  return 0;
}
void detail::count_array_detach() {}
#else
namespace {
std::atomic<std::size_t> detaches{0};  // debug builds only: a measurement, not state
}
std::size_t array_detach_count() {
  return detaches.load(std::memory_order_relaxed);
}
void detail::count_array_detach() {
  detaches.fetch_add(1, std::memory_order_relaxed);
}
#endif
}  // namespace kiln
