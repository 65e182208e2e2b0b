// The extension module `_bpy` for a stock Python: the same interface without the program around it. `import bpy` finds the package
// beside it; `mathutils` and the other modules written in C are links to the same file.
#include <Python.h>

#include "app/session.h"
#include "python/bl_math.h"
#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"
#include "python/runtime.h"
#include "python/units.h"

#define KILN_EXPORT extern "C" __attribute__((visibility("default")))

KILN_EXPORT PyObject* PyInit_mathutils() { return kiln::python::mathutils::init_module(); }
KILN_EXPORT PyObject* PyInit_bmesh() { return kiln::python::bmesh::init_module(); }
KILN_EXPORT PyObject* PyInit_bl_math() { return kiln::python::init_bl_math(); }
KILN_EXPORT PyObject* PyInit__bpy_units() { return kiln::python::init_units(); }

KILN_EXPORT PyObject* PyInit__bpy() {
  try {
    // As long as the interpreter lives: objects of scripts refer to it until the very end.
    static kiln::app::Session session;
    return kiln::python::init_in_foreign_interpreter(session.project);
  } catch (const std::exception& problem) {
    PyErr_Format(PyExc_ImportError, "bpy cannot be set up: %s", problem.what());
    return nullptr;
  }
}
