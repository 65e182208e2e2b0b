#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// `bl_rna` of a class: an object of the Python module `bpy_rna` that reads the facts below when it is asked.
PyObject* make_rna_struct(const Schema& schema);
/// Everything known about a type as a dictionary: `_bpy.schema_facts(identifier)`.
PyObject* schema_facts(const Schema& schema);

}  // namespace kiln::python
