#include "python/bulk.h"

#include <cstring>

#include "core/tasks.h"
#include "python/array_object.h"

namespace kiln::python {
namespace {

std::size_t component_size(Storage storage) { return storage == Storage::Bool ? 1 : 4; }

// Whether the elements of a buffer have the same layout as the stored ones, so that memory can be copied.
bool same_layout(const Py_buffer& buffer, const Property& p) {
  const char* format = buffer.format ? buffer.format : "B";
  while (*format == '@' || *format == '=' || *format == '<') {
    ++format;
  }
  if (std::strlen(format) != 1 || buffer.itemsize != Py_ssize_t(component_size(p.storage))) {
    return false;
  }
  switch (p.storage) {
    case Storage::Float:
      return *format == 'f';
    case Storage::Int32:
      return *format == 'i' || *format == 'l' || *format == 'I';
    case Storage::Bool:
      return *format == '?' || *format == 'b' || *format == 'B';
    default:
      return false;
  }
}

PyObject* make_number(double value, PropertyType type) {
  return type == PropertyType::Boolean ? PyBool_FromLong(value != 0.0)
         : type == PropertyType::Int   ? PyLong_FromLongLong((long long)(value))
                                       : PyFloat_FromDouble(value);
}

// Stores numbers into a buffer of any simple type or into a list.
PyObject* store(PyObject* target, const Property& p, const Value::Numbers& numbers) {
  if (PyList_Check(target)) {
    if (PyList_GET_SIZE(target) != Py_ssize_t(numbers.size())) {
      PyErr_Format(PyExc_RuntimeError, "internal error setting the array: expected %zu items, not %zd", numbers.size(), PyList_GET_SIZE(target));
      return nullptr;
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      PyObject* value = make_number(numbers[i], p.type);
      if (!value || PyList_SetItem(target, Py_ssize_t(i), value) < 0) {
        return nullptr;
      }
    }
    Py_RETURN_NONE;
  }
  if (PyObject_CheckBuffer(target)) {
    const PyRef view = PyRef::steal(PyMemoryView_FromObject(target));
    const Py_ssize_t count = view ? PyObject_Length(view.get()) : -1;
    if (count != Py_ssize_t(numbers.size())) {
      if (!PyErr_Occurred()) {
        PyErr_Format(PyExc_RuntimeError, "internal error setting the array: expected %zu items, not %zd", numbers.size(), count);
      }
      return nullptr;
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const PyRef value = PyRef::steal(make_number(numbers[i], p.type));
      if (!value || PySequence_SetItem(view.get(), Py_ssize_t(i), value.get()) < 0) {
        return nullptr;
      }
    }
    Py_RETURN_NONE;
  }
  PyErr_Format(PyExc_TypeError, "foreach_get: expected a list or a writable buffer, not %s", Py_TYPE(target)->tp_name);
  return nullptr;
}

// The numbers of a buffer or sequence. `expected` < 0: any number of them.
bool load(PyObject* source, const Property& p, Py_ssize_t expected, Value::Numbers* out) {
  const PyRef items = PyRef::steal(PySequence_Tuple(source));
  if (!items) {
    PyErr_Clear();
    PyErr_Format(PyExc_TypeError, "foreach_set: expected a sequence or a buffer, not %s", Py_TYPE(source)->tp_name);
    return false;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(items.get());
  if (expected >= 0 && count != expected) {
    PyErr_Format(PyExc_RuntimeError, "internal error setting the array: expected %zd items, not %zd", expected, count);
    return false;
  }
  out->resize(std::size_t(count));
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* item = PyTuple_GET_ITEM(items.get(), i);
    const double value = PyFloat_Check(item) ? PyFloat_AS_DOUBLE(item) : PyFloat_AsDouble(item);
    if (value == -1.0 && PyErr_Occurred()) {
      PyErr_Clear();
      PyErr_Format(PyExc_TypeError, "foreach_set: item %zd of \"%s\" is no number but %s", i, p.identifier.c_str(), Py_TYPE(item)->tp_name);
      return false;
    }
    (*out)[std::size_t(i)] = value;
  }
  return true;
}

// A C-contiguous buffer of an object, released when it goes.
class Buffer {
 public:
  Buffer(PyObject* object, bool writable) {
    if (PyObject_CheckBuffer(object)) {
      is_open_ = PyObject_GetBuffer(object, &view_, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0)) == 0;
      if (!is_open_) {
        PyErr_Clear();
      }
    }
  }
  ~Buffer() {
    if (is_open_) {
      PyBuffer_Release(&view_);
    }
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  explicit operator bool() const { return is_open_; }
  const Py_buffer& view() const { return view_; }

 private:
  Py_buffer view_{};
  bool is_open_ = false;
};

const Property* element_property(const ConstRef& owner, const Property& collection, PyObject* name, ConstElement* first) {
  const char* identifier = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : nullptr;
  if (!identifier) {
    PyErr_SetString(PyExc_TypeError, "foreach_get/set: the first argument must be the name of a property");
    return nullptr;
  }
  const Schema* schema = collection.target_schema();
  if (collection.collection && collection.collection->size(owner) > 0) {
    *first = collection.collection->at(owner, 0);
    if (first->ref) {
      schema = first->ref.schema;
    } else if (const DataBlock* block = owner.document->find(first->block)) {
      schema = &block->dynamic_schema();
    }
  }
  const Property* p = schema ? state().registry().property(*schema, identifier) : nullptr;
  if (!p || p->is_internal) {
    PyErr_Format(PyExc_AttributeError, "foreach_get/set: '%s' has no attribute '%s'", schema ? schema->identifier.c_str() : "?", identifier);
    return nullptr;
  }
  if (p->type > PropertyType::Float && p->type != PropertyType::Enum) {
    PyErr_Format(PyExc_TypeError, "foreach_get/set: '%s.%s' is no number", schema->identifier.c_str(), identifier);
    return nullptr;
  }
  return p;
}

bool is_copyable(const Property& p) { return p.is_column && p.address && !p.get && p.storage <= Storage::Float; }

}  // namespace

PyObject* copy_out(StructObject* owner, const Property& p, PyObject* target) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return nullptr;
  }
  if (p.dynamic_values) {
    const DynamicValues values = p.dynamic_values(ref);
    const std::size_t bytes = std::size_t(values.size) * component_size(p.storage);
    const Py_ssize_t count = PySequence_Check(target) ? PySequence_Size(target) : Py_ssize_t(values.size);
    if (count != Py_ssize_t(values.size)) {
      PyErr_Clear();
      PyErr_Format(PyExc_TypeError, "expected sequence size %zd, got %zd", Py_ssize_t(values.size), count);
      return nullptr;
    }
    const Buffer buffer(target, true);
    if (buffer && same_layout(buffer.view(), p) && std::size_t(buffer.view().len) == bytes) {
      if (bytes > 0) {
        std::memcpy(buffer.view().buf, values.data, bytes);
      }
      Py_RETURN_NONE;
    }
  }
  Value::Numbers numbers;
  return read_numbers(owner, p, &numbers) ? store(target, p, numbers) : nullptr;
}

