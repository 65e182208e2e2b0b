#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

void set(Value* value, const Quaternion& q) {
  for (int i = 0; i < 4; ++i) {
    value->values[i] = q[i];
  }
}

PyObject* new_like(const Value* like, const Quaternion& q) {
  return as_object(new_value(like->state, Kind::Quaternion, Py_TYPE(&like->ob_base), &q.w, 4));
}

State* state_of_type(PyTypeObject* type) {
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  return module != nullptr ? state_of(module) : nullptr;
}

double dot_product(const Quaternion& a, const Quaternion& b) {
  return double(a.w) * b.w + double(a.x) * b.x + double(a.y) * b.y + double(a.z) * b.z;
}
double magnitude(const Quaternion& q) {
  return std::sqrt(dot_product(q, q));
}

Quaternion scaled(const Quaternion& q, double factor) {
  return {float(q.w * factor), float(q.x * factor), float(q.y * factor), float(q.z * factor)};
}
Quaternion conjugate(const Quaternion& q) {
  return {q.w, -q.x, -q.y, -q.z};
}

Quaternion inverse(const Quaternion& q) {
  const double squared = dot_product(q, q);
  return squared > 0.0 ? scaled(conjugate(q), 1.0 / squared) : q;
}

/// `a` to `b` the short way (Shoemake, "Animating rotation with quaternion curves", 1985); not
/// normalized.
Quaternion interpolate(Quaternion a, const Quaternion& b, double factor) {
  double cosine = dot_product(a, b);
  if (cosine < 0.0) {
    a = scaled(a, -1.0);
    cosine = -cosine;
  }
  double weight_a = 1.0 - factor, weight_b = factor;
  if (cosine < 1.0 - 1e-4) {
    const double angle = std::acos(cosine);
    weight_a = std::sin(weight_a * angle) / std::sin(angle);
    weight_b = std::sin(weight_b * angle) / std::sin(angle);
  }
  Quaternion result;
  for (int i = 0; i < 4; ++i) {
    result[i] = float(weight_a * a[i] + weight_b * b[i]);
  }
  return result;
}

float3 exponential_map(const Quaternion& q) {
  float3 axis;
  float angle;
  quaternion_to_axis_angle(q, &axis, &angle);
  return axis * angle;
}

/// Into [-pi, pi].
float wrapped_angle(float angle) {
  return std::remainder(angle, float(2.0 * M_PI));
}

Quaternion from_exponential_map(float3 map) {
  return axis_angle_to_quaternion(map, wrapped_angle(length(map)));
}

PyObject* quaternion_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Quaternion(): takes no keyword arguments");
    return nullptr;
  }
  PyObject* sequence = nullptr;
  double angle = 0.0;
  if (!PyArg_ParseTuple(args, "|Od:Quaternion", &sequence, &angle)) {
    return nullptr;
  }
  Quaternion value;
  if (PyTuple_GET_SIZE(args) == 2) {
    float3 axis;
    if (!parse_float3(sequence, &axis, "Quaternion()")) {
      return nullptr;
    }
    value = axis_angle_to_quaternion(axis, wrapped_angle(float(angle)));
  } else if (sequence != nullptr) {
    float numbers[4];
    const int count = parse_floats(sequence, 3, 4, numbers, "Quaternion()");
    if (count < 0) {
      return nullptr;
    }
    value = count == 3 ? from_exponential_map({numbers[0], numbers[1], numbers[2]})
                       : Quaternion{numbers[0], numbers[1], numbers[2], numbers[3]};
  }
  State* state = state_of_type(type);
  return state != nullptr ? as_object(new_value(state, Kind::Quaternion, type, &value.w, 4))
                          : nullptr;
}

// ---- conversions ----

PyObject* quaternion_to_euler(PyObject* self, PyObject* args) {
  Value* q = as_value(self);
  const char* order_name = "XYZ";
  PyObject* compatible = nullptr;
  EulerOrder order;
  if (!PyArg_ParseTuple(args, "|sO!:to_euler", &order_name, q->state->types[int(Kind::Euler)],
                        &compatible) ||
      !parse_euler_order(order_name, &order, "Quaternion.to_euler()") ||
      (compatible != nullptr && !read(as_value(compatible))) || !read(q)) {
    return nullptr;
  }
  const float3x3 matrix = quaternion_to_matrix(normalize(quaternion_of(q)));
  const float3 angles = compatible != nullptr ? matrix_to_compatible_euler(
                                                    matrix, float3_of(as_value(compatible)), order)
                                              : matrix_to_euler(matrix, order);
  return new_euler(q->state, angles, order);
}

