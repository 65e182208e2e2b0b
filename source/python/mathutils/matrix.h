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
