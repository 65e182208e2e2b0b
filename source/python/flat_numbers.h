#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// Adds to `_bpy`: `flat_floats(rows)` and `flat_ints(rows)`, which put the numbers of all rows
/// behind each other in one buffer; `flat_ints` gives the lengths of the rows, too.
bool add_flat_number_functions(PyObject* module);

}  // namespace kiln::python
