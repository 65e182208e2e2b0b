#pragma once

#include "python/mathutils/value.h"

/// The parts of the Vector type, each with a file of its own.
namespace kiln::python::mathutils {

/// A new vector of zeros, of the class of another or of any class; null with an error set.
Value* new_vector_like(const Value* like, int size);
Value* new_vector_of(PyTypeObject* type, int size);
Value* new_vector_of(PyTypeObject* type, const Floats& values);

/// Vector(...), and the class methods Fill() to Repeat().
PyObject* vector_new(PyTypeObject* type, PyObject* args, PyObject* keywords);
extern const std::span<const PyMethodDef> vector_constructors;
/// What changes a vector or gives a changed copy.
extern const std::span<const PyMethodDef> vector_changes;
/// What a vector is to another one, or to axes.
extern const std::span<const PyMethodDef> vector_relations;
/// +, -, *, /, @ and comparisons.
extern const std::span<const PyType_Slot> vector_operators;

// Computed in double precision.

double dot_product(const float* a, const float* b, int size);
double squared_length(const float* v, int size);
/// Below this squared length a vector has no direction.
inline constexpr double smallest_squared_length = 1e-35;
void scale(float* v, int size, double factor);
/// What has no direction becomes zero.
/// The fourth component of a vector of four is a weight and stays.
void normalize_in_place(float* v, int size);
/// Angle between two directions, exact near 0 and pi too (Kahan, "How futile are mindless
/// assessments of roundoff in floating-point computation?", 2006, section 12).
double angle_between(const float* a, const float* b, int size);

// Arguments of methods.

/// Whether the other vector of a method may have components that the method leaves out.
enum class Longer { Refused, Allowed };

/// The other vector of a method; of the same size as `self` (at least, where longer ones are
/// allowed) after all code that reading it may run.
bool parse_other(Value* self, PyObject* argument, Floats& other, const char* function,
                 Longer longer = Longer::Refused);
/// False, with an error set, where a vector cannot have so many components.
bool check_vector_size(long long size, const char* function);
/// False, with an error set, where `self` has another number of components.
bool check_dimensions(const Value* self, int min_size, int max_size, const char* function);
/// `fallback` if one was given, else ValueError.
PyObject* fallback_or_error(PyObject* fallback, const char* message);

}  // namespace kiln::python::mathutils
