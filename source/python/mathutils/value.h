#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>

#include "python/mathutils/mathutils.h"
#include "python/py_ref.h"

/// What the types of this folder share: the layout of their objects, owners, freezing, items and
/// slices.
namespace kiln::python::mathutils {

enum class Kind : std::uint8_t { Vector, Matrix, Quaternion, Euler, Color };
constexpr int kind_count = 5;

/// A Vector, Matrix, Quaternion, Euler or Color.
struct Value {
  PyObject ob_base;
  State* state;
  float* values;      ///< `inline_values`, or allocated for vectors of more than four
  ValueOwner* owner;  ///< null: the values are the object's own
  int size;           ///< number of floats
  Kind kind;
  std::uint8_t rows, columns;  ///< of a Matrix; `values` goes by rows
  EulerOrder order;            ///< of an Euler
  bool is_frozen;
  alignas(std::max_align_t) std::byte owner_storage[detail::inline_owner_size];
  float inline_values[4];  ///< a Matrix has room for sixteen
};

/// Random numbers of `mathutils.noise`: the Mersenne twister of Matsumoto and Nishimura (1998), and
/// nine offsets from its seed that move the positions at which `noise_vector` looks.
struct NoiseRandom {
  std::mt19937 engine;
  std::array<float, 9> offsets;
  explicit NoiseRandom(std::uint32_t seed);
  /// In [0, 1).
  float next();
};

struct State {
  PyObject* module = nullptr;  ///< borrowed: the module owns this
  std::array<PyTypeObject*, kind_count> types{};
  PyTypeObject* matrix_access_type = nullptr;
  PyTypeObject* kd_tree_type = nullptr;
  PyTypeObject* bvh_tree_type = nullptr;
  NoiseRandom noise_random;

  // Memory of objects that are gone, for the next ones of their kind.
  static constexpr int free_list_capacity = 64;
  struct FreeList {
    int count = 0;
    std::array<PyObject*, free_list_capacity> objects;
  };
  std::array<FreeList, kind_count> free_lists;

