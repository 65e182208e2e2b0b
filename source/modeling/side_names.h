#pragma once

#include <string>
#include <string_view>

namespace kiln::modeling {

/// The name for the other side of "Arm.L", "r_hand", "LeftFoot", "Arm.L.001": R for L, left for
/// right, in the same case. Names without a side come back unchanged.
///
/// A side is a single L or R at either end, parted by a space, dot, dash or underscore, or the word
/// left or right at either end; a number at the end is skipped.
std::string flip_side(std::string_view name);

}  // namespace kiln::modeling
