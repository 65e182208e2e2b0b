#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/tracking.h"
#include "python/mathutils/vector.h"

namespace kiln::python::mathutils {
namespace {

PyObject* vector_zero(PyObject* self, PyObject*) {
  Value* v = as_value(self);
  if (!read_for_write(v)) {
    return nullptr;
  }
  std::fill_n(v->values, v->size, 0.0f);
  return none_after_write(v);
}

PyObject* vector_normalize(PyObject* self, PyObject*) {
  Value* v = as_value(self);
  if (!read_for_write(v)) {
    return nullptr;
  }
  normalize_in_place(v->values, v->size);
  return none_after_write(v);
}

PyObject* vector_negate(PyObject* self, PyObject*) {
  Value* v = as_value(self);
  if (!read_for_write(v)) {
    return nullptr;
  }
  scale(v->values, v->size, -1.0);
  return none_after_write(v);
}

PyObject* resize(PyObject* self, int size, const char* function) {
  Value* v = as_value(self);
  if (!check_vector_size(size, function) || !require_mutable(v)) {
    return nullptr;
  }
  if (v->owner != nullptr) {
    PyErr_Format(PyExc_TypeError, "%s: cannot resize a vector that has an owner", function);
    return nullptr;
  }
  const int inline_capacity = int(std::size(v->inline_values));
  float* target = v->inline_values;
  if (size > inline_capacity) {
    target = static_cast<float*>(std::malloc(std::size_t(size) * sizeof(float)));
    if (target == nullptr) {
      return PyErr_NoMemory();
    }
  }
  const int kept = std::min(size, v->size);
  if (target != v->values) {
    std::copy_n(v->values, kept, target);
    if (v->values != v->inline_values) {
      std::free(v->values);
    }
  }
  v->values = target;
  // A direction becomes a point: the fourth component is 1.
  std::fill(target + kept, target + size, 0.0f);
  v->size = size;
  Py_RETURN_NONE;
}

PyObject* resize_to(PyObject* self, int size, const char* function) {
  const int old_size = as_value(self)->size;
  PyObject* result = resize(self, size, function);
  if (result != nullptr && size == 4 && old_size < 4) {
    as_value(self)->values[3] = 1.0f;
  }
  return result;
}

PyObject* vector_resize_2d(PyObject* self, PyObject*) {
  return resize_to(self, 2, "Vector.resize_2d()");
}
PyObject* vector_resize_3d(PyObject* self, PyObject*) {
  return resize_to(self, 3, "Vector.resize_3d()");
}
PyObject* vector_resize_4d(PyObject* self, PyObject*) {
  return resize_to(self, 4, "Vector.resize_4d()");
}

bool parse_size(PyObject* argument, int* size, const char* function) {
  *size = PyLong_Check(argument) ? _PyLong_AsInt(argument) : -1;
  if (PyLong_Check(argument) && !PyErr_Occurred()) {
    return true;  // one too small is for check_vector_size
  }
  PyErr_Format(PyExc_TypeError, "%s: the size should be a positive integer", function);
  return false;
}

PyObject* vector_resize(PyObject* self, PyObject* argument) {
  int size;
  return parse_size(argument, &size, "Vector.resize()") ? resize(self, size, "Vector.resize()")
                                                        : nullptr;
}

PyObject* vector_rotate(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  if (!require_mutable(v)) {
    return nullptr;
  }
  if (v->size == 2) {
    if (!is_matrix(argument)) {
      PyErr_Format(PyExc_TypeError, "Vector.rotate(): 2D vectors take a Matrix, not %.200s",
                   Py_TYPE(argument)->tp_name);
      return nullptr;
    }
    float m[4];
    if (!parse_matrix(argument, 2, 2, m, "Vector.rotate()") || !read_for_write(v)) {
      return nullptr;
    }
    for (int column = 0; column < 2; ++column) {
      const double length = std::hypot(m[column], m[2 + column]);
      for (int row = 0; length > 0.0 && row < 2; ++row) {
        m[2 * row + column] = float(m[2 * row + column] / length);
      }
    }
    const float x = v->values[0], y = v->values[1];
    v->values[0] = m[0] * x + m[1] * y;
    v->values[1] = m[2] * x + m[3] * y;
    return none_after_write(v);
  }
  float3x3 rotation;
  if (!parse_rotation(argument, &rotation, "Vector.rotate()") || !read_for_write(v) ||
      !check_dimensions(v, 3, max_parsed_values, "Vector.rotate()")) {
    return nullptr;
  }
  const float3 rotated = rotation * float3_of(v);
  std::copy_n(&rotated.x, 3, v->values);
  return none_after_write(v);
}

PyObject* vector_normalized(PyObject* self, PyObject*) {
  PyObject* copy = copy_value(as_value(self));
  if (copy != nullptr) {
    normalize_in_place(as_value(copy)->values, as_value(copy)->size);
  }
  return copy;
}

PyObject* resized_copy(PyObject* self, int size) {
  Value* v = as_value(self);
  if (!read(v)) {
    return nullptr;
  }
  const int kept = std::min(size, v->size);
  Value* result = new_vector_like(v, size);
  if (result != nullptr) {
    std::copy_n(v->values, kept, result->values);
    if (size == 4 && kept < 4) {
      result->values[3] = 1.0f;
    }
  }
  return as_object(result);
}

PyObject* vector_to_2d(PyObject* self, PyObject*) {
  return resized_copy(self, 2);
}
PyObject* vector_to_3d(PyObject* self, PyObject*) {
  return resized_copy(self, 3);
}
PyObject* vector_to_4d(PyObject* self, PyObject*) {
  return resized_copy(self, 4);
}

PyObject* vector_resized(PyObject* self, PyObject* argument) {
  int size;
  Value* v = as_value(self);
  if (!parse_size(argument, &size, "Vector.resized()") ||
      !check_vector_size(size, "Vector.resized()") || !read(v)) {
    return nullptr;
  }
  Value* result = new_value(v->state, Kind::Vector, v->state->types[int(Kind::Vector)], size);
  if (result != nullptr) {
    std::copy_n(v->values, std::min(size, v->size), result->values);
  }
  return as_object(result);
}

PyObject* vector_to_tuple(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  int digits = 0;
  if (!PyArg_ParseTuple(args, "|i:to_tuple", &digits)) {
    return nullptr;
  }
  if (digits < 0 || digits > 22) {
    PyErr_SetString(PyExc_ValueError, "Vector.to_tuple(): precision should be 0 to 21");
    return nullptr;
  }
  if (!read(v)) {
    return nullptr;
  }
  PyRef tuple = float_tuple(v->values, v->size);
  if (!tuple || PyTuple_GET_SIZE(args) == 0) {
    return tuple.release();
  }
  const Py_ssize_t size = PyTuple_GET_SIZE(tuple.get());
  for (Py_ssize_t i = 0; i < size; ++i) {
    PyObject* item = PyTuple_GET_ITEM(tuple.get(), i);
    PyObject* rounded = PyObject_CallMethod(item, "__round__", "i", digits);
    if (rounded == nullptr) {
      return nullptr;
    }
    PyTuple_SET_ITEM(tuple.get(), i, rounded);
    Py_DECREF(item);
  }
  return tuple.release();
}

PyObject* vector_orthogonal(PyObject* self, PyObject*) {
  Value* v = as_value(self);
  if (!read(v)) {
    return nullptr;
  }
  if (v->size != 2 && v->size != 3) {
    PyErr_SetString(PyExc_TypeError, "Vector.orthogonal(): the vector should be 2D or 3D");
    return nullptr;
  }
  Value* result = new_vector_like(v, v->size);
  if (result != nullptr && v->size == 3) {
    const float3 orthogonal = orthogonal_to(float3_of(v));
    std::copy_n(&orthogonal.x, 3, result->values);
  } else if (result != nullptr) {
    result->values[0] = -v->values[1];
    result->values[1] = v->values[0];
  }
  return as_object(result);
}

constexpr PyMethodDef methods[] = {
    {"zero", vector_zero, METH_NOARGS, ".. method:: zero()\n\nSets all components to 0."},
    {"normalize", vector_normalize, METH_NOARGS,
     ".. method:: normalize()\n\nMakes the length 1; zero stays zero."},
    {"normalized", vector_normalized, METH_NOARGS,
     ".. method:: normalized()\n\nA copy of length 1; of zero, zero."},
    {"negate", vector_negate, METH_NOARGS, ".. method:: negate()\n\nReverses the direction."},
    {"resize", vector_resize, METH_O,
     ".. method:: resize(size=3)\n\nDrops components, or adds zeros."},
    {"resized", vector_resized, METH_O, ".. method:: resized(size=3)\n\nA copy of another size."},
    {"resize_2d", vector_resize_2d, METH_NOARGS, ".. method:: resize_2d()\n\nMakes it x, y."},
    {"resize_3d", vector_resize_3d, METH_NOARGS, ".. method:: resize_3d()\n\nMakes it x, y, z."},
    {"resize_4d", vector_resize_4d, METH_NOARGS,
     ".. method:: resize_4d()\n\nMakes it x, y, z, w; a new w is 1."},
    {"to_2d", vector_to_2d, METH_NOARGS, ".. method:: to_2d()\n\nA copy of x, y."},
    {"to_3d", vector_to_3d, METH_NOARGS, ".. method:: to_3d()\n\nA copy of x, y, z."},
    {"to_4d", vector_to_4d, METH_NOARGS,
     ".. method:: to_4d()\n\nA copy of x, y, z, w; a new w is 1."},
    {"to_tuple", vector_to_tuple, METH_VARARGS,
     ".. method:: to_tuple(precision=-1)\n\nThe components as a tuple, rounded to that many "
     "decimals."},
    {"orthogonal", vector_orthogonal, METH_NOARGS,
     ".. method:: orthogonal()\n\nSome vector at right angles; not normalized."},
    {"rotate", vector_rotate, METH_O,
     ".. method:: rotate(other)\n\nRotates by an Euler, a Quaternion or a Matrix."},
};

}  // namespace

const std::span<const PyMethodDef> vector_changes = methods;

}  // namespace kiln::python::mathutils
