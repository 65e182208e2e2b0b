#include "python/mathutils/value.h"

#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

namespace kiln::python::mathutils {
namespace {

constexpr int inline_capacity = 4;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool use_free_lists =
    false;  // the sanitizer shall see every use of an object that is gone
#else
constexpr bool use_free_lists = true;
#endif

const char* kind_name(Kind kind) {
  constexpr const char* names[] = {"Vector", "Matrix", "Quaternion", "Euler", "Color"};
  return names[int(kind)];
}

void destroy_owner(Value* self) {
  ValueOwner* owner = std::exchange(self->owner, nullptr);
  if (owner == nullptr) {
    return;
  }
  const auto* address = reinterpret_cast<const std::byte*>(owner);
  const bool is_inline = std::less_equal<>()(self->owner_storage + 0, address) &&
                         std::less<>()(address, self->owner_storage + detail::inline_owner_size);
  if (is_inline) {
    owner->~ValueOwner();
  } else {
    delete owner;
  }
}

/// Memory of the object, from the free list where there is some; reference count 1, members not yet
/// set, not tracked.
PyObject* allocate(State* state, Kind kind, PyTypeObject* type) {
  if (type != state->types[int(kind)]) {
    const NoCollection no_collection;
    PyObject* object = type->tp_alloc(type, 0);
    if (object != nullptr) {
      PyObject_GC_UnTrack(object);
    }
    return object;
  }
  State::FreeList& free_list = state->free_lists[int(kind)];
  if (free_list.count > 0) {
    return PyObject_Init(free_list.objects[--free_list.count], type);
  }
  const NoCollection no_collection;
  return reinterpret_cast<PyObject*>(PyObject_GC_New(Value, type));
}

Value* allocate_value(State* state, Kind kind, PyTypeObject* type, int size) {
  if (type == nullptr) {
    PyErr_SetString(PyExc_RuntimeError, "mathutils: the module has been finalized");
    return nullptr;
  }
  float* heap = nullptr;
  if (kind != Kind::Matrix && size > inline_capacity) {
    heap = static_cast<float*>(std::malloc(std::size_t(size) * sizeof(float)));
    if (heap == nullptr) {
      PyErr_NoMemory();
      return nullptr;
    }
  }
  PyObject* object = allocate(state, kind, type);
  if (object == nullptr) {
    std::free(heap);
    return nullptr;
  }
  Value* value = as_value(object);
  value->state = state;
  value->values = heap != nullptr ? heap : value->inline_values;
  value->owner = nullptr;
  value->size = size;
  value->kind = kind;
  value->rows = value->columns = 0;
  value->order = EulerOrder::XYZ;
  value->is_frozen = false;
  if (type != state->types[int(kind)]) {
    PyObject_GC_Track(object);  // a derived object may have attributes
  }
  return value;
}

std::int32_t ordered_bits(float value) {
  std::int32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits < 0 ? std::int32_t(0x80000000u - std::uint32_t(bits)) : bits;
}

}  // namespace

// ---- owners ----

bool ValueOwner::write_index(std::span<const float> values, int) {
  return write(values);
}
bool ValueOwner::read_order(EulerOrder&) {
  return true;
}
bool ValueOwner::write_order(EulerOrder) {
  return true;
}

int ValueOwner::traverse(visitproc visit, void* argument) const {
  PyObject* object = owner_object();
  return object != nullptr ? visit(object, argument) : 0;
}

// ---- state ----

NoiseRandom::NoiseRandom(std::uint32_t seed) : engine(seed) {
  // The offsets are the last nine words of the twister's first state, as fixed-point numbers in
  // [-32, 32).
  std::uint32_t word = seed;
  for (std::uint32_t i = 1; i < std::mt19937::state_size; ++i) {
    word = std::mt19937::initialization_multiplier * (word ^ (word >> 30)) + i;
    const int offset = int(i) - int(std::mt19937::state_size - 9);
    if (offset >= 0) {
      offsets[offset] = float(std::int32_t(word)) / float(1 << 26);
    }
  }
}

float NoiseRandom::next() {
  return float(double(engine()) / 4294967296.0);
}

State::State() : noise_random(std::uint32_t(std::time(nullptr))) {}

void State::empty_free_lists() {
  for (FreeList& list : free_lists) {
    while (list.count > 0) {
      PyObject_GC_Del(list.objects[--list.count]);
    }
  }
}

// ---- making values ----

bool is_value(PyObject* object) {
  for (PyTypeObject* type = Py_TYPE(object); type != nullptr; type = type->tp_base) {
    if (type->tp_traverse == value_traverse) {
      return true;
    }
  }
  return false;
}

bool is_value(PyObject* object, Kind kind) {
  return is_value(object) && as_value(object)->kind == kind;
}

State* state_of_operands(PyObject* left, PyObject* right) {
  return is_value(left) ? as_value(left)->state : as_value(right)->state;
}

Value* new_value(State* state, Kind kind, PyTypeObject* type, int size) {
  Value* value = allocate_value(state, kind, type, size);
  if (value != nullptr) {
    std::memset(value->values, 0, std::size_t(size) * sizeof(float));
  }
  return value;
}

Value* new_value(State* state, Kind kind, PyTypeObject* type, const float* values, int size) {
  Value* value = allocate_value(state, kind, type, size);
  if (value != nullptr) {
    std::memcpy(value->values, values, std::size_t(size) * sizeof(float));
  }
  return value;
}

Value* new_matrix_value(State* state, PyTypeObject* type, int rows, int columns) {
  Value* value = new_value(state, Kind::Matrix, type, rows * columns);
  if (value != nullptr) {
    value->rows = std::uint8_t(rows);
    value->columns = std::uint8_t(columns);
  }
  return value;
}

PyObject* copy_value(Value* like) {
  if (!read(like)) {
    return nullptr;
  }
  Value* copy =
      new_value(like->state, like->kind, Py_TYPE(as_object(like)), like->values, like->size);
  if (copy != nullptr) {
    copy->rows = like->rows;
    copy->columns = like->columns;
    copy->order = like->order;
  }
  return as_object(copy);
}

bool require_mutable(const Value* value) {
  if (value->is_frozen) {
    PyErr_Format(PyExc_TypeError, "%s is frozen (immutable)", kind_name(value->kind));
    return false;
  }
  return true;
}

bool read_for_write(Value* value) {
  return require_mutable(value) && read(value);
}

PyObject* none_after_write(Value* value) {
  if (!write(value)) {
    return nullptr;
  }
  Py_RETURN_NONE;
}

bool are_nearly_equal(const float* a, const float* b, int count) {
  for (int i = 0; i < count; ++i) {
    const std::int64_t difference = std::int64_t(ordered_bits(a[i])) - ordered_bits(b[i]);
    if (difference < -1 || difference > 1) {
      return false;
    }
  }
  return true;
}

namespace detail {

namespace {
PyObject* new_view(State* state, Kind kind, int size) {
  return as_object(new_value(state, kind, state->types[int(kind)], size));
}
}  // namespace

PyObject* new_vector_view(State* state, int size) {
  if (size < 1) {
    PyErr_SetString(PyExc_RuntimeError, "Vector(): invalid size");
    return nullptr;
  }
  return new_view(state, Kind::Vector, size);
}
PyObject* new_matrix_view(State* state, int rows, int columns) {
  return as_object(new_matrix_value(state, state->types[int(Kind::Matrix)], rows, columns));
}
PyObject* new_quaternion_view(State* state) {
  return new_view(state, Kind::Quaternion, 4);
}
PyObject* new_euler_view(State* state, EulerOrder order) {
  PyObject* view = new_view(state, Kind::Euler, 3);
  if (view != nullptr) {
    as_value(view)->order = order;
  }
  return view;
}
PyObject* new_color_view(State* state) {
  return new_view(state, Kind::Color, 3);
}

void* owner_storage(PyObject* view) {
  return as_value(view)->owner_storage;
}

void adopt_owner(PyObject* view, ValueOwner* owner) {
  as_value(view)->owner = owner;
  if (!PyObject_GC_IsTracked(view)) {
    PyObject_GC_Track(view);
  }
}

}  // namespace detail

PyObject* new_vector(State* state, std::span<const float> values) {
  return as_object(new_value(state, Kind::Vector, state->types[int(Kind::Vector)], values.data(),
                             int(values.size())));
}

PyObject* new_matrix(State* state, int rows, int columns, std::span<const float> values) {
  Value* matrix = new_matrix_value(state, state->types[int(Kind::Matrix)], rows, columns);
  if (matrix != nullptr) {
    std::memcpy(matrix->values, values.data(), std::size_t(rows * columns) * sizeof(float));
  }
  return as_object(matrix);
}

PyObject* new_matrix(State* state, const float4x4& matrix) {
  return new_matrix(state, 4, 4, {&matrix[0].x, 16});
}

PyObject* new_quaternion(State* state, const Quaternion& value) {
  return as_object(
      new_value(state, Kind::Quaternion, state->types[int(Kind::Quaternion)], &value.w, 4));
}

PyObject* new_euler(State* state, float3 angles, EulerOrder order) {
  Value* euler = new_value(state, Kind::Euler, state->types[int(Kind::Euler)], &angles.x, 3);
  if (euler != nullptr) {
    euler->order = order;
  }
  return as_object(euler);
}

PyObject* new_color(State* state, float3 rgb) {
  return as_object(new_value(state, Kind::Color, state->types[int(Kind::Color)], &rgb.x, 3));
}

bool is_vector(PyObject* object) {
  return is_value(object, Kind::Vector);
}
bool is_matrix(PyObject* object) {
  return is_value(object, Kind::Matrix);
}
bool is_quaternion(PyObject* object) {
  return is_value(object, Kind::Quaternion);
}
bool is_euler(PyObject* object) {
  return is_value(object, Kind::Euler);
}
bool is_color(PyObject* object) {
  return is_value(object, Kind::Color);
}

// ---- shared slots ----

void value_dealloc(PyObject* self) {
  Value* value = as_value(self);
  PyTypeObject* type = Py_TYPE(self);
  if (PyObject_GC_IsTracked(self)) {
    PyObject_GC_UnTrack(self);
  }
  destroy_owner(value);
  if (value->values != value->inline_values) {
    std::free(value->values);
  }
  State::FreeList& free_list = value->state->free_lists[int(value->kind)];
  if (use_free_lists && type == value->state->types[int(value->kind)] &&
      free_list.count < State::free_list_capacity) {
    free_list.objects[free_list.count++] = self;
  } else {
    type->tp_free(self);
  }
  Py_DECREF(type);  // last: the type may keep the module, and with it the state, alive
}

int value_traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  const ValueOwner* owner = as_value(self)->owner;
  if (owner != nullptr) {
    const int result = owner->traverse(visit, arg);
    if (result != 0) {
      return result;
    }
  }
  return 0;
}

