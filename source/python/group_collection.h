#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// Makes the class of collections of property groups, which scripts fill with `add`, `remove`, `move` and `clear`.
bool init_group_collection_type();

}  // namespace kiln::python
