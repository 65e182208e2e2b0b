#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// The C part of `bpy`: `_bpy`, to be registered before the interpreter starts.
PyObject* init_bpy_module();

}  // namespace kiln::python
