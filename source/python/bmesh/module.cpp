#include <cstring>

#include "python/bmesh/bmesh.h"

namespace kiln::python::bmesh {

PyObject* new_mesh(PyObject*, PyObject* args, PyObject* keywords);
PyObject* from_edit_mesh(PyObject*, PyObject* object);
PyObject* update_edit_mesh(PyObject*, PyObject* args, PyObject* keywords);

Types& types() {
  static Types instance;
  return instance;
}

PyTypeObject* add_type(PyObject* module, const char* name, std::size_t size, PyType_Slot* slots) {
  PyType_Spec spec{
      name, int(size), 0,
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
  PyObject* type = PyType_FromModuleAndSpec(module, &spec, nullptr);
  if (!type || PyModule_AddObjectRef(module, std::strrchr(name, '.') + 1, type) < 0) {
    Py_XDECREF(type);
    return nullptr;
  }
  return reinterpret_cast<PyTypeObject*>(type);
}

namespace {

PyMethodDef methods[] = {
    {"new", as_function(new_mesh), METH_VARARGS | METH_KEYWORDS,
     "new(use_operators=True): an empty BMesh."},
    {"from_edit_mesh", from_edit_mesh, METH_O,
     "from_edit_mesh(mesh): the BMesh of a mesh in edit mode."},
    {"update_edit_mesh", as_function(update_edit_mesh), METH_VARARGS | METH_KEYWORDS,
     "update_edit_mesh(mesh, loop_triangles=True, destructive=True): shows what was edited."},
    {nullptr, nullptr, 0, nullptr}};
PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "bmesh",
                          "Meshes whose elements know their neighbours.",
                          -1,
                          methods,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr};
PyModuleDef types_definition = {PyModuleDef_HEAD_INIT,
                                "bmesh.types",
                                "Types of bmesh.",
                                -1,
                                nullptr,
                                nullptr,
                                nullptr,
                                nullptr,
                                nullptr};

bool add_submodule(PyObject* module, const char* name, PyObject* made) {
  const PyRef submodule = PyRef::steal(made);
  return submodule && PyModule_AddObjectRef(module, name, submodule.get()) == 0 &&
         PyDict_SetItemString(PyImport_GetModuleDict(), (std::string("bmesh.") + name).c_str(),
                              submodule.get()) == 0;
}

}  // namespace

PyObject* init_module() {
  PyRef module = PyRef::steal(PyModule_Create(&definition));
  PyRef type_module = PyRef::steal(PyModule_Create(&types_definition));
  if (!module || !type_module || !init_mesh_type(type_module.get()) ||
      !init_element_types(type_module.get()) || !init_sequence_types(type_module.get()) ||
      !init_history_types(type_module.get()) || !init_layer_types(type_module.get())) {
    return nullptr;
  }
  // `import bmesh.types` needs a package.
  const PyRef path = PyRef::steal(PyList_New(0));
  if (!path || PyModule_AddObjectRef(module.get(), "__path__", path.get()) < 0 ||
      !add_submodule(module.get(), "types", type_module.release()) ||
      !add_submodule(module.get(), "utils", make_utils_module()) ||
      !add_submodule(module.get(), "geometry", make_geometry_module()) ||
      !add_submodule(module.get(), "ops", make_ops_module())) {
    return nullptr;
  }
  return module.release();
}

}  // namespace kiln::python::bmesh
