#pragma once

#include <array>

namespace kiln {

/// The version of the Python interface that the program offers; files note it.
inline constexpr std::array<int, 3> interface_version{3, 4, 1};

}  // namespace kiln
