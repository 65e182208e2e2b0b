#include <cmath>
#include <cstring>
#include <limits>

#include "python/mathutils/value.h"

/// Reading arguments. Elements of a sequence may run any code (__getitem__, __float__, __index__),
/// so every element is held by a reference of its own, and sizes of lists are looked at again
/// before each one.
namespace kiln::python::mathutils {
namespace {

bool convert(PyObject* item, double* result) {
  if (PyFloat_CheckExact(item)) {
    *result = PyFloat_AS_DOUBLE(item);
    return true;
  }
  *result = PyFloat_AsDouble(item);
  return !(*result == -1.0 && PyErr_Occurred());
}

bool convert(PyObject* item, float* result) {
  double number;
  if (!convert(item, &number)) {
    return false;
  }
  *result = float(number);
  return true;
}

bool convert(PyObject* item, int* result) {
  const PyRef index = PyRef::steal(PyNumber_Index(item));
  if (!index) {
    return false;
  }
  int overflow = 0;
  const long number = PyLong_AsLongAndOverflow(index.get(), &overflow);
  if (overflow != 0 || number < std::numeric_limits<int>::min() ||
      number > std::numeric_limits<int>::max()) {
    PyErr_SetString(PyExc_OverflowError, "integer out of range");
    return false;
  }
  *result = int(number);
  return !(number == -1 && PyErr_Occurred());
}

/// Replaces whatever the conversion raised, but neither an interrupt nor a lack of memory.
void number_error(const char* prefix, Py_ssize_t index, PyObject* item) {
  if (PyErr_Occurred() &&
      (!PyErr_ExceptionMatches(PyExc_Exception) || PyErr_ExceptionMatches(PyExc_MemoryError) ||
       PyErr_ExceptionMatches(PyExc_ReferenceError))) {
    return;
  }
  PyErr_Format(PyExc_TypeError, "%s: item %zd should be a number, not %.200s", prefix, index,
               Py_TYPE(item)->tp_name);
}

void size_error(const char* prefix, Py_ssize_t size, int min_count, int max_count) {
  if (min_count == max_count) {
    PyErr_Format(PyExc_ValueError, "%s: sequence length is %zd, expected %d", prefix, size,
                 min_count);
  } else if (max_count == max_parsed_values) {
    PyErr_Format(PyExc_ValueError, "%s: sequence length is %zd, expected at least %d", prefix, size,
                 min_count);
  } else {
    PyErr_Format(PyExc_ValueError, "%s: sequence length is %zd, expected %d to %d", prefix, size,
                 min_count, max_count);
  }
}

/// An iterator without an end should fail before the memory does.
constexpr int max_gathered_values = 1 << 24;

/// The elements of any iterable as a list, at most `max_count` + 1 of them.
PyRef gather(PyObject* value, int max_count, const char* prefix) {
  const PyRef iterator = PyRef::steal(PyObject_GetIter(value));
  if (!iterator) {
    if (PyErr_ExceptionMatches(PyExc_TypeError)) {
      PyErr_Format(PyExc_TypeError, "%s: expected a sequence of numbers, not %.200s", prefix,
                   Py_TYPE(value)->tp_name);
    }
    return PyRef();
  }
  PyRef list = PyRef::steal(PyList_New(0));
  while (list && PyList_GET_SIZE(list.get()) <= max_count) {
    if (PyList_GET_SIZE(list.get()) == max_gathered_values) {
      PyErr_Format(PyExc_ValueError, "%s: more than %d values", prefix, max_gathered_values);
      return PyRef();
    }
    const PyRef item = PyRef::steal(PyIter_Next(iterator.get()));
    if (!item) {
      return PyErr_Occurred() ? PyRef() : std::move(list);
    }
    if (PyList_Append(list.get(), item.get()) < 0) {
      return PyRef();
    }
  }
  return list;
}

/// Converts the elements of a list or tuple; `resize(count)` gives the place for them.
template <typename T, typename Resize>
int parse_fast(PyObject* sequence, int min_count, int max_count, const Resize& resize,
               const char* prefix) {
  const Py_ssize_t size = PySequence_Fast_GET_SIZE(sequence);
  if (size < min_count || size > max_count) {
    size_error(prefix, size, min_count, max_count);
    return -1;
  }
  T* result = resize(int(size));
  if (result == nullptr) {
    return -1;
  }
  for (Py_ssize_t i = 0; i < size; ++i) {
    if (i >= PySequence_Fast_GET_SIZE(sequence)) {
      PyErr_Format(PyExc_ValueError, "%s: the sequence changed its size while it was read", prefix);
      return -1;
    }
    PyObject* borrowed = PySequence_Fast_GET_ITEM(sequence, i);
    if (PyFloat_CheckExact(borrowed)) {
      if (!convert(borrowed, &result[i])) {
        number_error(prefix, i, borrowed);
        return -1;
      }
      continue;
    }
    const PyRef item = PyRef::borrow(borrowed);
    if (!convert(item.get(), &result[i])) {
      number_error(prefix, i, item.get());
      return -1;
    }
  }
  return int(size);
}

template <typename T, typename Resize>
int parse_numbers(PyObject* value, int min_count, int max_count, const Resize& resize,
                  const char* prefix) {
  if (PyTuple_CheckExact(value) || PyList_CheckExact(value)) {
    return parse_fast<T>(value, min_count, max_count, resize, prefix);
  }
  if constexpr (std::is_same_v<T, float>) {
    // A value of this module, unless a derived class shows itself differently.
    if (is_value(value) && Py_TYPE(value)->tp_as_mapping->mp_subscript == row_subscript) {
      Value* numbers = as_value(value);
      if (!read(numbers)) {
        return -1;
      }
      if (numbers->size < min_count || numbers->size > max_count) {
        size_error(prefix, numbers->size, min_count, max_count);
        return -1;
      }
      float* result = resize(numbers->size);
      if (result == nullptr) {
        return -1;
      }
      std::copy_n(numbers->values, numbers->size, result);
      return numbers->size;
    }
  }
  const PyRef list = gather(value, max_count, prefix);
  return list ? parse_fast<T>(list.get(), min_count, max_count, resize, prefix) : -1;
}

template <typename T>
auto resize_vector(std::vector<T>& result) {
  return [&result](int count) -> T* {
    try {
      result.resize(std::size_t(count) + 1);  // never empty, so that there is a pointer
    } catch (const std::bad_alloc&) {
      PyErr_NoMemory();
      return nullptr;
    }
    result.pop_back();
    return result.data();
  };
}

}  // namespace

bool parse_double(PyObject* value, double* result, const char* prefix) {
  if (convert(value, result)) {
    return true;
  }
  if (PyErr_ExceptionMatches(PyExc_Exception) && !PyErr_ExceptionMatches(PyExc_MemoryError) &&
      !PyErr_ExceptionMatches(PyExc_ReferenceError)) {
    PyErr_Format(PyExc_TypeError, "%s: expected a number, not %.200s", prefix,
                 Py_TYPE(value)->tp_name);
  }
  return false;
}

bool parse_float(PyObject* value, float* result, const char* prefix) {
  double number;
  if (!parse_double(value, &number, prefix)) {
    return false;
  }
  *result = float(number);
  return true;
}

int parse_floats(PyObject* value, int min_count, int max_count, float* result, const char* prefix) {
  return parse_numbers<float>(
      value, min_count, max_count, [result](int) { return result; }, prefix);
}

bool parse_floats(PyObject* value, int min_count, std::vector<float>& result, const char* prefix) {
  return parse_numbers<float>(value, min_count, max_parsed_values, resize_vector(result), prefix) >=
         0;
}

float* Floats::resize(int count) {
  if (count <= in_place) {
    size_ = count;
    return few_;
  }
  float* result = resize_vector(many_)(count);
  if (result != nullptr) {
    size_ = count;
  }
  return result;
}

bool parse_floats(PyObject* value, int min_count, int max_count, Floats& result,
                  const char* prefix) {
  const auto resize = [&result](int count) { return result.resize(count); };
  return parse_numbers<float>(value, min_count, max_count, resize, prefix) >= 0;
}

bool parse_floats(PyObject* value, int min_count, Floats& result, const char* prefix) {
  return parse_floats(value, min_count, max_parsed_values, result, prefix);
}

int parse_ints(PyObject* value, int min_count, int max_count, int* result, const char* prefix) {
  return parse_numbers<int>(
      value, min_count, max_count, [result](int) { return result; }, prefix);
}

bool parse_ints(PyObject* value, int min_count, std::vector<int>& result, const char* prefix) {
  return parse_numbers<int>(value, min_count, max_parsed_values, resize_vector(result), prefix) >=
         0;
}

bool parse_float3(PyObject* value, float3* result, const char* prefix) {
  return parse_floats(value, 3, 3, &result->x, prefix) == 3;
}

bool parse_matrix(PyObject* value, int rows, int columns, float* result, const char* prefix) {
  if (is_matrix(value)) {
    Value* matrix = as_value(value);
    if (!read(matrix)) {
      return false;
    }
    if (matrix->rows != rows || matrix->columns != columns) {
      PyErr_Format(PyExc_ValueError, "%s: expected a %dx%d matrix, not %dx%d", prefix, rows,
                   columns, int(matrix->rows), int(matrix->columns));
      return false;
    }
    std::copy_n(matrix->values, rows * columns, result);
    return true;
  }
  const PyRef list = gather(value, rows, prefix);
  if (!list) {
    return false;
  }
  if (PyList_GET_SIZE(list.get()) != rows) {
    size_error(prefix, PyList_GET_SIZE(list.get()), rows, rows);
    return false;
  }
  for (int row = 0; row < rows; ++row) {
    if (parse_floats(PyList_GET_ITEM(list.get(), row), columns, columns, result + row * columns,
                     prefix) < 0) {
      return false;
    }
  }
  return true;
}

int convert_bool(PyObject* value, void* result) {
  const long number = PyLong_Check(value) ? PyLong_AsLong(value) : -1;
  if (number == 0 || number == 1) {
    *static_cast<int*>(result) = int(number);
    return 1;
  }
  PyErr_Format(PyExc_ValueError, "expected a bool or 0 or 1, not %.200s", Py_TYPE(value)->tp_name);
  return 0;
}

bool parse_float3s(PyObject* value, int min_size, std::vector<float3>& result, const char* prefix) {
  const PyRef list = gather(value, max_parsed_values, prefix);
  if (!list) {
    return false;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list.get()); ++i) {
    const PyRef item = PyRef::borrow(PyList_GET_ITEM(list.get(), i));
    float3 vector;
    if (parse_floats(item.get(), min_size, 3, &vector.x, prefix) < 0) {
      return false;
    }
    result.push_back(vector);
  }
  return true;
}

