#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

/// Both operands as current matrices of one size; TypeError, or ValueError for the size.
bool read_pair(PyObject* left, PyObject* right, const char* operation) {
  if (!is_matrix(left) || !is_matrix(right)) {
    operand_error(PyExc_TypeError, operation, left, right);
    return false;
  }
  const Value* a = as_value(left);
  const Value* b = as_value(right);
  if (!read(as_value(left)) || !read(as_value(right))) {
    return false;
  }
  if (a->rows != b->rows || a->columns != b->columns) {
    PyErr_Format(PyExc_ValueError, "Matrix: (%dx%d %s %dx%d) matrices should have the same size",
                 int(a->rows), int(a->columns), operation, int(b->rows), int(b->columns));
    return false;
  }
  return true;
}

template <typename Operation>
PyObject* by_element(PyObject* left, PyObject* right, const char* name, Operation operation) {
  if (!read_pair(left, right, name)) {
    return nullptr;
  }
  const Value* a = as_value(left);
  Value* result = new_like(a, a->rows, a->columns);
  for (int i = 0; result != nullptr && i < a->size; ++i) {
    result->values[i] = operation(a->values[i], as_value(right)->values[i]);
  }
  return as_object(result);
}

PyObject* matrix_add(PyObject* left, PyObject* right) {
  return by_element(left, right, "+", std::plus<float>());
}
PyObject* matrix_subtract(PyObject* left, PyObject* right) {
  return by_element(left, right, "-", std::minus<float>());
}

PyObject* matrix_multiply(PyObject* left, PyObject* right) {
  if (is_matrix(left) && is_matrix(right)) {
    return by_element(left, right, "*", std::multiplies<float>());
  }
  PyObject* matrix = is_matrix(left) ? left : right;
  float factor;
  if (!parse_scalar_operand(matrix == left ? right : left, &factor, "*", left, right) ||
      !read(as_value(matrix))) {
    return nullptr;
  }
  const Value* m = as_value(matrix);
  Value* result = new_like(m, m->rows, m->columns);
  for (int i = 0; result != nullptr && i < m->size; ++i) {
    result->values[i] = m->values[i] * factor;
  }
  return as_object(result);
}

PyObject* matrix_multiply_in_place(PyObject* left, PyObject* right) {
  Value* m = as_value(left);
  if (!require_mutable(m)) {
    return nullptr;
  }
  if (is_matrix(right)) {
    if (!read_pair(left, right, "*=")) {
      return nullptr;
    }
    for (int i = 0; i < m->size; ++i) {
      m->values[i] *= as_value(right)->values[i];
    }
  } else {
    float factor;
    if (!parse_scalar_operand(right, &factor, "*=", left, right) || !read_for_write(m)) {
      return nullptr;
    }
    for (int i = 0; i < m->size; ++i) {
      m->values[i] *= factor;
    }
  }
  return write(m) ? Py_NewRef(left) : nullptr;
}

/// The product of two current matrices, by rows; ValueError where their sizes do not fit.
bool multiply(const Value* a, const Value* b, float* result) {
  if (a->columns != b->rows) {
    PyErr_Format(PyExc_ValueError,
                 "Matrix: (%dx%d @ %dx%d) the first should have as many columns as the second rows",
                 int(a->rows), int(a->columns), int(b->rows), int(b->columns));
    return false;
  }
  for (int row = 0; row < a->rows; ++row) {
    for (int column = 0; column < b->columns; ++column) {
      double sum = 0.0;
      for (int i = 0; i < a->columns; ++i) {
        sum += double(element(a, row, i)) * element(b, i, column);
      }
      result[row * b->columns + column] = float(sum);
    }
  }
  return true;
}

/// A matrix times a column vector; a 3D vector meets a matrix of four columns as a point.
PyObject* multiply_vector(Value* m, PyObject* vector) {
  Value* v = as_value(vector);
  if (!read(m) || !read(v)) {
    return nullptr;
  }
  const bool is_point = v->size == 3 && m->columns == 4;
  if (v->size != m->columns && !is_point) {
    PyErr_Format(PyExc_ValueError,
                 "Matrix @ Vector: a %dD vector needs a matrix of as many columns, not %dx%d",
                 v->size, int(m->rows), int(m->columns));
    return nullptr;
  }
  const int size = is_point ? std::min<int>(m->rows, 3) : m->rows;
  Value* result = new_value(v->state, Kind::Vector, Py_TYPE(vector), size);
  for (int row = 0; result != nullptr && row < size; ++row) {
    double sum = 0.0;
    for (int column = 0; column < m->columns; ++column) {
      sum += double(element(m, row, column)) * (column < v->size ? v->values[column] : 1.0);
    }
    result->values[row] = float(sum);
  }
  return as_object(result);
}

PyObject* matrix_matrix_multiply(PyObject* left, PyObject* right) {
  if (is_matrix(left) && is_vector(right)) {
    return multiply_vector(as_value(left), right);
  }
  if (!is_matrix(left) || !is_matrix(right)) {
    return operand_error(PyExc_TypeError, "@", left, right);
  }
  Value* a = as_value(left);
  Value* b = as_value(right);
  float product[16];
  if (!read(a) || !read(b) || !multiply(a, b, product)) {
    return nullptr;
  }
  Value* result = new_like(a, a->rows, b->columns);
  if (result != nullptr) {
    std::copy_n(product, result->size, result->values);
  }
  return as_object(result);
}

PyObject* matrix_matrix_multiply_in_place(PyObject* left, PyObject* right) {
  if (!is_matrix(left) || !is_matrix(right)) {
    return operand_error(PyExc_TypeError, "@=", left, right);
  }
  Value* a = as_value(left);
  Value* b = as_value(right);
  float product[16];
  if (!read(b) || !read_for_write(a) || !multiply(a, b, product)) {
    return nullptr;
  }
  if (a->columns != b->columns) {
    PyErr_SetString(PyExc_ValueError, "Matrix @= Matrix: the product has another size");
    return nullptr;
  }
  std::copy_n(product, a->size, a->values);
  return write(a) ? Py_NewRef(left) : nullptr;
}

PyObject* matrix_invert_operator(PyObject* self) {
  const PyRef no_arguments = PyRef::steal(PyTuple_New(0));
  return no_arguments ? matrix_inverted(self, no_arguments.get()) : nullptr;
}

const PyType_Slot slots[] = {
    {Py_nb_add, reinterpret_cast<void*>(matrix_add)},
    {Py_nb_subtract, reinterpret_cast<void*>(matrix_subtract)},
    {Py_nb_multiply, reinterpret_cast<void*>(matrix_multiply)},
    {Py_nb_matrix_multiply, reinterpret_cast<void*>(matrix_matrix_multiply)},
    {Py_nb_inplace_multiply, reinterpret_cast<void*>(matrix_multiply_in_place)},
    {Py_nb_inplace_matrix_multiply, reinterpret_cast<void*>(matrix_matrix_multiply_in_place)},
    {Py_nb_invert, reinterpret_cast<void*>(matrix_invert_operator)},
};

}  // namespace

const std::span<const PyType_Slot> matrix_operators = slots;

}  // namespace kiln::python::mathutils