PyObject* copy_in(StructObject* owner, const Property& p, PyObject* source) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return nullptr;
  }
  if (p.dynamic_values) {
    const std::int64_t size = p.dynamic_values(ref).size;
    const Py_ssize_t count = PySequence_Check(source) ? PySequence_Size(source) : Py_ssize_t(size);
    if (count != Py_ssize_t(size)) {
      PyErr_Clear();
      PyErr_Format(PyExc_TypeError, "expected sequence size %zd, got %zd", Py_ssize_t(size), count);
      return nullptr;
    }
    const std::size_t bytes = std::size_t(size) * component_size(p.storage);
    const Buffer buffer(source, false);
    if (buffer && same_layout(buffer.view(), p) && std::size_t(buffer.view().len) == bytes) {
      MutableRef edit;
      if (!find_for_edit(owner, p.change, &edit)) {
        return nullptr;
      }
      const DynamicEdit values = p.edit_dynamic_values(edit);
      if (bytes > 0 && values.size == size) {
        std::memcpy(values.data, buffer.view().buf, bytes);
      }
      if (p.on_change) {
        p.on_change(edit);
      }
      edited(owner);
      Py_RETURN_NONE;
    }
  }
  Value::Numbers now, numbers;
  if (!read_numbers(owner, p, &now) || !load(source, p, Py_ssize_t(now.size()), &numbers) || !write_numbers(owner, p, numbers)) {
    return nullptr;
  }
  Py_RETURN_NONE;
}