int value_clear(PyObject* self) {
  destroy_owner(as_value(self));
  return 0;
}

Py_hash_t value_hash(PyObject* self) {
  Value* value = as_value(self);
  if (!read(value)) {
    return -1;
  }
  if (!value->is_frozen) {
    PyErr_Format(PyExc_TypeError, "%s is not frozen (mutable), call freeze first",
                 kind_name(value->kind));
    return -1;
  }
  const PyRef tuple = float_tuple(value->values, value->size);
  return tuple ? PyObject_Hash(tuple.get()) : -1;
}

PyObject* value_compare(PyObject* left, PyObject* right, int operation) {
  if (operation != Py_EQ && operation != Py_NE) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  bool is_equal = false;
  if (is_value(left) && is_value(right, as_value(left)->kind)) {
    Value* a = as_value(left);
    Value* b = as_value(right);
    if (!read(a) || !read(b)) {
      return nullptr;
    }
    is_equal = a->size == b->size && a->columns == b->columns && a->order == b->order &&
               are_nearly_equal(a->values, b->values, a->size);
  }
  return PyBool_FromLong(is_equal == (operation == Py_EQ));
}

// ---- items and slices ----

namespace {

/// Iteration ends with this error, so it is cheap.
PyObject* index_error() {
  PyErr_SetString(PyExc_IndexError, "mathutils: index out of range");
  return nullptr;
}

/// Turns a slice into a range of components; false where it has a step or is no slice of integers.
bool slice_range(Value* self, PyObject* key, Py_ssize_t* begin, Py_ssize_t* count) {
  Py_ssize_t end, step;
  if (PySlice_Unpack(key, begin, &end, &step) < 0) {
    return false;
  }
  *count = PySlice_AdjustIndices(self->size, begin, &end, step);
  if (step != 1 && *count > 0) {
    PyErr_Format(PyExc_IndexError, "%s: slices with a step are not supported",
                 kind_name(self->kind));
    return false;
  }
  return true;
}

int set_slice(Value* self, PyObject* key, PyObject* items) {
  Py_ssize_t begin, count;
  if (!slice_range(self, key, &begin, &count)) {
    return -1;
  }
  Floats values;
  if (!parse_floats(items, int(count), values, "slice assignment")) {
    return -1;
  }
  // A Vector takes as many values as it needs.
  if (self->kind != Kind::Vector && values.size() != count) {
    PyErr_Format(PyExc_ValueError, "slice assignment: %d values for %zd components of a %s",
                 values.size(), count, kind_name(self->kind));
    return -1;
  }
  if (!read_for_write(self)) {
    return -1;
  }
  // The items may have run code that changed the size.
  if (begin + count > self->size) {
    index_error();
    return -1;
  }
  std::copy_n(values.data(), count, self->values + begin);
  return write(self) ? 0 : -1;
}

}  // namespace

