#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// Adds to `_bpy`: `operator_call`, `operator_poll`, `operator_names`, `operator_facts`.
bool add_operator_functions(PyObject* module);

}  // namespace kiln::python
