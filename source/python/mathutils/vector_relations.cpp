#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/tracking.h"
#include "python/mathutils/vector.h"

namespace kiln::python::mathutils {
namespace {

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
    const float components[4] = {reflected.x, reflected.y, reflected.z, 0.0f};
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
  if (!parse_other(v, argument, other, "Vector.dot()", Longer::Allowed)) {
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
  if (v->size < 3 || v->size > 4) {
    PyErr_SetString(PyExc_ValueError, "Vector.rotation_difference(): both should be 3D or 4D");
    return nullptr;
  }
  if (parse_floats(argument, 3, 4, &other.x, "Vector.rotation_difference()") < 0 || !read(v) ||
      !check_dimensions(v, 3, 4, "Vector.rotation_difference()")) {
    return nullptr;
  }
  return new_quaternion(v->state,
                        smallest_rotation(normalize(float3_of(v)), normalize(xyz(other))));
}

PyObject* vector_project(PyObject* self, PyObject* argument) {
  Value* v = as_value(self);
  Floats other;
  if (!parse_other(v, argument, other, "Vector.project()", Longer::Allowed)) {
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
      !parse_other(v, argument, other, "Vector.lerp()", Longer::Allowed)) {
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

PyObject* vector_to_track_quat(PyObject* self, PyObject* args) {
  Value* v = as_value(self);
  const char* track_name = nullptr;
  const char* up_name = nullptr;
  int track = 2, up = 1;
  bool is_negated = false;
  if (!PyArg_ParseTuple(args, "|ss:to_track_quat", &track_name, &up_name)) {
    return nullptr;
  }
  if (v->size != 3) {
    PyErr_SetString(PyExc_TypeError, "Vector.to_track_quat(): only for 3D vectors");
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
  return new_quaternion(
      v->state, matrix_to_quaternion(tracking_rotation(float3_of(v), track, is_negated, up)));
}

constexpr PyMethodDef methods[] = {
    {"to_track_quat", vector_to_track_quat, METH_VARARGS,
     ".. method:: to_track_quat(track, up)\n\nThe rotation that points the axis track ('X' to "
     "'-Z') along this vector, with the axis up toward Z."},
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
};

}  // namespace

const std::span<const PyMethodDef> vector_relations = methods;

}  // namespace kiln::python::mathutils
