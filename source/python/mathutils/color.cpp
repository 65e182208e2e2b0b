#include <cmath>

#include <fmt/format.h>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

PyObject* new_like(const Value* like, float3 rgb) {
  return as_object(new_value(like->state, Kind::Color, Py_TYPE(&like->ob_base), &rgb.x, 3));
}

void set(Value* value, float3 rgb) {
  std::copy_n(&rgb.x, 3, value->values);
}

/// Hue, saturation and value of the hexcone (Smith, "Color gamut transform pairs", 1978); hue in
/// [0, 1).
float3 rgb_to_hsv(float3 rgb) {
  const float value = max_component(rgb);
  const float chroma = value - std::min(rgb.x, std::min(rgb.y, rgb.z));
  float hue = 0.0f;
  if (chroma != 0.0f) {
    if (rgb.x == value) {
      hue = (rgb.y - rgb.z) / chroma;
    } else if (rgb.y == value) {
      hue = 2.0f + (rgb.z - rgb.x) / chroma;
    } else {
      hue = 4.0f + (rgb.x - rgb.y) / chroma;
    }
    hue /= 6.0f;
    hue -= std::floor(hue);
  }
  return {hue, value != 0.0f ? chroma / value : 0.0f, value};
}

/// All three are clamped to 0 to 1 first.
float3 hsv_to_rgb(float3 hsv) {
  const float hue = std::clamp(hsv.x, 0.0f, 1.0f), saturation = std::clamp(hsv.y, 0.0f, 1.0f),
              value = std::clamp(hsv.z, 0.0f, 1.0f);
  float3 rgb;
  for (int i = 0; i < 3; ++i) {
    const float centers[3] = {3.0f, 2.0f, 4.0f};
    const float distance = std::abs(hue * 6.0f - centers[i]);
    const float pure = std::clamp(i == 0 ? distance - 1.0f : 2.0f - distance, 0.0f, 1.0f);
    rgb[i] = ((pure - 1.0f) * saturation + 1.0f) * value;
  }
  return rgb;
}

// ---- color spaces ----

/// IEC 61966-2-1.
float linear_to_srgb(float c) {
  if (c < 0.0031308f) {
    return c < 0.0f ? 0.0f : c * 12.92f;
  }
  return 1.055f * std::pow(c, 1.0f / 2.4f) - 0.055f;
}

float srgb_to_linear(float c) {
  if (c < 0.04045f) {
    return c < 0.0f ? 0.0f : c / 12.92f;
  }
  return std::pow((c + 0.055f) / 1.055f, 2.4f);
}

template <float (*Curve)(float)>
PyObject* through_curve(PyObject* self, PyObject*) {
  Value* color = as_value(self);
  return read(color) ? new_like(color, {Curve(color->values[0]), Curve(color->values[1]),
                                        Curve(color->values[2])})
                     : nullptr;
}

/// Scene-linear light has the primaries of Rec. 709 and the white point D65 (IEC 61966-2-1).
constexpr double rec709_to_xyz[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                        {0.2126729, 0.7151522, 0.0721750},
                                        {0.0193339, 0.1191920, 0.9503041}};
/// ACES2065-1 (SMPTE ST 2065-1), adapted from D65 to its white point with Bradford's matrix.
constexpr double rec709_to_aces[3][3] = {{0.4397010, 0.3829780, 0.1773350},
                                         {0.0897923, 0.8134230, 0.0967616},
                                         {0.0175440, 0.1115440, 0.8707040}};

float3x3 to_float3x3(const double (&m)[3][3]) {
  float3x3 result;
  for (int row = 0; row < 3; ++row) {
    result[row] = {float(m[row][0]), float(m[row][1]), float(m[row][2])};
  }
  return result;
}

template <const double (&Matrix)[3][3]>
PyObject* through_matrix(PyObject* self, PyObject*) {
  Value* color = as_value(self);
  return read(color) ? new_like(color, to_float3x3(Matrix) * float3_of(color)) : nullptr;
}

template <const double (&Matrix)[3][3]>
PyObject* through_inverse(PyObject* self, PyObject*) {
  Value* color = as_value(self);
  return read(color) ? new_like(color, inverse(to_float3x3(Matrix)) * float3_of(color)) : nullptr;
}

// ---- making ----

PyObject* color_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "Color(): takes no keyword arguments");
    return nullptr;
  }
  PyObject* sequence = nullptr;
  float3 rgb;
  if (!PyArg_ParseTuple(args, "|O:Color", &sequence) ||
      (sequence != nullptr && !parse_float3(sequence, &rgb, "Color()"))) {
    return nullptr;
  }
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  return module != nullptr ? as_object(new_value(state_of(module), Kind::Color, type, &rgb.x, 3))
                           : nullptr;
}

// ---- attributes ----

