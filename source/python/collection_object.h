#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// bpy_prop_collection: a live view onto a collection property.
struct CollectionObject {
  PyObject_HEAD
  StructObject* owner;  ///< strong
  const Property* property;
};

PyObject* make_collection(StructObject* owner, const Property& property);
inline bool is_collection(PyObject* object) { return PyObject_TypeCheck(object, state().collection_type); }
bool init_collection_type();

}  // namespace kiln::python
