#pragma once

#include "python/runtime_properties.h"

namespace kiln::python {

/// A property as `bpy.props` describes it: a dictionary of checked facts (see release/scripts/modules/bpy/props.py, which checks them).
/// Keys: identifier, type, name, description, subtype, unit, options, default, size, shape, min, max, soft_min, soft_max, step, precision,
/// maxlen, items, target, update, get, set, poll, items_function. False with an exception set.
bool define_property(PyObject* facts, Property* property, std::shared_ptr<PropertyCallbacks>* callbacks);

/// The schema a class in `bpy.types` or a registered class stands for; null with an exception set.
const Schema* schema_of_class(PyObject* type);

}  // namespace kiln::python
