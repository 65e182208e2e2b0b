#include "python/access.h"

#include <cmath>
#include <cstring>

#include "core/schema/bag_property.h"
#include "document/resolve.h"
#include "python/array_object.h"
#include "python/collection_object.h"
#include "python/runtime_properties.h"

namespace kiln::python {
namespace {

PyObject* text(const std::string& value) { return PyUnicode_DecodeUTF8(value.data(), Py_ssize_t(value.size()), "surrogateescape"); }

PyObject* bytes_or_text(const std::string& value, const Property& p) {
  return p.subtype == Subtype::ByteString ? PyBytes_FromStringAndSize(value.data(), Py_ssize_t(value.size())) : text(value);
}

// One number as the type of the property.
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

std::vector<EnumItem> items_of(const Property& p, const ConstRef& owner) { return p.dynamic_items ? p.dynamic_items(owner) : p.items; }

std::string item_list(const std::vector<EnumItem>& items) {
  std::string all;
  for (const EnumItem& item : items) {
    all += all.empty() ? "'" : ", '";
    all += item.identifier + "'";
  }
  return all;
}

bool wrong(const char* what, const Property& p, const char* expected, PyObject* object, PyObject* type = PyExc_TypeError) {
  PyErr_Format(type, "%s%s expected %s, not %s", what, p.identifier.c_str(), expected, Py_TYPE(object)->tp_name);
  return false;
}

// A single number under the rules of the interface: no strings, booleans only from bool or 0 and 1, integers from integers.
bool number_from(PyObject* object, const Property& p, const char* what, double* out) {
  switch (p.type) {
    case PropertyType::Boolean: {
      if (PyBool_Check(object)) {
        *out = object == Py_True;
        return true;
      }
      if (!PyIndex_Check(object)) {
        return wrong(what, p, "True/False or 0/1", object);
      }
      const long value = PyLong_AsLong(object);
      if ((value == -1 && PyErr_Occurred()) || (value != 0 && value != 1)) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "%s%s expected True/False or 0/1", what, p.identifier.c_str());
        return false;
      }
      *out = double(value);
      return true;
    }
    case PropertyType::Int: {
      if (!PyIndex_Check(object)) {
        return wrong(what, p, "an int type", object);
      }
      const PyRef index = PyRef::steal(PyNumber_Index(object));
      int overflow = 0;
      const long long value = index ? PyLong_AsLongLongAndOverflow(index.get(), &overflow) : -1;
      if (!index || (value == -1 && PyErr_Occurred())) {
        return false;
      }
      if (overflow || value < -2147483648LL || value > 2147483647LL) {
        PyErr_Format(PyExc_ValueError, "%s%s value not in 'int' range ((-2147483647 - 1), 2147483647)", what, p.identifier.c_str());
        return false;
      }
      *out = double(value);
      return true;
    }
    default: {
      const double value = PyFloat_AsDouble(object);
      if (value == -1.0 && PyErr_Occurred()) {
        PyErr_Clear();
        return wrong(what, p, "a float type", object);
      }
      *out = value;
      return true;
    }
  }
}

// Numbers of a (possibly nested) sequence, row by row.
bool flatten(PyObject* object, const Property& p, const char* what, int depth, std::vector<double>& out) {
  const bool is_row = PySequence_Check(object) && !PyUnicode_Check(object) && !PyBytes_Check(object);
  if (!is_row) {
    double value = 0.0;
    if (p.type == PropertyType::Boolean && p.is_array() && !PyBool_Check(object)) {
      PyErr_Format(PyExc_TypeError, "%sexpected sequence items of type boolean, not %s", what, Py_TYPE(object)->tp_name);
      return false;
    }
    if (!number_from(object, p, what, &value)) {
      return false;
    }
    out.push_back(value);
    return true;
  }
  if (depth > 3) {
    PyErr_Format(PyExc_ValueError, "%s%s: the sequence is nested too deeply", what, p.identifier.c_str());
    return false;
  }
  // A copy, so that a hostile __getitem__ cannot change what is being read.
  const PyRef items = PyRef::steal(PySequence_Tuple(object));
  if (!items) {
    return false;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items.get()); ++i) {
    if (!flatten(PyTuple_GET_ITEM(items.get(), i), p, what, depth + 1, out)) {
      return false;
    }
  }
  return true;
}

