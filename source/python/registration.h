#pragma once

#include "python/py_ref.h"

namespace kiln::python {

/// Adds to `_bpy` what the registration of classes and properties stands on: `add_property`, `remove_property`, `register_type`,
/// `unregister_type`, `set_deferred_type`, `is_registered`.
bool add_registration_functions(PyObject* module);

/// Assignments to attributes of classes: a definition of `bpy.props` becomes a property, deleting one removes it. Slot of the metaclass.
int set_class_attribute(PyObject* type, PyObject* name, PyObject* value);

}  // namespace kiln::python
