#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "python/mathutils/vector.h"

namespace kiln::python::mathutils {
namespace {

/// Both operands as current vectors of one size; AttributeError or ValueError (`size_exception`)
/// else.
bool read_pair(PyObject* left, PyObject* right, const char* operation, PyObject* size_exception) {
  if (!is_vector(left) || !is_vector(right)) {
    operand_error(PyExc_AttributeError, operation, left, right);
    return false;
  }
  if (!read(as_value(left)) || !read(as_value(right))) {
    return false;
  }
  if (as_value(left)->size != as_value(right)->size) {
    PyErr_Format(size_exception, "Vector: (%dD %s %dD) vectors should have the same size",
                 as_value(left)->size, operation, as_value(right)->size);
    return false;
  }
  return true;
}

template <typename Operation>
void combine(const float* a, const float* b, float* result, int size, Operation operation) {
  for (int i = 0; i < size; ++i) {
    result[i] = operation(a[i], b[i]);
  }
}

template <typename Operation>
PyObject* add_or_subtract(PyObject* left, PyObject* right, const char* name, Operation operation) {
  if (!read_pair(left, right, name, PyExc_AttributeError)) {
    return nullptr;
  }
  Value* a = as_value(left);
  Value* result = new_vector_like(a, a->size);
  if (result != nullptr) {
    combine(a->values, as_value(right)->values, result->values, a->size, operation);
  }
  return as_object(result);
}

template <typename Operation>
PyObject* add_or_subtract_in_place(PyObject* left, PyObject* right, const char* name,
                                   Operation operation) {
  if (is_vector(left) && !require_mutable(as_value(left))) {
    return nullptr;
  }
  if (!read_pair(left, right, name, PyExc_AttributeError)) {
    return nullptr;
  }
  Value* a = as_value(left);
  combine(a->values, as_value(right)->values, a->values, a->size, operation);
  return write(a) ? Py_NewRef(left) : nullptr;
}

PyObject* vector_add(PyObject* left, PyObject* right) {
  return add_or_subtract(left, right, "+", std::plus<float>());
}
PyObject* vector_subtract(PyObject* left, PyObject* right) {
  return add_or_subtract(left, right, "-", std::minus<float>());
}
PyObject* vector_add_in_place(PyObject* left, PyObject* right) {
  return add_or_subtract_in_place(left, right, "+=", std::plus<float>());
}
PyObject* vector_subtract_in_place(PyObject* left, PyObject* right) {
  return add_or_subtract_in_place(left, right, "-=", std::minus<float>());
}

PyObject* scaled_copy(Value* v, double factor) {
  if (!read(v)) {
    return nullptr;
  }
  Value* result = new_vector_like(v, v->size);
  for (int i = 0; result != nullptr && i < v->size; ++i) {
    result->values[i] = float(v->values[i] * factor);
  }
  return as_object(result);
}

PyObject* vector_multiply(PyObject* left, PyObject* right) {
  if (is_vector(left) && is_vector(right)) {
    if (!read_pair(left, right, "*", PyExc_ValueError)) {
      return nullptr;
    }
    Value* a = as_value(left);
    Value* result = new_vector_like(a, a->size);
    if (result != nullptr) {
      combine(a->values, as_value(right)->values, result->values, a->size,
              std::multiplies<float>());
    }
    return as_object(result);
  }
  PyObject* vector = is_vector(left) ? left : right;
  float factor;
  return parse_scalar_operand(vector == left ? right : left, &factor, "*", left, right)
             ? scaled_copy(as_value(vector), factor)
             : nullptr;
}

PyObject* vector_multiply_in_place(PyObject* left, PyObject* right) {
  Value* a = as_value(left);
  if (!require_mutable(a)) {
    return nullptr;
  }
  if (is_vector(right)) {
    if (!read_pair(left, right, "*=", PyExc_ValueError)) {
      return nullptr;
    }
    combine(a->values, as_value(right)->values, a->values, a->size, std::multiplies<float>());
  } else {
    float factor;
    if (!parse_scalar_operand(right, &factor, "*=", left, right) || !read_for_write(a)) {
      return nullptr;
    }
    scale(a->values, a->size, factor);
  }
  return write(a) ? Py_NewRef(left) : nullptr;
}

bool divisor(PyObject* left, PyObject* right, float* result) {
  if (!is_vector(left)) {
    operand_error(PyExc_TypeError, "/", left, right);
    return false;
  }
  if (!parse_scalar_operand(right, result, "/", left, right)) {
    return false;
  }
  if (*result == 0.0f) {
    PyErr_SetString(PyExc_ZeroDivisionError, "Vector: division by zero");
    return false;
  }
  return true;
}

PyObject* vector_divide(PyObject* left, PyObject* right) {
  float number;
  return divisor(left, right, &number) ? scaled_copy(as_value(left), 1.0 / number) : nullptr;
}

PyObject* vector_divide_in_place(PyObject* left, PyObject* right) {
  Value* a = as_value(left);
  float number;
  if (!require_mutable(a) || !divisor(left, right, &number) || !read_for_write(a)) {
    return nullptr;
  }
  scale(a->values, a->size, 1.0 / number);
  return write(a) ? Py_NewRef(left) : nullptr;
}

/// A row vector times a matrix; a 3D vector meets a matrix of four rows as a point.
PyObject* row_times_matrix(Value* v, Value* m) {
  if (!read(v) || !read(m)) {
    return nullptr;
  }
  const bool is_point = v->size == 3 && m->rows == 4;
  if (v->size != m->rows && !is_point) {
    PyErr_Format(PyExc_ValueError,
                 "Vector @ Matrix: a %dD vector needs a matrix of as many rows, not %dx%d", v->size,
                 int(m->rows), int(m->columns));
    return nullptr;
  }
  const int size = is_point ? 3 : m->columns;
  Value* result = new_vector_like(v, size);
  for (int column = 0; result != nullptr && column < std::min(size, int(m->columns)); ++column) {
    double sum = 0.0;
    for (int row = 0; row < m->rows; ++row) {
      const double factor = row < v->size ? v->values[row] : 1.0;
      sum += factor * m->values[row * m->columns + column];
    }
    result->values[column] = float(sum);
  }
  return as_object(result);
}

PyObject* vector_matrix_multiply(PyObject* left, PyObject* right) {
  if (is_vector(left) && is_vector(right)) {
    if (!read_pair(left, right, "@", PyExc_ValueError)) {
      return nullptr;
    }
    return PyFloat_FromDouble(
        dot_product(as_value(left)->values, as_value(right)->values, as_value(left)->size));
  }
  if (is_vector(left) && is_matrix(right)) {
    return row_times_matrix(as_value(left), as_value(right));
  }
  return operand_error(PyExc_TypeError, "@", left, right);
}

PyObject* vector_matrix_multiply_in_place(PyObject* left, PyObject* right) {
  return operand_error(PyExc_TypeError, "@=", left, right);
}

PyObject* vector_negative(PyObject* self) {
  return scaled_copy(as_value(self), -1.0);
}
PyObject* vector_positive(PyObject* self) {
  return copy_value(as_value(self));
}

PyObject* vector_compare(PyObject* left, PyObject* right, int operation) {
  if (operation == Py_EQ || operation == Py_NE) {
    return value_compare(left, right, operation);
  }
  // Order is by length; vectors of different sizes have none.
  if (!is_vector(left) || !is_vector(right)) {
    Py_RETURN_FALSE;
  }
  Value* a = as_value(left);
  Value* b = as_value(right);
  if (!read(a) || !read(b)) {
    return nullptr;
  }
  if (a->size != b->size) {
    Py_RETURN_FALSE;
  }
  const double length_a = squared_length(a->values, a->size);
  const double length_b = squared_length(b->values, b->size);
  const bool is_close = std::abs(length_a - length_b) < 1e-6;
  bool result = false;
  switch (operation) {
    case Py_LT:
      result = length_a < length_b;
      break;
    case Py_LE:
      result = length_a < length_b || is_close;
      break;
    case Py_GT:
      result = length_a > length_b;
      break;
    case Py_GE:
      result = length_a > length_b || is_close;
      break;
  }
  return PyBool_FromLong(result);
}

const PyType_Slot slots[] = {
    {Py_tp_richcompare, reinterpret_cast<void*>(vector_compare)},
    {Py_nb_add, reinterpret_cast<void*>(vector_add)},
    {Py_nb_subtract, reinterpret_cast<void*>(vector_subtract)},
    {Py_nb_multiply, reinterpret_cast<void*>(vector_multiply)},
    {Py_nb_true_divide, reinterpret_cast<void*>(vector_divide)},
    {Py_nb_matrix_multiply, reinterpret_cast<void*>(vector_matrix_multiply)},
    {Py_nb_inplace_add, reinterpret_cast<void*>(vector_add_in_place)},
    {Py_nb_inplace_subtract, reinterpret_cast<void*>(vector_subtract_in_place)},
    {Py_nb_inplace_multiply, reinterpret_cast<void*>(vector_multiply_in_place)},
    {Py_nb_inplace_true_divide, reinterpret_cast<void*>(vector_divide_in_place)},
    {Py_nb_inplace_matrix_multiply, reinterpret_cast<void*>(vector_matrix_multiply_in_place)},
    {Py_nb_negative, reinterpret_cast<void*>(vector_negative)},
    {Py_nb_positive, reinterpret_cast<void*>(vector_positive)},
};

}  // namespace

const std::span<const PyType_Slot> vector_operators = slots;

}  // namespace kiln::python::mathutils
