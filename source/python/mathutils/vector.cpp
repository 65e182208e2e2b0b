#include "python/mathutils/vector.h"

#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "python/mathutils/swizzle.h"

namespace kiln::python::mathutils {

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

bool check_vector_size(long long size, const char* function) {
  if (size >= 2 && size <= max_parsed_values) {
    return true;
  }
  PyErr_Format(PyExc_RuntimeError, "%s: invalid size, expected at least 2 components", function);
  return false;
}

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

void scale(float* v, int size, double factor) {
  for (int i = 0; i < size; ++i) {
    v[i] = float(v[i] * factor);
  }
}

void normalize_in_place(float* v, int size) {
  const int direction_size = size == 4 ? 3 : size;
  const double squared = squared_length(v, direction_size);
  if (squared > smallest_squared_length) {
    scale(v, direction_size, 1.0 / std::sqrt(squared));
  } else {
    std::fill_n(v, direction_size, 0.0f);
  }
}

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

bool parse_other(Value* self, PyObject* argument, Floats& other, const char* function,
                 Longer longer) {
  const int max_count = longer == Longer::Allowed ? max_parsed_values : self->size;
  if (!parse_floats(argument, self->size, max_count, other, function) || !read(self)) {
    return false;
  }
  // Reading the argument may have run code that resized this vector.
  if (other.size() < self->size || (longer == Longer::Refused && other.size() != self->size)) {
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

PyObject* fallback_or_error(PyObject* fallback, const char* message) {
  if (fallback != nullptr) {
    return Py_NewRef(fallback);
  }
  PyErr_SetString(PyExc_ValueError, message);
  return nullptr;
}

namespace {

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

PyMethodDef* vector_methods() {
  static const std::vector<PyMethodDef> methods = [] {
    std::vector<PyMethodDef> all;
    for (const std::span<const PyMethodDef> part :
         {vector_constructors, vector_changes, vector_relations}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    const PyMethodDef common[] = {KILN_MATHUTILS_COMMON_METHODS, {nullptr, nullptr, 0, nullptr}};
    all.insert(all.end(), std::begin(common), std::end(common));
    return all;
  }();
  return const_cast<PyMethodDef*>(methods.data());  // CPython only reads it
}

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
  std::vector<PyType_Slot> slots = {
      {Py_tp_doc, const_cast<char*>(".. class:: Vector(seq)\n\nTwo or more numbers.")},
      {Py_tp_new, reinterpret_cast<void*>(vector_new)},
      {Py_tp_repr, reinterpret_cast<void*>(vector_repr)},
      {Py_tp_str, reinterpret_cast<void*>(vector_str)},
      {Py_tp_methods, vector_methods()},
      {Py_tp_getset, vector_attributes()},
      KILN_MATHUTILS_COMMON_SLOTS,
      KILN_MATHUTILS_ROW_SLOTS};
  slots.insert(slots.end(), vector_operators.begin(), vector_operators.end());
  slots.push_back({0, nullptr});
  return add_type(module, "mathutils.Vector", sizeof(Value), slots.data());
}

}  // namespace kiln::python::mathutils
