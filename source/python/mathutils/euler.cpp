#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

/// The order is part of what the owner keeps (an object's rotation mode).
bool read_with_order(Value* e) {
  return read(e) && (e->owner == nullptr || e->owner->read_order(e->order));
}

void set(Value* e, float3 angles) {
  std::copy_n(&angles.x, 3, e->values);
}

PyObject* euler_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Euler(): takes no keyword arguments");
    return nullptr;
  }
  PyObject* sequence = nullptr;
  const char* order_name = "XYZ";
  float3 angles;
  EulerOrder order;
  if (!PyArg_ParseTuple(args, "|Os:Euler", &sequence, &order_name) ||
      !parse_euler_order(order_name, &order, "Euler()") ||
      (sequence != nullptr && !parse_float3(sequence, &angles, "Euler()"))) {
    return nullptr;
  }
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  if (module == nullptr) {
    return nullptr;
  }
  Value* result = new_value(state_of(module), Kind::Euler, type, &angles.x, 3);
  if (result != nullptr) {
    result->order = order;
  }
  return as_object(result);
}

PyObject* euler_zero(PyObject* self, PyObject*) {
  Value* e = as_value(self);
  if (!read_for_write(e)) {
    return nullptr;
  }
  set(e, {});
  return none_after_write(e);
}

PyObject* euler_to_matrix_method(PyObject* self, PyObject*) {
  Value* e = as_value(self);
  if (!read_with_order(e)) {
    return nullptr;
  }
  const float3x3 matrix = euler_to_matrix(float3_of(e), e->order);
  return new_matrix(e->state, 3, 3, {&matrix[0].x, 9});
}

PyObject* euler_to_quaternion_method(PyObject* self, PyObject*) {
  Value* e = as_value(self);
  return read_with_order(e) ? new_quaternion(e->state, euler_to_quaternion(float3_of(e), e->order))
                            : nullptr;
}

PyObject* euler_rotate(PyObject* self, PyObject* argument) {
  Value* e = as_value(self);
  float3x3 rotation;
  if (!require_mutable(e) || !parse_rotation(argument, &rotation, "Euler.rotate()") ||
      !read_with_order(e)) {
    return nullptr;
  }
  // A matrix may shear; the angles are those of the axes it makes of the own ones.
  float3x3 axes = transpose(rotation * euler_to_matrix(float3_of(e), e->order));
  for (float3& axis : axes.rows) {
    axis = normalize(axis);
  }
  const float3x3 rotated = transpose(axes);
  set(e, matrix_to_compatible_euler(rotated, float3_of(e), e->order));
  return none_after_write(e);
}

PyObject* euler_rotate_axis(PyObject* self, PyObject* args) {
  Value* e = as_value(self);
  int axis;
  float angle;
  if (!PyArg_ParseTuple(args, "Cf:rotate_axis", &axis, &angle)) {
    return nullptr;
  }
  if (axis < 'X' || axis > 'Z') {
    PyErr_SetString(PyExc_ValueError, "Euler.rotate_axis(): axis should be 'X', 'Y' or 'Z'");
    return nullptr;
  }
  if (!require_mutable(e) || !read_with_order(e)) {
    return nullptr;
  }
  float3 local{};
  local[axis - 'X'] = angle;
  const float3x3 rotated = euler_to_matrix(float3_of(e), e->order) * euler_to_matrix(local);
  set(e, matrix_to_euler(rotated, e->order));
  return none_after_write(e);
}

PyObject* euler_make_compatible(PyObject* self, PyObject* argument) {
  Value* e = as_value(self);
  float3 other;
  if (!require_mutable(e) || !parse_float3(argument, &other, "Euler.make_compatible()") ||
      !read_with_order(e)) {
    return nullptr;
  }
  set(e, compatible_euler(float3_of(e), other));
  return none_after_write(e);
}

PyObject* euler_copy(PyObject* self, PyObject*) {
  return read_with_order(as_value(self)) ? copy_value(as_value(self)) : nullptr;
}

PyObject* euler_deepcopy(PyObject* self, PyObject* args) {
  return read_with_order(as_value(self)) ? value_deepcopy(self, args) : nullptr;
}

PyObject* euler_compare(PyObject* left, PyObject* right, int operation) {
  for (PyObject* operand : {left, right}) {
    if (is_euler(operand) && !read_with_order(as_value(operand))) {
      return nullptr;
    }
  }
  return value_compare(left, right, operation);
}

