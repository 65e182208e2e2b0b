#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <Python.h>

#include "core/math.h"

/// The Python module `mathutils`: vectors, matrices, quaternions, Euler angles and colors, as
/// values of their own or as live views onto data that someone else keeps. Every function needs the
/// GIL; those that return null or false have set a Python exception.
namespace kiln::python::mathutils {

/// Where the values of a view live. The Python object holds one and asks it before every use of its
/// values, and tells it after every change, so that `object.location.x` is always the present one.
class ValueOwner {
public:
  virtual ~ValueOwner() = default;

  /// Fills all values in (matrices by rows). False with an exception set, such as ReferenceError,
  /// when the data is gone.
  virtual bool read(std::span<float> values) = 0;
  /// Stores all values. False with an exception set where they cannot be written.
  virtual bool write(std::span<const float> values) = 0;
  /// Stores one value; unless overridden, `write` gets all `values`, which are current.
  virtual bool write_index(std::span<const float> values, int index);

  /// Order of the rotations of a view onto Euler angles; where the owner keeps none, the view does.
  virtual bool read_order(EulerOrder& order);
  virtual bool write_order(EulerOrder order);

  /// What the attribute `owner` shows: borrowed, null for None.
  virtual PyObject* owner_object() const { return nullptr; }
  /// What the attribute `is_wrapped` shows: the view stands for memory of its own kind rather than
  /// for a property.
  virtual bool is_wrapped() const { return false; }
  /// Visits the Python objects that the owner holds references to, for the garbage collector.
  virtual int traverse(visitproc visit, void* argument) const;
};

/// Types and free lists of one instance of the module.
struct State;

/// Creates the module (multi-phase), for `PyImport_AppendInittab("mathutils", init_module)`.
/// Importing it also makes `mathutils.geometry` and the other submodules importable.
PyObject* init_module();

/// The state of the module object that `import mathutils` gives; valid as long as that object or
/// any value of it.
State* state_of(PyObject* module);

PyObject* new_vector(State* state, std::span<const float> values);
/// `values` by rows; `rows` and `columns` are 2 to 4.
PyObject* new_matrix(State* state, int rows, int columns, std::span<const float> values);
PyObject* new_matrix(State* state, const float4x4& matrix);
PyObject* new_quaternion(State* state, const Quaternion& value);
PyObject* new_euler(State* state, float3 angles, EulerOrder order);
PyObject* new_color(State* state, float3 rgb);

namespace detail {
/// Owners up to this size live inside the Python object, bigger ones are allocated.
constexpr std::size_t inline_owner_size = 40;

PyObject* new_vector_view(State* state, int size);
PyObject* new_matrix_view(State* state, int rows, int columns);
PyObject* new_quaternion_view(State* state);
PyObject* new_euler_view(State* state, EulerOrder order);
PyObject* new_color_view(State* state);
void* owner_storage(PyObject* view);
void adopt_owner(PyObject* view, ValueOwner* owner);

template <typename Owner>
PyObject* with_owner(PyObject* view, Owner&& owner) {
  using Type = std::remove_cvref_t<Owner>;
  static_assert(std::is_base_of_v<ValueOwner, Type>);
  if (view == nullptr) {
    return nullptr;
  }
  if constexpr (sizeof(Type) <= inline_owner_size && alignof(Type) <= alignof(std::max_align_t)) {
    adopt_owner(view, ::new (owner_storage(view)) Type(std::forward<Owner>(owner)));
  } else {
    adopt_owner(view, new Type(std::forward<Owner>(owner)));
  }
  return view;
}
}  // namespace detail

/// Views onto the data of `owner`, which is moved into the new object. Nothing is read yet.
template <typename Owner>
PyObject* new_vector_view(State* state, int size, Owner&& owner) {
  return detail::with_owner(detail::new_vector_view(state, size), std::forward<Owner>(owner));
}
template <typename Owner>
PyObject* new_matrix_view(State* state, int rows, int columns, Owner&& owner) {
  return detail::with_owner(detail::new_matrix_view(state, rows, columns),
                            std::forward<Owner>(owner));
}
template <typename Owner>
PyObject* new_quaternion_view(State* state, Owner&& owner) {
  return detail::with_owner(detail::new_quaternion_view(state), std::forward<Owner>(owner));
}
template <typename Owner>
PyObject* new_euler_view(State* state, EulerOrder order, Owner&& owner) {
  return detail::with_owner(detail::new_euler_view(state, order), std::forward<Owner>(owner));
}
template <typename Owner>
PyObject* new_color_view(State* state, Owner&& owner) {
  return detail::with_owner(detail::new_color_view(state), std::forward<Owner>(owner));
}

bool is_vector(PyObject* object);
bool is_matrix(PyObject* object);
bool is_quaternion(PyObject* object);
bool is_euler(PyObject* object);
bool is_color(PyObject* object);

// ---- reading arguments ----

/// No sequence is read beyond this many numbers, however long it claims to be.
constexpr int max_parsed_values = 1 << 26;

/// Reads a number (float, int, anything with __float__ or __index__). TypeError "PREFIX: ..." for
/// anything else.
bool parse_float(PyObject* value, float* result, const char* prefix);
bool parse_double(PyObject* value, double* result, const char* prefix);

/// Reads `min_count` to `max_count` numbers from a value of this module or any iterable into
/// `result`; returns how many, or -1. TypeError where it is no sequence or holds something else
/// than numbers, ValueError where the count is wrong; the message starts with `prefix`. The
/// elements may run any code: nothing borrowed from `value` is used across them.
int parse_floats(PyObject* value, int min_count, int max_count, float* result, const char* prefix);
/// As above for any count from `min_count` on.
bool parse_floats(PyObject* value, int min_count, std::vector<float>& result, const char* prefix);
/// Integers, with the same rules; floats are refused.
int parse_ints(PyObject* value, int min_count, int max_count, int* result, const char* prefix);
bool parse_ints(PyObject* value, int min_count, std::vector<int>& result, const char* prefix);

/// Exactly three numbers.
bool parse_float3(PyObject* value, float3* result, const char* prefix);
/// A Matrix of that size or nested sequences (of rows), by rows.
bool parse_matrix(PyObject* value, int rows, int columns, float* result, const char* prefix);
/// "XYZ" and so on; ValueError for other texts.
bool parse_euler_order(const char* text, EulerOrder* order, const char* prefix);
const char* euler_order_name(EulerOrder order);

}  // namespace kiln::python::mathutils
