#pragma once

#include "python/mathutils/value.h"

/// The parts of the Matrix type, each with a file of its own.
namespace kiln::python::mathutils {

inline float& element(Value* m, int row, int column) {
  return m->values[row * m->columns + column];
}
inline float element(const Value* m, int row, int column) {
  return m->values[row * m->columns + column];
}
inline bool is_square(const Value* m) {
  return m->rows == m->columns;
}
inline bool is_3x3_or_4x4(const Value* m) {
  return is_square(m) && m->rows >= 3;
}
inline bool has_3x3(const Value* m) {
  return m->rows >= 3 && m->columns >= 3;
}
/// False, with an error set, where it is not square.
bool require_square(const Value* m, const char* function);
/// Sets an error that names the size; returns false.
bool size_error(PyObject* exception, const Value* m, const char* function, const char* expected);
/// A new matrix of zeros of the class of another.
Value* new_like(const Value* like, int rows, int columns);
void set_identity(Value* m);
void set_upper3x3(Value* m, const float3x3& values);
/// Elements of `source` in a matrix of another size, the identity elsewhere.
void copy_resized(const Value* source, Value* target);
/// The first 3 x 3 elements of a matrix that has them.
float3x3 upper3x3(const Value* m);

enum class Line : std::uint8_t { Row, Column, Translation };

/// A Vector that is a view onto a row, a column, or the first three elements of the last column.
PyObject* new_line_view(PyObject* matrix, Line line, int index);
/// Sets all elements of a line from a sequence of exactly as many numbers.
int set_line(PyObject* matrix, Line line, int index, PyObject* numbers);
/// What the attributes `row` and `col` give: the lines as a sequence.
PyObject* new_matrix_access(PyObject* matrix, Line line);

/// Matrix(...), and the class methods Identity() to LocRotScale().
PyObject* matrix_new(PyTypeObject* type, PyObject* args, PyObject* keywords);
extern const std::span<const PyMethodDef> matrix_constructors;
/// What changes a matrix or gives a changed copy.
extern const std::span<const PyMethodDef> matrix_changes;
/// inverted(fallback=None), which ~ is too.
PyObject* matrix_inverted(PyObject* self, PyObject* args);
/// What a matrix does as a transform, such as decompose().
extern const std::span<const PyMethodDef> matrix_parts;
/// Rows by index and slice.
extern const std::span<const PyType_Slot> matrix_items;
/// +, -, *, @ and ~.
extern const std::span<const PyType_Slot> matrix_operators;

/// Determinant of a square matrix.
double determinant(const Value* m);
/// Replaces a square matrix by its inverse; false, and no change, where it has none.
bool invert(Value* m);
/// Replaces a square matrix by its adjugate. 2 x 2 and 3 x 3 elements are replaced one after the
/// other, column by column, and enter those that follow with their new values: not the adjugate of
/// the textbooks, but what scripts get from Blender 3.4.
void adjugate(Value* m);

/// Interpolates rotation, and stretch without it, apart (Shoemake and Duff, "Matrix animation and
/// polar decomposition", 1992).
float3x3 interpolate(const float3x3& a, const float3x3& b, float factor);

}  // namespace kiln::python::mathutils
