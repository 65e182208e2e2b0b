#include "python/mathutils/swizzle.h"

#include <array>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

/// Two to four axes, as the closure of an attribute: three bits for the count, two an axis.
struct Swizzle {
  int count = 0;
  std::array<int, 4> axes{};

  void* closure() const {
    std::intptr_t bits = count;
    for (int i = 0; i < count; ++i) {
      bits |= std::intptr_t(axes[i]) << (3 + 2 * i);
    }
    return reinterpret_cast<void*>(bits);
  }

  static Swizzle from(void* closure) {
    const auto bits = reinterpret_cast<std::intptr_t>(closure);
    Swizzle result;
    result.count = int(bits & 7);
    for (int i = 0; i < result.count; ++i) {
      result.axes[i] = int(bits >> (3 + 2 * i)) & 3;
    }
    return result;
  }

  bool has_repeated_axis() const {
    for (int i = 0; i < count; ++i) {
      for (int j = 0; j < i; ++j) {
        if (axes[i] == axes[j]) {
          return true;
        }
      }
    }
    return false;
  }

  /// Of the axis that lies farthest back; AttributeError where the vector is too short for it.
  bool fits(const Value* vector) const {
    for (int i = 0; i < count; ++i) {
      if (axes[i] >= vector->size) {
        PyErr_Format(PyExc_AttributeError, "Vector swizzle: a %dD vector has no axis %c",
                     vector->size, "xyzw"[axes[i]]);
        return false;
      }
    }
    return true;
  }
};

PyObject* swizzle_get(PyObject* self, void* closure) {
  Value* vector = as_value(self);
  const Swizzle swizzle = Swizzle::from(closure);
  if (!read(vector) || !swizzle.fits(vector)) {
    return nullptr;
  }
  Value* result = new_value(vector->state, Kind::Vector, Py_TYPE(self), swizzle.count);
  for (int i = 0; result != nullptr && i < swizzle.count; ++i) {
    result->values[i] = vector->values[swizzle.axes[i]];
  }
  return as_object(result);
}

int swizzle_set(PyObject* self, PyObject* item, void* closure) {
  Value* vector = as_value(self);
  const Swizzle swizzle = Swizzle::from(closure);
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Vector swizzle: cannot be deleted");
    return -1;
  }
  if (!require_mutable(vector) || !swizzle.fits(vector)) {
    return -1;
  }
  std::array<float, 4> numbers;
  if (PyFloat_Check(item) || PyLong_Check(item)) {
    float number;
    if (!parse_float(item, &number, "Vector swizzle")) {
      return -1;
    }
    numbers.fill(number);
  } else {
    const int count = parse_floats(item, 2, 4, numbers.data(), "Vector swizzle");
    if (count < 0) {
      return -1;
    }
    if (count != swizzle.count) {
      PyErr_Format(PyExc_AttributeError, "Vector swizzle: %d numbers for %d axes", count,
                   swizzle.count);
      return -1;
    }
  }
  if (!read_for_write(vector) || !swizzle.fits(vector)) {
    return -1;
  }
  for (int i = 0; i < swizzle.count; ++i) {
    vector->values[swizzle.axes[i]] = numbers[i];
  }
  return write(vector) ? 0 : -1;
}

constexpr int swizzle_count = 16 + 64 + 256;
using Names = std::array<std::array<char, 5>, swizzle_count>;

template <typename Visit>
constexpr void for_each_swizzle(const Visit& visit) {
  int index = 0;
  for (int count = 2; count <= 4; ++count) {
    for (int code = 0; code < 1 << (2 * count); ++code) {
      visit(index++, count, code);
    }
  }
}

constexpr Names make_names() {
  Names names{};
  for_each_swizzle([&names](int index, int count, int code) {
    for (int i = 0; i < count; ++i) {
      names[index][i] = "xyzw"[(code >> (2 * i)) & 3];
    }
  });
  return names;
}

constexpr Names swizzle_names = make_names();

}  // namespace

void append_swizzles(std::vector<PyGetSetDef>& attributes) {
  for_each_swizzle([&attributes](int index, int count, int code) {
    Swizzle swizzle{count};
    for (int i = 0; i < count; ++i) {
      swizzle.axes[i] = (code >> (2 * i)) & 3;
    }
    const setter set = swizzle.has_repeated_axis() ? nullptr : swizzle_set;
    attributes.push_back(
        {swizzle_names[index].data(), swizzle_get, set, nullptr, swizzle.closure()});
  });
}

}  // namespace kiln::python::mathutils
