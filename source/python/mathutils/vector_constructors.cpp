#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "python/mathutils/vector.h"

namespace kiln::python::mathutils {
namespace {

PyObject* make_vector(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Vector(): takes no keyword arguments");
    return nullptr;
  }
  PyObject* sequence = nullptr;
  if (!PyArg_ParseTuple(args, "|O:Vector", &sequence)) {
    return nullptr;
  }
  if (sequence == nullptr) {
    return as_object(new_vector_of(type, 3));
  }
  Floats values;
  if (!parse_floats(sequence, 2, values, "Vector()")) {
    return nullptr;
  }
  return as_object(new_vector_of(type, values));
}

PyObject* vector_fill(PyObject* type, PyObject* args) {
  int size;
  float fill = 0.0f;
  if (!PyArg_ParseTuple(args, "i|f:Vector.Fill", &size, &fill) ||
      !check_vector_size(size, "Vector.Fill()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  if (result != nullptr) {
    std::fill_n(result->values, size, fill);
  }
  return as_object(result);
}

PyObject* vector_range(PyObject* type, PyObject* args) {
  int start = 0, stop, step = 1;
  if (!PyArg_ParseTuple(args, "i|ii:Vector.Range", &start, &stop, &step)) {
    return nullptr;
  }
  long long size;
  if (PyTuple_GET_SIZE(args) == 1) {
    size = start;
    start = 0;
  } else {
    if (start >= stop) {
      PyErr_SetString(PyExc_RuntimeError, "Vector.Range(): the start is not below the stop");
      return nullptr;
    }
    if (step <= 0) {
      PyErr_SetString(PyExc_RuntimeError, "Vector.Range(): the step should be positive");
      return nullptr;
    }
    size = (static_cast<long long>(stop) - start + step - 1) / step;
  }
  if (!check_vector_size(size, "Vector.Range()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), int(size));
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = float(start + static_cast<long long>(step) * i);
  }
  return as_object(result);
}

PyObject* vector_linspace(PyObject* type, PyObject* args) {
  float start, stop;
  int size;
  if (!PyArg_ParseTuple(args, "ffi:Vector.Linspace", &start, &stop, &size) ||
      !check_vector_size(size, "Vector.Linspace()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = float(start + (double(stop) - start) * i / (size - 1));
  }
  return as_object(result);
}

PyObject* vector_repeat(PyObject* type, PyObject* args) {
  PyObject* sequence;
  int size;
  Floats values;
  if (!PyArg_ParseTuple(args, "Oi:Vector.Repeat", &sequence, &size) ||
      !check_vector_size(size, "Vector.Repeat()") ||
      !parse_floats(sequence, 2, values, "Vector.Repeat()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = values[i % values.size()];
  }
  return as_object(result);
}

constexpr PyMethodDef methods[] = {
    {"Fill", vector_fill, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Fill(size, fill=0.0)\n\nA vector of equal components."},
    {"Range", vector_range, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Range(start, stop, step=1)\n\nThe numbers from start up to, without, stop; "
     "with one argument from 0."},
    {"Linspace", vector_linspace, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Linspace(start, stop, size)\n\nEvenly spaced numbers, both ends included."},
    {"Repeat", vector_repeat, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Repeat(vector, size)\n\nThe components again and again, up to size."},
};

}  // namespace

PyObject* vector_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  return make_vector(type, args, keywords);
}
const std::span<const PyMethodDef> vector_constructors = methods;

}  // namespace kiln::python::mathutils
