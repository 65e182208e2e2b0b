#include "python/exceptions.h"

namespace kiln::python {

std::string take_traceback() {
  PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
  PyErr_Fetch(&type, &value, &trace);
  PyErr_NormalizeException(&type, &value, &trace);
  const PyRef module = PyRef::steal(PyImport_ImportModule("traceback"));
  const PyRef lines = PyRef::steal(module ? PyObject_CallMethod(module.get(), "format_exception", "OOO", type, value ? value : Py_None, trace ? trace : Py_None) : nullptr);
  const PyRef empty = PyRef::steal(PyUnicode_FromString(""));
  const PyRef text = PyRef::steal(lines && empty ? PyUnicode_Join(empty.get(), lines.get()) : nullptr);
  const char* utf8 = text ? PyUnicode_AsUTF8(text.get()) : nullptr;
  std::string out = utf8 ? utf8 : "a script failed, and so did printing why\n";
  PyErr_Clear();
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(trace);
  return out;
}

void print_exception() {
  if (PyErr_ExceptionMatches(PyExc_SystemExit)) {
    PyErr_Clear();
    PySys_WriteStderr("a callback called sys.exit(), which only scripts and the command line may\n");
    return;
  }
  PyErr_Print();
}

}  // namespace kiln::python