PyObject* quaternion_to_matrix_method(PyObject* self, PyObject*) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  const float3x3 matrix = quaternion_to_matrix(quaternion_of(q));
  return new_matrix(q->state, 3, 3, {&matrix[0].x, 9});
}

PyObject* quaternion_to_axis_angle_method(PyObject* self, PyObject*) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  float3 axis;
  float angle;
  quaternion_to_axis_angle(quaternion_of(q), &axis, &angle);
  return Py_BuildValue("(Nd)", new_vector(q->state, {&axis.x, 3}), double(angle));
}

PyObject* quaternion_to_swing_twist(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  const char* name = PyUnicode_Check(argument) ? PyUnicode_AsUTF8(argument) : "";
  if (name == nullptr) {
    return nullptr;
  }
  if (name[0] < 'X' || name[0] > 'Z' || name[1] != '\0') {
    PyErr_SetString(PyExc_ValueError,
                    "Quaternion.to_swing_twist(): axis should be 'X', 'Y' or 'Z'");
    return nullptr;
  }
  if (!read(q)) {
    return nullptr;
  }
  // The twist is the part about the axis; the swing is what is left when it is undone first.
  const Quaternion rotation = quaternion_of(q);
  const int axis = 1 + name[0] - 'X';
  const float half = std::atan2(rotation[axis], rotation.w);
  Quaternion untwist{std::cos(half), 0, 0, 0};
  untwist[axis] = -std::sin(half);
  return Py_BuildValue("(Nd)", new_like(q, rotation * untwist), double(wrapped_angle(2.0f * half)));
}

PyObject* quaternion_to_exponential_map(PyObject* self, PyObject*) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  const float3 map = exponential_map(quaternion_of(q));
  return new_vector(q->state, {&map.x, 3});
}

// ---- with another quaternion ----

bool parse_other(Value* self, PyObject* argument, Quaternion* other, const char* function) {
  return parse_floats(argument, 4, 4, &other->w, function) == 4 && read(self);
}

PyObject* quaternion_cross(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  Quaternion other;
  return parse_other(q, argument, &other, "Quaternion.cross()")
             ? new_like(q, quaternion_of(q) * other)
             : nullptr;
}

PyObject* quaternion_dot(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  Quaternion other;
  return parse_other(q, argument, &other, "Quaternion.dot()")
             ? PyFloat_FromDouble(float(dot_product(quaternion_of(q), other)))
             : nullptr;
}

PyObject* quaternion_rotation_difference(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  Quaternion other;
  return parse_other(q, argument, &other, "Quaternion.rotation_difference()")
             ? new_like(q, inverse(quaternion_of(q)) * other)
             : nullptr;
}

PyObject* quaternion_slerp(PyObject* self, PyObject* args) {
  Value* q = as_value(self);
  PyObject* argument;
  float factor;
  Quaternion other;
  if (!PyArg_ParseTuple(args, "Of:slerp", &argument, &factor) ||
      !parse_other(q, argument, &other, "Quaternion.slerp()")) {
    return nullptr;
  }
  if (!(factor >= 0.0f && factor <= 1.0f)) {
    PyErr_SetString(PyExc_ValueError, "Quaternion.slerp(): factor should be 0 to 1");
    return nullptr;
  }
  return new_like(q, interpolate(quaternion_of(q), other, factor));
}

PyObject* quaternion_rotate(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  float3x3 rotation;
  if (!require_mutable(q) || !parse_rotation(argument, &rotation, "Quaternion.rotate()") ||
      !read_for_write(q)) {
    return nullptr;
  }
  const double length = magnitude(quaternion_of(q));
  const float3x3 rotated = rotation * quaternion_to_matrix(normalize(quaternion_of(q)));
  set(q, scaled(matrix_to_quaternion(rotated), length));
  return none_after_write(q);
}

PyObject* quaternion_make_compatible(PyObject* self, PyObject* argument) {
  Value* q = as_value(self);
  Quaternion other;
  if (!require_mutable(q) || !parse_other(q, argument, &other, "Quaternion.make_compatible()")) {
    return nullptr;
  }
  // Both signs mean the same rotation; the one nearer to the other quaternion is taken.
  const double sign = dot_product(quaternion_of(q), other) < 0.0 ? -1.0 : 1.0;
  set(q, scaled(quaternion_of(q), sign * magnitude(other)));
  return none_after_write(q);
}

