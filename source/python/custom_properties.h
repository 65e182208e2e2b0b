#pragma once

#include "python/struct_object.h"

namespace kiln::python {

// Values of properties that scripts registered; they live in the custom properties of the struct.
bool is_runtime_property_set(const ConstRef& ref, const Property& property);
void unset_runtime_property(const MutableRef& ref, const Property& property);
PyObject* get_runtime_property(StructObject* owner, const ConstRef& ref, const Property& property);
int set_runtime_property(StructObject* owner, const ConstRef& ref, const Property& property, PyObject* value);
Value::Numbers runtime_numbers(const ConstRef& ref, const Property& property);

}  // namespace kiln::python
