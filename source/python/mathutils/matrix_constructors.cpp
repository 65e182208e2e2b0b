#include <cmath>
#include <cstring>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

Value* new_matrix_of(PyTypeObject* type, int rows, int columns) {
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  return module != nullptr ? new_matrix_value(state_of(module), type, rows, columns) : nullptr;
}

Value* new_identity(PyObject* type, int size) {
  Value* m = new_matrix_of(reinterpret_cast<PyTypeObject*>(type), size, size);
  for (int i = 0; m != nullptr && i < size; ++i) {
    element(m, i, i) = 1.0f;
  }
  return m;
}

bool check_size(int size, const char* function) {
  if (size >= 2 && size <= 4) {
    return true;
  }
  PyErr_Format(PyExc_ValueError, "%s: size should be 2, 3 or 4, not %d", function, size);
  return false;
}

PyObject* rows_error() {
  PyErr_SetString(PyExc_TypeError, "Matrix(): expected nothing, or 2 to 4 rows of 2 to 4 numbers");
  return nullptr;
}

}  // namespace

PyObject* matrix_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Matrix(): takes no keyword arguments");
    return nullptr;
  }
  if (PyTuple_GET_SIZE(args) == 0) {
    return as_object(new_identity(reinterpret_cast<PyObject*>(type), 4));
  }
  PyObject* argument = PyTuple_GET_ITEM(args, 0);
  if (PyTuple_GET_SIZE(args) > 1 || !PySequence_Check(argument)) {
    return rows_error();
  }
  const Py_ssize_t rows = PySequence_Size(argument);
  if (rows < 2 || rows > 4) {
    return PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_TypeError) ? nullptr : rows_error();
  }
  float numbers[16];
  int columns = 0;
  for (int row = 0; row < rows; ++row) {
    const PyRef item = PyRef::steal(PySequence_GetItem(argument, row));
    const int count = item
                          ? parse_floats(item.get(), row == 0 ? 2 : columns, row == 0 ? 4 : columns,
                                         numbers + row * columns, "Matrix()")
                          : -1;
    if (count < 0) {
      return PyErr_ExceptionMatches(PyExc_ValueError) || PyErr_ExceptionMatches(PyExc_TypeError) ||
                     PyErr_ExceptionMatches(PyExc_IndexError)
                 ? rows_error()
                 : nullptr;
    }
    columns = count;
  }
  Value* m = new_matrix_of(type, int(rows), columns);
  if (m != nullptr) {
    std::copy_n(numbers, m->size, m->values);
  }
  return as_object(m);
}

namespace {

PyObject* matrix_identity(PyObject* type, PyObject* args) {
  int size;
  if (!PyArg_ParseTuple(args, "i:Matrix.Identity", &size)) {
    return nullptr;
  }
  if (size < 2 || size > 4) {
    PyErr_Format(PyExc_RuntimeError, "Matrix.Identity(): size should be 2, 3 or 4, not %d", size);
    return nullptr;
  }
  return as_object(new_identity(type, size));
}

PyObject* matrix_diagonal(PyObject* type, PyObject* argument) {
  float diagonal[4];
  const int size = parse_floats(argument, 2, 4, diagonal, "Matrix.Diagonal()");
  Value* m = size > 0 ? new_identity(type, size) : nullptr;
  for (int i = 0; m != nullptr && i < size; ++i) {
    element(m, i, i) = diagonal[i];
  }
  return as_object(m);
}

PyObject* matrix_translation(PyObject* type, PyObject* argument) {
  float offset[4];
  const int size = parse_floats(argument, 3, 4, offset, "Matrix.Translation()");
  Value* m = size > 0 ? new_identity(type, 4) : nullptr;
  for (int i = 0; m != nullptr && i < size; ++i) {
    element(m, i, 3) = offset[i];
  }
  return as_object(m);
}

PyObject* matrix_rotation(PyObject* type, PyObject* args) {
  double angle;
  int size;
  PyObject* axis_argument = nullptr;
  if (!PyArg_ParseTuple(args, "di|O:Matrix.Rotation", &angle, &size, &axis_argument) ||
      !check_size(size, "Matrix.Rotation()")) {
    return nullptr;
  }
  float3 axis{0, 0, 1};
  if (axis_argument != nullptr && PyUnicode_Check(axis_argument)) {
    const char* name = PyUnicode_AsUTF8(axis_argument);
    if (name == nullptr) {
      return nullptr;
    }
    if (name[0] < 'X' || name[0] > 'Z' || name[1] != '\0') {
      PyErr_SetString(PyExc_ValueError,
                      "Matrix.Rotation(): axis should be a 3D vector, 'X', 'Y' or 'Z'");
      return nullptr;
    }
    if (size > 2) {
      axis = {};
      axis[name[0] - 'X'] = 1.0f;
    }
  } else if (axis_argument != nullptr) {
    if (size == 2) {
      PyErr_SetString(PyExc_ValueError, "Matrix.Rotation(): a 2x2 rotation has no axis");
      return nullptr;
    }
    if (!parse_float3(axis_argument, &axis, "Matrix.Rotation()")) {
      return nullptr;
    }
  } else if (size > 2) {
    PyErr_SetString(PyExc_ValueError, "Matrix.Rotation(): 3x3 and 4x4 rotations need an axis");
    return nullptr;
  }
  Value* m = new_identity(type, size);
  if (m == nullptr) {
    return nullptr;
  }
  const double sine = std::sin(angle), cosine = std::cos(angle);
  if (size == 2) {
    const float rotation[4] = {float(cosine), float(-sine), float(sine), float(cosine)};
    std::copy_n(rotation, 4, m->values);
    return as_object(m);
  }
  // Rodrigues' formula; no axis, no rotation.
  const float3 n = normalize(axis);
  if (n == float3{}) {
    return as_object(m);
  }
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    element(m, i, i) = float(cosine + n[i] * n[i] * (1.0 - cosine));
    element(m, i, j) = float(n[i] * n[j] * (1.0 - cosine) - n[k] * sine);
    element(m, i, k) = float(n[i] * n[k] * (1.0 - cosine) + n[j] * sine);
  }
  return as_object(m);
}

