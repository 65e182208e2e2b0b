#pragma once

#include <optional>
#include <string>

#include "core/schema/ref.h"

namespace kiln::operators {

/// The path of the first stored number of a struct, or of structs nested in it, that is no number
/// (NaN); none when all are.
std::optional<std::string> find_broken_number(const ConstRef& ref);

}  // namespace kiln::operators