  State();
  void empty_free_lists();
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

inline Value* as_value(PyObject* object) {
  return reinterpret_cast<Value*>(object);
}
inline PyObject* as_object(Value* value) {
  return reinterpret_cast<PyObject*>(value);
}

/// Whether the object is one of the five types or of a Python class derived from them.
bool is_value(PyObject* object);
bool is_value(PyObject* object, Kind kind);
/// State of whichever operand of a binary operator is a value.
State* state_of_operands(PyObject* left, PyObject* right);

/// A new object of `type` (the kind's own, or derived from it) with zero values; null with
/// MemoryError set.
Value* new_value(State* state, Kind kind, PyTypeObject* type, int size);
Value* new_value(State* state, Kind kind, PyTypeObject* type, const float* values, int size);
Value* new_matrix_value(State* state, PyTypeObject* type, int rows, int columns);
/// Another object of the type of `like` with the present values of it.
PyObject* copy_value(Value* like);

/// Keeps the collector of reference cycles, and with it finalizers, from running where values are
/// in use: a finalizer could change the size of a vector at any allocation.
class NoCollection {
public:
  NoCollection() : was_enabled_(PyGC_Disable()) {}
  ~NoCollection() {
    if (was_enabled_ != 0) {
      PyGC_Enable();
    }
  }
  NoCollection(const NoCollection&) = delete;
  NoCollection& operator=(const NoCollection&) = delete;

private:
  int was_enabled_;
};

/// Makes `values` current. Call it directly before using them, after all else that could run Python
/// code.
inline bool read(Value* value) {
  return value->owner == nullptr || value->owner->read({value->values, std::size_t(value->size)});
}
/// TypeError for a frozen value.
bool require_mutable(const Value* value);
/// As `read`, for a change that is about to be made to a value that must not be frozen.
bool read_for_write(Value* value);
/// Hands changed values to the owner, if any.
inline bool write(Value* value) {
  return value->owner == nullptr || value->owner->write({value->values, std::size_t(value->size)});
}
inline bool write_index(Value* value, int index) {
  return value->owner == nullptr ||
         value->owner->write_index({value->values, std::size_t(value->size)}, index);
}
/// None, or null where writing back failed.
PyObject* none_after_write(Value* value);

/// Whether each pair of floats is equal or one representable value apart.
bool are_nearly_equal(const float* a, const float* b, int count);

// ---- slots and members that the types share ----

void value_dealloc(PyObject* self);
int value_traverse(PyObject* self, visitproc visit, void* argument);
int value_clear(PyObject* self);
/// Of frozen values only; identical components give identical hashes.
Py_hash_t value_hash(PyObject* self);
/// == and != by value; any other comparison is left to the other operand.
PyObject* value_compare(PyObject* left, PyObject* right, int operation);

// Items and slices of the types that are a row of numbers (all but Matrix).
Py_ssize_t row_length(PyObject* self);
PyObject* row_item(PyObject* self, Py_ssize_t index);
int row_set_item(PyObject* self, Py_ssize_t index, PyObject* item);
PyObject* row_subscript(PyObject* self, PyObject* key);
int row_set_subscript(PyObject* self, PyObject* key, PyObject* item);

/// Getter and setter of one component; the closure is the index.
PyObject* component_get(PyObject* self, void* closure);
int component_set(PyObject* self, PyObject* item, void* closure);

PyObject* value_copy(PyObject* self, PyObject*);
PyObject* value_deepcopy(PyObject* self, PyObject* args);
PyObject* value_freeze(PyObject* self, PyObject*);
PyObject* value_is_wrapped(PyObject* self, void*);
PyObject* value_is_frozen(PyObject* self, void*);
PyObject* value_is_valid(PyObject* self, void*);
PyObject* value_owner(PyObject* self, void*);

/// copy, __copy__, __deepcopy__, freeze.
#define KILN_MATHUTILS_COMMON_METHODS                                                           \
  {"copy", value_copy, METH_NOARGS, ".. method:: copy()\n\nA copy without owner, not frozen."}, \
      {"__copy__", value_copy, METH_NOARGS, nullptr},                                           \
      {"__deepcopy__", value_deepcopy, METH_VARARGS, nullptr}, {                                \
    "freeze", value_freeze, METH_NOARGS,                                                        \
        ".. method:: freeze()\n\nForbids all further changes, which makes the value hashable; " \
        "returns it."                                                                           \
  }

#define KILN_MATHUTILS_COMMON_ATTRIBUTES                                                          \
  {"is_wrapped", value_is_wrapped, nullptr, "Whether this is a view onto foreign memory.",        \
   nullptr},                                                                                      \
      {"is_frozen", value_is_frozen, nullptr, "Whether the value can no longer be changed.",      \
       nullptr},                                                                                  \
      {"is_valid", value_is_valid, nullptr, "Whether the owner still exists.", nullptr}, {        \
    "owner", value_owner, nullptr, "The object whose data this is a view onto, or None.", nullptr \
  }

#define KILN_MATHUTILS_COMMON_SLOTS                              \
  {Py_tp_dealloc, reinterpret_cast<void*>(value_dealloc)},       \
      {Py_tp_traverse, reinterpret_cast<void*>(value_traverse)}, \
      {Py_tp_clear, reinterpret_cast<void*>(value_clear)}, {     \
    Py_tp_hash, reinterpret_cast<void*>(value_hash)              \
  }

#define KILN_MATHUTILS_ROW_SLOTS                                    \
  {Py_sq_length, reinterpret_cast<void*>(row_length)},              \
      {Py_sq_item, reinterpret_cast<void*>(row_item)},              \
      {Py_sq_ass_item, reinterpret_cast<void*>(row_set_item)},      \
      {Py_mp_length, reinterpret_cast<void*>(row_length)},          \
      {Py_mp_subscript, reinterpret_cast<void*>(row_subscript)}, {  \
    Py_mp_ass_subscript, reinterpret_cast<void*>(row_set_subscript) \
  }

/// `(a, b, c)` of floats, as repr() shows them.
PyRef float_tuple(const float* values, int count);
/// With four decimals, as str() shows components.
std::string fixed_text(float value);
/// A new type of the module: heap type, immutable, that can be derived from.
PyTypeObject* add_type(PyObject* module, const char* name, std::size_t size, PyType_Slot* slots);
PyModuleDef* module_definition();

// ---- functions ----

/// The same function, but what the standard library throws in it becomes a Python exception.
template <PyCFunction function>
PyObject* guarded(PyObject* self, PyObject* args) {
  try {
    return function(self, args);
  } catch (const std::bad_alloc&) {
    return PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
    return nullptr;
  }
}
template <PyCFunctionWithKeywords function>
PyObject* guarded_with_keywords(PyObject* self, PyObject* args, PyObject* keywords) {
  try {
    return function(self, args, keywords);
  } catch (const std::bad_alloc&) {
    return PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
    return nullptr;
  }
}
/// For a method table, with METH_VARARGS | METH_KEYWORDS.
template <PyCFunctionWithKeywords function>
PyCFunction with_keywords() {
  return reinterpret_cast<PyCFunction>(
      reinterpret_cast<void (*)()>(guarded_with_keywords<function>));
}

// ---- arguments of functions ----

/// The numbers of an argument; a few of them take no allocation.
class Floats {
public:
  /// Room for `count` numbers; null with MemoryError set.
  float* resize(int count);
  int size() const { return size_; }
  const float* data() const { return size_ <= in_place ? few_ : many_.data(); }
  float operator[](int index) const { return data()[index]; }

private:
  static constexpr int in_place = 4;
  int size_ = 0;
  float few_[in_place];
  std::vector<float> many_;
};
/// As the functions of that name in `mathutils.h`.
bool parse_floats(PyObject* value, int min_count, int max_count, Floats& result,
                  const char* prefix);
bool parse_floats(PyObject* value, int min_count, Floats& result, const char* prefix);

/// Converter of PyArg_Parse ("O&") for an int: True, False, 0 or 1; ValueError else.
int convert_bool(PyObject* value, void* result);
/// The vectors of a sequence of sequences; each has `min_size` to 3 numbers, missing ones are 0.
bool parse_float3s(PyObject* value, int min_size, std::vector<float3>& result, const char* prefix);
bool parse_float2s(PyObject* value, std::vector<float2>& result, const char* prefix);
/// A new list of what `make(i)` returns, which is new references; null where one is.
template <typename Make>
PyObject* new_list(std::size_t size, const Make& make) {
  PyRef list = PyRef::steal(PyList_New(Py_ssize_t(size)));
  for (std::size_t i = 0; list && i < size; ++i) {
    PyObject* item = make(i);
    if (item == nullptr) {
      return nullptr;
    }
    PyList_SET_ITEM(list.get(), Py_ssize_t(i), item);
  }
  return list.release();
}
PyObject* new_int_list(std::span<const int> numbers);

// ---- operands ----

/// Raises `exception` for operands that an operator does not take; returns null.
PyObject* operand_error(PyObject* exception, const char* operation, PyObject* left,
                        PyObject* right);
/// Reads the operand (`left` or `right`) that should be a number; TypeError else.
bool parse_scalar_operand(PyObject* operand, float* scalar, const char* operation, PyObject* left,
                          PyObject* right);

// ---- rotations as arguments ----

/// The rotation of an Euler, a Quaternion or a Matrix of 3 x 3 or more (its columns normalized);
/// TypeError or ValueError else.
bool parse_rotation(PyObject* value, float3x3* rotation, const char* prefix);

// ---- the types, each made in its own file ----

PyTypeObject* create_vector_type(PyObject* module);
PyTypeObject* create_matrix_type(PyObject* module);
PyTypeObject* create_matrix_access_type(PyObject* module);
PyTypeObject* create_quaternion_type(PyObject* module);
PyTypeObject* create_euler_type(PyObject* module);
PyTypeObject* create_color_type(PyObject* module);
PyTypeObject* create_kd_tree_type(PyObject* module);
PyTypeObject* create_bvh_tree_type(PyObject* module);

// ---- submodules: functions get the module `mathutils` as self ----

bool add_geometry(PyObject* module);
bool add_kd_tree(PyObject* module);
bool add_bvh_tree(PyObject* module);
bool add_interpolate(PyObject* module);
bool add_noise(PyObject* module);
/// `mathutils.NAME` with these functions and types, in sys.modules too.
bool add_submodule(PyObject* module, const char* name, const char* doc, PyMethodDef* functions,
                   PyTypeObject* type = nullptr);

inline Quaternion quaternion_of(const Value* value) {
  const float* v = value->values;
  return {v[0], v[1], v[2], v[3]};
}
inline float3 float3_of(const Value* value) {
  const float* v = value->values;
  return {v[0], v[1], v[2]};
}

}  // namespace kiln::python::mathutils
