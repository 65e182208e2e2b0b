#pragma once

#include "python/access.h"

namespace kiln::python {

/// Numbers as a mathutils value or a tuple of their own, without an owner.
PyObject* numbers_to_python(const Value::Numbers& numbers, const Property& property);
/// bpy_prop_array onto a property, whatever its subtype.
PyObject* make_property_array(StructObject* owner, const Property& property);
/// The current numbers of an array property; false with an exception set.
bool read_numbers(StructObject* owner, const Property& property, Value::Numbers* out);
bool write_numbers(StructObject* owner, const Property& property, const Value::Numbers& numbers);

bool init_array_type();

}  // namespace kiln::python