PyObject* color_get_hsv_component(PyObject* self, void* closure) {
  Value* color = as_value(self);
  const auto index = int(reinterpret_cast<std::intptr_t>(closure));
  return read(color) ? PyFloat_FromDouble(rgb_to_hsv(float3_of(color))[index]) : nullptr;
}

int color_set_hsv_component(PyObject* self, PyObject* item, void* closure) {
  Value* color = as_value(self);
  const auto index = int(reinterpret_cast<std::intptr_t>(closure));
  float number;
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Color: components cannot be deleted");
    return -1;
  }
  if (!require_mutable(color) || !parse_float(item, &number, "Color.h/s/v") ||
      !read_for_write(color)) {
    return -1;
  }
  float3 hsv = rgb_to_hsv(float3_of(color));
  hsv[index] = std::clamp(number, 0.0f, 1.0f);
  set(color, hsv_to_rgb(hsv));
  return write(color) ? 0 : -1;
}

PyObject* color_get_hsv(PyObject* self, void*) {
  Value* color = as_value(self);
  if (!read(color)) {
    return nullptr;
  }
  const float3 hsv = rgb_to_hsv(float3_of(color));
  return float_tuple(&hsv.x, 3).release();
}

int color_set_hsv(PyObject* self, PyObject* item, void*) {
  Value* color = as_value(self);
  float3 hsv;
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Color: components cannot be deleted");
    return -1;
  }
  if (!require_mutable(color) || !parse_float3(item, &hsv, "Color.hsv") || !read_for_write(color)) {
    return -1;
  }
  set(color, hsv_to_rgb(hsv));
  return write(color) ? 0 : -1;
}

// ---- operators ----

bool read_pair(PyObject* left, PyObject* right, const char* operation) {
  if (!is_color(left) || !is_color(right)) {
    operand_error(PyExc_TypeError, operation, left, right);
    return false;
  }
  return read(as_value(left)) && read(as_value(right));
}

PyObject* color_add(PyObject* left, PyObject* right) {
  return read_pair(left, right, "+")
             ? new_like(as_value(left), float3_of(as_value(left)) + float3_of(as_value(right)))
             : nullptr;
}

PyObject* color_subtract(PyObject* left, PyObject* right) {
  return read_pair(left, right, "-")
             ? new_like(as_value(left), float3_of(as_value(left)) - float3_of(as_value(right)))
             : nullptr;
}

PyObject* change_in_place(PyObject* self, float3 rgb) {
  set(as_value(self), rgb);
  return write(as_value(self)) ? Py_NewRef(self) : nullptr;
}

PyObject* color_add_in_place(PyObject* left, PyObject* right) {
  return require_mutable(as_value(left)) && read_pair(left, right, "+=")
             ? change_in_place(left, float3_of(as_value(left)) + float3_of(as_value(right)))
             : nullptr;
}

PyObject* color_subtract_in_place(PyObject* left, PyObject* right) {
  return require_mutable(as_value(left)) && read_pair(left, right, "-=")
             ? change_in_place(left, float3_of(as_value(left)) - float3_of(as_value(right)))
             : nullptr;
}

bool divisor(PyObject* left, PyObject* right, const char* operation, float* number) {
  if (!is_color(left)) {
    operand_error(PyExc_TypeError, operation, left, right);
    return false;
  }
  if (!parse_scalar_operand(right, number, operation, left, right)) {
    return false;
  }
  if (*number == 0.0f) {
    PyErr_SetString(PyExc_ZeroDivisionError, "Color: division by zero");
    return false;
  }
  return true;
}

PyObject* color_multiply(PyObject* left, PyObject* right) {
  PyObject* color = is_color(left) ? left : right;
  float factor;
  return parse_scalar_operand(color == left ? right : left, &factor, "*", left, right) &&
                 read(as_value(color))
             ? new_like(as_value(color), float3_of(as_value(color)) * factor)
             : nullptr;
}

PyObject* color_divide(PyObject* left, PyObject* right) {
  float number;
  return divisor(left, right, "/", &number) && read(as_value(left))
             ? new_like(as_value(left), float3_of(as_value(left)) / number)
             : nullptr;
}

PyObject* color_multiply_in_place(PyObject* left, PyObject* right) {
  float factor;
  return require_mutable(as_value(left)) &&
                 parse_scalar_operand(right, &factor, "*=", left, right) && read(as_value(left))
             ? change_in_place(left, float3_of(as_value(left)) * factor)
             : nullptr;
}

PyObject* color_divide_in_place(PyObject* left, PyObject* right) {
  float number;
  return require_mutable(as_value(left)) && divisor(left, right, "/=", &number) &&
                 read(as_value(left))
             ? change_in_place(left, float3_of(as_value(left)) / number)
             : nullptr;
}

PyObject* color_negative(PyObject* self) {
  Value* color = as_value(self);
  return read(color) ? new_like(color, -float3_of(color)) : nullptr;
}
PyObject* color_positive(PyObject* self) {
  return copy_value(as_value(self));
}

