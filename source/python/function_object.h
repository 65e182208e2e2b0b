#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// A function of the interface bound to what it works on (a struct or a collection; null for static ones).
PyObject* make_function(PyObject* self, const Function& function);
bool init_function_type();

}  // namespace kiln::python