PyObject* copy_elements_out(StructObject* owner, const Property& collection, PyObject* name, PyObject* target) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return nullptr;
  }
  ConstElement first;
  const Property* p = element_property(ref, collection, name, &first);
  if (!p) {
    return nullptr;
  }
  const std::int64_t count = collection.collection->size(ref);
  const std::size_t components = std::size_t(std::max(p->length, 1));
  if (collection.collection->is_view() && is_copyable(*p) && count > 0) {
    const std::size_t bytes = std::size_t(count) * components * component_size(p->storage);
    const Buffer buffer(target, true);
    const void* source = p->address(first.ref.data, first.ref.index);
    if (source && buffer && same_layout(buffer.view(), *p) && std::size_t(buffer.view().len) == bytes) {
      auto* to = static_cast<char*>(buffer.view().buf);
      parallel_for(bytes, 1 << 20, [&](std::size_t begin, std::size_t end) { std::memcpy(to + begin, static_cast<const char*>(source) + begin, end - begin); });
      Py_RETURN_NONE;
    }
  }
  Value::Numbers numbers;
  numbers.reserve(std::size_t(count) * components);
  for (std::int64_t i = 0; i < count; ++i) {
    const ConstElement element = collection.collection->at(ref, i);
    ConstRef item = element.ref;
    if (element.block) {
      const DataBlock* block = ref.document->find(element.block);
      if (!block) {
        continue;
      }
      item = reference_to(*block, ref.document, ref.services);
    }
    if (p->type == PropertyType::Enum) {
      const std::string identifier = read(item, *p).as_string();
      const EnumItem* found = p->item_named(identifier);
      numbers.push_back(found ? found->value : 0);
      continue;
    }
    const Value value = read(item, *p);
    if (p->is_array()) {
      numbers.insert(numbers.end(), value.as_numbers().begin(), value.as_numbers().end());
    } else {
      numbers.push_back(value.as_float());
    }
  }
  return store(target, *p, numbers);
}

PyObject* copy_elements_in(StructObject* owner, const Property& collection, PyObject* name, PyObject* source) {
  ConstRef ref;
  if (!find(owner, &ref)) {
    return nullptr;
  }
  ConstElement first;
  const Property* p = element_property(ref, collection, name, &first);
  if (!p) {
    return nullptr;
  }
  if (p->is_read_only || (!p->set && !p->edit_address)) {
    PyErr_Format(PyExc_AttributeError, "foreach_set: '%s' is read-only", p->identifier.c_str());
    return nullptr;
  }
  const std::int64_t count = collection.collection->size(ref);
  const std::size_t components = std::size_t(std::max(p->length, 1));
  if (collection.collection->is_view() && is_copyable(*p) && !p->set && count > 0) {
    const std::size_t bytes = std::size_t(count) * components * component_size(p->storage);
    const Buffer buffer(source, false);
    if (buffer && same_layout(buffer.view(), *p) && std::size_t(buffer.view().len) == bytes) {
      MutableRef edit;
      if (!find_for_edit(owner, p->change, &edit)) {
        return nullptr;
      }
      const MutableRef element = collection.collection->edit_at(edit, 0);
      if (void* to = p->edit_address(element.data, element.index)) {
        const auto* from = static_cast<const char*>(buffer.view().buf);
        parallel_for(bytes, 1 << 20, [&](std::size_t begin, std::size_t end) { std::memcpy(static_cast<char*>(to) + begin, from + begin, end - begin); });
        if (p->on_change) {
          p->on_change(element);
        }
        edited(owner);
        Py_RETURN_NONE;
      }
    }
  }
  Value::Numbers numbers;
  if (!load(source, *p, Py_ssize_t(std::size_t(count) * components), &numbers)) {
    return nullptr;
  }
  // Taking numbers out of a sequence may run code that changes what is written to.
  if (!find(owner, &ref)) {
    return nullptr;
  }
  if (collection.collection->size(ref) != count) {
    PyErr_SetString(PyExc_RuntimeError, "foreach_set: the collection has changed its size meanwhile");
    return nullptr;
  }
  const auto value_at = [&](std::int64_t i) -> Value {
    if (p->is_array()) {
      const auto begin = numbers.begin() + std::ptrdiff_t(std::size_t(i) * components);
      return Value(Value::Numbers(begin, begin + std::ptrdiff_t(components)));
    }
    const double number = numbers[std::size_t(i)];
    if (p->type == PropertyType::Enum) {
      const EnumItem* item = p->item_of_value(int(number));
      return item ? Value(item->identifier) : Value();
    }
    return Value(number);
  };
  if (collection.collection->holds_blocks()) {
    const std::vector<BlockId> blocks = collection.collection->blocks(ref);
    for (std::int64_t i = 0; i < count; ++i) {
      const PyRef object = PyRef::steal(make_block(blocks[std::size_t(i)]));
      MutableRef edit;
      if (!object || !is_struct(object.get()) || !find_for_edit(reinterpret_cast<StructObject*>(object.get()), p->change, &edit)) {
        return PyErr_Occurred() ? nullptr : raise(Error::invalid("foreach_set: element {} has been removed", i), PyExc_ReferenceError);
      }
      const Result<void> done = write(edit, *p, value_at(i));
      if (!done) {
        return raise(done.error());
      }
    }
    Py_RETURN_NONE;
  }
  MutableRef edit;
  if (!find_for_edit(owner, p->change, &edit)) {
    return nullptr;
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const Result<void> done = write(collection.collection->edit_at(edit, i), *p, value_at(i));
    if (!done) {
      return raise(done.error());
    }
  }
  edited(owner);
  Py_RETURN_NONE;
}

}  // namespace kiln::python