PyObject* color_repr(PyObject* self) {
  Value* color = as_value(self);
  if (!read(color)) {
    return nullptr;
  }
  const PyRef tuple = float_tuple(color->values, 3);
  return tuple ? PyUnicode_FromFormat("Color(%R)", tuple.get()) : nullptr;
}

PyObject* color_str(PyObject* self) {
  Value* color = as_value(self);
  if (!read(color)) {
    return nullptr;
  }
  const float* v = color->values;
  return PyUnicode_FromString(
      fmt::format("<Color (r={:.4f}, g={:.4f}, b={:.4f})>", v[0], v[1], v[2]).c_str());
}

PyMethodDef color_methods[] = {
    {"from_scene_linear_to_srgb", through_curve<linear_to_srgb>, METH_NOARGS,
     ".. method:: from_scene_linear_to_srgb()\n\nThe color for a display."},
    {"from_srgb_to_scene_linear", through_curve<srgb_to_linear>, METH_NOARGS,
     ".. method:: from_srgb_to_scene_linear()\n\nThe light of a display color."},
    {"from_scene_linear_to_xyz_d65", through_matrix<rec709_to_xyz>, METH_NOARGS,
     ".. method:: from_scene_linear_to_xyz_d65()\n\nCIE XYZ with the white point D65."},
    {"from_xyz_d65_to_scene_linear", through_inverse<rec709_to_xyz>, METH_NOARGS,
     ".. method:: from_xyz_d65_to_scene_linear()\n\nFrom CIE XYZ with the white point D65."},
    {"from_scene_linear_to_aces", through_matrix<rec709_to_aces>, METH_NOARGS,
     ".. method:: from_scene_linear_to_aces()\n\nACES2065-1."},
    {"from_aces_to_scene_linear", through_inverse<rec709_to_aces>, METH_NOARGS,
     ".. method:: from_aces_to_scene_linear()\n\nFrom ACES2065-1."},
    {"from_scene_linear_to_rec709_linear", value_copy, METH_NOARGS,
     ".. method:: from_scene_linear_to_rec709_linear()\n\nLinear light with the primaries of Rec. "
     "709."},
    {"from_rec709_linear_to_scene_linear", value_copy, METH_NOARGS,
     ".. method:: from_rec709_linear_to_scene_linear()\n\nFrom linear light with the primaries of "
     "Rec. 709."},
    KILN_MATHUTILS_COMMON_METHODS,
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef color_attributes[] = {
    {"r", component_get, component_set, "Red.", reinterpret_cast<void*>(0)},
    {"g", component_get, component_set, "Green.", reinterpret_cast<void*>(1)},
    {"b", component_get, component_set, "Blue.", reinterpret_cast<void*>(2)},
    {"h", color_get_hsv_component, color_set_hsv_component, "Hue, 0 to 1.",
     reinterpret_cast<void*>(0)},
    {"s", color_get_hsv_component, color_set_hsv_component, "Saturation.",
     reinterpret_cast<void*>(1)},
    {"v", color_get_hsv_component, color_set_hsv_component, "Value, the largest component.",
     reinterpret_cast<void*>(2)},
    {"hsv", color_get_hsv, color_set_hsv, "Hue, saturation and value.", nullptr},
    KILN_MATHUTILS_COMMON_ATTRIBUTES,
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyTypeObject* create_color_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>(".. class:: Color(rgb)\n\nRed, green and blue.")},
      {Py_tp_new, reinterpret_cast<void*>(color_new)},
      {Py_tp_repr, reinterpret_cast<void*>(color_repr)},
      {Py_tp_str, reinterpret_cast<void*>(color_str)},
      {Py_tp_richcompare, reinterpret_cast<void*>(value_compare)},
      {Py_tp_methods, color_methods},
      {Py_tp_getset, color_attributes},
      {Py_nb_add, reinterpret_cast<void*>(color_add)},
      {Py_nb_subtract, reinterpret_cast<void*>(color_subtract)},
      {Py_nb_multiply, reinterpret_cast<void*>(color_multiply)},
      {Py_nb_true_divide, reinterpret_cast<void*>(color_divide)},
      {Py_nb_inplace_add, reinterpret_cast<void*>(color_add_in_place)},
      {Py_nb_inplace_subtract, reinterpret_cast<void*>(color_subtract_in_place)},
      {Py_nb_inplace_multiply, reinterpret_cast<void*>(color_multiply_in_place)},
      {Py_nb_inplace_true_divide, reinterpret_cast<void*>(color_divide_in_place)},
      {Py_nb_negative, reinterpret_cast<void*>(color_negative)},
      {Py_nb_positive, reinterpret_cast<void*>(color_positive)},
      KILN_MATHUTILS_COMMON_SLOTS,
      KILN_MATHUTILS_ROW_SLOTS,
      {0, nullptr}};
  return add_type(module, "mathutils.Color", sizeof(Value), slots);
}

}  // namespace kiln::python::mathutils
