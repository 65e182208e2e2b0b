#include <fmt/format.h>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

/// What CPython keeps for the module: null until the module was executed.
struct ModuleState {
  State* state;
};

ModuleState* module_state(PyObject* module) {
  return static_cast<ModuleState*>(PyModule_GetState(module));
}

int execute(PyObject* module) {
  State* state = new (std::nothrow) State;
  if (state == nullptr) {
    PyErr_NoMemory();
    return -1;
  }
  state->module = module;
  module_state(module)->state = state;

  constexpr PyTypeObject* (*creators[])(PyObject*) = {create_vector_type, create_matrix_type,
                                                      create_quaternion_type, create_euler_type,
                                                      create_color_type};
  for (int kind = 0; kind < kind_count; ++kind) {
    state->types[kind] = creators[kind](module);
    if (state->types[kind] == nullptr || PyModule_AddType(module, state->types[kind]) < 0) {
      return -1;
    }
  }
  state->matrix_access_type = create_matrix_access_type(module);
  const bool is_complete = state->matrix_access_type != nullptr && add_geometry(module) &&
                           add_kd_tree(module) && add_bvh_tree(module) && add_interpolate(module) &&
                           add_noise(module);
  return is_complete ? 0 : -1;
}

int traverse(PyObject* module, visitproc visit, void* arg) {
  const State* state = module_state(module)->state;
  if (state != nullptr) {
    for (PyTypeObject* type : state->types) {
      Py_VISIT(type);
    }
    Py_VISIT(state->matrix_access_type);
    Py_VISIT(state->kd_tree_type);
    Py_VISIT(state->bvh_tree_type);
  }
  return 0;
}

int clear(PyObject* module) {
  State* state = module_state(module)->state;
  if (state != nullptr) {
    state->empty_free_lists();  // first: freeing an object looks at its type
    for (PyTypeObject*& type : state->types) {
      Py_CLEAR(type);
    }
    Py_CLEAR(state->matrix_access_type);
    Py_CLEAR(state->kd_tree_type);
    Py_CLEAR(state->bvh_tree_type);
  }
  return 0;
}

void free_module(void* module) {
  clear(static_cast<PyObject*>(module));
  delete module_state(static_cast<PyObject*>(module))->state;
}

}  // namespace

PyModuleDef* module_definition() {
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(execute)}, {0, nullptr}};
  static PyModuleDef definition = {
      PyModuleDef_HEAD_INIT,
      "mathutils",
      "Vectors, matrices, quaternions, Euler angles and colors. Whatever takes a vector takes any "
      "sequence of numbers.",
      sizeof(ModuleState),
      nullptr,
      slots,
      traverse,
      clear,
      free_module};
  return &definition;
}

PyObject* init_module() {
  return PyModuleDef_Init(module_definition());
}

State* state_of(PyObject* module) {
  return module_state(module)->state;
}

bool add_submodule(PyObject* module, const char* name, const char* doc, PyMethodDef* functions,
                   PyTypeObject* type) {
  const std::string full_name = fmt::format("mathutils.{}", name);
  const PyRef submodule = PyRef::steal(PyModule_New(full_name.c_str()));
  const PyRef name_object = PyRef::steal(PyUnicode_FromString(full_name.c_str()));
  if (!submodule || !name_object || PyModule_SetDocString(submodule.get(), doc) < 0 ||
      (type != nullptr && PyModule_AddType(submodule.get(), type) < 0)) {
    return false;
  }
  for (PyMethodDef* function = functions; function != nullptr && function->ml_name != nullptr;
       ++function) {
    const PyRef object = PyRef::steal(PyCFunction_NewEx(function, module, name_object.get()));
    if (!object || PyModule_AddObjectRef(submodule.get(), function->ml_name, object.get()) < 0) {
      return false;
    }
  }
  PyObject* modules = PyImport_GetModuleDict();  // borrowed
  return PyModule_AddObjectRef(module, name, submodule.get()) == 0 &&
         PyDict_SetItem(modules, name_object.get(), submodule.get()) == 0;
}

}  // namespace kiln::python::mathutils
