#include "python/mathutils/matrix.h"

#include <cmath>

#include <fmt/format.h>

namespace kiln::python::mathutils {

Value* new_like(const Value* like, int rows, int columns) {
  return new_matrix_value(like->state, Py_TYPE(&like->ob_base), rows, columns);
}

bool require_square(const Value* m, const char* function) {
  if (is_square(m)) {
    return true;
  }
  PyErr_Format(PyExc_ValueError, "%s: only square matrices are supported, not %dx%d", function,
               int(m->rows), int(m->columns));
  return false;
}

bool size_error(PyObject* exception, const Value* m, const char* function, const char* expected) {
  PyErr_Format(exception, "%s: inappropriate matrix size %dx%d, expected %s", function,
               int(m->rows), int(m->columns), expected);
  return false;
}

void set_identity(Value* m) {
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      element(m, row, column) = row == column ? 1.0f : 0.0f;
    }
  }
}

void set_upper3x3(Value* m, const float3x3& values) {
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      element(m, row, column) = values[row][column];
    }
  }
}

void copy_resized(const Value* source, Value* target) {
  set_identity(target);
  for (int row = 0; row < std::min(source->rows, target->rows); ++row) {
    for (int column = 0; column < std::min(source->columns, target->columns); ++column) {
      element(target, row, column) = element(source, row, column);
    }
  }
}

namespace {

PyObject* matrix_get_row(PyObject* self, void*) {
  return new_matrix_access(self, Line::Row);
}
PyObject* matrix_get_column(PyObject* self, void*) {
  return new_matrix_access(self, Line::Column);
}

bool require_4x4_attribute(const Value* m, const char* attribute) {
  return (m->rows == 4 && m->columns == 4) || size_error(PyExc_AttributeError, m, attribute, "4x4");
}

PyObject* matrix_get_translation(PyObject* self, void*) {
  return require_4x4_attribute(as_value(self), "Matrix.translation")
             ? new_line_view(self, Line::Translation, 3)
             : nullptr;
}

int matrix_set_translation(PyObject* self, PyObject* item, void*) {
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Matrix.translation cannot be deleted");
    return -1;
  }
  return require_4x4_attribute(as_value(self), "Matrix.translation")
             ? set_line(self, Line::Translation, 3, item)
             : -1;
}

PyObject* matrix_get_median_scale(PyObject* self, void*) {
  Value* m = as_value(self);
  if (!read(m) ||
      (!has_3x3(m) && !size_error(PyExc_AttributeError, m, "Matrix.median_scale", "3x3"))) {
    return nullptr;
  }
  // How a cube's diagonal, the mean of all directions, is stretched.
  const float3 diagonal = upper3x3(m) * float3{1, 1, 1};
  return PyFloat_FromDouble(length(diagonal) / std::sqrt(3.0));
}

PyObject* matrix_get_is_identity(PyObject* self, void*) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      if (element(m, row, column) != (row == column ? 1.0f : 0.0f)) {
        Py_RETURN_FALSE;
      }
    }
  }
  Py_RETURN_TRUE;
}

PyObject* matrix_get_is_negative(PyObject* self, void*) {
  Value* m = as_value(self);
  if (!read(m) || (!is_3x3_or_4x4(m) &&
                   !size_error(PyExc_AttributeError, m, "Matrix.is_negative", "3x3 or 4x4"))) {
    return nullptr;
  }
  return PyBool_FromLong(kiln::determinant(upper3x3(m)) < 0.0f);
}

/// Of the columns, how far two are from a right angle at most, or how far one is from length 1.
PyObject* columns_test(PyObject* self, const char* attribute, bool needs_unit_length) {
  Value* m = as_value(self);
  if (!read(m) ||
      (!is_3x3_or_4x4(m) && !size_error(PyExc_AttributeError, m, attribute, "3x3 or 4x4"))) {
    return nullptr;
  }
  const float3x3 columns = transpose(upper3x3(m));
  constexpr float tolerance = 1e-5f;
  for (int i = 0; i < 3; ++i) {
    if (std::abs(dot(columns[i], columns[(i + 1) % 3])) > tolerance ||
        (needs_unit_length && std::abs(length_squared(columns[i]) - 1.0f) > tolerance)) {
      Py_RETURN_FALSE;
    }
  }
  Py_RETURN_TRUE;
}

