#include "python/registration.h"

#include "core/schema/bag_property.h"
#include "document/data_block.h"
#include "document/script_nodes.h"
#include "python/property_definition.h"
#include "python/rna.h"
#include "python/threads.h"
#include "python/struct_object.h"
#include "python/types.h"

namespace kiln::python {
namespace {

// Whether a definition may be changed in place: nothing is under way that uses one.
bool is_nothing_running() {
  const State& s = state();
  return !s.running && !s.accessed && s.update_depth == 0 && s.callback_depth == 0;
}

Schema* edit_runtime_schema(const Schema& schema) {
  return schema.is_runtime ? const_cast<Schema*>(&schema) : nullptr;
}

// Adds a property to a type of the program, or to a class of a script that is being registered.
const Property* add_to(const Schema& schema, Property property,
                       std::shared_ptr<PropertyCallbacks> callbacks) {
  Registry& registry = state().edit_registry();
  const Property* added = nullptr;
  if (Schema* own = edit_runtime_schema(schema)) {
    // A group may define a `name` of its own.
    const auto same =
        std::find_if(own->properties.begin(), own->properties.end(),
                     [&](const Property& p) { return p.identifier == property.identifier; });
    if (same != own->properties.end()) {
      *same = std::move(property);
      added = &*same;
    } else {
      added = &own->properties.emplace_back(std::move(property));
    }
    registry.touch();
  } else {
    added = &registry.extend(schema, std::move(property), is_nothing_running());
  }
  connect_update(const_cast<Property&>(*added), std::move(callbacks));
  return added;
}

// add_property(class, facts)
PyObject* add_property(PyObject*, PyObject* args) {
  PyObject *type = nullptr, *facts = nullptr;
  if (!PyArg_ParseTuple(args, "OO!:add_property", &type, &PyDict_Type, &facts) || !may_write("a new property")) {
    return nullptr;
  }
  const Schema* schema = schema_of_class(type);
  Property property;
  std::shared_ptr<PropertyCallbacks> callbacks;
  if (!schema || !define_property(facts, &property, &callbacks)) {
    return nullptr;
  }
  if (!schema->find_bag()) {
    PyErr_Format(PyExc_TypeError, "%s: properties cannot be added to this type",
                 schema->identifier.c_str());
    return nullptr;
  }
  if (!schema->is_runtime && schema->property(property.identifier)) {
    PyErr_Format(PyExc_ValueError, "%s.%s is a property of the type itself",
                 schema->identifier.c_str(), property.identifier.c_str());
    return nullptr;
  }
  const Property* added = add_to(*schema, std::move(property), std::move(callbacks));
  if (!install_property(*schema, *added)) {
    return nullptr;
  }
  Py_RETURN_NONE;
}

// remove_property(class, identifier): whether it was there
PyObject* remove_property(PyObject*, PyObject* args) {
  PyObject* type = nullptr;
  const char* name = nullptr;
  if (!PyArg_ParseTuple(args, "Os:remove_property", &type, &name)) {
    return nullptr;
  }
  const Schema* schema = schema_of_class(type);
  if (!schema) {
    return nullptr;
  }
  const Registry::Extension* extension = state().registry().extension(*schema);
  const Property* found = nullptr;
  for (std::size_t i = 0; extension && i < extension->properties.size(); ++i) {
    const Property& p = *extension->properties[i];
    found = p.identifier == name && p.is_runtime ? &p : found;
  }
  if (!found) {
    Py_RETURN_FALSE;
  }
  if (!uninstall_property(*schema, *found)) {
    PyErr_Clear();
  }
  state().callbacks.erase(found);
  state().edit_registry().remove_extension(*schema, name);
  Py_RETURN_TRUE;
}

// Sorted names of a tuple; none for what is no text.
std::vector<std::string> names_of(PyObject* tuple) {
  std::vector<std::string> names;
  for (Py_ssize_t i = 0; tuple && i < PyTuple_GET_SIZE(tuple); ++i) {
    const char* name = PyUnicode_Check(PyTuple_GET_ITEM(tuple, i)) ? PyUnicode_AsUTF8(PyTuple_GET_ITEM(tuple, i)) : nullptr;
    PyErr_Clear();
    names.push_back(name ? name : "");
  }
  std::sort(names.begin(), names.end());
  return names;
}

// register_type(class, identifier, base class, label, description, names of its properties): makes the class stand for a type of its own.
// Without a base (None) its objects lie in no document.
PyObject* register_type(PyObject*, PyObject* args) {
  PyObject *type = nullptr, *base = nullptr, *names = nullptr;
  const char *identifier = nullptr, *label = "", *description = "";
  if (!PyArg_ParseTuple(args, "O!sO|ssO!:register_type", &PyType_Type, &type, &identifier, &base, &label, &description, &PyTuple_Type, &names) ||
      !may_write("register_class(...)")) {
    return nullptr;
  }
  const Schema* parent = base == Py_None ? nullptr : schema_of_class(base);
  if (!parent && base != Py_None) {
    return nullptr;
  }
  const Schema* same = state().registry().find(identifier);
  if (same && !same->is_runtime) {
    PyErr_Format(PyExc_ValueError,
                 "register_class(...): \"%s\" is the name of a type of the program", identifier);
    return nullptr;
  }
  Schema* revived = names && is_nothing_running() ? state().edit_registry().revive(identifier, parent, names_of(names)) : nullptr;
  std::unique_ptr<Schema> made;
  if (revived) {
    revived->label = label;
    revived->description = description;
  } else if (parent && parent->find_bag() && !is_group(*parent)) {
    // Its objects lie in the document and are made by the program: nodes, sockets, trees of nodes.
    made = std::make_unique<Schema>();
    made->identifier = identifier;
    made->base = parent;
    made->is_runtime = true;
    made->make = parent->make;
    made->destroy = parent->destroy;
    made->dynamic = parent->dynamic;
    made->name_property = parent->name_property;
  } else {
    made = make_group_schema(identifier, parent, parent && parent->is_a(property_group_schema()));
  }
  if (made) {
    made->label = label;
    made->description = description;
  }
  const Schema& schema = revived ? *revived : state().edit_registry().add_owned(std::move(made));
  Py_INCREF(type);
  state().types[&schema] = reinterpret_cast<PyTypeObject*>(type);
  state().last_type = {};
  const PyRef rna = PyRef::steal(make_rna_struct(schema));
  const PyRef key = PyRef::steal(PyUnicode_FromString("bl_rna"));
  if (!rna || !key || PyType_Type.tp_setattro(type, key.get(), rna.get()) < 0) {
    return nullptr;
  }
  if (schema.name_property && is_group(schema) && !schema.properties.empty() && !install_property(schema, schema.properties.front())) {
    return nullptr;
  }
  Py_RETURN_NONE;
}

// seal_type(class, name property): from now on the class is one of the program, to which scripts add properties but which they cannot
// unregister.
PyObject* seal_type(PyObject*, PyObject* args) {
  PyObject* type = nullptr;
  const char* name = "";
  if (!PyArg_ParseTuple(args, "O|s:seal_type", &type, &name)) {
    return nullptr;
  }
  const Schema* schema = schema_of_class(type);
  Schema* own = schema ? edit_runtime_schema(*schema) : nullptr;
  if (!own) {
    if (schema) {
      PyErr_SetString(PyExc_ValueError, "seal_type(...): expected a class of a script");
    }
    return nullptr;
  }
  own->is_runtime = false;
  own->name_property = *name ? own->property(name) : own->name_property;
  for (Property& p : own->properties) {
    p.is_runtime = false;
  }
  state().edit_registry().touch();
  Py_RETURN_NONE;
}

// unregister_type(class): instances that scripts still hold raise ReferenceError from then on.
PyObject* unregister_type(PyObject*, PyObject* type) {
  const Schema* schema = may_write("unregister_class(...)") ? schema_of_class(type) : nullptr;
  if (!schema) {
    return nullptr;
  }
  if (!schema->is_runtime) {
    PyErr_SetString(PyExc_ValueError,
                    "unregister_class(...): expected a class of a script, not one of the program");
    return nullptr;
  }
  for (const Property& p : schema->properties) {
    if (!uninstall_property(*schema, p)) {
      PyErr_Clear();
    }
    state().callbacks.erase(&p);
  }
  const PyRef key = PyRef::steal(PyUnicode_FromString("bl_rna"));
  if (PyType_Type.tp_setattro(type, key.get(), nullptr) < 0) {
    PyErr_Clear();
  }
  if (state().registry().find(schema->identifier) == schema) {
    state().edit_registry().remove(schema->identifier);
  }
  state().types.erase(schema);
  state().last_type = {};
  Py_DECREF(type);
  Py_RETURN_NONE;
}

// resolve_nodes(): nodes, sockets and trees of the document get the classes that are registered now.
PyObject* resolve_nodes(PyObject*, PyObject*) {
  resolve_script_nodes(state().document(), state().registry());
  Py_RETURN_NONE;
}

// make_instance(class): an object of a registered class that lies in no document (preferences of an add-on).
PyObject* make_instance(PyObject*, PyObject* type) {
  const Schema* schema = schema_of_class(type);
  if (!schema) {
    return nullptr;
  }
  if (!is_group(*schema)) {
    PyErr_Format(PyExc_TypeError, "%s: objects of this class come from the document",
                 schema->identifier.c_str());
    return nullptr;
  }
  const auto bag = std::make_shared<PropertyBag>();
  auto root = std::make_shared<Root>();
  root->data = bag.get();
  root->keep = bag;
  return make_rooted(*schema, std::move(root));
}

// enum_items(owner, property): pairs of identifiers and labels, also where a function makes them.
PyObject* enum_items(PyObject*, PyObject* args) {
  PyObject* owner = nullptr;
  const char* name = nullptr;
  ConstRef ref;
  if (!PyArg_ParseTuple(args, "O!s:enum_items", state().struct_type, &owner, &name) ||
      !find(reinterpret_cast<StructObject*>(owner), &ref)) {
    return nullptr;
  }
  const Property* property = state().registry().property(*ref.schema, name);
  if (!property || property->type != PropertyType::Enum) {
    PyErr_Format(PyExc_TypeError, "%s.%s is no enumeration", ref.schema->identifier.c_str(), name);
    return nullptr;
  }
  const AccessedObject accessed(reinterpret_cast<StructObject*>(owner));
  PyRef list = PyRef::steal(PyList_New(0));
  for (const EnumItem& item :
       property->dynamic_items ? property->dynamic_items(ref) : property->items) {
    const PyRef pair =
        PyRef::steal(Py_BuildValue("(ss)", item.identifier.c_str(), item.label.c_str()));
    if (!list || !pair || PyList_Append(list.get(), pair.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* is_registered(PyObject*, PyObject* type) {
  return PyBool_FromLong(schema_for(type) != nullptr);
}

PyObject* set_deferred_type(PyObject*, PyObject* type) {
  if (!PyType_Check(type)) {
    PyErr_SetString(PyExc_TypeError, "expected a class");
    return nullptr;
  }
  Py_XSETREF(state().deferred_type, reinterpret_cast<PyTypeObject*>(Py_NewRef(type)));
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {{"add_property", add_property, METH_VARARGS, "add_property(class, facts): a property on all structs of a type"},
                           {"remove_property", remove_property, METH_VARARGS, "remove_property(class, identifier): whether there was one"},
                           {"register_type", register_type, METH_VARARGS, "register_type(class, identifier, base, label, description)"},
                           {"seal_type", seal_type, METH_VARARGS, "seal_type(class, name property): makes it one of the program"},
                           {"unregister_type", unregister_type, METH_O, "unregister_type(class)"},
                           {"resolve_nodes", resolve_nodes, METH_NOARGS, "resolve_nodes(): gives nodes the classes that are registered now"},
                           {"make_instance", make_instance, METH_O, "make_instance(class): an object that lies in no document"},
                           {"enum_items", enum_items, METH_VARARGS, "enum_items(owner, property): pairs of identifiers and labels"},
                           {"is_registered", is_registered, METH_O, "is_registered(class)"},
                           {"set_deferred_type", set_deferred_type, METH_O,
                            "set_deferred_type(class): what functions of bpy.props return"},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

int set_class_attribute(PyObject* type, PyObject* name, PyObject* value) {
  const State& s = state();
  const bool is_definition = value && s.deferred_type && Py_IS_TYPE(value, s.deferred_type);
  const bool is_known = (is_definition || !value) && schema_for(type);
  if (is_known) {
    if (is_definition) {
      const PyRef props = PyRef::steal(PyImport_ImportModule("bpy.props"));
      const PyRef done = PyRef::steal(
          props ? PyObject_CallMethod(props.get(), "_define", "OOO", type, name, value) : nullptr);
      return done ? 0 : -1;
    }
    const PyRef arguments = PyRef::steal(PyTuple_Pack(2, type, name));
    const PyRef removed =
        PyRef::steal(arguments ? remove_property(nullptr, arguments.get()) : nullptr);
    if (!removed) {
      return -1;
    }
    if (removed.get() == Py_True) {
      return 0;
    }
  }
  return PyType_Type.tp_setattro(type, name, value);
}

bool add_registration_functions(PyObject* module) {
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
