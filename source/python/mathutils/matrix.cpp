#include "python/mathutils/matrix.h"

#include <cmath>

#include <fmt/format.h>

namespace kiln::python::mathutils {
namespace {

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

bool is_3x3_or_4x4(const Value* m) {
  return is_square(m) && m->rows >= 3;
}
bool has_3x3(const Value* m) {
  return m->rows >= 3 && m->columns >= 3;
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

/// Elements of `source` in a matrix of another size, the identity elsewhere.
void copy_resized(const Value* source, Value* target) {
  set_identity(target);
  for (int row = 0; row < std::min(source->rows, target->rows); ++row) {
    for (int column = 0; column < std::min(source->columns, target->columns); ++column) {
      element(target, row, column) = element(source, row, column);
    }
  }
}

// ---- changing in place, and changed copies ----

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
  for (float3& column : columns.rows) {
    column = normalize(column);
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

PyObject* matrix_invert(PyObject* self, PyObject* args) {
  Value* m = as_value(self);
  PyObject* fallback = nullptr;
  if (!PyArg_ParseTuple(args, "|O:invert", &fallback) || !read_for_write(m) ||
      !require_square(m, "Matrix.invert()")) {
    return nullptr;
  }
  if (!invert(m)) {
    if (fallback == nullptr) {
      PyErr_SetString(PyExc_ValueError, "Matrix.invert(): the matrix has no inverse");
      return nullptr;
    }
    if (!is_matrix(fallback) || as_value(fallback)->rows != m->rows ||
        as_value(fallback)->columns != m->columns) {
      PyErr_SetString(PyExc_TypeError,
                      "Matrix.invert(): the fallback should be a Matrix of the same size");
      return nullptr;
    }
    if (!read(as_value(fallback))) {
      return nullptr;
    }
    std::copy_n(as_value(fallback)->values, m->size, m->values);
  }
  return none_after_write(m);
}

PyObject* matrix_inverted(PyObject* self, PyObject* args) {
  PyObject* fallback = nullptr;
  if (!PyArg_ParseTuple(args, "|O:inverted", &fallback)) {
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

// ---- what is in it ----

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

// ---- attributes ----

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

// ---- items ----

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

// ---- operators ----

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
    std::vector<PyMethodDef> all(matrix_constructors.begin(), matrix_constructors.end());
    const PyMethodDef own[] = {
        {"identity", matrix_identity, METH_NOARGS,
         ".. method:: identity()\n\nMakes it the identity."},
        {"zero", matrix_zero, METH_NOARGS, ".. method:: zero()\n\nSets all elements to 0."},
        {"adjugate", matrix_adjugate, METH_NOARGS,
         ".. method:: adjugate()\n\nMakes it its adjugate."},
        {"adjugated", matrix_adjugated, METH_NOARGS, ".. method:: adjugated()\n\nThe adjugate."},
        {"decompose", matrix_decompose, METH_NOARGS,
         ".. method:: decompose()\n\nLocation, rotation and scale of a 4x4 matrix."},
        {"determinant", matrix_determinant, METH_NOARGS,
         ".. method:: determinant()\n\nThe determinant."},
        {"invert", matrix_invert, METH_VARARGS,
         ".. method:: invert(fallback=None)\n\nMakes it its inverse, or the fallback."},
        {"inverted", matrix_inverted, METH_VARARGS,
         ".. method:: inverted(fallback=None)\n\nThe inverse; the fallback where there is none."},
        {"invert_safe", matrix_invert_safe, METH_NOARGS,
         ".. method:: invert_safe()\n\nMakes it its inverse, or something near."},
        {"inverted_safe", matrix_inverted_safe, METH_NOARGS,
         ".. method:: inverted_safe()\n\nThe inverse, or something near."},
        {"lerp", matrix_lerp, METH_VARARGS,
         ".. method:: lerp(other, factor)\n\nInterpolates rotation and stretch apart."},
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
        {"transpose", matrix_transpose, METH_NOARGS,
         ".. method:: transpose()\n\nExchanges rows and columns."},
        {"transposed", matrix_transposed, METH_NOARGS,
         ".. method:: transposed()\n\nA copy with rows and columns exchanged."},
        KILN_MATHUTILS_COMMON_METHODS,
        {nullptr, nullptr, 0, nullptr}};
    all.insert(all.end(), std::begin(own), std::end(own));
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
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>(".. class:: Matrix([rows])\n\n2 to 4 rows of 2 to 4 numbers; "
                                    "without arguments the 4x4 identity.")},
      {Py_tp_new, reinterpret_cast<void*>(matrix_new)},
      {Py_tp_repr, reinterpret_cast<void*>(matrix_repr)},
      {Py_tp_str, reinterpret_cast<void*>(matrix_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(value_compare)},
      {Py_tp_methods, matrix_methods()},
      {Py_tp_getset, matrix_attributes},
      {Py_sq_length, reinterpret_cast<void*>(matrix_length)},
      {Py_sq_item, reinterpret_cast<void*>(matrix_item)},
      {Py_sq_ass_item, reinterpret_cast<void*>(matrix_set_item)},
      {Py_mp_length, reinterpret_cast<void*>(matrix_length)},
      {Py_mp_subscript, reinterpret_cast<void*>(matrix_subscript)},
      {Py_mp_ass_subscript, reinterpret_cast<void*>(matrix_set_subscript)},
      {Py_nb_add, reinterpret_cast<void*>(matrix_add)},
      {Py_nb_subtract, reinterpret_cast<void*>(matrix_subtract)},
      {Py_nb_multiply, reinterpret_cast<void*>(matrix_multiply)},
      {Py_nb_matrix_multiply, reinterpret_cast<void*>(matrix_matrix_multiply)},
      {Py_nb_inplace_multiply, reinterpret_cast<void*>(matrix_multiply_in_place)},
      {Py_nb_inplace_matrix_multiply, reinterpret_cast<void*>(matrix_matrix_multiply_in_place)},
      {Py_nb_invert, reinterpret_cast<void*>(matrix_invert_operator)},
      KILN_MATHUTILS_COMMON_SLOTS,
      {0, nullptr}};
  // Room for sixteen elements after the four that every value has.
  return add_type(module, "mathutils.Matrix", sizeof(Value) + 12 * sizeof(float), slots);
}

}  // namespace kiln::python::mathutils