PyObject* matrix_get_is_orthogonal(PyObject* self, void*) {
  return columns_test(self, "Matrix.is_orthogonal", true);
}
PyObject* matrix_get_is_orthogonal_axis_vectors(PyObject* self, void*) {
  return columns_test(self, "Matrix.is_orthogonal_axis_vectors", false);
}

PyObject* matrix_repr(PyObject* self) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  PyRef text = PyRef::steal(PyUnicode_FromString("Matrix(("));
  for (int row = 0; text && row < m->rows; ++row) {
    const PyRef tuple = float_tuple(m->values + row * m->columns, m->columns);
    text = tuple ? PyRef::steal(PyUnicode_FromFormat("%U%R%s", text.get(), tuple.get(),
                                                     row + 1 < m->rows ? ",\n        " : "))"))
                 : PyRef();
  }
  return text.release();
}

PyObject* matrix_str(PyObject* self) {
  Value* m = as_value(self);
  if (!read(m)) {
    return nullptr;
  }
  std::size_t widths[4] = {};
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      widths[column] = std::max(widths[column], fixed_text(element(m, row, column)).size());
    }
  }
  std::string text = fmt::format("<Matrix {}x{} (", m->rows, m->columns);
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      text += fmt::format("{}{:>{}}", column > 0 ? ", " : "", fixed_text(element(m, row, column)),
                          widths[column]);
    }
    text += row + 1 < m->rows ? ")\n            (" : ")>";
  }
  return PyUnicode_FromStringAndSize(text.data(), Py_ssize_t(text.size()));
}

PyMethodDef* matrix_methods() {
  static const std::vector<PyMethodDef> methods = [] {
    std::vector<PyMethodDef> all;
    for (const std::span<const PyMethodDef> part :
         {matrix_constructors, matrix_changes, matrix_parts}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    const PyMethodDef common[] = {KILN_MATHUTILS_COMMON_METHODS, {nullptr, nullptr, 0, nullptr}};
    all.insert(all.end(), std::begin(common), std::end(common));
    return all;
  }();
  return const_cast<PyMethodDef*>(methods.data());  // CPython only reads it
}

PyGetSetDef matrix_attributes[] = {
    {"row", matrix_get_row, nullptr, "The rows.", nullptr},
    {"col", matrix_get_column, nullptr, "The columns.", nullptr},
    {"translation", matrix_get_translation, matrix_set_translation,
     "The first three elements of the last column of a 4x4 matrix.", nullptr},
    {"median_scale", matrix_get_median_scale, nullptr, "The scale, as one number.", nullptr},
    {"is_identity", matrix_get_is_identity, nullptr, "Whether it is the identity.", nullptr},
    {"is_negative", matrix_get_is_negative, nullptr, "Whether it mirrors.", nullptr},
    {"is_orthogonal", matrix_get_is_orthogonal, nullptr,
     "Whether the columns are unit vectors at right angles.", nullptr},
    {"is_orthogonal_axis_vectors", matrix_get_is_orthogonal_axis_vectors, nullptr,
     "Whether the columns are at right angles.", nullptr},
    KILN_MATHUTILS_COMMON_ATTRIBUTES,
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyTypeObject* create_matrix_type(PyObject* module) {
  std::vector<PyType_Slot> slots = {
      {Py_tp_doc, const_cast<char*>(".. class:: Matrix([rows])\n\n2 to 4 rows of 2 to 4 numbers; "
                                    "without arguments the 4x4 identity.")},
      {Py_tp_new, reinterpret_cast<void*>(matrix_new)},
      {Py_tp_repr, reinterpret_cast<void*>(matrix_repr)},
      {Py_tp_str, reinterpret_cast<void*>(matrix_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(value_compare)},
      {Py_tp_methods, matrix_methods()},
      {Py_tp_getset, matrix_attributes},
      KILN_MATHUTILS_COMMON_SLOTS};
  slots.insert(slots.end(), matrix_items.begin(), matrix_items.end());
  slots.insert(slots.end(), matrix_operators.begin(), matrix_operators.end());
  slots.push_back({0, nullptr});
  // Room for sixteen elements after the four that every value has.
  return add_type(module, "mathutils.Matrix", sizeof(Value) + 12 * sizeof(float), slots.data());
}

}  // namespace kiln::python::mathutils
