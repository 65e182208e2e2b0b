#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

bool transpose_in_place(Value* m, const char* function) {
  if (!require_square(m, function)) {
    return false;
  }
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < row; ++column) {
      std::swap(element(m, row, column), element(m, column, row));
    }
  }
  return true;
}

bool adjugate_in_place(Value* m, const char* function) {
  if (!require_square(m, function)) {
    return false;
  }
  adjugate(m);
  return true;
}

bool normalize_in_place(Value* m, const char* function) {
  if (!is_3x3_or_4x4(m)) {
    return size_error(PyExc_ValueError, m, function, "3x3 or 4x4");
  }
  float3x3 columns = transpose(upper3x3(m));
  for (int i = 0; i < 3; ++i) {
    const float length = kiln::length(columns[i]);
    columns[i] = normalize(columns[i]);
    if (m->rows == 4 && length > 0.0f) {
      element(m, 3, i) /= length;  // a column is scaled as a whole
    }
  }
  set_upper3x3(m, transpose(columns));
  return true;
}

bool set_identity_in_place(Value* m, const char* function) {
  if (!require_square(m, function)) {
    return false;
  }
  set_identity(m);
  return true;
}

/// A singular matrix gets a little on its diagonal; if that does not help, the result is the
/// identity.
bool invert_safe_in_place(Value* m, const char* function) {
  if (!require_square(m, function)) {
    return false;
  }
  if (!invert(m)) {
    for (int i = 0; i < m->rows; ++i) {
      element(m, i, i) += 1e-8f;
    }
    if (!invert(m)) {
      set_identity(m);
    }
  }
  return true;
}

using Change = bool (*)(Value* m, const char* function);

template <Change change>
PyObject* change_in_place(PyObject* self, const char* function) {
  Value* m = as_value(self);
  return read_for_write(m) && change(m, function) ? none_after_write(m) : nullptr;
}

template <Change change>
PyObject* changed_copy(PyObject* self, const char* function) {
  PyRef copy = PyRef::steal(copy_value(as_value(self)));
  return copy && change(as_value(copy.get()), function) ? copy.release() : nullptr;
}

PyObject* matrix_transpose(PyObject* self, PyObject*) {
  return change_in_place<transpose_in_place>(self, "Matrix.transpose()");
}
PyObject* matrix_transposed(PyObject* self, PyObject*) {
  return changed_copy<transpose_in_place>(self, "Matrix.transposed()");
}
PyObject* matrix_adjugate(PyObject* self, PyObject*) {
  return change_in_place<adjugate_in_place>(self, "Matrix.adjugate()");
}
PyObject* matrix_adjugated(PyObject* self, PyObject*) {
  return changed_copy<adjugate_in_place>(self, "Matrix.adjugated()");
}
PyObject* matrix_normalize(PyObject* self, PyObject*) {
  return change_in_place<normalize_in_place>(self, "Matrix.normalize()");
}
PyObject* matrix_normalized(PyObject* self, PyObject*) {
  return changed_copy<normalize_in_place>(self, "Matrix.normalized()");
}
PyObject* matrix_invert_safe(PyObject* self, PyObject*) {
  return change_in_place<invert_safe_in_place>(self, "Matrix.invert_safe()");
}
PyObject* matrix_inverted_safe(PyObject* self, PyObject*) {
  return changed_copy<invert_safe_in_place>(self, "Matrix.inverted_safe()");
}
PyObject* matrix_identity(PyObject* self, PyObject*) {
  return change_in_place<set_identity_in_place>(self, "Matrix.identity()");
}

PyObject* matrix_zero(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!read_for_write(m)) {
    return nullptr;
  }
  std::fill_n(m->values, m->size, 0.0f);
  return none_after_write(m);
}

/// What to use where there is no inverse.
bool parse_fallback(PyObject* args, PyObject** fallback, const char* function) {
  if (PyTuple_GET_SIZE(args) > 1) {
    PyErr_Format(PyExc_ValueError, "%s: takes at most one argument, not %zd", function,
                 PyTuple_GET_SIZE(args));
    return false;
  }
  *fallback = PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : nullptr;
  return true;
}

PyObject* matrix_invert(PyObject* self, PyObject* args) {
  Value* m = as_value(self);
  PyObject* fallback = nullptr;
  if (!parse_fallback(args, &fallback, "Matrix.invert()") || !read_for_write(m) ||
      !require_square(m, "Matrix.invert()")) {
    return nullptr;
  }
  const Value* other = fallback != nullptr && is_matrix(fallback) ? as_value(fallback) : nullptr;
  if (fallback != nullptr &&
      (other == nullptr || other->rows != m->rows || other->columns != m->columns)) {
    PyErr_SetString(PyExc_TypeError,
                    "Matrix.invert(): the fallback should be a Matrix of the same size");
    return nullptr;
  }
  if (!invert(m)) {
    if (fallback == nullptr) {
      PyErr_SetString(PyExc_ValueError, "Matrix.invert(): the matrix has no inverse");
      return nullptr;
    }
    if (!read(as_value(fallback))) {
      return nullptr;
    }
    std::copy_n(other->values, m->size, m->values);
  }
  return none_after_write(m);
}