// ---- changing in place, and changed copies ----

template <Quaternion (*Change)(const Quaternion&)>
PyObject* change(PyObject* self, PyObject*) {
  Value* q = as_value(self);
  if (!read_for_write(q)) {
    return nullptr;
  }
  set(q, Change(quaternion_of(q)));
  return none_after_write(q);
}

template <Quaternion (*Change)(const Quaternion&)>
PyObject* changed(PyObject* self, PyObject*) {
  Value* q = as_value(self);
  return read(q) ? new_like(q, Change(quaternion_of(q))) : nullptr;
}

Quaternion normalized(const Quaternion& q) {
  return normalize(q);
}
Quaternion negated(const Quaternion& q) {
  return scaled(q, -1.0);
}
Quaternion identity(const Quaternion&) {
  return {};
}

// ---- attributes ----

PyObject* quaternion_get_magnitude(PyObject* self, void*) {
  Value* q = as_value(self);
  return read(q) ? PyFloat_FromDouble(float(magnitude(quaternion_of(q)))) : nullptr;
}

PyObject* quaternion_get_angle(PyObject* self, void*) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  float3 axis;
  float angle;
  quaternion_to_axis_angle(quaternion_of(q), &axis, &angle);
  return PyFloat_FromDouble(angle);
}

PyObject* quaternion_get_axis(PyObject* self, void*) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  float3 axis;
  float angle;
  quaternion_to_axis_angle(quaternion_of(q), &axis, &angle);
  return new_vector(q->state, {&axis.x, 3});
}

/// Changes axis or angle; a rotation without axis is about X.
int set_axis_angle(Value* q, const float3* new_axis, const float* new_angle) {
  if (!read_for_write(q)) {
    return -1;
  }
  float3 axis;
  float angle;
  const double length = magnitude(quaternion_of(q));
  quaternion_to_axis_angle(quaternion_of(q), &axis, &angle);
  axis = new_axis != nullptr ? *new_axis : axis;
  angle = new_angle != nullptr ? wrapped_angle(*new_angle) : angle;
  if (axis == float3{}) {
    axis = {1, 0, 0};
  }
  set(q, scaled(axis_angle_to_quaternion(axis, angle), length));
  return write(q) ? 0 : -1;
}

int quaternion_set_angle(PyObject* self, PyObject* item, void*) {
  float angle;
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Quaternion.angle cannot be deleted");
    return -1;
  }
  return require_mutable(as_value(self)) && parse_float(item, &angle, "Quaternion.angle")
             ? set_axis_angle(as_value(self), nullptr, &angle)
             : -1;
}

int quaternion_set_axis(PyObject* self, PyObject* item, void*) {
  float3 axis;
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Quaternion.axis cannot be deleted");
    return -1;
  }
  return require_mutable(as_value(self)) && parse_float3(item, &axis, "Quaternion.axis")
             ? set_axis_angle(as_value(self), &axis, nullptr)
             : -1;
}

// ---- operators ----

template <typename Operation>
PyObject* by_component(PyObject* left, PyObject* right, const char* name, Operation operation) {
  if (!is_quaternion(left) || !is_quaternion(right)) {
    return operand_error(PyExc_TypeError, name, left, right);
  }
  Value* a = as_value(left);
  if (!read(a) || !read(as_value(right))) {
    return nullptr;
  }
  Quaternion result;
  for (int i = 0; i < 4; ++i) {
    result[i] = operation(a->values[i], as_value(right)->values[i]);
  }
  return new_like(a, result);
}

PyObject* quaternion_add(PyObject* left, PyObject* right) {
  return by_component(left, right, "+", std::plus<float>());
}
PyObject* quaternion_subtract(PyObject* left, PyObject* right) {
  return by_component(left, right, "-", std::minus<float>());
}

PyObject* quaternion_multiply(PyObject* left, PyObject* right) {
  if (is_quaternion(left) && is_quaternion(right)) {
    return by_component(left, right, "*", std::multiplies<float>());
  }
  PyObject* quaternion = is_quaternion(left) ? left : right;
  float factor;
  if (!parse_scalar_operand(quaternion == left ? right : left, &factor, "*", left, right) ||
      !read(as_value(quaternion))) {
    return nullptr;
  }
  return new_like(as_value(quaternion), scaled(quaternion_of(as_value(quaternion)), factor));
}

