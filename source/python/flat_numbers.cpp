// Numbers of nested sequences in one block of memory, which bulk access takes as it is.
#include "python/flat_numbers.h"

#include <cstdint>
#include <cstring>
#include <vector>

namespace kiln::python {
namespace {

// One number; false with an exception set.
bool convert(PyObject* object, float* out) {
  if (PyFloat_CheckExact(object)) {
    *out = float(PyFloat_AS_DOUBLE(object));
    return true;
  }
  const double value = PyFloat_AsDouble(object);
  *out = float(value);
  return value != -1.0 || !PyErr_Occurred();
}

bool convert(PyObject* object, std::int32_t* out) {
  const long value = PyLong_AsLong(object);
  if (value == -1 && PyErr_Occurred()) {
    return false;
  }
  if (value < INT32_MIN || value > INT32_MAX) {
    PyErr_Format(PyExc_OverflowError, "%ld does not fit into 32 bits", value);
    return false;
  }
  *out = std::int32_t(value);
  return true;
}

// Appends the numbers of a row. Converting runs code of the numbers, which may change a list: what
// is gone through is a tuple.
template <typename T>
bool append_row(PyObject* row, std::vector<T>& out) {
  const PyRef items =
      PyRef::steal(PyTuple_CheckExact(row) ? Py_NewRef(row) : PySequence_Tuple(row));
  if (!items) {
    return false;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(items.get());
  for (Py_ssize_t i = 0; i < count; ++i) {
    T value{};
    if (!convert(PyTuple_GET_ITEM(items.get(), i), &value)) {
      return false;
    }
    out.push_back(value);
  }
  return true;
}

// A buffer of these numbers.
template <typename T>
PyObject* buffer_of(const std::vector<T>& values, const char* format) {
  const PyRef bytes = PyRef::steal(PyBytes_FromStringAndSize(
      reinterpret_cast<const char*>(values.data()), Py_ssize_t(values.size() * sizeof(T))));
  const PyRef view = PyRef::steal(bytes ? PyMemoryView_FromObject(bytes.get()) : nullptr);
  return view ? PyObject_CallMethod(view.get(), "cast", "s", format) : nullptr;
}

template <typename T>
bool flatten(PyObject* rows, std::vector<T>& values, std::vector<std::int32_t>* sizes) {
  const PyRef items = PyRef::steal(PySequence_Tuple(rows));
  if (!items) {
    return false;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(items.get());
  values.reserve(std::size_t(count) * (sizes ? 4 : 3));
  for (Py_ssize_t i = 0; i < count; ++i) {
    const std::size_t before = values.size();
    if (!append_row(PyTuple_GET_ITEM(items.get(), i), values)) {
      return false;
    }
    if (sizes) {
      sizes->push_back(std::int32_t(values.size() - before));
    }
  }
  return true;
}

PyObject* flat_floats(PyObject*, PyObject* rows) {
  std::vector<float> values;
  return flatten(rows, values, nullptr) ? buffer_of(values, "f") : nullptr;
}

PyObject* flat_ints(PyObject*, PyObject* rows) {
  std::vector<std::int32_t> values, sizes;
  if (!flatten(rows, values, &sizes)) {
    return nullptr;
  }
  const PyRef first = PyRef::steal(buffer_of(values, "i")),
              second = PyRef::steal(buffer_of(sizes, "i"));
  return first && second ? PyTuple_Pack(2, first.get(), second.get()) : nullptr;
}

PyMethodDef functions[] = {
    {"flat_floats", flat_floats, METH_O,
     "flat_floats(rows): the numbers of all rows in one buffer"},
    {"flat_ints", flat_ints, METH_O,
     "flat_ints(rows): the same for whole numbers, and the lengths of the rows"},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_flat_number_functions(PyObject* module) {
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