Py_ssize_t row_length(PyObject* self) {
  return as_value(self)->size;
}

PyObject* row_item(PyObject* self, Py_ssize_t index) {
  Value* value = as_value(self);
  if (index < 0 || index >= value->size) {
    return index_error();
  }
  if (!read(value)) {
    return nullptr;
  }
  if (index >= value->size) {
    return index_error();
  }
  return PyFloat_FromDouble(value->values[index]);
}

int row_set_item(PyObject* self, Py_ssize_t index, PyObject* item) {
  Value* value = as_value(self);
  float number;
  if (item == nullptr) {
    PyErr_Format(PyExc_TypeError, "%s: components cannot be deleted", kind_name(value->kind));
    return -1;
  }
  if (!require_mutable(value) || !parse_float(item, &number, "component assignment") ||
      !read_for_write(value)) {
    return -1;
  }
  if (index < 0 || index >= value->size) {
    index_error();
    return -1;
  }
  value->values[index] = number;
  return write_index(value, int(index)) ? 0 : -1;
}

PyObject* row_subscript(PyObject* self, PyObject* key) {
  Value* value = as_value(self);
  if (PyIndex_Check(key)) {
    const Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) {
      return nullptr;
    }
    return row_item(self, index < 0 ? index + value->size : index);
  }
  if (PySlice_Check(key)) {
    Py_ssize_t begin, count;
    if (!slice_range(value, key, &begin, &count) || !read(value)) {
      return nullptr;
    }
    if (begin + count > value->size) {
      return index_error();
    }
    return float_tuple(value->values + begin, int(count)).release();
  }
  PyErr_Format(PyExc_TypeError, "%s indices must be integers, not %.200s", kind_name(value->kind),
               Py_TYPE(key)->tp_name);
  return nullptr;
}