/// Identity plus `weight` times the square of the unit vector along `axis`; a zero axis gives NaN.
void add_along_axis(Value* m, const float* axis, int size, double weight) {
  double squared = 0.0;
  for (int i = 0; i < size; ++i) {
    squared += double(axis[i]) * axis[i];
  }
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      element(m, row, column) =
          float((row == column) + weight * axis[row] * axis[column] / squared);
    }
  }
}

PyObject* matrix_scale(PyObject* type, PyObject* args) {
  float factor;
  int size;
  PyObject* axis_argument = nullptr;
  if (!PyArg_ParseTuple(args, "fi|O:Matrix.Scale", &factor, &size, &axis_argument) ||
      !check_size(size, "Matrix.Scale()")) {
    return nullptr;
  }
  const int dimensions = std::min(size, 3);
  float axis[3];
  if (axis_argument != nullptr &&
      parse_floats(axis_argument, dimensions, dimensions, axis, "Matrix.Scale()") < 0) {
    return nullptr;
  }
  Value* m = new_identity(type, size);
  if (m == nullptr) {
    return nullptr;
  }
  if (axis_argument != nullptr) {
    add_along_axis(m, axis, dimensions, double(factor) - 1.0);
  } else {
    for (int i = 0; i < dimensions; ++i) {
      element(m, i, i) = factor;
    }
  }
  return as_object(m);
}

PyObject* matrix_ortho_projection(PyObject* type, PyObject* args) {
  PyObject* axis_argument;
  int size;
  if (!PyArg_ParseTuple(args, "Oi:Matrix.OrthoProjection", &axis_argument, &size) ||
      !check_size(size, "Matrix.OrthoProjection()")) {
    return nullptr;
  }
  const int dimensions = std::min(size, 3);
  if (!PyUnicode_Check(axis_argument)) {
    float axis[3];
    if (parse_floats(axis_argument, dimensions, dimensions, axis, "Matrix.OrthoProjection()") < 0) {
      return nullptr;
    }
    Value* m = new_identity(type, size);
    if (m != nullptr) {
      add_along_axis(m, axis, dimensions, -1.0);
    }
    return as_object(m);
  }
  const char* plane = PyUnicode_AsUTF8(axis_argument);
  if (plane == nullptr) {
    return nullptr;
  }
  const char* const flat_planes[] = {"X", "Y"};
  const char* const planes[] = {"XY", "XZ", "YZ"};
  const std::span<const char* const> names =
      size == 2 ? std::span<const char* const>(flat_planes) : std::span<const char* const>(planes);
  const auto found = std::find_if(names.begin(), names.end(), [plane](const char* name) {
    return std::strcmp(name, plane) == 0;
  });
  if (found == names.end()) {
    PyErr_Format(PyExc_ValueError, "Matrix.OrthoProjection(): unknown plane '%.20s', expected %s",
                 plane, size == 2 ? "X or Y" : "XY, XZ or YZ");
    return nullptr;
  }
  Value* m = new_identity(type, size);
  for (int i = 0; m != nullptr && i < dimensions; ++i) {
    element(m, i, i) = std::strchr(plane, "XYZ"[i]) != nullptr ? 1.0f : 0.0f;
  }
  return as_object(m);
}

