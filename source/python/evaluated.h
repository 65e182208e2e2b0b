#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// Adds to `_bpy`: `depsgraph(render)`, the class Depsgraph, and the methods `evaluated_get`, `to_mesh`, ... of data-blocks.
bool add_evaluated_functions(PyObject* module);

}  // namespace kiln::python
