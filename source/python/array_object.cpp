#include "python/array_object.h"

#include "document/object.h"
#include "python/mathutils/mathutils.h"
#include "python/bulk.h"
#include "python/runtime_properties.h"
#include "python/types.h"

namespace kiln::python {
namespace {

// A live view onto an array property; of a matrix-shaped one, `row` is one row (-1: all).
struct ArrayObject {
  PyObject_HEAD
  StructObject* owner;
  const Property* property;
  int row;
};

ArrayObject* as_array(PyObject* object) { return reinterpret_cast<ArrayObject*>(object); }

PyObject* number(double value, PropertyType type) {
  switch (type) {
    case PropertyType::Boolean:
      return PyBool_FromLong(value != 0.0);
    case PropertyType::Int:
      return PyLong_FromLongLong((long long)(value));
    default:
      return PyFloat_FromDouble(value);
  }
}

const Property* order_property(const ConstRef& ref);
bool find_order(const ConstRef& ref, EulerOrder* order);

// A property as the data behind a mathutils value.
class PropertyOwner final : public mathutils::ValueOwner {
 public:
  PropertyOwner(StructObject* owner, const Property& property)
      : owner_(PyRef::borrow(reinterpret_cast<PyObject*>(owner))), property_(&property) {}
  PropertyOwner(PropertyOwner&&) = default;

  bool read(std::span<float> values) override {
    ConstRef ref;
    if (!find(owner(), &ref)) {
      return false;
    }
    if (property_->address && !property_->get && property_->storage == Storage::Float) {
      if (const auto* address = static_cast<const float*>(property_->address(ref.data, ref.index))) {
        std::copy_n(address, values.size(), values.begin());
        return true;
      }
    }
    Value::Numbers numbers;
    if (!read_numbers(owner(), *property_, &numbers)) {
      return false;
    }
    if (numbers.size() != values.size()) {
      PyErr_Format(PyExc_ValueError, "%s has another length now", property_->identifier.c_str());
      return false;
    }
    std::copy(numbers.begin(), numbers.end(), values.begin());
    return true;
  }
  bool write(std::span<const float> values) override {
    return write_numbers(owner(), *property_, Value::Numbers(values.begin(), values.end()));
  }
  bool read_order(EulerOrder& order) override {
    ConstRef ref;
    if (!find(owner(), &ref)) {
      return false;
    }
    find_order(ref, &order);
    return true;
  }
  bool write_order(EulerOrder order) override {
    ConstRef ref;
    if (!find(owner(), &ref)) {
      return false;
    }
    EulerOrder now = order;
    find_order(ref, &now);
    if (now == order) {
      return true;
    }
    const PyRef name = PyRef::steal(PyUnicode_FromString(mathutils::euler_order_name(order)));
    return name && set_property(owner(), *order_property(ref), name.get()) == 0;
  }
  PyObject* owner_object() const override { return owner_.get(); }
  int traverse(visitproc visit, void* argument) const override { return owner_.get() ? visit(owner_.get(), argument) : 0; }