PyObject* euler_get_order(PyObject* self, void*) {
  Value* e = as_value(self);
  return read_with_order(e) ? PyUnicode_FromString(euler_order_name(e->order)) : nullptr;
}

int euler_set_order(PyObject* self, PyObject* item, void*) {
  Value* e = as_value(self);
  if (!require_mutable(e)) {
    return -1;
  }
  if (item == nullptr || !PyUnicode_Check(item)) {
    PyErr_SetString(PyExc_TypeError, "Euler.order: expected a text such as 'XYZ'");
    return -1;
  }
  const char* name = PyUnicode_AsUTF8(item);
  EulerOrder order;
  if (name == nullptr || !parse_euler_order(name, &order, "Euler.order")) {
    return -1;
  }
  if (e->owner != nullptr && !e->owner->write_order(order)) {
    return -1;
  }
  e->order = order;
  return 0;
}

PyObject* euler_repr(PyObject* self) {
  Value* e = as_value(self);
  if (!read_with_order(e)) {
    return nullptr;
  }
  const PyRef tuple = float_tuple(e->values, 3);
  return tuple ? PyUnicode_FromFormat("Euler(%R, '%s')", tuple.get(), euler_order_name(e->order))
               : nullptr;
}

PyObject* euler_str(PyObject* self) {
  Value* e = as_value(self);
  if (!read_with_order(e)) {
    return nullptr;
  }
  const float* v = e->values;
  return PyUnicode_FromString(fmt::format("<Euler (x={:.4f}, y={:.4f}, z={:.4f}), order='{}'>",
                                          v[0], v[1], v[2], euler_order_name(e->order))
                                  .c_str());
}

PyMethodDef euler_methods[] = {
    {"zero", euler_zero, METH_NOARGS, ".. method:: zero()\n\nSets all angles to 0."},
    {"to_matrix", euler_to_matrix_method, METH_NOARGS,
     ".. method:: to_matrix()\n\nThe rotation as a 3x3 matrix."},
    {"to_quaternion", euler_to_quaternion_method, METH_NOARGS,
     ".. method:: to_quaternion()\n\nThe rotation as a quaternion."},
    {"rotate_axis", euler_rotate_axis, METH_VARARGS,
     ".. method:: rotate_axis(axis, angle)\n\nRotates about an own axis, 'X', 'Y' or 'Z'."},
    {"rotate", euler_rotate, METH_O,
     ".. method:: rotate(other)\n\nRotates by an Euler, a Quaternion or a Matrix."},
    {"make_compatible", euler_make_compatible, METH_O,
     ".. method:: make_compatible(other)\n\nAdds whole turns, so that interpolating from the other "
     "angles makes none."},
    {"copy", euler_copy, METH_NOARGS, ".. method:: copy()\n\nA copy without owner, not frozen."},
    {"__copy__", euler_copy, METH_NOARGS, nullptr},
    {"__deepcopy__", euler_deepcopy, METH_VARARGS, nullptr},
    {"freeze", value_freeze, METH_NOARGS,
     ".. method:: freeze()\n\nForbids all further changes, which makes the value hashable; returns "
     "it."},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef euler_attributes[] = {
    {"x", component_get, component_set, "Angle about X.", reinterpret_cast<void*>(0)},
    {"y", component_get, component_set, "Angle about Y.", reinterpret_cast<void*>(1)},
    {"z", component_get, component_set, "Angle about Z.", reinterpret_cast<void*>(2)},
    {"order", euler_get_order, euler_set_order, "Order of the rotations, 'XYZ' to 'ZYX'.", nullptr},
    KILN_MATHUTILS_COMMON_ATTRIBUTES,
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyTypeObject* create_euler_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>(".. class:: Euler(angles, order='XYZ')\n\nThree angles about "
                                    "the axes, applied in that order.")},
      {Py_tp_new, reinterpret_cast<void*>(euler_new)},
      {Py_tp_repr, reinterpret_cast<void*>(euler_repr)},
      {Py_tp_str, reinterpret_cast<void*>(euler_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(euler_compare)},
      {Py_tp_methods, euler_methods},
      {Py_tp_getset, euler_attributes},
      KILN_MATHUTILS_COMMON_SLOTS,
      KILN_MATHUTILS_ROW_SLOTS,
      {0, nullptr}};
  return add_type(module, "mathutils.Euler", sizeof(Value), slots);
}

}  // namespace kiln::python::mathutils