bool numbers_from(PyObject* object, const Property& p, const ConstRef& owner, const char* what, Value::Numbers* out) {
  if (PyUnicode_Check(object) || PyBytes_Check(object)) {
    return wrong(what, p, p.type == PropertyType::Float ? "a sequence of floats" : "a sequence of numbers", object);
  }
  if (!PySequence_Check(object)) {
    PyErr_Format(PyExc_ValueError, "%s%s: expected a sequence, not %s", what, p.identifier.c_str(), Py_TYPE(object)->tp_name);
    return false;
  }
  if (!flatten(object, p, what, 0, *out)) {
    return false;
  }
  int expected = p.is_dynamic_length ? 0 : p.length;
  if (p.is_dynamic_length && owner && !p.dynamic_values && (p.get || p.address)) {
    expected = int(read(owner, p).as_numbers().size());
  }
  if (expected > 0 && int(out->size()) != expected) {
    PyErr_Format(PyExc_ValueError, "%ssequences of dimension 0 should contain %d items, not %zd", what, expected, Py_ssize_t(out->size()));
    return false;
  }
  return true;
}

bool enum_from(PyObject* object, const Property& p, const ConstRef& owner, const char* what, Value* out) {
  const std::vector<EnumItem> items = items_of(p, owner);
  const auto known = [&](PyObject* name) -> const EnumItem* {
    const char* id = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : nullptr;
    if (id) {
      for (const EnumItem& item : items) {
        if (item.identifier == id) {
          return &item;
        }
      }
      PyErr_Format(p.is_enum_flag ? PyExc_ValueError : PyExc_TypeError, "%s%s: enum \"%s\" not found in (%s)", what, p.identifier.c_str(), id, item_list(items).c_str());
    } else {
      PyErr_Clear();
      wrong(what, p, "a string enum", name);
    }
    return nullptr;
  };
  if (p.is_enum_flag) {
    if (!PyAnySet_Check(object)) {
      return wrong(what, p, "a set of enum items", object);
    }
    Value::List set;
    const PyRef iterator = PyRef::steal(PyObject_GetIter(object));
    while (const PyRef item = PyRef::steal(iterator ? PyIter_Next(iterator.get()) : nullptr)) {
      const EnumItem* found = known(item.get());
      if (!found) {
        return false;
      }
      set.emplace_back(found->identifier);
    }
    *out = Value(std::move(set));
    return !PyErr_Occurred();
  }
  const EnumItem* found = known(object);
  if (!found) {
    return false;
  }
  *out = Value(found->identifier);
  return true;
}

bool pointer_from(PyObject* object, const Property& p, const ConstRef& owner, const char* what, Value* out) {
  const Schema* target = p.target_schema();
  const char* expected = target ? target->identifier.c_str() : "bpy_struct";
  if (object == Py_None) {
    if (p.is_never_none || p.is_required) {
      PyErr_Format(PyExc_TypeError, "%s%s expected a %s type, not None", what, p.identifier.c_str(), expected);
      return false;
    }
    *out = Value();
    return true;
  }
  if (!is_struct(object)) {
    return wrong(what, p, (std::string("a ") + expected + " type").c_str(), object);
  }
  auto* given = reinterpret_cast<StructObject*>(object);
  ConstRef ref;
  if (!find(given, &ref)) {
    return false;
  }
  if (target && !ref.schema->is_a(*target)) {
    return wrong(what, p, (std::string("a ") + expected + " type").c_str(), object);
  }
  if (p.accepts && owner && !p.accepts(owner, ref)) {
    PyErr_Format(PyExc_TypeError, "%s%s: %s \"%s\" does not fit here", what, p.identifier.c_str(), ref.schema->identifier.c_str(),
                 ref.block ? ref.block->name.c_str() : "");
    return false;
  }
  const std::shared_ptr<Root>* root = root_of(given);
  if (root && (*root)->block && !given->parent) {
    // Evaluated data goes through functions by value, and into the document by the block it came from.
    *out = p.is_required || p.is_optional ? Value(std::shared_ptr<const DataBlock>((*root)->block)) : Value(ref.block->id);
    return true;
  }
  if (root && !(*root)->block) {
    *out = Value();
    return true;
  }
  *out = Value(handle_of(given));
  return true;
}