 private:
  StructObject* owner() const { return reinterpret_cast<StructObject*>(owner_.get()); }
  PyRef owner_;
  const Property* property_;
};

enum class MathKind { None, Vector, Color, Euler, Quaternion, Matrix };

MathKind math_kind(const Property& p) {
  if (p.type != PropertyType::Float || p.is_dynamic_length) {
    return MathKind::None;
  }
  switch (p.subtype) {
    case Subtype::Translation:
    case Subtype::Direction:
    case Subtype::Velocity:
    case Subtype::Acceleration:
    case Subtype::Xyz:
    case Subtype::XyzLength:
    case Subtype::Coordinates:
      return p.length >= 2 && p.length <= 4 ? MathKind::Vector : MathKind::None;
    case Subtype::Color:
    case Subtype::ColorGamma:
      return p.length == 3 ? MathKind::Color : MathKind::None;
    case Subtype::Euler:
      return p.length == 3 ? MathKind::Euler : MathKind::None;
    case Subtype::Quaternion:
      return p.length == 4 ? MathKind::Quaternion : MathKind::None;
    case Subtype::Matrix:
      return p.length == 16 || p.length == 9 ? MathKind::Matrix : MathKind::None;
    default:
      return MathKind::None;
  }
}

const Property* order_property(const ConstRef& ref) {
  return ref.schema ? ref.schema->property("rotation_mode") : nullptr;
}

// The order of the angles; false, and `order` as it was, where the rotation is kept in another form.
bool find_order(const ConstRef& ref, EulerOrder* order) {
  if (const Property* mode = order_property(ref)) {
    const Value value = read(ref, *mode);
    for (const EulerOrder candidate : {EulerOrder::XYZ, EulerOrder::XZY, EulerOrder::YXZ, EulerOrder::YZX, EulerOrder::ZXY, EulerOrder::ZYX}) {
      if (value.as_string() == mathutils::euler_order_name(candidate)) {
        *order = candidate;
        return true;
      }
    }
  }
  return false;
}

// A value of its own.
PyObject* make_math(MathKind kind, const Property& p, std::span<const float> v) {
  mathutils::State* math = state().math;
  switch (kind) {
    case MathKind::Vector:
      return mathutils::new_vector(math, v);
    case MathKind::Color:
      return mathutils::new_color(math, {v[0], v[1], v[2]});
    case MathKind::Euler:
      return mathutils::new_euler(math, {v[0], v[1], v[2]}, EulerOrder::XYZ);
    case MathKind::Quaternion:
      return mathutils::new_quaternion(math, {v[0], v[1], v[2], v[3]});
    default:
      return mathutils::new_matrix(math, p.length == 16 ? 4 : 3, p.length == 16 ? 4 : 3, v);
  }
}

PyObject* make_math_view(MathKind kind, const Property& p, StructObject* owner) {
  mathutils::State* math = state().math;
  PropertyOwner view(owner, p);
  switch (kind) {
    case MathKind::Vector:
      return mathutils::new_vector_view(math, p.length, std::move(view));
    case MathKind::Color:
      return mathutils::new_color_view(math, std::move(view));
    case MathKind::Euler: {
      ConstRef ref;
      if (!find(owner, &ref)) {
        return nullptr;
      }
      EulerOrder order = EulerOrder::XYZ;
      find_order(ref, &order);
      return mathutils::new_euler_view(math, order, std::move(view));
    }
    case MathKind::Quaternion:
      return mathutils::new_quaternion_view(math, std::move(view));
    default:
      return mathutils::new_matrix_view(math, p.length == 16 ? 4 : 3, p.length == 16 ? 4 : 3, std::move(view));
  }
}

void dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  Py_XDECREF(reinterpret_cast<PyObject*>(as_array(object)->owner));
  type->tp_free(object);
  Py_DECREF(type);
}

PyObject* make(StructObject* owner, const Property& p, int row) {
  PyTypeObject* type = state().array_type;
  auto* self = reinterpret_cast<ArrayObject*>(type->tp_alloc(type, 0));
  if (self) {
    self->owner = reinterpret_cast<StructObject*>(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
    self->property = &p;
    self->row = row;
  }
  return reinterpret_cast<PyObject*>(self);
}

bool is_table(const ArrayObject* self) { return self->property->shape[0] > 1 && self->row < 0; }

// The part of all numbers that this object shows.
bool bounds(const ArrayObject* self, const Value::Numbers& numbers, std::size_t* begin, std::size_t* end) {
  *begin = 0;
  *end = numbers.size();
  if (self->row >= 0) {
    const auto columns = std::size_t(self->property->shape[1]);
    *begin = std::size_t(self->row) * columns;
    *end = *begin + columns;
  }
  return *end <= numbers.size();
}

bool numbers_of(PyObject* object, Value::Numbers* all, std::size_t* begin, std::size_t* end) {
  ArrayObject* self = as_array(object);
  return read_numbers(self->owner, *self->property, all) && bounds(self, *all, begin, end);
}

Py_ssize_t length(PyObject* object) {
  ArrayObject* self = as_array(object);
  if (is_table(self)) {
    return self->property->shape[0];
  }
  if (self->property->length > 0 && !self->property->is_dynamic_length) {
    return self->row >= 0 ? self->property->shape[1] : self->property->length;
  }
  if (self->property->dynamic_values) {
    ConstRef ref;
    return find(self->owner, &ref) ? Py_ssize_t(self->property->dynamic_values(ref).size) : -1;
  }
  Value::Numbers numbers;
  return read_numbers(self->owner, *self->property, &numbers) ? Py_ssize_t(numbers.size()) : -1;
}

double dynamic_number(const void* values, Storage storage, std::int64_t i) {
  return storage == Storage::Float   ? double(static_cast<const float*>(values)[i])
         : storage == Storage::Int32 ? double(static_cast<const std::int32_t*>(values)[i])
                                     : double(static_cast<const bool*>(values)[i]);
}

// A part of an array of dynamic length, which may be large: only the part is read.
PyObject* dynamic_slice(const DynamicValues& values, const Property& p, Py_ssize_t start, Py_ssize_t count) {
  PyRef tuple = PyRef::steal(PyTuple_New(count));
  for (Py_ssize_t i = 0; tuple && i < count; ++i) {
    PyObject* value = number(dynamic_number(values.data, p.storage, start + i), p.type);
    if (!value) {
      return nullptr;
    }
    PyTuple_SET_ITEM(tuple.get(), i, value);
  }
  return tuple.release();
}

// Writes one value, or a slice's, leaving the rest alone.
int assign_dynamic(ArrayObject* self, Py_ssize_t start, const Value& given, bool takes_many) {
  const Property& p = *self->property;
  MutableRef edit;
  if (!find_for_edit(self->owner, p.change, &edit)) {
    return -1;
  }
  const DynamicEdit values = p.edit_dynamic_values(edit);
  const std::size_t count = takes_many ? given.as_numbers().size() : 1;
  for (std::size_t i = 0; i < count && start + std::int64_t(i) < values.size; ++i) {
    const double value = takes_many ? given.as_numbers()[i] : given.as_float();
    const std::int64_t at = start + std::int64_t(i);
    if (p.storage == Storage::Float) {
      static_cast<float*>(values.data)[at] = float(value);
    } else if (p.storage == Storage::Int32) {
      static_cast<std::int32_t*>(values.data)[at] = std::int32_t(value);
    } else {
      static_cast<bool*>(values.data)[at] = value != 0.0;
    }
    if (p.on_change) {
      edit.index = at;
      p.on_change(edit);
    }
  }
  edited(self->owner);
  return 0;
}

PyObject* item(PyObject* object, Py_ssize_t i) {
  ArrayObject* self = as_array(object);
  if (self->property->dynamic_values) {
    ConstRef ref;
    if (!find(self->owner, &ref)) {
      return nullptr;
    }
    const DynamicValues values = self->property->dynamic_values(ref);
    if (i < 0 || i >= values.size) {
      PyErr_Format(PyExc_IndexError, "bpy_prop_array[index]: index %zd out of range", i);
      return nullptr;
    }
    return number(dynamic_number(values.data, self->property->storage, i), self->property->type);
  }
  if (is_table(self)) {
    if (i < 0 || i >= self->property->shape[0]) {
      PyErr_SetString(PyExc_IndexError, "bpy_prop_array[index]: index out of range");
      return nullptr;
    }
    return make(self->owner, *self->property, int(i));
  }
  Value::Numbers all;
  std::size_t begin = 0, end = 0;
  if (!numbers_of(object, &all, &begin, &end)) {
    return nullptr;
  }
  if (i < 0 || std::size_t(i) >= end - begin) {
    PyErr_Format(PyExc_IndexError, "bpy_prop_array[index]: index %zd out of range", i);
    return nullptr;
  }
  return number(all[begin + std::size_t(i)], self->property->type);
}

PyObject* subscript(PyObject* object, PyObject* key) {
  if (PyIndex_Check(key)) {
    Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (i == -1 && PyErr_Occurred()) {
      return nullptr;
    }
    const Py_ssize_t n = length(object);
    return n < 0 ? nullptr : item(object, i < 0 ? i + n : i);
  }
  if (!PySlice_Check(key)) {
    PyErr_Format(PyExc_TypeError, "bpy_prop_array[key]: invalid key, must be an int or slice, not %s", Py_TYPE(key)->tp_name);
    return nullptr;
  }
  const Py_ssize_t n = length(object);
  Py_ssize_t start = 0, stop = 0, step = 0;
  if (n < 0 || PySlice_Unpack(key, &start, &stop, &step) < 0) {
    return nullptr;
  }
  if (step != 1) {
    PyErr_SetString(PyExc_TypeError, "bpy_prop_array[slice]: slice steps not supported");
    return nullptr;
  }
  const Py_ssize_t count = PySlice_AdjustIndices(n, &start, &stop, step);
  if (as_array(object)->property->dynamic_values) {
    ConstRef ref;
    return find(as_array(object)->owner, &ref)
               ? dynamic_slice(as_array(object)->property->dynamic_values(ref), *as_array(object)->property, start, count)
               : nullptr;
  }
  PyRef tuple = PyRef::steal(PyTuple_New(count));
  for (Py_ssize_t i = 0; tuple && i < count; ++i) {
    PyObject* value = item(object, start + i);
    if (!value) {
      return nullptr;
    }
    PyTuple_SET_ITEM(tuple.get(), i, value);
  }
  return tuple.release();
}

int assign(PyObject* object, PyObject* key, PyObject* value) {
  ArrayObject* self = as_array(object);
  if (!value) {
    PyErr_SetString(PyExc_TypeError, "bpy_prop_array items cannot be deleted");
    return -1;
  }
  if (self->property->is_read_only) {
    PyErr_Format(PyExc_AttributeError, "bpy_prop_array: attribute \"%s\" is read-only", self->property->identifier.c_str());
    return -1;
  }
  Value::Numbers all;
  std::size_t begin = 0, end = 0;
  if (self->property->dynamic_values) {
    const Py_ssize_t size = length(object);
    if (size < 0) {
      return -1;
    }
    end = std::size_t(size);
  } else if (!numbers_of(object, &all, &begin, &end)) {
    return -1;
  }
  Py_ssize_t start = 0, stop = 0, step = 1, count = 1;
  const bool is_slice = PySlice_Check(key);
  const Py_ssize_t row_length = is_table(self) ? self->property->shape[1] : 1;
  const Py_ssize_t n = Py_ssize_t(end - begin) / row_length;
  if (is_slice) {
    if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
      return -1;
    }
    if (step != 1) {
      PyErr_SetString(PyExc_TypeError, "bpy_prop_array[slice]: slice steps not supported");
      return -1;
    }
    count = PySlice_AdjustIndices(n, &start, &stop, step);
  } else {
    start = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (start == -1 && PyErr_Occurred()) {
      return -1;
    }
    start = start < 0 ? start + n : start;
    if (start < 0 || start >= n) {
      PyErr_SetString(PyExc_IndexError, "bpy_prop_array[index] = value: index out of range");
      return -1;
    }
  }
  Property part = *self->property;
  part.length = 0;
  part.is_dynamic_length = false;
  const bool takes_many = is_slice || row_length > 1;
  Value given;
  if (takes_many) {
    part.length = int(count * row_length);
    if (count * row_length == 0) {
      return 0;
    }
  }
  if (!from_python(value, part, {}, "bpy_prop_array[...] = ", &given)) {
    if (PyErr_ExceptionMatches(PyExc_ValueError)) {
      PyRef text;
      PyObject *type = nullptr, *error = nullptr, *trace = nullptr;
      PyErr_Fetch(&type, &error, &trace);
      text = PyRef::steal(error ? PyObject_Str(error) : nullptr);
      Py_XDECREF(type);
      Py_XDECREF(error);
      Py_XDECREF(trace);
      PyErr_Format(PyExc_TypeError, "%U", text ? text.get() : Py_None);
    }
    return -1;
  }
  if (self->property->dynamic_values) {
    return assign_dynamic(self, start, given, takes_many);
  }
  if (takes_many) {
    std::copy(given.as_numbers().begin(), given.as_numbers().end(), all.begin() + std::ptrdiff_t(begin) + start * row_length);
  } else {
    all[begin + std::size_t(start)] = given.as_float();
  }
  if (!write_numbers(self->owner, *self->property, all)) {
    return -1;
  }
  if (!takes_many) {
    // Scripts see one call of their update function for the element and one for the array.
    call_update(self->owner, *self->property);
  }
  return 0;
}

int assign_item(PyObject* object, Py_ssize_t i, PyObject* value) {
  const PyRef key = PyRef::steal(PyLong_FromSsize_t(i));
  return key ? assign(object, key.get(), value) : -1;
}

int contains(PyObject* object, PyObject* value) {
  Value::Numbers all;
  std::size_t begin = 0, end = 0;
  if (!numbers_of(object, &all, &begin, &end)) {
    return -1;
  }
  const double wanted = PyFloat_AsDouble(value);
  if (wanted == -1.0 && PyErr_Occurred()) {
    PyErr_Clear();
    return 0;
  }
  return std::find(all.begin() + std::ptrdiff_t(begin), all.begin() + std::ptrdiff_t(end), wanted) != all.begin() + std::ptrdiff_t(end);
}

PyObject* compare(PyObject* a, PyObject* b, int operation) {
  if (operation != Py_EQ && operation != Py_NE) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  if (Py_TYPE(a) != Py_TYPE(b)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  const PyRef equal = PyRef::steal(PyObject_RichCompare(reinterpret_cast<PyObject*>(as_array(a)->owner), reinterpret_cast<PyObject*>(as_array(b)->owner), Py_EQ));
  if (!equal) {
    return nullptr;
  }
  const bool same = equal.get() == Py_True && as_array(a)->property == as_array(b)->property && as_array(a)->row == as_array(b)->row;
  return PyBool_FromLong(same == (operation == Py_EQ));
}

PyObject* repr(PyObject* object) {
  return repr_of_part(as_array(object)->owner, *as_array(object)->property, object);
}

PyObject* str(PyObject* object) {
  return PyUnicode_FromFormat("<bpy_%s[%zd], %s.%s>", as_array(object)->property->type == PropertyType::Float ? "float" : as_array(object)->property->type == PropertyType::Int ? "int" : "boolean",
                              length(object), as_array(object)->owner->schema->identifier.c_str(), as_array(object)->property->identifier.c_str());
}

// foreach_get and foreach_set copy between the array and a buffer or list of the same length.
PyObject* foreach_get(PyObject* object, PyObject* target) {
  ArrayObject* self = as_array(object);
  ConstRef ref;
  if (!find(self->owner, &ref)) {
    return nullptr;
  }
  return copy_out(self->owner, *self->property, target);
}

PyObject* foreach_set(PyObject* object, PyObject* source) {
  ArrayObject* self = as_array(object);
  return copy_in(self->owner, *self->property, source);
}

PyObject* iterate(PyObject* object) {
  const Py_ssize_t n = length(object);
  PyRef list = PyRef::steal(n < 0 ? nullptr : PyList_New(n));
  if (!list) {
    return nullptr;
  }
  if (is_table(as_array(object))) {
    for (Py_ssize_t i = 0; i < n; ++i) {
      PyObject* row = item(object, i);
      if (!row) {
        return nullptr;
      }
      PyList_SET_ITEM(list.get(), i, row);
    }
    return PyObject_GetIter(list.get());
  }
  Value::Numbers all;
  std::size_t begin = 0, end = 0;
  if (!numbers_of(object, &all, &begin, &end)) {
    return nullptr;
  }
  for (Py_ssize_t i = 0; i < n; ++i) {
    PyObject* value = number(all[begin + std::size_t(i)], as_array(object)->property->type);
    if (!value) {
      return nullptr;
    }
    PyList_SET_ITEM(list.get(), i, value);
  }
  return PyObject_GetIter(list.get());
}

PyMethodDef methods[] = {{"foreach_get", foreach_get, METH_O, "foreach_get(sequence): copies all numbers into a buffer or list"},
                         {"foreach_set", foreach_set, METH_O, "foreach_set(sequence): takes all numbers from a buffer or sequence"},
                         {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool read_numbers(StructObject* owner, const Property& p, Value::Numbers* out) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return false;
  }
  const AccessedObject accessed(owner);
  *out = kiln::read(ref, p).as_numbers();
  return true;
}

bool write_numbers(StructObject* owner, const Property& p, const Value::Numbers& numbers) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return false;
  }
  const PyRef values = PyRef::steal(PyTuple_New(Py_ssize_t(numbers.size())));
  if (!values) {
    return false;
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    PyTuple_SET_ITEM(values.get(), Py_ssize_t(i), number(numbers[i], p.type));
  }
  return set_property(owner, p, values.get()) == 0;
}

