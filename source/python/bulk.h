#pragma once

#include "python/access.h"

namespace kiln::python {

/// Copies all numbers of an array property into a writable buffer or a list (`foreach_get` of an array). None, or null with an
/// exception set.
PyObject* copy_out(StructObject* owner, const Property& property, PyObject* target);
PyObject* copy_in(StructObject* owner, const Property& property, PyObject* source);

/// Copies one property of all elements of a collection (`foreach_get`, `foreach_set` of a collection).
PyObject* copy_elements_out(StructObject* owner, const Property& collection, PyObject* name, PyObject* target);
PyObject* copy_elements_in(StructObject* owner, const Property& collection, PyObject* name, PyObject* source);

}  // namespace kiln::python
