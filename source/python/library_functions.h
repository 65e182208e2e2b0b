#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// What `bpy.data.libraries` is made of: listing, linking, appending and writing files of blocks.
bool add_library_functions(PyObject* module);

}  // namespace kiln::python
