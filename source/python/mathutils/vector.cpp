#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/tracking.h"
#include "python/mathutils/swizzle.h"
#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

// ---- making vectors ----

Value* new_vector_like(const Value* like, int size) {
  return new_value(like->state, Kind::Vector, Py_TYPE(&like->ob_base), size);
}

Value* new_vector_of(PyTypeObject* type, int size) {
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  return module != nullptr ? new_value(state_of(module), Kind::Vector, type, size) : nullptr;
}

Value* new_vector_of(PyTypeObject* type, const Floats& values) {
  Value* result = new_vector_of(type, values.size());
  if (result != nullptr) {
    std::copy_n(values.data(), values.size(), result->values);
  }
  return result;
}

bool check_size(long long size, const char* function) {
  if (size >= 2 && size <= max_parsed_values) {
    return true;
  }
  PyErr_Format(PyExc_RuntimeError, "%s: invalid size, expected at least 2 components", function);
  return false;
}

PyObject* vector_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Vector(): takes no keyword arguments");
    return nullptr;
  }
  PyObject* sequence = nullptr;
  if (!PyArg_ParseTuple(args, "|O:Vector", &sequence)) {
    return nullptr;
  }
  if (sequence == nullptr) {
    return as_object(new_vector_of(type, 3));
  }
  Floats values;
  if (!parse_floats(sequence, 2, values, "Vector()")) {
    return nullptr;
  }
  return as_object(new_vector_of(type, values));
}