PyObject* matrix_shear(PyObject* type, PyObject* args) {
  const char* plane;
  int size;
  PyObject* factor_argument;
  if (!PyArg_ParseTuple(args, "siO:Matrix.Shear", &plane, &size, &factor_argument) ||
      !check_size(size, "Matrix.Shear()")) {
    return nullptr;
  }
  float factors[2];
  if (size == 2) {
    const bool is_x = std::strcmp(plane, "X") == 0;
    if (!parse_float(factor_argument, &factors[0], "Matrix.Shear()")) {
      return nullptr;
    }
    if (!is_x && std::strcmp(plane, "Y") != 0) {
      PyErr_Format(PyExc_ValueError, "Matrix.Shear(): unknown plane '%.20s', expected X or Y",
                   plane);
      return nullptr;
    }
    Value* m = new_identity(type, 2);
    if (m != nullptr) {
      element(m, is_x ? 0 : 1, is_x ? 1 : 0) = factors[0];
    }
    return as_object(m);
  }
  if (parse_floats(factor_argument, 2, 2, factors, "Matrix.Shear()") < 0) {
    return nullptr;
  }
  // The two axes of the plane move along with the third.
  const char* const planes[] = {"XY", "XZ", "YZ"};
  for (int i = 0; i < 3; ++i) {
    if (std::strcmp(plane, planes[i]) == 0) {
      Value* m = new_identity(type, size);
      for (int j = 0; m != nullptr && j < 2; ++j) {
        element(m, plane[j] - 'X', 2 - i) = factors[j];
      }
      return as_object(m);
    }
  }
  PyErr_Format(PyExc_ValueError, "Matrix.Shear(): unknown plane '%.20s', expected XY, XZ or YZ",
               plane);
  return nullptr;
}

PyObject* matrix_loc_rot_scale(PyObject* type, PyObject* args) {
  PyObject *location_argument, *rotation_argument, *scale_argument;
  if (!PyArg_ParseTuple(args, "OOO:Matrix.LocRotScale", &location_argument, &rotation_argument,
                        &scale_argument)) {
    return nullptr;
  }
  float3 location, scale{1, 1, 1};
  float3x3 rotation;
  if (location_argument != Py_None &&
      !parse_float3(location_argument, &location, "Matrix.LocRotScale() location")) {
    return nullptr;
  }
  if (is_matrix(rotation_argument)) {
    if (!parse_matrix(rotation_argument, 3, 3, &rotation[0].x, "Matrix.LocRotScale() rotation")) {
      return nullptr;
    }
  } else if (is_quaternion(rotation_argument)) {
    if (!read(as_value(rotation_argument))) {
      return nullptr;
    }
    rotation = quaternion_to_matrix(quaternion_of(as_value(rotation_argument)));
  } else if (is_euler(rotation_argument)) {
    if (!parse_rotation(rotation_argument, &rotation, "Matrix.LocRotScale()")) {
      return nullptr;
    }
  } else if (rotation_argument != Py_None) {
    PyErr_SetString(PyExc_ValueError,
                    "Matrix.LocRotScale(): rotation should be a Matrix, Quaternion, Euler or None");
    return nullptr;
  }
  if (scale_argument != Py_None &&
      !parse_float3(scale_argument, &scale, "Matrix.LocRotScale() scale")) {
    return nullptr;
  }
  Value* m = new_identity(type, 4);
  if (m != nullptr) {
    const float4x4 transform = compose(location, rotation, scale);
    std::copy_n(&transform[0].x, 16, m->values);
  }
  return as_object(m);
}

constexpr PyMethodDef constructors[] = {
    {"Identity", matrix_identity, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Identity(size)\n\nThe identity."},
    {"Diagonal", matrix_diagonal, METH_O | METH_CLASS,
     ".. classmethod:: Diagonal(vector)\n\nA square matrix with that diagonal."},
    {"Translation", matrix_translation, METH_O | METH_CLASS,
     ".. classmethod:: Translation(vector)\n\nA 4x4 translation."},
    {"Rotation", matrix_rotation, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Rotation(angle, size, axis)\n\nA rotation about 'X', 'Y', 'Z' or a vector."},
    {"Scale", matrix_scale, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Scale(factor, size, axis)\n\nA scale, in all directions or along an axis."},
    {"Shear", matrix_shear, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Shear(plane, size, factor)\n\nA shear of the plane 'X', 'Y' (2x2), 'XY', "
     "'XZ' or 'YZ'."},
    {"OrthoProjection", matrix_ortho_projection, METH_VARARGS | METH_CLASS,
     ".. classmethod:: OrthoProjection(axis, size)\n\nThe projection onto a plane 'XY', 'XZ', "
     "'YZ', "
     "or along a vector."},
    {"LocRotScale", matrix_loc_rot_scale, METH_VARARGS | METH_CLASS,
     ".. classmethod:: LocRotScale(location, rotation, scale)\n\nA 4x4 transform; None leaves a "
     "part "
     "out."},
};

}  // namespace

const std::span<const PyMethodDef> matrix_constructors = constructors;

}  // namespace kiln::python::mathutils