int row_set_subscript(PyObject* self, PyObject* key, PyObject* item) {
  Value* value = as_value(self);
  if (item == nullptr) {
    PyErr_Format(PyExc_TypeError, "%s: components cannot be deleted", kind_name(value->kind));
    return -1;
  }
  if (PyIndex_Check(key)) {
    const Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) {
      return -1;
    }
    return row_set_item(self, index < 0 ? index + value->size : index, item);
  }
  if (PySlice_Check(key)) {
    return require_mutable(value) ? set_slice(value, key, item) : -1;
  }
  PyErr_Format(PyExc_TypeError, "%s indices must be integers, not %.200s", kind_name(value->kind),
               Py_TYPE(key)->tp_name);
  return -1;
}

PyObject* component_get(PyObject* self, void* closure) {
  return row_item(self, Py_ssize_t(reinterpret_cast<std::intptr_t>(closure)));
}

int component_set(PyObject* self, PyObject* item, void* closure) {
  return row_set_item(self, Py_ssize_t(reinterpret_cast<std::intptr_t>(closure)), item);
}

// ---- shared methods and attributes ----

PyObject* value_copy(PyObject* self, PyObject*) {
  return copy_value(as_value(self));
}

PyObject* value_deepcopy(PyObject* self, PyObject* args) {
  PyObject* memo = nullptr;
  if (!PyArg_ParseTuple(args, "|O:__deepcopy__", &memo)) {
    return nullptr;
  }
  return copy_value(as_value(self));
}

