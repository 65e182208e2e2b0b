#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// The value of a property as a Python object.
PyObject* get_property(StructObject* owner, const ConstRef& ref, const Property& property);
/// Writes a Python value. -1 with an exception set.
int set_property(StructObject* owner, const Property& property, PyObject* value);

/// Values of functions and computed properties. `context` is the object whose root they belong to (may be null).
PyObject* to_python(const Value& value, const Property& property, StructObject* context);
/// Checks the type against the property. `what` opens the error message. False with an exception set.
bool from_python(PyObject* object, const Property& property, const ConstRef& owner, const char* what, Value* out);

/// Raises what an error of the core stands for.
PyObject* raise(const Error& error, PyObject* type = PyExc_RuntimeError);

/// A live view onto an array property: mathutils type where the subtype has one, else bpy_prop_array.
PyObject* make_array(StructObject* owner, const Property& property);

}  // namespace kiln::python