bool parse_float2s(PyObject* value, std::vector<float2>& result, const char* prefix) {
  const PyRef list = gather(value, max_parsed_values, prefix);
  if (!list) {
    return false;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list.get()); ++i) {
    const PyRef item = PyRef::borrow(PyList_GET_ITEM(list.get(), i));
    float2 vector;
    if (parse_floats(item.get(), 2, 2, &vector.x, prefix) < 0) {
      return false;
    }
    result.push_back(vector);
  }
  return true;
}

PyObject* new_int_list(std::span<const int> numbers) {
  return new_list(numbers.size(), [&](std::size_t i) { return PyLong_FromLong(numbers[i]); });
}

const char* euler_order_name(EulerOrder order) {
  constexpr const char* names[] = {"XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"};
  return names[int(order)];
}

bool parse_euler_order(const char* text, EulerOrder* order, const char* prefix) {
  for (int i = 0; i < 6; ++i) {
    if (std::strcmp(text, euler_order_name(EulerOrder(i))) == 0) {
      *order = EulerOrder(i);
      return true;
    }
  }
  PyErr_Format(PyExc_ValueError,
               "%s: invalid Euler order '%.20s', expected XYZ, XZY, YXZ, YZX, ZXY or ZYX", prefix,
               text);
  return false;
}

}  // namespace kiln::python::mathutils