std::string opening(const Schema* schema) {
  return fmt::format("bpy_struct: item.attr = val: {}.", schema ? schema->identifier : std::string());
}

}  // namespace

PyObject* raise(const Error& error, PyObject* type) {
  PyErr_SetString(type, error.message.c_str());
  return nullptr;
}

PyObject* to_python(const Value& value, const Property& p, StructObject* context) {
  if (const auto* block = std::get_if<std::shared_ptr<const DataBlock>>(&value.data)) {
    auto root = std::make_shared<Root>();
    if (const std::shared_ptr<Root>* outer = context ? root_of(context) : nullptr) {
      *root = **outer;
      root->data = nullptr;
    }
    root->block = std::const_pointer_cast<DataBlock>(*block);
    const Schema& schema = root->block->dynamic_schema();
    return make_rooted(schema, std::move(root));
  }
  switch (p.type) {
    case PropertyType::Pointer:
      return make_from_handle(value.as_handle(), context);
    case PropertyType::Collection: {
      const PyRef list = PyRef::steal(PyList_New(0));
      for (const Value& item : value.as_list()) {
        const PyRef object = PyRef::steal(make_from_handle(item.as_handle(), context));
        if (!list || !object || PyList_Append(list.get(), object.get()) < 0) {
          return nullptr;
        }
      }
      return Py_NewRef(list.get());
    }
    case PropertyType::String:
      return bytes_or_text(value.as_string(), p);
    case PropertyType::Enum: {
      if (!p.is_enum_flag) {
        return text(value.as_string());
      }
      PyRef set = PyRef::steal(PySet_New(nullptr));
      for (const Value& item : value.as_list()) {
        const PyRef name = PyRef::steal(text(item.as_string()));
        if (!set || !name || PySet_Add(set.get(), name.get()) < 0) {
          return nullptr;
        }
      }
      return set.release();
    }
    default:
      if (p.is_array()) {
        return numbers_to_python(value.as_numbers(), p);
      }
      return number(value.as_float(), p.type);
  }
}

bool from_python(PyObject* object, const Property& p, const ConstRef& owner, const char* what, Value* out) {
  switch (p.type) {
    case PropertyType::Pointer:
      return pointer_from(object, p, owner, what, out);
    case PropertyType::Enum:
      return enum_from(object, p, owner, what, out);
    case PropertyType::String: {
      if (p.subtype == Subtype::ByteString && PyBytes_Check(object)) {
        *out = Value(std::string(PyBytes_AS_STRING(object), std::size_t(PyBytes_GET_SIZE(object))));
        return true;
      }
      PyRef holder = PyRef::borrow(object);
      if (!PyUnicode_Check(object)) {
        // Paths may be given as path objects.
        const bool is_path = p.subtype == Subtype::FilePath || p.subtype == Subtype::DirPath || p.subtype == Subtype::FileName;
        holder = PyRef::steal(is_path ? PyOS_FSPath(object) : nullptr);
        if (!holder || !PyUnicode_Check(holder.get())) {
          PyErr_Clear();
          return wrong(what, p, "a string type", object);
        }
      }
      const PyRef encoded = PyRef::steal(PyUnicode_AsEncodedString(holder.get(), "utf-8", "surrogateescape"));
      if (!encoded) {
        return false;
      }
      *out = Value(std::string(PyBytes_AS_STRING(encoded.get()), std::size_t(PyBytes_GET_SIZE(encoded.get()))));
      return true;
    }
    case PropertyType::Collection: {
      const PyRef items = PyRef::steal(PySequence_Tuple(object));
      if (!items) {
        return false;
      }
      Value::List list;
      for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items.get()); ++i) {
        Value item;
        if (!pointer_from(PyTuple_GET_ITEM(items.get(), i), p, owner, what, &item)) {
          return false;
        }
        list.push_back(std::move(item));
      }
      *out = Value(std::move(list));
      return true;
    }
    default: {
      if (p.is_array()) {
        Value::Numbers numbers;
        if (!numbers_from(object, p, owner, what, &numbers)) {
          return false;
        }
        *out = Value(std::move(numbers));
        return true;
      }
      double value = 0.0;
      if (!number_from(object, p, what, &value)) {
        return false;
      }
      *out = p.type == PropertyType::Float ? Value(value) : p.type == PropertyType::Boolean ? Value(value != 0.0) : Value(std::int64_t(value));
      return true;
    }
  }
}

