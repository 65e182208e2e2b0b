#pragma once

#include <string>

#include "python/py_ref.h"

namespace kiln::python {

/// The text that the interpreter would print for the present exception, which is cleared.
std::string take_traceback();
/// Prints the present exception and clears it; `sys.exit` in a callback is no reason to leave.
void print_exception();

}  // namespace kiln::python