PyObject* value_freeze(PyObject* self, PyObject*) {
  Value* value = as_value(self);
  if (value->owner != nullptr) {
    PyErr_SetString(PyExc_TypeError, "Cannot freeze wrapped/owned data");
    return nullptr;
  }
  value->is_frozen = true;
  return Py_NewRef(self);
}

PyObject* value_is_wrapped(PyObject* self, void*) {
  const ValueOwner* owner = as_value(self)->owner;
  return PyBool_FromLong(owner != nullptr && owner->is_wrapped());
}

PyObject* value_is_frozen(PyObject* self, void*) {
  return PyBool_FromLong(as_value(self)->is_frozen);
}

PyObject* value_is_valid(PyObject* self, void*) {
  if (read(as_value(self))) {
    Py_RETURN_TRUE;
  }
  PyErr_Clear();
  Py_RETURN_FALSE;
}

PyObject* value_owner(PyObject* self, void*) {
  const ValueOwner* owner = as_value(self)->owner;
  PyObject* object = owner != nullptr ? owner->owner_object() : nullptr;
  return Py_NewRef(object != nullptr ? object : Py_None);
}

PyRef float_tuple(const float* values, int count) {
  const NoCollection no_collection;
  PyRef tuple = PyRef::steal(PyTuple_New(count));
  for (int i = 0; tuple && i < count; ++i) {
    PyObject* item = PyFloat_FromDouble(values[i]);
    if (item == nullptr) {
      return PyRef();
    }
    PyTuple_SET_ITEM(tuple.get(), i, item);
  }
  return tuple;
}

std::string fixed_text(float value) {
  return fmt::format("{:.4f}", value);
}

PyTypeObject* add_type(PyObject* module, const char* name, std::size_t size, PyType_Slot* slots) {
  PyType_Spec spec = {
      name, int(size), 0,
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
      slots};
  return reinterpret_cast<PyTypeObject*>(PyType_FromModuleAndSpec(module, &spec, nullptr));
}

// ---- operands ----

PyObject* operand_error(PyObject* exception, const char* operation, PyObject* left,
                        PyObject* right) {
  PyErr_Format(exception, "%.200s %s %.200s is not supported", Py_TYPE(left)->tp_name, operation,
               Py_TYPE(right)->tp_name);
  return nullptr;
}

bool parse_scalar_operand(PyObject* operand, float* scalar, const char* operation, PyObject* left,
                          PyObject* right) {
  if (!is_value(operand) && parse_float(operand, scalar, operation)) {
    return true;
  }
  if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_TypeError)) {
    operand_error(PyExc_TypeError, operation, left, right);
  }
  return false;
}

// ---- rotations as arguments ----

bool parse_rotation(PyObject* value, float3x3* rotation, const char* prefix) {
  if (is_euler(value)) {
    Value* euler = as_value(value);
    if (!read(euler)) {
      return false;
    }
    *rotation = euler_to_matrix(float3_of(euler), euler->order);
    return true;
  }
  if (is_quaternion(value)) {
    if (!read(as_value(value))) {
      return false;
    }
    *rotation = quaternion_to_matrix(normalize(quaternion_of(as_value(value))));
    return true;
  }
  if (is_matrix(value)) {
    Value* matrix = as_value(value);
    if (!read(matrix)) {
      return false;
    }
    if (matrix->rows < 3 || matrix->columns < 3) {
      PyErr_Format(PyExc_ValueError, "%s: expected a matrix of at least 3x3, not %dx%d", prefix,
                   int(matrix->rows), int(matrix->columns));
      return false;
    }
    float3x3 columns;
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        columns[column][row] = matrix->values[row * matrix->columns + column];
      }
    }
    for (float3& column : columns.rows) {
      column = normalize(column);
    }
    *rotation = transpose(columns);
    return true;
  }
  PyErr_Format(PyExc_TypeError, "%s: expected an Euler, Quaternion or Matrix, not %.200s", prefix,
               Py_TYPE(value)->tp_name);
  return false;
}

}  // namespace kiln::python::mathutils