PyObject* vector_fill(PyObject* type, PyObject* args) {
  int size;
  float fill = 0.0f;
  if (!PyArg_ParseTuple(args, "i|f:Vector.Fill", &size, &fill) ||
      !check_size(size, "Vector.Fill()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  if (result != nullptr) {
    std::fill_n(result->values, size, fill);
  }
  return as_object(result);
}

PyObject* vector_range(PyObject* type, PyObject* args) {
  int start = 0, stop, step = 1;
  if (!PyArg_ParseTuple(args, "i|ii:Vector.Range", &start, &stop, &step)) {
    return nullptr;
  }
  long long size;
  if (PyTuple_GET_SIZE(args) == 1) {
    size = start;
    start = 0;
  } else {
    if (start >= stop) {
      PyErr_SetString(PyExc_RuntimeError, "Vector.Range(): the start is not below the stop");
      return nullptr;
    }
    if (step <= 0) {
      PyErr_SetString(PyExc_RuntimeError, "Vector.Range(): the step should be positive");
      return nullptr;
    }
    size = (static_cast<long long>(stop) - start + step - 1) / step;
  }
  if (!check_size(size, "Vector.Range()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), int(size));
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = float(start + static_cast<long long>(step) * i);
  }
  return as_object(result);
}

PyObject* vector_linspace(PyObject* type, PyObject* args) {
  float start, stop;
  int size;
  if (!PyArg_ParseTuple(args, "ffi:Vector.Linspace", &start, &stop, &size) ||
      !check_size(size, "Vector.Linspace()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = float(start + (double(stop) - start) * i / (size - 1));
  }
  return as_object(result);
}

PyObject* vector_repeat(PyObject* type, PyObject* args) {
  PyObject* sequence;
  int size;
  Floats values;
  if (!PyArg_ParseTuple(args, "Oi:Vector.Repeat", &sequence, &size) ||
      !check_size(size, "Vector.Repeat()") ||
      !parse_floats(sequence, 2, values, "Vector.Repeat()")) {
    return nullptr;
  }
  Value* result = new_vector_of(reinterpret_cast<PyTypeObject*>(type), size);
  for (int i = 0; result != nullptr && i < size; ++i) {
    result->values[i] = values[i % values.size()];
  }
  return as_object(result);
}

// ---- double precision helpers ----

double dot_product(const float* a, const float* b, int size) {
  double sum = 0.0;
  for (int i = 0; i < size; ++i) {
    sum += double(a[i]) * b[i];
  }
  return sum;
}

double squared_length(const float* v, int size) {
  return dot_product(v, v, size);
}

/// Below this squared length a vector has no direction.
constexpr double smallest_squared_length = 1e-35;

void scale(float* v, int size, double factor) {
  for (int i = 0; i < size; ++i) {
    v[i] = float(v[i] * factor);
  }
}

void normalize_in_place(float* v, int size) {
  const double squared = squared_length(v, size);
  if (squared > smallest_squared_length) {
    scale(v, size, 1.0 / std::sqrt(squared));
  } else {
    std::fill_n(v, size, 0.0f);
  }
}

/// Angle between two directions, exact near 0 and pi too (Kahan, "How futile are mindless
/// assessments of roundoff in floating-point computation?", 2006, section 12).
double angle_between(const float* a, const float* b, int size) {
  const double length_a = std::sqrt(squared_length(a, size));
  const double length_b = std::sqrt(squared_length(b, size));
  double difference = 0.0, sum = 0.0;
  for (int i = 0; i < size; ++i) {
    const double x = a[i] / length_a, y = b[i] / length_b;
    difference += (x - y) * (x - y);
    sum += (x + y) * (x + y);
  }
  return 2.0 * std::atan2(std::sqrt(difference), std::sqrt(sum));
}

// ---- arguments ----

/// The other vector of a method; of the same size as `self` after all code that reading it may run.
bool parse_other(Value* self, PyObject* argument, Floats& other, const char* function) {
  if (!parse_floats(argument, 1, other, function) || !read(self)) {
    return false;
  }
  if (other.size() != self->size) {
    PyErr_Format(PyExc_ValueError, "%s: sequence length is %d, expected %d", function, other.size(),
                 self->size);
    return false;
  }
  return true;
}

bool check_dimensions(const Value* self, int min_size, int max_size, const char* function) {
  if (self->size >= min_size && self->size <= max_size) {
    return true;
  }
  PyErr_Format(PyExc_ValueError, "%s: the vector should have %d to %d components, not %d", function,
               min_size, max_size, self->size);
  return false;
}

/// `fallback` if one was given, else ValueError.
PyObject* fallback_or_error(PyObject* fallback, const char* message) {
  if (fallback != nullptr) {
    return Py_NewRef(fallback);
  }
  PyErr_SetString(PyExc_ValueError, message);
  return nullptr;
}

// ---- changing in place ----

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
  if (!check_size(size, function) || !require_mutable(v)) {
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
  if (*size >= 0) {
    return true;
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

// ---- changed copies ----

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
  if (!parse_size(argument, &size, "Vector.resized()") || !check_size(size, "Vector.resized()") ||
      !read(v)) {
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

// ---- with another vector ----

PyObject* vector_reflect(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  float4 mirror{};
  const int mirror_size = parse_floats(argument, 2, 4, &mirror.x, "Vector.reflect()");
  if (mirror_size < 0 || !read(v) || !check_dimensions(v, 2, 4, "Vector.reflect()")) {
    return nullptr;
  }
  // A flat mirror flattens the vector.
  const float3 incoming{v->values[0], v->values[1],
                        v->size > 2 && mirror_size > 2 ? v->values[2] : 0.0f};
  const float3 normal = normalize(float3{mirror.x, mirror.y, mirror_size > 2 ? mirror.z : 0.0f});
  const float3 reflected = incoming - normal * (2.0f * dot(incoming, normal));
  Value* result = new_vector_like(v, v->size);
  if (result != nullptr) {
    const float components[4] = {reflected.x, reflected.y, reflected.z, 1.0f};
    std::copy_n(components, v->size, result->values);
  }
  return as_object(result);
}

PyObject* vector_cross(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  Floats other;
  if (!check_dimensions(v, 2, 3, "Vector.cross()") ||
      !parse_other(v, argument, other, "Vector.cross()")) {
    return nullptr;
  }
  const float* a = v->values;
  const float* b = other.data();
  if (v->size == 2) {
    return PyFloat_FromDouble(float(double(a[0]) * b[1] - double(a[1]) * b[0]));
  }
  Value* result = new_vector_like(v, 3);
  for (int i = 0; result != nullptr && i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    result->values[i] = float(double(a[j]) * b[k] - double(a[k]) * b[j]);
  }
  return as_object(result);
}

PyObject* vector_dot(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  Floats other;
  if (!parse_other(v, argument, other, "Vector.dot()")) {
    return nullptr;
  }
  return PyFloat_FromDouble(dot_product(v->values, other.data(), v->size));
}

PyObject* vector_angle(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  PyObject* argument;
  PyObject* fallback = nullptr;
  Floats other;
  if (!PyArg_ParseTuple(args, "O|O:angle", &argument, &fallback) ||
      !check_dimensions(v, 2, 4, "Vector.angle()") ||
      !parse_other(v, argument, other, "Vector.angle()")) {
    return nullptr;
  }
  const int size = std::min(v->size, 3);  // the fourth component is no part of the direction
  if (squared_length(v->values, size) == 0.0 || squared_length(other.data(), size) == 0.0) {
    return fallback_or_error(fallback, "Vector.angle(): zero length vectors have no angle");
  }
  return PyFloat_FromDouble(float(angle_between(v->values, other.data(), size)));
}

PyObject* vector_angle_signed(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  PyObject* argument;
  PyObject* fallback = nullptr;
  float other[2];
  if (!PyArg_ParseTuple(args, "O|O:angle_signed", &argument, &fallback) ||
      parse_floats(argument, 2, 2, other, "Vector.angle_signed()") < 0 || !read(v) ||
      !check_dimensions(v, 2, 2, "Vector.angle_signed()")) {
    return nullptr;
  }
  const float* a = v->values;
  if (squared_length(a, 2) == 0.0 || squared_length(other, 2) == 0.0) {
    return fallback_or_error(fallback, "Vector.angle_signed(): zero length vectors have no angle");
  }
  const double sine = double(other[0]) * a[1] - double(other[1]) * a[0];
  return PyFloat_FromDouble(float(std::atan2(sine, dot_product(a, other, 2))));
}

PyObject* vector_rotation_difference(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  float4 other{};
  const int other_size = parse_floats(argument, 2, 4, &other.x, "Vector.rotation_difference()");
  if (other_size < 0 || !read(v)) {
    return nullptr;
  }
  if (other_size < 3 || v->size < 3) {
    PyErr_SetString(PyExc_ValueError,
                    "Vector.rotation_difference(): both vectors should be 3D or 4D");
    return nullptr;
  }
  return new_quaternion(v->state,
                        smallest_rotation(normalize(float3_of(v)), normalize(xyz(other))));
}

PyObject* vector_project(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  Floats other;
  if (!parse_other(v, argument, other, "Vector.project()")) {
    return nullptr;
  }
  const double factor =
      dot_product(v->values, other.data(), v->size) / squared_length(other.data(), v->size);
  Value* result = new_vector_like(v, v->size);
  for (int i = 0; result != nullptr && i < v->size; ++i) {
    result->values[i] = float(other[i] * factor);
  }
  return as_object(result);
}

PyObject* vector_lerp(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  PyObject* argument;
  float factor;
  Floats other;
  if (!PyArg_ParseTuple(args, "Of:lerp", &argument, &factor) ||
      !parse_other(v, argument, other, "Vector.lerp()")) {
    return nullptr;
  }
  Value* result = new_vector_like(v, v->size);
  for (int i = 0; result != nullptr && i < v->size; ++i) {
    result->values[i] = float((1.0 - factor) * v->values[i] + double(factor) * other[i]);
  }
  return as_object(result);
}

PyObject* vector_slerp(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  PyObject* argument;
  float factor;
  PyObject* fallback = nullptr;
  Floats other;
  if (!PyArg_ParseTuple(args, "Of|O:slerp", &argument, &factor, &fallback) ||
      !check_dimensions(v, 2, 3, "Vector.slerp()") ||
      !parse_other(v, argument, other, "Vector.slerp()")) {
    return nullptr;
  }
  const double length_a = std::sqrt(squared_length(v->values, v->size));
  const double length_b = std::sqrt(squared_length(other.data(), v->size));
  if (length_a == 0.0 || length_b == 0.0) {
    return fallback_or_error(fallback, "Vector.slerp(): zero length vectors have no direction");
  }
  const double cosine = dot_product(v->values, other.data(), v->size) / (length_a * length_b);
  if (cosine < -1.0 + FLT_EPSILON) {
    return fallback_or_error(fallback, "Vector.slerp(): opposite vectors have no way between them");
  }
  // Shoemake, "Animating rotation with quaternion curves", 1985; straight where the sine is lost to
  // rounding.
  double weight_a = 1.0 - factor, weight_b = factor;
  if (std::abs(cosine) < 1.0 - 1e-4) {
    const double angle = std::acos(cosine);
    weight_a = std::sin((1.0 - factor) * angle) / std::sin(angle);
    weight_b = std::sin(factor * angle) / std::sin(angle);
  }
  Value* result = new_vector_like(v, v->size);
  for (int i = 0; result != nullptr && i < v->size; ++i) {
    result->values[i] = float(weight_a * v->values[i] / length_a + weight_b * other[i] / length_b);
  }
  return as_object(result);
}

// ---- tracking ----

PyObject* vector_to_track_quat(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  const char* track_name = nullptr;
  const char* up_name = nullptr;
  int track = 2, up = 1;
  bool is_negated = false;
  if (!PyArg_ParseTuple(args, "|ss:to_track_quat", &track_name, &up_name)) {
    return nullptr;
  }
  if (track_name != nullptr) {
    is_negated = track_name[0] == '-';
    const char* letter = track_name + (is_negated ? 1 : 0);
    if (letter[0] < 'X' || letter[0] > 'Z' || letter[1] != '\0') {
      PyErr_SetString(PyExc_ValueError,
                      "Vector.to_track_quat(): track should be X, -X, Y, -Y, Z or -Z");
      return nullptr;
    }
    track = letter[0] - 'X';
  }
  if (up_name != nullptr) {
    if (up_name[0] < 'X' || up_name[0] > 'Z' || up_name[1] != '\0') {
      PyErr_SetString(PyExc_ValueError, "Vector.to_track_quat(): up should be X, Y or Z");
      return nullptr;
    }
    up = up_name[0] - 'X';
  }
  if (track == up && !is_negated) {
    PyErr_SetString(PyExc_ValueError, "Vector.to_track_quat(): track and up are the same axis");
    return nullptr;
  }
  if (!read(v)) {
    return nullptr;
  }
  if (v->size != 3) {
    PyErr_SetString(PyExc_TypeError, "Vector.to_track_quat(): only for 3D vectors");
    return nullptr;
  }
  return new_quaternion(v->state, matrix_to_quaternion(tracking_rotation(float3_of(v), track, is_negated, up)));
}

// ---- lengths ----

PyObject* vector_get_length(PyObject* self, void*) {
  Value* v = as_value(self);
  return read(v) ? PyFloat_FromDouble(std::sqrt(squared_length(v->values, v->size))) : nullptr;
}

int vector_set_length(PyObject* self, PyObject* item, void*) {
  Value* v = as_value(self);
  double length;
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Vector.length cannot be deleted");
    return -1;
  }
  if (!require_mutable(v) || !parse_double(item, &length, "Vector.length") || !read_for_write(v)) {
    return -1;
  }
  if (length < 0.0) {
    PyErr_SetString(PyExc_ValueError, "Vector.length: cannot be negative");
    return -1;
  }
  const double old_length = std::sqrt(squared_length(v->values, v->size));
  if (length == 0.0) {
    std::fill_n(v->values, v->size, 0.0f);
  } else if (old_length > 0.0) {
    scale(v->values, v->size, length / old_length);
  }
  return write(v) ? 0 : -1;
}

PyObject* vector_get_length_squared(PyObject* self, void*) {
  Value* v = as_value(self);
  return read(v) ? PyFloat_FromDouble(squared_length(v->values, v->size)) : nullptr;
}

PyObject* axis_get(PyObject* self, void* closure) {
  const auto index = int(reinterpret_cast<std::intptr_t>(closure));
  if (index >= as_value(self)->size) {
    PyErr_Format(PyExc_AttributeError, "Vector.%c: a %dD vector has none", "xyzw"[index],
                 as_value(self) -> size);
    return nullptr;
  }
  return component_get(self, closure);
}

int axis_set(PyObject* self, PyObject* item, void* closure) {
  const auto index = int(reinterpret_cast<std::intptr_t>(closure));
  if (index >= as_value(self)->size) {
    PyErr_Format(PyExc_AttributeError, "Vector.%c: a %dD vector has none", "xyzw"[index],
                 as_value(self) -> size);
    return -1;
  }
  return component_set(self, item, closure);
}

// ---- operators ----

/// Both operands as current vectors of one size; AttributeError or ValueError (`size_exception`)
/// else.
bool read_pair(PyObject* left, PyObject* right, const char* operation, PyObject* size_exception) {
  if (!is_vector(left) || !is_vector(right)) {
    operand_error(PyExc_AttributeError, operation, left, right);
    return false;
  }
  if (!read(as_value(left)) || !read(as_value(right))) {
    return false;
  }
  if (as_value(left)->size != as_value(right)->size) {
    PyErr_Format(size_exception, "Vector: (%dD %s %dD) vectors should have the same size",
                 as_value(left)->size, operation, as_value(right)->size);
    return false;
  }
  return true;
}

template <typename Operation>
void combine(const float* a, const float* b, float* result, int size, Operation operation) {
  for (int i = 0; i < size; ++i) {
    result[i] = operation(a[i], b[i]);
  }
}

template <typename Operation>
PyObject* add_or_subtract(PyObject* left, PyObject* right, const char* name, Operation operation) {
  if (!read_pair(left, right, name, PyExc_AttributeError)) {
    return nullptr;
  }
  Value* a = as_value(left);
  Value* result = new_vector_like(a, a->size);
  if (result != nullptr) {
    combine(a->values, as_value(right)->values, result->values, a->size, operation);
  }
  return as_object(result);
}

template <typename Operation>
PyObject* add_or_subtract_in_place(PyObject* left, PyObject* right, const char* name,
                                   Operation operation) {
  if (is_vector(left) && !require_mutable(as_value(left))) {
    return nullptr;
  }
  if (!read_pair(left, right, name, PyExc_AttributeError)) {
    return nullptr;
  }
  Value* a = as_value(left);
  combine(a->values, as_value(right)->values, a->values, a->size, operation);
  return write(a) ? Py_NewRef(left) : nullptr;
}

PyObject* vector_add(PyObject* left, PyObject* right) {
  return add_or_subtract(left, right, "+", std::plus<float>());
}
PyObject* vector_subtract(PyObject* left, PyObject* right) {
  return add_or_subtract(left, right, "-", std::minus<float>());
}
PyObject* vector_add_in_place(PyObject* left, PyObject* right) {
  return add_or_subtract_in_place(left, right, "+=", std::plus<float>());
}
PyObject* vector_subtract_in_place(PyObject* left, PyObject* right) {
  return add_or_subtract_in_place(left, right, "-=", std::minus<float>());
}

PyObject* scaled_copy(Value* v, double factor) {
  if (!read(v)) {
    return nullptr;
  }
  Value* result = new_vector_like(v, v->size);
  for (int i = 0; result != nullptr && i < v->size; ++i) {
    result->values[i] = float(v->values[i] * factor);
  }
  return as_object(result);
}

PyObject* vector_multiply(PyObject* left, PyObject* right) {
  if (is_vector(left) && is_vector(right)) {
    if (!read_pair(left, right, "*", PyExc_ValueError)) {
      return nullptr;
    }
    Value* a = as_value(left);
    Value* result = new_vector_like(a, a->size);
    if (result != nullptr) {
      combine(a->values, as_value(right)->values, result->values, a->size,
              std::multiplies<float>());
    }
    return as_object(result);
  }
  PyObject* vector = is_vector(left) ? left : right;
  float factor;
  return parse_scalar_operand(vector == left ? right : left, &factor, "*", left, right)
             ? scaled_copy(as_value(vector), factor)
             : nullptr;
}

PyObject* vector_multiply_in_place(PyObject* left, PyObject* right) {
  Value* a = as_value(left);
  if (!require_mutable(a)) {
    return nullptr;
  }
  if (is_vector(right)) {
    if (!read_pair(left, right, "*=", PyExc_ValueError)) {
      return nullptr;
    }
    combine(a->values, as_value(right)->values, a->values, a->size, std::multiplies<float>());
  } else {
    float factor;
    if (!parse_scalar_operand(right, &factor, "*=", left, right) || !read_for_write(a)) {
      return nullptr;
    }
    scale(a->values, a->size, factor);
  }
  return write(a) ? Py_NewRef(left) : nullptr;
}

bool divisor(PyObject* left, PyObject* right, float* result) {
  if (!is_vector(left)) {
    operand_error(PyExc_TypeError, "/", left, right);
    return false;
  }
  if (!parse_scalar_operand(right, result, "/", left, right)) {
    return false;
  }
  if (*result == 0.0f) {
    PyErr_SetString(PyExc_ZeroDivisionError, "Vector: division by zero");
    return false;
  }
  return true;
}

PyObject* vector_divide(PyObject* left, PyObject* right) {
  float number;
  return divisor(left, right, &number) ? scaled_copy(as_value(left), 1.0 / number) : nullptr;
}

PyObject* vector_divide_in_place(PyObject* left, PyObject* right) {
  Value* a = as_value(left);
  float number;
  if (!require_mutable(a) || !divisor(left, right, &number) || !read_for_write(a)) {
    return nullptr;
  }
  scale(a->values, a->size, 1.0 / number);
  return write(a) ? Py_NewRef(left) : nullptr;
}

/// A row vector times a matrix; a 3D vector meets a 4 x 4 matrix as a point.
PyObject* row_times_matrix(Value* v, Value* m) {
  if (!read(v) || !read(m)) {
    return nullptr;
  }
  const bool is_point = v->size == 3 && m->rows == 4 && m->columns == 4;
  if (v->size != m->rows && !is_point) {
    PyErr_Format(PyExc_ValueError,
                 "Vector @ Matrix: a %dD vector needs a matrix of as many rows, not %dx%d", v->size,
                 int(m->rows), int(m->columns));
    return nullptr;
  }
  const int size = is_point ? 3 : m->columns;
  Value* result = new_vector_like(v, size);
  for (int column = 0; result != nullptr && column < size; ++column) {
    double sum = 0.0;
    for (int row = 0; row < m->rows; ++row) {
      const double factor = row < v->size ? v->values[row] : 1.0;
      sum += factor * m->values[row * m->columns + column];
    }
    result->values[column] = float(sum);
  }
  return as_object(result);
}

PyObject* vector_matrix_multiply(PyObject* left, PyObject* right) {
  if (is_vector(left) && is_vector(right)) {
    if (!read_pair(left, right, "@", PyExc_ValueError)) {
      return nullptr;
    }
    return PyFloat_FromDouble(
        dot_product(as_value(left)->values, as_value(right)->values, as_value(left)->size));
  }
  if (is_vector(left) && is_matrix(right)) {
    return row_times_matrix(as_value(left), as_value(right));
  }
  return operand_error(PyExc_TypeError, "@", left, right);
}

PyObject* vector_matrix_multiply_in_place(PyObject* left, PyObject* right) {
  return operand_error(PyExc_TypeError, "@=", left, right);
}

PyObject* vector_negative(PyObject* self) {
  return scaled_copy(as_value(self), -1.0);
}
PyObject* vector_positive(PyObject* self) {
  return copy_value(as_value(self));
}

PyObject* vector_compare(PyObject* left, PyObject* right, int operation) {
  if (operation == Py_EQ || operation == Py_NE) {
    return value_compare(left, right, operation);
  }
  // Order is by length; vectors of different sizes have none.
  if (!is_vector(left) || !is_vector(right)) {
    Py_RETURN_FALSE;
  }
  Value* a = as_value(left);
  Value* b = as_value(right);
  if (!read(a) || !read(b)) {
    return nullptr;
  }
  if (a->size != b->size) {
    Py_RETURN_FALSE;
  }
  const double length_a = squared_length(a->values, a->size);
  const double length_b = squared_length(b->values, b->size);
  const bool is_close = std::abs(length_a - length_b) < 1e-6;
  bool result = false;
  switch (operation) {
    case Py_LT:
      result = length_a < length_b;
      break;
    case Py_LE:
      result = length_a < length_b || is_close;
      break;
    case Py_GT:
      result = length_a > length_b;
      break;
    case Py_GE:
      result = length_a > length_b || is_close;
      break;
  }
  return PyBool_FromLong(result);
}

PyObject* vector_repr(PyObject* self) {
  Value* v = as_value(self);
  if (!read(v)) {
    return nullptr;
  }
  const PyRef tuple = float_tuple(v->values, v->size);
  return tuple ? PyUnicode_FromFormat("Vector(%R)", tuple.get()) : nullptr;
}

PyObject* vector_str(PyObject* self) {
  Value* v = as_value(self);
  if (!read(v)) {
    return nullptr;
  }
  std::string text = "<Vector (";
  for (int i = 0; i < v->size; ++i) {
    text += fixed_text(v->values[i]);
    text += i + 1 < v->size ? ", " : ")>";
  }
  return PyUnicode_FromStringAndSize(text.data(), Py_ssize_t(text.size()));
}

PyMethodDef vector_methods[] = {
    {"Fill", vector_fill, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Fill(size, fill=0.0)\n\nA vector of equal components."},
    {"Range", vector_range, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Range(start, stop, step=1)\n\nThe numbers from start up to, without, stop; "
     "with one argument from 0."},
    {"Linspace", vector_linspace, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Linspace(start, stop, size)\n\nEvenly spaced numbers, both ends included."},
    {"Repeat", vector_repeat, METH_VARARGS | METH_CLASS,
     ".. classmethod:: Repeat(vector, size)\n\nThe components again and again, up to size."},
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
    {"to_track_quat", vector_to_track_quat, METH_VARARGS,
     ".. method:: to_track_quat(track, up)\n\nThe rotation that points the axis track ('X' to "
     "'-Z') along this vector, with the axis up toward Z."},
    {"orthogonal", vector_orthogonal, METH_NOARGS,
     ".. method:: orthogonal()\n\nSome vector at right angles; not normalized."},
    {"reflect", vector_reflect, METH_O,
     ".. method:: reflect(mirror)\n\nThis vector reflected at the plane of that normal."},
    {"cross", vector_cross, METH_O,
     ".. method:: cross(other)\n\nThe cross product; of 2D vectors a number."},
    {"dot", vector_dot, METH_O, ".. method:: dot(other)\n\nThe dot product."},
    {"angle", vector_angle, METH_VARARGS,
     ".. method:: angle(other, fallback=None)\n\nThe angle to another vector; fallback, where one "
     "is zero."},
    {"angle_signed", vector_angle_signed, METH_VARARGS,
     ".. method:: angle_signed(other, fallback)\n\nThe angle to another 2D vector, clockwise "
     "positive."},
    {"rotation_difference", vector_rotation_difference, METH_O,
     ".. method:: rotation_difference(other)\n\nThe smallest rotation to the other direction."},
    {"project", vector_project, METH_O,
     ".. method:: project(other)\n\nThe part of this vector along the other."},
    {"lerp", vector_lerp, METH_VARARGS,
     ".. method:: lerp(other, factor)\n\nLinear interpolation; factor 0 gives this vector."},
    {"slerp", vector_slerp, METH_VARARGS,
     ".. method:: slerp(other, factor, fallback=None)\n\nInterpolation of the directions along the "
     "arc."},
    {"rotate", vector_rotate, METH_O,
     ".. method:: rotate(other)\n\nRotates by an Euler, a Quaternion or a Matrix."},
    KILN_MATHUTILS_COMMON_METHODS,
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef* vector_attributes() {
  static const std::vector<PyGetSetDef> attributes = [] {
    std::vector<PyGetSetDef> all = {
        {"x", axis_get, axis_set, "First component.", reinterpret_cast<void*>(0)},
        {"y", axis_get, axis_set, "Second component.", reinterpret_cast<void*>(1)},
        {"z", axis_get, axis_set, "Third component.", reinterpret_cast<void*>(2)},
        {"w", axis_get, axis_set, "Fourth component.", reinterpret_cast<void*>(3)},
        {"length", vector_get_length, vector_set_length, "Length.", nullptr},
        {"magnitude", vector_get_length, vector_set_length, "Length.", nullptr},
        {"length_squared", vector_get_length_squared, nullptr, "Length, squared.", nullptr},
        KILN_MATHUTILS_COMMON_ATTRIBUTES};
    append_swizzles(all);
    all.push_back({});
    return all;
  }();
  return const_cast<PyGetSetDef*>(attributes.data());  // CPython only reads it
}

}  // namespace

PyTypeObject* create_vector_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>(".. class:: Vector(seq)\n\nTwo or more numbers.")},
      {Py_tp_new, reinterpret_cast<void*>(vector_new)},
      {Py_tp_repr, reinterpret_cast<void*>(vector_repr)},
      {Py_tp_str, reinterpret_cast<void*>(vector_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(vector_compare)},
      {Py_tp_methods, vector_methods},
      {Py_tp_getset, vector_attributes()},
      {Py_nb_add, reinterpret_cast<void*>(vector_add)},
      {Py_nb_subtract, reinterpret_cast<void*>(vector_subtract)},
      {Py_nb_multiply, reinterpret_cast<void*>(vector_multiply)},
      {Py_nb_true_divide, reinterpret_cast<void*>(vector_divide)},
      {Py_nb_matrix_multiply, reinterpret_cast<void*>(vector_matrix_multiply)},
      {Py_nb_inplace_add, reinterpret_cast<void*>(vector_add_in_place)},
      {Py_nb_inplace_subtract, reinterpret_cast<void*>(vector_subtract_in_place)},
      {Py_nb_inplace_multiply, reinterpret_cast<void*>(vector_multiply_in_place)},
      {Py_nb_inplace_true_divide, reinterpret_cast<void*>(vector_divide_in_place)},
      {Py_nb_inplace_matrix_multiply, reinterpret_cast<void*>(vector_matrix_multiply_in_place)},
      {Py_nb_negative, reinterpret_cast<void*>(vector_negative)},
      {Py_nb_positive, reinterpret_cast<void*>(vector_positive)},
      KILN_MATHUTILS_COMMON_SLOTS,
      KILN_MATHUTILS_ROW_SLOTS,
      {0, nullptr}};
  return add_type(module, "mathutils.Vector", sizeof(Value), slots);
}

}  // namespace kiln::python::mathutils