PyObject* matrix_rotate(PyObject* self, PyObject* argument) {
  Value* m = as_value(self);
  float3x3 rotation;
  if (!require_mutable(m) || !parse_rotation(argument, &rotation, "Matrix.rotate()") ||
      !read_for_write(m)) {
    return nullptr;
  }
  if (m->rows != 3 || m->columns != 3) {
    size_error(PyExc_ValueError, m, "Matrix.rotate()", "3x3");
    return nullptr;
  }
  set_upper3x3(m, rotation * upper3x3(m));
  return none_after_write(m);
}

PyObject* matrix_resize_4x4(PyObject* self, PyObject*) {
  Value* m = as_value(self);
  if (!require_mutable(m)) {
    return nullptr;
  }
  if (m->owner != nullptr) {
    PyErr_SetString(PyExc_ValueError,
                    "Matrix.resize_4x4(): cannot resize owned data, make a copy and resize that");
    return nullptr;
  }
  const PyRef resized = PyRef::steal(as_object(new_like(m, 4, 4)));
  if (!resized) {
    return nullptr;
  }
  copy_resized(m, as_value(resized.get()));
  m->rows = m->columns = 4;
  m->size = 16;
  std::copy_n(as_value(resized.get())->values, 16, m->values);
  Py_RETURN_NONE;
}

PyObject* resized_copy(PyObject* self, int size) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  Value* result = new_like(m, size, size);
  if (result != nullptr) {
    copy_resized(m, result);
  }
  return as_object(result);
}

PyObject* matrix_to_2x2(PyObject* self, PyObject*) {
  return resized_copy(self, 2);
}
PyObject* matrix_to_3x3(PyObject* self, PyObject*) {
  return resized_copy(self, 3);
}
PyObject* matrix_to_4x4(PyObject* self, PyObject*) {
  return resized_copy(self, 4);
}

}  // namespace

PyObject* matrix_inverted(PyObject* self, PyObject* args) {
  PyObject* fallback = nullptr;
  if (!parse_fallback(args, &fallback, "Matrix.inverted()")) {
    return nullptr;
  }
  PyRef copy = PyRef::steal(copy_value(as_value(self)));
  if (!copy || !require_square(as_value(copy.get()), "Matrix.inverted()")) {
    return nullptr;
  }
  if (invert(as_value(copy.get()))) {
    return copy.release();
  }
  if (fallback != nullptr) {
    return Py_NewRef(fallback);
  }
  PyErr_SetString(PyExc_ValueError, "Matrix.inverted(): the matrix has no inverse");
  return nullptr;
}

namespace {

constexpr PyMethodDef methods[] = {
    {"identity", matrix_identity, METH_NOARGS, ".. method:: identity()\n\nMakes it the identity."},
    {"zero", matrix_zero, METH_NOARGS, ".. method:: zero()\n\nSets all elements to 0."},
    {"adjugate", matrix_adjugate, METH_NOARGS, ".. method:: adjugate()\n\nMakes it its adjugate."},
    {"adjugated", matrix_adjugated, METH_NOARGS, ".. method:: adjugated()\n\nThe adjugate."},
    {"invert", matrix_invert, METH_VARARGS,
     ".. method:: invert(fallback=None)\n\nMakes it its inverse, or the fallback."},
    {"inverted", matrix_inverted, METH_VARARGS,
     ".. method:: inverted(fallback=None)\n\nThe inverse; the fallback where there is none."},
    {"invert_safe", matrix_invert_safe, METH_NOARGS,
     ".. method:: invert_safe()\n\nMakes it its inverse, or something near."},
    {"inverted_safe", matrix_inverted_safe, METH_NOARGS,
     ".. method:: inverted_safe()\n\nThe inverse, or something near."},
    {"normalize", matrix_normalize, METH_NOARGS,
     ".. method:: normalize()\n\nMakes the columns of the 3x3 part unit vectors."},
    {"normalized", matrix_normalized, METH_NOARGS,
     ".. method:: normalized()\n\nA copy with unit columns."},
    {"resize_4x4", matrix_resize_4x4, METH_NOARGS,
     ".. method:: resize_4x4()\n\nAdds rows and columns of the identity."},
    {"rotate", matrix_rotate, METH_O,
     ".. method:: rotate(other)\n\nRotates by an Euler, a Quaternion or a Matrix."},
    {"to_2x2", matrix_to_2x2, METH_NOARGS, ".. method:: to_2x2()\n\nA 2x2 copy."},
    {"to_3x3", matrix_to_3x3, METH_NOARGS, ".. method:: to_3x3()\n\nA 3x3 copy."},
    {"to_4x4", matrix_to_4x4, METH_NOARGS, ".. method:: to_4x4()\n\nA 4x4 copy."},
    {"transpose", matrix_transpose, METH_NOARGS,
     ".. method:: transpose()\n\nExchanges rows and columns."},
    {"transposed", matrix_transposed, METH_NOARGS,
     ".. method:: transposed()\n\nA copy with rows and columns exchanged."},
};

}  // namespace

const std::span<const PyMethodDef> matrix_changes = methods;

}  // namespace kiln::python::mathutils