PyObject* numbers_to_python(const Value::Numbers& numbers, const Property& p) {
  const MathKind kind = math_kind(p);
  std::vector<float> values(numbers.begin(), numbers.end());
  if (kind != MathKind::None && int(values.size()) == p.length) {
    return make_math(kind, p, values);
  }
  PyRef tuple = PyRef::steal(PyTuple_New(Py_ssize_t(numbers.size())));
  for (std::size_t i = 0; tuple && i < numbers.size(); ++i) {
    PyTuple_SET_ITEM(tuple.get(), Py_ssize_t(i), number(numbers[i], p.type));
  }
  return tuple.release();
}

PyObject* make_property_array(StructObject* owner, const Property& p) { return make(owner, p, -1); }

PyObject* make_array(StructObject* owner, const Property& p) {
  const MathKind kind = math_kind(p);
  if (kind == MathKind::None) {
    return make_property_array(owner, p);
  }
  return make_math_view(kind, p, owner);
}

bool init_array_type() {
  PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                         {Py_sq_length, reinterpret_cast<void*>(length)},
                         {Py_sq_item, reinterpret_cast<void*>(item)},
                         {Py_sq_ass_item, reinterpret_cast<void*>(assign_item)},
                         {Py_sq_contains, reinterpret_cast<void*>(contains)},
                         {Py_mp_length, reinterpret_cast<void*>(length)},
                         {Py_mp_subscript, reinterpret_cast<void*>(subscript)},
                         {Py_mp_ass_subscript, reinterpret_cast<void*>(assign)},
                         {Py_tp_richcompare, reinterpret_cast<void*>(compare)},
                         {Py_tp_iter, reinterpret_cast<void*>(iterate)},
                         {Py_tp_repr, reinterpret_cast<void*>(repr)},
                         {Py_tp_str, reinterpret_cast<void*>(str)},
                         {Py_tp_methods, methods},
                         {0, nullptr}};
  PyType_Spec spec{"bpy_prop_array", int(sizeof(ArrayObject)), 0, Py_TPFLAGS_DEFAULT, slots};
  state().array_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return state().array_type != nullptr;
}

}  // namespace kiln::python