PyObject* quaternion_multiply_in_place(PyObject* left, PyObject* right) {
  Value* q = as_value(left);
  if (!require_mutable(q)) {
    return nullptr;
  }
  if (is_quaternion(right)) {
    if (!read(as_value(right)) || !read_for_write(q)) {
      return nullptr;
    }
    for (int i = 0; i < 4; ++i) {
      q->values[i] *= as_value(right)->values[i];
    }
  } else {
    float factor;
    if (!parse_scalar_operand(right, &factor, "*=", left, right) || !read_for_write(q)) {
      return nullptr;
    }
    set(q, scaled(quaternion_of(q), factor));
  }
  return write(q) ? Py_NewRef(left) : nullptr;
}

PyObject* quaternion_matrix_multiply(PyObject* left, PyObject* right) {
  if (!is_quaternion(left) || (!is_quaternion(right) && !is_vector(right))) {
    return operand_error(PyExc_TypeError, "@", left, right);
  }
  Value* a = as_value(left);
  Value* b = as_value(right);
  if (!read(a) || !read(b)) {
    return nullptr;
  }
  if (b->kind == Kind::Quaternion) {
    return new_like(a, quaternion_of(a) * quaternion_of(b));
  }
  if (b->size != 3) {
    PyErr_Format(PyExc_ValueError, "Quaternion @ Vector: the vector should be 3D, not %dD",
                 b->size);
    return nullptr;
  }
  // q v q*, which for a quaternion of magnitude m scales by m squared.
  const Quaternion q = quaternion_of(a);
  const Quaternion rotated =
      q * Quaternion{0, b->values[0], b->values[1], b->values[2]} * conjugate(q);
  return as_object(new_value(b->state, Kind::Vector, Py_TYPE(right), &rotated.x, 3));
}

PyObject* quaternion_matrix_multiply_in_place(PyObject* left, PyObject* right) {
  if (!is_quaternion(left) || !is_quaternion(right)) {
    return operand_error(PyExc_TypeError, "@=", left, right);
  }
  Value* q = as_value(left);
  if (!read(as_value(right)) || !read_for_write(q)) {
    return nullptr;
  }
  set(q, quaternion_of(q) * quaternion_of(as_value(right)));
  return write(q) ? Py_NewRef(left) : nullptr;
}

PyObject* quaternion_negative(PyObject* self) {
  return changed<negated>(self, nullptr);
}
PyObject* quaternion_positive(PyObject* self) {
  return copy_value(as_value(self));
}

PyObject* quaternion_repr(PyObject* self) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  const PyRef tuple = float_tuple(q->values, 4);
  return tuple ? PyUnicode_FromFormat("Quaternion(%R)", tuple.get()) : nullptr;
}

PyObject* quaternion_str(PyObject* self) {
  Value* q = as_value(self);
  if (!read(q)) {
    return nullptr;
  }
  const float* v = q->values;
  return PyUnicode_FromString(
      fmt::format("<Quaternion (w={:.4f}, x={:.4f}, y={:.4f}, z={:.4f})>", v[0], v[1], v[2], v[3])
          .c_str());
}

