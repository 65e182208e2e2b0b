#pragma once

#include <Python.h>

namespace kiln::python {

/// Creates the C part of `bpy.utils.units` (multi-phase), for `PyImport_AppendInittab("_bpy_units",
/// init_units)`.
PyObject* init_units();

}  // namespace kiln::python
