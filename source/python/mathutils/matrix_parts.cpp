#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

float3x3 unit_columns(const Value* m) {
  float3x3 columns = transpose(upper3x3(m));
  for (float3& column : columns.rows) {
    column = normalize(column);
  }
  return transpose(columns);
}

/// Lengths of the columns, negative for a mirrored matrix.
float3 scale_of(const Value* m) {
  const float3x3 matrix = upper3x3(m);
  const float3x3 columns = transpose(matrix);
  const float sign = kiln::determinant(matrix) < 0.0f ? -1.0f : 1.0f;
  return float3{length(columns[0]), length(columns[1]), length(columns[2])} * sign;
}

PyObject* matrix_to_euler(PyObject* self, PyObject* args) {
  Value* m = as_value(self);
  const char* order_name = "XYZ";
  PyObject* compatible = nullptr;
  EulerOrder order;
  if (!PyArg_ParseTuple(args, "|sO!:to_euler", &order_name, m->state->types[int(Kind::Euler)],
                        &compatible) ||
      !parse_euler_order(order_name, &order, "Matrix.to_euler()") ||
      (compatible != nullptr && !read(as_value(compatible))) || !read(m)) {
    return nullptr;
  }
  if (!is_3x3_or_4x4(m)) {
    size_error(PyExc_ValueError, m, "Matrix.to_euler()", "3x3 or 4x4");
    return nullptr;
  }
  const float3x3 rotation = unit_columns(m);
  const float3 angles =
      compatible != nullptr
          ? matrix_to_compatible_euler(rotation, float3_of(as_value(compatible)), order)
          : kiln::matrix_to_euler(rotation, order);
  return new_euler(m->state, angles, order);
}

PyObject* matrix_to_quaternion_method(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  if (!is_3x3_or_4x4(m)) {
    size_error(PyExc_ValueError, m, "Matrix.to_quaternion()", "3x3 or 4x4");
    return nullptr;
  }
  return new_quaternion(m->state, matrix_to_quaternion(upper3x3(m)));
}

PyObject* matrix_to_translation(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  if (m->rows < 3 || m->columns < 4) {
    size_error(PyExc_ValueError, m, "Matrix.to_translation()", "4 columns");
    return nullptr;
  }
  const float offset[3] = {element(m, 0, 3), element(m, 1, 3), element(m, 2, 3)};
  return new_vector(m->state, offset);
}

PyObject* matrix_to_scale(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  if (!has_3x3(m)) {
    size_error(PyExc_ValueError, m, "Matrix.to_scale()", "at least 3x3");
    return nullptr;
  }
  const float3 scale = scale_of(m);
  return new_vector(m->state, {&scale.x, 3});
}

PyObject* matrix_decompose(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  if (m->rows != 4 || m->columns != 4) {
    size_error(PyExc_ValueError, m, "Matrix.decompose()", "4x4");
    return nullptr;
  }
  const float location[3] = {element(m, 0, 3), element(m, 1, 3), element(m, 2, 3)};
  const Quaternion rotation = matrix_to_quaternion(upper3x3(m));
  const float3 scale = scale_of(m);
  return Py_BuildValue("(NNN)", new_vector(m->state, location), new_quaternion(m->state, rotation),
                       new_vector(m->state, {&scale.x, 3}));
}

PyObject* matrix_determinant(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  return read(m) && require_square(m, "Matrix.determinant()") ? PyFloat_FromDouble(determinant(m))
                                                              : nullptr;
}

PyObject* matrix_lerp(PyObject* self, PyObject* args) {
  Value* m = as_value(self);
  PyObject* argument;
  float factor;
  if (!PyArg_ParseTuple(args, "O!f:lerp", m->state->types[int(Kind::Matrix)], &argument, &factor) ||
      !read(m) || !read(as_value(argument))) {
    return nullptr;
  }
  const Value* other = as_value(argument);
  if (m->rows != other->rows || m->columns != other->columns) {
    PyErr_SetString(PyExc_ValueError, "Matrix.lerp(): both matrices should have the same size");
    return nullptr;
  }
  if (!is_3x3_or_4x4(m)) {
    size_error(PyExc_ValueError, m, "Matrix.lerp()", "3x3 or 4x4");
    return nullptr;
  }
  Value* result = new_like(m, m->rows, m->columns);
  if (result == nullptr) {
    return nullptr;
  }
  set_identity(result);
  set_upper3x3(result, interpolate(upper3x3(m), upper3x3(other), factor));
  for (int row = 0; m->columns == 4 && row < 3; ++row) {
    element(result, row, 3) = lerp(element(m, row, 3), element(other, row, 3), factor);
  }
  return as_object(result);
}

constexpr PyMethodDef methods[] = {
    {"decompose", matrix_decompose, METH_NOARGS,
     ".. method:: decompose()\n\nLocation, rotation and scale of a 4x4 matrix."},
    {"determinant", matrix_determinant, METH_NOARGS,
     ".. method:: determinant()\n\nThe determinant."},
    {"lerp", matrix_lerp, METH_VARARGS,
     ".. method:: lerp(other, factor)\n\nInterpolates rotation and stretch apart."},
    {"to_euler", matrix_to_euler, METH_VARARGS,
     ".. method:: to_euler(order, euler_compat)\n\nThe rotation as Euler angles, of several "
     "sets "
     "the one nearest to euler_compat."},
    {"to_quaternion", matrix_to_quaternion_method, METH_NOARGS,
     ".. method:: to_quaternion()\n\nThe rotation as a quaternion."},
    {"to_scale", matrix_to_scale, METH_NOARGS,
     ".. method:: to_scale()\n\nThe lengths of the columns."},
    {"to_translation", matrix_to_translation, METH_NOARGS,
     ".. method:: to_translation()\n\nThe last column."},
};

}  // namespace

const std::span<const PyMethodDef> matrix_parts = methods;

}  // namespace kiln::python::mathutils
