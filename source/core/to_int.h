#pragma once

#include <limits>

namespace kiln {

/// The number without its fraction; the nearest one that an int can hold, and 0 for what is no
/// number. Plain conversions of those are undefined.
inline int to_int(double value) {
  if (!(value > -2147483648.0)) {
    return value != value ? 0 : std::numeric_limits<int>::min();
  }
  return value < 2147483648.0 ? int(value) : std::numeric_limits<int>::max();
}
inline int to_int(float value) {
  if (!(value > -2147483648.0f)) {
    return value != value ? 0 : std::numeric_limits<int>::min();
  }
  return value < 2147483648.0f ? int(value) : std::numeric_limits<int>::max();
}

}  // namespace kiln