PyObject* get_property(StructObject* owner, const ConstRef& ref, const Property& p) {
  // Plain members, the common case, without a detour through Value.
  if (p.address && !p.get && p.length == 0 && !p.is_dynamic_length && p.storage <= Storage::Float && p.storage != Storage::Computed) {
    const void* address = p.address(ref.data, ref.index);
    if (address) {
      switch (p.storage) {
        case Storage::Bool:
          return PyBool_FromLong(*static_cast<const bool*>(address));
        case Storage::Int32:
          return PyLong_FromLong(*static_cast<const std::int32_t*>(address));
        default:
          return PyFloat_FromDouble(*static_cast<const float*>(address));
      }
    }
  }
  const AccessedObject accessed(owner);
  if (p.type == PropertyType::Collection) {
    return make_collection(owner, p);
  }
  if (p.link) {
    const PathStep step = p.link(ref);
    const ConstRef item = step.property ? step_into(ref, step) : ConstRef{};
    if (!item) {
      Py_RETURN_NONE;
    }
    return make_child(owner, *item.schema, *step.property, step.item, step.index);
  }
  if (p.storage == Storage::Struct) {
    const ConstRef inner = nested(ref, p);
    if (!inner) {
      Py_RETURN_NONE;
    }
    return make_child(owner, *inner.schema, p, 0, -1);
  }
  if (p.is_array()) {
    return make_array(owner, p);
  }
  return to_python(read(ref, p), p, owner);
}

namespace {

// Exactly what a plain member holds, the common case: nothing about it can be wrong but its range,
// and no other data-block is meant by it. Nothing else is converted.
bool plain_value(PyObject* object, const Property& p, Value* out) {
  if (p.is_array() || p.type > PropertyType::Float) {
    return false;
  }
  if (p.type == PropertyType::Float && PyFloat_CheckExact(object)) {
    *out = Value(PyFloat_AS_DOUBLE(object));
    return true;
  }
  if (p.type == PropertyType::Boolean && PyBool_Check(object)) {
    *out = Value(object == Py_True);
    return true;
  }
  if (p.type == PropertyType::Int && PyLong_CheckExact(object)) {
    int overflow = 0;
    const long value = PyLong_AsLongAndOverflow(object, &overflow);
    *out = Value(std::int64_t(value));
    return overflow == 0 && value >= INT32_MIN && value <= INT32_MAX;
  }
  return false;
}

}  // namespace

int set_property(StructObject* owner, const Property& p, PyObject* object) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return -1;
  }
  const AccessedObject accessed(owner);
  const bool is_writable = !p.is_read_only && (p.set || p.edit_dynamic_values || (p.edit_address && p.storage != Storage::Struct && p.storage != Storage::List));
  if (!is_writable) {
    PyErr_Format(PyExc_AttributeError, "bpy_struct: attribute \"%s\" from \"%s\" is read-only", p.identifier.c_str(),
                 ref.schema->identifier.c_str());
    return -1;
  }
  Value value;
  const bool is_plain = plain_value(object, p, &value);
  if (!is_plain && !from_python(object, p, ref, opening(ref.schema).c_str(), &value)) {
    return -1;
  }
  if (p.storage == Storage::Block && ref.block && value.as_block() == ref.block->id &&
      (ref.block->type() == BlockType::Object || ref.block->type() == BlockType::Scene)) {
    PyErr_Format(PyExc_TypeError, "%s.%s ID type does not support assignment to itself",
                 opening(ref.schema).c_str(), p.identifier.c_str());
    return -1;
  }
  if (!is_plain) {
    Result<Value> prepared = with_item_numbers(ref, p, value);
    if (!prepared || PyErr_Occurred()) {
      if (!PyErr_Occurred()) {
        raise(prepared.error(), PyExc_TypeError);
      }
      return -1;
    }
    value = std::move(*prepared);
  }
  MutableRef edit;
  if (!find_for_edit(owner, p.change, &edit)) {
    return -1;
  }
  const Result<void> done = write(edit, p, value);
  if (!done) {
    raise(done.error(), p.type == PropertyType::Enum ? PyExc_TypeError : PyExc_RuntimeError);
    return -1;
  }
  edited(owner);
  if (p.is_runtime) {
    call_update(owner, p);
  }
  return 0;
}

}  // namespace kiln::python
