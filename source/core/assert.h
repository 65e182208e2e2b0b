#pragma once

namespace kiln {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

/// A claim about Kiln itself, never about input. Checked in debug and sanitizer builds.
#ifdef NDEBUG
#define KILN_ASSERT(condition) static_cast<void>(0)
#else
#define KILN_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::kiln::assertion_failed(#condition, __FILE__, __LINE__))
#endif
