#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

Py_ssize_t matrix_length(PyObject* self) {
  return as_value(self)->rows;
}

PyObject* matrix_item(PyObject* self, Py_ssize_t index) {
  if (index < 0 || index >= as_value(self)->rows) {
    PyErr_SetString(PyExc_IndexError, "Matrix: row index out of range");
    return nullptr;
  }
  return new_line_view(self, Line::Row, int(index));
}

int matrix_set_item(PyObject* self, Py_ssize_t index, PyObject* item) {
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Matrix: rows cannot be deleted");
    return -1;
  }
  if (index < 0 || index >= as_value(self)->rows) {
    PyErr_SetString(PyExc_IndexError, "Matrix: row index out of range");
    return -1;
  }
  return set_line(self, Line::Row, int(index), item);
}

bool slice_range(const Value* m, PyObject* key, Py_ssize_t* begin, Py_ssize_t* count) {
  Py_ssize_t end, step;
  if (PySlice_Unpack(key, begin, &end, &step) < 0) {
    return false;
  }
  *count = PySlice_AdjustIndices(m->rows, begin, &end, step);
  if (step != 1 && *count > 0) {
    PyErr_SetString(PyExc_IndexError, "Matrix: slices with a step are not supported");
    return false;
  }
  return true;
}

PyObject* key_error(PyObject* key) {
  PyErr_Format(PyExc_TypeError, "Matrix indices must be integers, not %.200s",
               Py_TYPE(key)->tp_name);
  return nullptr;
}

PyObject* matrix_subscript(PyObject* self, PyObject* key) {
  const Value* m = as_value(self);
  if (PyIndex_Check(key)) {
    const Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) {
      return nullptr;
    }
    return matrix_item(self, index < 0 ? index + m->rows : index);
  }
  if (!PySlice_Check(key)) {
    return key_error(key);
  }
  Py_ssize_t begin, count;
  if (!slice_range(m, key, &begin, &count)) {
    return nullptr;
  }
  PyRef tuple = PyRef::steal(PyTuple_New(count));
  for (Py_ssize_t i = 0; tuple && i < count; ++i) {
    PyObject* row = new_line_view(self, Line::Row, int(begin + i));
    if (row == nullptr) {
      return nullptr;
    }
    PyTuple_SET_ITEM(tuple.get(), i, row);
  }
  return tuple.release();
}

int set_rows(PyObject* self, PyObject* key, PyObject* item) {
  Value* m = as_value(self);
  Py_ssize_t begin, count;
  if (!slice_range(m, key, &begin, &count)) {
    return -1;
  }
  const PyRef rows = PyRef::steal(PySequence_Tuple(item));
  if (!rows) {
    return -1;
  }
  if (PyTuple_GET_SIZE(rows.get()) != count) {
    PyErr_Format(PyExc_ValueError, "Matrix: %zd rows cannot replace %zd",
                 PyTuple_GET_SIZE(rows.get()), count);
    return -1;
  }
  float values[16];
  const int columns = m->columns;
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (parse_floats(PyTuple_GET_ITEM(rows.get(), i), columns, columns, values + i * columns,
                     "Matrix rows") < 0) {
      return -1;
    }
  }
  if (!read_for_write(m)) {
    return -1;
  }
  if (m->columns != columns || begin + count > m->rows) {
    PyErr_SetString(PyExc_ValueError, "Matrix: it was resized while its rows were read");
    return -1;
  }
  std::copy_n(values, count * columns, m->values + begin * columns);
  return write(m) ? 0 : -1;
}

int matrix_set_subscript(PyObject* self, PyObject* key, PyObject* item) {
  if (PyIndex_Check(key)) {
    const Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) {
      return -1;
    }
    return matrix_set_item(self, index < 0 ? index + as_value(self)->rows : index, item);
  }
  if (!PySlice_Check(key)) {
    key_error(key);
    return -1;
  }
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Matrix: rows cannot be deleted");
    return -1;
  }
  return require_mutable(as_value(self)) ? set_rows(self, key, item) : -1;
}

const PyType_Slot slots[] = {
    {Py_sq_length, reinterpret_cast<void*>(matrix_length)},
    {Py_sq_item, reinterpret_cast<void*>(matrix_item)},
    {Py_sq_ass_item, reinterpret_cast<void*>(matrix_set_item)},
    {Py_mp_length, reinterpret_cast<void*>(matrix_length)},
    {Py_mp_subscript, reinterpret_cast<void*>(matrix_subscript)},
    {Py_mp_ass_subscript, reinterpret_cast<void*>(matrix_set_subscript)},
};

}  // namespace

const std::span<const PyType_Slot> matrix_items = slots;

}  // namespace kiln::python::mathutils
