#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// Adds to `_bpy` the functions that the Python classes of custom properties stand on: `bag_get`, `bag_set`, `bag_delete`,
/// `bag_keys`, `bag_look`, `bag_set_look`. They take a struct and a path of names (and positions in lists of groups).
bool add_bag_functions(PyObject* module);

/// A Python value as a custom property. `what` names the property in messages. False with an exception set.
bool custom_from_python(PyObject* value, const char* what, int depth, CustomValue* out);

}  // namespace kiln::python
