#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// The Python class of a schema, made on first use with its bases; borrowed. Null with an exception set on failure.
PyTypeObject* type_for(const Schema& schema);
/// The schema that a class in `bpy.types` or a registered class stands for; null where it stands for none.
const Schema* schema_for(const PyObject* type);
/// The class of a collection property, with the functions of its own schema; borrowed.
PyTypeObject* collection_type_for(const Property& property);
/// A base class whose metaclass keeps registered properties and the classes in step.
PyTypeObject* make_type_with_meta(PyType_Spec& spec);

/// Adds what was registered for a schema after its class was made.
bool install_property(const Schema& schema, const Property& property);
bool uninstall_property(const Schema& schema, const Property& property);

/// The name of the list in `bpy.data`, such as "meshes".
std::string_view data_collection_name(BlockType type);

/// A pointer property itself rather than what it points at (`path_resolve` without coercion).
PyObject* make_property_pointer(StructObject* owner, const Property& property);

/// The module bpy.types (strong).
PyObject* make_types_module();
bool init_descriptor_types();

}  // namespace kiln::python