PyMethodDef quaternion_methods[] = {
    {"identity", change<identity>, METH_NOARGS, ".. method:: identity()\n\nMakes it no rotation."},
    {"negate", change<negated>, METH_NOARGS,
     ".. method:: negate()\n\nChanges all signs; the rotation stays."},
    {"conjugate", change<conjugate>, METH_NOARGS, ".. method:: conjugate()\n\nReverses the axis."},
    {"conjugated", changed<conjugate>, METH_NOARGS,
     ".. method:: conjugated()\n\nA copy with the axis reversed."},
    {"invert", change<inverse>, METH_NOARGS, ".. method:: invert()\n\nMakes it its inverse."},
    {"inverted", changed<inverse>, METH_NOARGS, ".. method:: inverted()\n\nThe inverse."},
    {"normalize", change<normalized>, METH_NOARGS,
     ".. method:: normalize()\n\nMakes the magnitude 1."},
    {"normalized", changed<normalized>, METH_NOARGS,
     ".. method:: normalized()\n\nA copy of magnitude 1."},
    {"to_euler", quaternion_to_euler, METH_VARARGS,
     ".. method:: to_euler(order, euler_compat)\n\nThe rotation as Euler angles, of several sets "
     "the one nearest to euler_compat."},
    {"to_matrix", quaternion_to_matrix_method, METH_NOARGS,
     ".. method:: to_matrix()\n\nThe rotation as a 3x3 matrix."},
    {"to_axis_angle", quaternion_to_axis_angle_method, METH_NOARGS,
     ".. method:: to_axis_angle()\n\nThe axis, a vector, and the angle."},
    {"to_swing_twist", quaternion_to_swing_twist, METH_O,
     ".. method:: to_swing_twist(axis)\n\nThe rotation that is left when the one about the axis "
     "('X', 'Y', 'Z') is undone first, and the angle of that."},
    {"to_exponential_map", quaternion_to_exponential_map, METH_NOARGS,
     ".. method:: to_exponential_map()\n\nThe axis, as long as the angle."},
    {"cross", quaternion_cross, METH_O, ".. method:: cross(other)\n\nThe quaternion product."},
    {"dot", quaternion_dot, METH_O, ".. method:: dot(other)\n\nThe dot product."},
    {"rotation_difference", quaternion_rotation_difference, METH_O,
     ".. method:: rotation_difference(other)\n\nThe rotation from this one to the other."},
    {"slerp", quaternion_slerp, METH_VARARGS,
     ".. method:: slerp(other, factor)\n\nSpherical interpolation; factor 0 gives this one."},
    {"rotate", quaternion_rotate, METH_O,
     ".. method:: rotate(other)\n\nRotates by an Euler, a Quaternion or a Matrix."},
    {"make_compatible", quaternion_make_compatible, METH_O,
     ".. method:: make_compatible(other)\n\nTakes the sign that is nearer to the other "
     "quaternion, and multiplies with its magnitude."},
    KILN_MATHUTILS_COMMON_METHODS,
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef quaternion_attributes[] = {
    {"w", component_get, component_set, "Real part.", reinterpret_cast<void*>(0)},
    {"x", component_get, component_set, "First imaginary part.", reinterpret_cast<void*>(1)},
    {"y", component_get, component_set, "Second imaginary part.", reinterpret_cast<void*>(2)},
    {"z", component_get, component_set, "Third imaginary part.", reinterpret_cast<void*>(3)},
    {"magnitude", quaternion_get_magnitude, nullptr, "Size.", nullptr},
    {"angle", quaternion_get_angle, quaternion_set_angle, "Angle of the rotation.", nullptr},
    {"axis", quaternion_get_axis, quaternion_set_axis, "Axis of the rotation.", nullptr},
    KILN_MATHUTILS_COMMON_ATTRIBUTES,
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyTypeObject* create_quaternion_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>(".. class:: Quaternion([seq, [angle]])\n\nA rotation as w, x, "
                                    "y, z; made from four numbers, an axis and an angle, or an "
                                    "exponential map of three.")},
      {Py_tp_new, reinterpret_cast<void*>(quaternion_new)},
      {Py_tp_repr, reinterpret_cast<void*>(quaternion_repr)},
      {Py_tp_str, reinterpret_cast<void*>(quaternion_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(value_compare)},
      {Py_tp_methods, quaternion_methods},
      {Py_tp_getset, quaternion_attributes},
      {Py_nb_add, reinterpret_cast<void*>(quaternion_add)},
      {Py_nb_subtract, reinterpret_cast<void*>(quaternion_subtract)},
      {Py_nb_multiply, reinterpret_cast<void*>(quaternion_multiply)},
      {Py_nb_matrix_multiply, reinterpret_cast<void*>(quaternion_matrix_multiply)},
      {Py_nb_inplace_multiply, reinterpret_cast<void*>(quaternion_multiply_in_place)},
      {Py_nb_inplace_matrix_multiply, reinterpret_cast<void*>(quaternion_matrix_multiply_in_place)},
      {Py_nb_negative, reinterpret_cast<void*>(quaternion_negative)},
      {Py_nb_positive, reinterpret_cast<void*>(quaternion_positive)},
      KILN_MATHUTILS_COMMON_SLOTS,
      KILN_MATHUTILS_ROW_SLOTS,
      {0, nullptr}};
  return add_type(module, "mathutils.Quaternion", sizeof(Value), slots);
}

}  // namespace kiln::python::mathutils
