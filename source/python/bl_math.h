#pragma once

#include <Python.h>

namespace kiln::python {

/// Creates the module `bl_math` (multi-phase), for `PyImport_AppendInittab("bl_math",
/// init_bl_math)`.
PyObject* init_bl_math();

}  // namespace kiln::python
