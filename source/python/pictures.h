#pragma once

typedef struct _object PyObject;

namespace kiln::python {

/// What the module `imbuf` stands on: reading, writing and scaling pictures as bytes.
bool add_picture_functions(PyObject* module);

}  // namespace kiln::python
