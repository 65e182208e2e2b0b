#include "python/types.h"

#include "python/access.h"
#include "python/collection_object.h"
#include "python/function_object.h"
#include "python/registration.h"
#include "python/rna.h"

namespace kiln::python {
namespace {

// Stands in a class for one property or function; does the work when an instance is asked for it.
struct Descriptor {
  PyObject_HEAD
  const Property* property;
  const Function* function;
};

Descriptor* as_descriptor(PyObject* object) { return reinterpret_cast<Descriptor*>(object); }

void dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

// Null with an exception set where someone hands a descriptor an object that is none of ours.
StructObject* owner_of(PyObject* instance) {
  if (is_struct(instance)) {
    return reinterpret_cast<StructObject*>(instance);
  }
  if (is_collection(instance)) {
    return reinterpret_cast<CollectionObject*>(instance)->owner;
  }
  PyErr_Format(PyExc_TypeError, "expected a bpy_struct, not %s", Py_TYPE(instance)->tp_name);
  return nullptr;
}

PyObject* get_property_descriptor(PyObject* object, PyObject* instance, PyObject* cls) {
  if (!instance || instance == Py_None) {
    if (as_descriptor(object)->property->is_runtime) {
      return Py_NewRef(object);  // what a script assigned to the class
    }
    // A class has no value; scripts ask this way whether one of theirs defines an attribute.
    PyErr_Format(PyExc_AttributeError, "type object '%s' has no attribute '%s'", cls && PyType_Check(cls) ? reinterpret_cast<PyTypeObject*>(cls)->tp_name : "bpy_struct",
                 as_descriptor(object)->property->identifier.c_str());
    return nullptr;
  }
  StructObject* owner = owner_of(instance);
  ConstRef ref;
  return owner && find(owner, &ref) ? get_property(owner, ref, *as_descriptor(object)->property) : nullptr;
}

int set_property_descriptor(PyObject* object, PyObject* instance, PyObject* value) {
  const Property& p = *as_descriptor(object)->property;
  if (!value) {
    PyErr_Format(PyExc_AttributeError, "bpy_struct: del not supported for \"%s\"", p.identifier.c_str());
    return -1;
  }
  StructObject* owner = owner_of(instance);
  return owner ? set_property(owner, p, value) : -1;
}

PyObject* get_function_descriptor(PyObject* object, PyObject* instance, PyObject*) {
  if (instance && instance != Py_None && !owner_of(instance)) {
    return nullptr;
  }
  return make_function(instance == Py_None ? nullptr : instance, *as_descriptor(object)->function);
}

PyObject* make_descriptor(const Property& p) {
  PyTypeObject* type = state().property_type;
  auto* self = reinterpret_cast<Descriptor*>(type->tp_alloc(type, 0));
  if (self) {
    self->property = &p;
  }
  return reinterpret_cast<PyObject*>(self);
}

PyObject* make_descriptor(const Function& f) {
  auto* self = reinterpret_cast<Descriptor*>(state().method_type->tp_alloc(state().method_type, 0));
  if (self) {
    self->function = &f;
  }
  return reinterpret_cast<PyObject*>(self);
}

bool add(PyObject* dict, const Property& p) {
  if (p.is_internal) {
    return true;
  }
  const PyRef descriptor = PyRef::steal(make_descriptor(p));
  return descriptor && PyDict_SetItemString(dict, p.identifier.c_str(), descriptor.get()) == 0;
}

bool add(PyObject* dict, const Function& f) {
  const PyRef descriptor = PyRef::steal(make_descriptor(f));
  return descriptor && PyDict_SetItemString(dict, f.identifier.c_str(), descriptor.get()) == 0;
}

// Descriptors for all a schema declares itself and what was added to it.
PyRef make_dict(const Schema& schema) {
  PyRef dict = PyRef::steal(PyDict_New());
  const PyRef slots = PyRef::steal(PyTuple_New(0));
  const PyRef module = PyRef::steal(PyUnicode_FromString("bpy.types"));
  const PyRef doc = PyRef::steal(PyUnicode_FromString(schema.description.c_str()));
  const PyRef rna = PyRef::steal(make_rna_struct(schema));
  bool good = dict && slots && module && doc && rna && PyDict_SetItemString(dict.get(), "__slots__", slots.get()) == 0 &&
              PyDict_SetItemString(dict.get(), "__module__", module.get()) == 0 && PyDict_SetItemString(dict.get(), "__doc__", doc.get()) == 0 &&
              PyDict_SetItemString(dict.get(), "bl_rna", rna.get()) == 0 && PyDict_SetItemString(dict.get(), "rna_type", rna.get()) == 0;
  for (const Property& p : schema.properties) {
    good = good && add(dict.get(), p);
  }
  for (const Function& f : schema.functions) {
    good = good && add(dict.get(), f);
  }
  if (const Registry::Extension* extension = state().registry().extension(schema)) {
    for (const auto& p : extension->properties) {
      good = good && add(dict.get(), *p);
    }
    for (const auto& f : extension->functions) {
      good = good && add(dict.get(), *f);
    }
  }
  return good ? std::move(dict) : PyRef();
}

// Methods written in Python for this type: `bpy_types.methods[identifier]`.
bool add_python_methods(PyObject* type, const Schema& schema) {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy_types"));
  if (!module) {
    return false;
  }
  const PyRef table = PyRef::steal(PyObject_GetAttrString(module.get(), "methods"));
  PyObject* methods = table ? PyDict_GetItemString(table.get(), schema.identifier.c_str()) : nullptr;
  PyObject *name = nullptr, *method = nullptr;
  Py_ssize_t position = 0;
  while (methods && PyDict_Next(methods, &position, &name, &method)) {
    if (PyType_Type.tp_setattro(type, name, method) < 0) {
      return false;
    }
  }
  return table.get() != nullptr;
}

PyTypeObject* make_class(const Schema& schema, PyObject* base) {
  PyRef dict = make_dict(schema);
  if (!dict) {
    return nullptr;
  }
  PyRef type = PyRef::steal(PyObject_CallFunction(reinterpret_cast<PyObject*>(Py_TYPE(base)), "s(O)O", schema.identifier.c_str(), base, dict.get()));
  return reinterpret_cast<PyTypeObject*>(type.release());
}

// Types that are written in Python and made when they are first named: `bpy_structs.find(name)`, None where there is none.
PyObject* find_python_type(PyObject* name) {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy_structs"));
  return module ? PyObject_CallMethod(module.get(), "find", "O", name) : nullptr;
}

PyObject* types_getattr(PyObject*, PyObject* name) {
  const char* identifier = PyUnicode_AsUTF8(name);
  const Schema* schema = identifier ? state().registry().find(identifier) : nullptr;
  if (!schema) {
    PyRef found = PyRef::steal(identifier ? find_python_type(name) : nullptr);
    if (found && found.get() == Py_None) {
      PyErr_Format(PyExc_AttributeError, "module 'bpy.types' has no attribute '%s'", identifier);
      return nullptr;
    }
    return found.release();
  }
  return Py_XNewRef(reinterpret_cast<PyObject*>(type_for(*schema)));
}

PyObject* types_dir(PyObject*, PyObject*) {
  PyRef list = PyRef::steal(PyList_New(0));
  for (const Schema* schema : state().registry().all()) {
    const PyRef name = PyRef::steal(PyUnicode_FromString(schema->identifier.c_str()));
    if (!list || !name || PyList_Append(list.get(), name.get()) < 0) {
      return nullptr;
    }
  }
  const PyRef structs = PyRef::steal(PyImport_ImportModule("bpy_structs"));
  const PyRef names = PyRef::steal(structs ? PyObject_CallMethod(structs.get(), "names", nullptr) : nullptr);
  const PyRef added = PyRef::steal(list && names ? PyObject_CallMethod(list.get(), "extend", "O", names.get()) : nullptr);
  if (!added) {
    return nullptr;
  }
  for (const char* extra : {"bpy_struct", "bpy_prop_collection", "bpy_prop_array", "bpy_func"}) {
    const PyRef name = PyRef::steal(PyUnicode_FromString(extra));
    if (!list || !name || PyList_Append(list.get(), name.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* get_is_registered(PyObject* type, void*) {
  return PyBool_FromLong(schema_for(type) != nullptr);
}

PyGetSetDef class_getsets[] = {{"is_registered", get_is_registered, nullptr, "Whether the class stands for a type of the interface", nullptr},
                               {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMethodDef types_methods[] = {{"__getattr__", types_getattr, METH_O, nullptr}, {"__dir__", types_dir, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

PyModuleDef types_definition = {PyModuleDef_HEAD_INIT, "bpy.types", "Classes of everything a document holds.", -1, types_methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

PyTypeObject* type_for(const Schema& schema) {
  State& s = state();
  if (s.last_type.first == &schema) {
    return s.last_type.second;
  }
  const auto found = s.types.find(&schema);
  if (found != s.types.end()) {
    s.last_type = {&schema, found->second};
    return found->second;
  }
  PyTypeObject* base = schema.base ? type_for(*schema.base) : s.struct_type;
  PyTypeObject* type = base ? make_class(schema, reinterpret_cast<PyObject*>(base)) : nullptr;
  if (!type) {
    return nullptr;
  }
  s.types[&schema] = type;
  return add_python_methods(reinterpret_cast<PyObject*>(type), schema) ? type : nullptr;
}

const Schema* schema_for(const PyObject* type) {
  for (const auto& [schema, made] : state().types) {
    if (reinterpret_cast<const PyObject*>(made) == type) {
      return schema;
    }
  }
  return nullptr;
}

PyTypeObject* collection_type_for(const Property& p) {
  State& s = state();
  if (p.is_runtime) {
    return s.group_collection_type;
  }
  if (!p.collection_schema) {
    return s.collection_type;
  }
  const Schema& schema = p.collection_schema();
  const auto found = s.collection_types.find(&schema);
  if (found != s.collection_types.end()) {
    return found->second;
  }
  PyTypeObject* type = make_class(schema, reinterpret_cast<PyObject*>(s.collection_type));
  if (type) {
    s.collection_types[&schema] = type;
  }
  return type && add_python_methods(reinterpret_cast<PyObject*>(type), schema) ? type : nullptr;
}

PyTypeObject* make_type_with_meta(PyType_Spec& spec) {
  PyType_Slot slots[] = {{Py_tp_base, &PyType_Type},
                         {Py_tp_setattro, reinterpret_cast<void*>(set_class_attribute)},
                         {Py_tp_getset, class_getsets},
                         {0, nullptr}};
  PyType_Spec meta_spec{"bpy_struct_meta", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
  State& s = state();
  s.struct_meta = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&meta_spec));
  if (!s.struct_meta) {
    return nullptr;
  }
  PyRef type = PyRef::steal(PyType_FromSpec(&spec));
  if (type) {
    // The layout of the metaclass is that of `type`, so that a finished type may change over to it.
    Py_INCREF(s.struct_meta);
    Py_SET_TYPE(type.get(), s.struct_meta);
  }
  return reinterpret_cast<PyTypeObject*>(type.release());
}

bool install_property(const Schema& schema, const Property& p) {
  PyTypeObject* type = type_for(schema);
  const PyRef descriptor = PyRef::steal(type ? make_descriptor(p) : nullptr);
  const PyRef name = PyRef::steal(PyUnicode_FromString(p.identifier.c_str()));
  return descriptor && name && PyType_Type.tp_setattro(reinterpret_cast<PyObject*>(type), name.get(), descriptor.get()) == 0;
}

bool uninstall_property(const Schema& schema, const Property& p) {
  PyTypeObject* type = type_for(schema);
  const PyRef name = PyRef::steal(PyUnicode_FromString(p.identifier.c_str()));
  return type && name && PyType_Type.tp_setattro(reinterpret_cast<PyObject*>(type), name.get(), nullptr) == 0;
}

std::string_view data_collection_name(BlockType type) {
  static constexpr std::string_view names[] = {"scenes", "collections", "objects",     "meshes", "cameras", "lights",
                                               "worlds", "materials",   "node_groups", "images", "texts",   "textures",
                                               "libraries"};
  static_assert(std::size(names) == block_type_count);
  return names[int(type)];
}

PyObject* make_property_pointer(StructObject* owner, const Property& p) {
  ConstRef ref;
  return find(owner, &ref) ? get_property(owner, ref, p) : nullptr;
}

bool init_descriptor_types() {
  PyType_Slot property_slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                                  {Py_tp_descr_get, reinterpret_cast<void*>(get_property_descriptor)},
                                  {Py_tp_descr_set, reinterpret_cast<void*>(set_property_descriptor)},
                                  {0, nullptr}};
  PyType_Spec property_spec{"bpy_property", int(sizeof(Descriptor)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, property_slots};
  state().property_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&property_spec));
  PyType_Slot function_slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                                  {Py_tp_descr_get, reinterpret_cast<void*>(get_function_descriptor)},
                                  {0, nullptr}};
  PyType_Spec function_spec{"bpy_method", int(sizeof(Descriptor)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, function_slots};
  state().method_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&function_spec));
  return state().property_type && state().method_type;
}

PyObject* make_types_module() {
  PyObject* module = PyModule_Create(&types_definition);
  State& s = state();
  if (module) {
    PyModule_AddObjectRef(module, "bpy_struct", reinterpret_cast<PyObject*>(s.struct_type));
    PyModule_AddObjectRef(module, "bpy_prop_collection", reinterpret_cast<PyObject*>(s.collection_type));
    PyModule_AddObjectRef(module, "bpy_prop_array", reinterpret_cast<PyObject*>(s.array_type));
    PyModule_AddObjectRef(module, "bpy_func", reinterpret_cast<PyObject*>(s.function_type));
    s.types_module = module;
  }
  return module;
}

}  // namespace kiln::python
