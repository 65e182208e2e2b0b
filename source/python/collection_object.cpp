#include "python/collection_object.h"

#include "document/resolve.h"
#include "document/document.h"
#include "document/library.h"
#include "python/access.h"
#include "python/bulk.h"
#include "python/types.h"

namespace kiln::python {
namespace {

CollectionObject* as_collection(PyObject* object) { return reinterpret_cast<CollectionObject*>(object); }

void dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  Py_XDECREF(reinterpret_cast<PyObject*>(as_collection(object)->owner));
  type->tp_free(object);
  Py_DECREF(type);
}

const CollectionAccess& access_of(CollectionObject* self) { return *self->property->collection; }

// One element as a Python object.
PyObject* make_element(CollectionObject* self, const ConstRef& owner, const ConstElement& element, std::int64_t index) {
  if (element.block) {
    return make_from_handle({element.block, {}}, self->owner);
  }
  if (!element.ref) {
    Py_RETURN_NONE;
  }
  static_cast<void>(owner);
  return make_child(self->owner, *element.ref.schema, *self->property, element.item, index);
}

// Views need no look-up: the element is known by its index.
PyObject* make_at(CollectionObject* self, const ConstRef& owner, std::int64_t i) {
  return make_element(self, owner, access_of(self).at(owner, i), i);
}

Py_ssize_t length(PyObject* object) {
  ConstRef owner;
  return find(as_collection(object)->owner, &owner) ? Py_ssize_t(access_of(as_collection(object)).size(owner)) : -1;
}

PyObject* item(PyObject* object, Py_ssize_t i) {
  CollectionObject* self = as_collection(object);
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return nullptr;
  }
  if (i < 0 || i >= access_of(self).size(owner)) {
    PyErr_Format(PyExc_IndexError, "bpy_prop_collection[index]: index %zd out of range, size %lld", i, (long long)(access_of(self).size(owner)));
    return nullptr;
  }
  return make_at(self, owner, i);
}

std::int64_t index_of_name(CollectionObject* self, const ConstRef& owner, PyObject* name) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(name, &size);
  if (!text) {
    PyErr_Clear();
    return -1;
  }
  return find_named(access_of(self), owner, std::string_view(text, std::size_t(size)));
}

// The data-block of that name in collections that can tell quickly: whether they can, and which.
std::optional<BlockId> block_of_name(CollectionObject* self, const ConstRef& owner, PyObject* name) {
  if (!access_of(self).holds_blocks()) {
    return std::nullopt;
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(name, &size);
  if (!text) {
    PyErr_Clear();
    return std::nullopt;
  }
  return access_of(self).find_block(owner, std::string_view(text, std::size_t(size)));
}

// Position of what `(name, library)` names: the library is None for local blocks, else its file path. -1: nothing does.
std::int64_t index_of_pair(CollectionObject* self, const ConstRef& owner, PyObject* key) {
  const char* name = PyUnicode_AsUTF8(PyTuple_GET_ITEM(key, 0));
  PyObject* library = PyTuple_GET_ITEM(key, 1);
  const char* filepath = name && library != Py_None && PyUnicode_Check(library) ? PyUnicode_AsUTF8(library) : nullptr;
  if (!name || (library != Py_None && !filepath) || !owner.document || !access_of(self).holds_blocks()) {
    PyErr_Clear();
    return -1;
  }
  const std::vector<BlockId> blocks = access_of(self).blocks(owner);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const DataBlock* block = owner.document->find(blocks[i]);
    const Library* from = block ? owner.document->find<Library>(block->link.library) : nullptr;
    if (block && block->name == name && (filepath ? from && from->filepath == filepath : !from)) {
      return std::int64_t(i);
    }
  }
  return -1;
}

bool is_pair(PyObject* key) { return PyTuple_Check(key) && PyTuple_GET_SIZE(key) == 2 && PyUnicode_Check(PyTuple_GET_ITEM(key, 0)); }

std::string name_of(const ConstRef& owner, const ConstElement& element) {
  if (element.block) {
    const DataBlock* block = owner.document->find(element.block);
    return block ? block->name : std::string();
  }
  return element.ref && element.ref.schema->name_property ? read(element.ref, *element.ref.schema->name_property).as_string() : std::string();
}

PyObject* text(const std::string& value) { return PyUnicode_DecodeUTF8(value.data(), Py_ssize_t(value.size()), "surrogateescape"); }

// All elements at once, so that scripts may change the collection while they go through it.
PyObject* list_of(CollectionObject* self, std::int64_t begin, std::int64_t end) {
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return nullptr;
  }
  const std::int64_t size = access_of(self).size(owner);
  begin = std::clamp<std::int64_t>(begin, 0, size);
  end = std::clamp<std::int64_t>(end, begin, size);
  PyRef list = PyRef::steal(PyList_New(end - begin));
  if (!list) {
    return nullptr;
  }
  if (access_of(self).holds_blocks()) {
    const std::vector<BlockId> blocks = access_of(self).blocks(owner);
    for (std::int64_t i = begin; i < end; ++i) {
      PyObject* element = make_from_handle({blocks[std::size_t(i)], {}}, self->owner);
      if (!element) {
        return nullptr;
      }
      PyList_SET_ITEM(list.get(), i - begin, element);
    }
    return list.release();
  }
  for (std::int64_t i = begin; i < end; ++i) {
    PyObject* element = make_at(self, owner, i);
    if (!element) {
      return nullptr;
    }
    PyList_SET_ITEM(list.get(), i - begin, element);
  }
  return list.release();
}

constexpr std::int64_t all_elements = std::numeric_limits<std::int64_t>::max();

// Views may be long (a million vertices): they are iterated without making all elements first.
struct ViewIterator {
  PyObject_HEAD
  CollectionObject* collection;
  std::int64_t next;
};

void iterator_dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  Py_XDECREF(reinterpret_cast<PyObject*>(reinterpret_cast<ViewIterator*>(object)->collection));
  type->tp_free(object);
  Py_DECREF(type);
}

PyObject* iterator_next(PyObject* object) {
  auto* self = reinterpret_cast<ViewIterator*>(object);
  ConstRef owner;
  if (!find(self->collection->owner, &owner)) {
    return nullptr;
  }
  if (self->next >= access_of(self->collection).size(owner)) {
    return nullptr;
  }
  return make_at(self->collection, owner, self->next++);
}

PyObject* iterate(PyObject* object) {
  CollectionObject* self = as_collection(object);
  if (access_of(self).is_view()) {
    PyTypeObject* type = state().view_iterator_type;
    auto* iterator = reinterpret_cast<ViewIterator*>(type->tp_alloc(type, 0));
    if (iterator) {
      iterator->collection = as_collection(Py_NewRef(object));
    }
    return reinterpret_cast<PyObject*>(iterator);
  }
  const PyRef list = PyRef::steal(list_of(self, 0, all_elements));
  return list ? PyObject_GetIter(list.get()) : nullptr;
}

PyObject* subscript(PyObject* object, PyObject* key) {
  CollectionObject* self = as_collection(object);
  if (PyUnicode_Check(key)) {
    ConstRef owner;
    if (!find(self->owner, &owner)) {
      return nullptr;
    }
    const std::optional<BlockId> block = block_of_name(self, owner, key);
    const std::int64_t i = block ? -1 : index_of_name(self, owner, key);
    if (block ? !*block : i < 0) {
      PyErr_Format(PyExc_KeyError, "bpy_prop_collection[key]: key %R not found", key);
      return nullptr;
    }
    return block ? make_from_handle({*block, {}}, self->owner) : make_at(self, owner, i);
  }
  if (PyIndex_Check(key)) {
    Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (i == -1 && PyErr_Occurred()) {
      return nullptr;
    }
    if (i < 0) {
      const Py_ssize_t n = length(object);
      if (n < 0) {
        return nullptr;
      }
      i += n;
    }
    return item(object, i);
  }
  if (PySlice_Check(key)) {
    Py_ssize_t start = 0, stop = 0, step = 0;
    if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
      return nullptr;
    }
    if (step != 1) {
      PyErr_SetString(PyExc_TypeError, "bpy_prop_collection[slice]: slice steps not supported");
      return nullptr;
    }
    const Py_ssize_t n = length(object);
    if (n < 0) {
      return nullptr;
    }
    PySlice_AdjustIndices(n, &start, &stop, step);
    return list_of(self, start, stop);
  }
  if (is_pair(key)) {
    ConstRef owner;
    if (!find(self->owner, &owner)) {
      return nullptr;
    }
    const std::int64_t i = index_of_pair(self, owner, key);
    if (i < 0) {
      PyErr_SetString(PyExc_KeyError, "bpy_prop_collection[key, lib]: not found");
      return nullptr;
    }
    return make_at(self, owner, i);
  }
  PyErr_Format(PyExc_TypeError, "bpy_prop_collection[key]: invalid key, must be a string or an int, not %s", Py_TYPE(key)->tp_name);
  return nullptr;
}

int assign(PyObject* object, PyObject* key, PyObject* value) {
  // Material slots are the one collection whose elements can be put by index.
  CollectionObject* self = as_collection(object);
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return -1;
  }
  const Py_ssize_t i = PyIndex_Check(key) ? PyNumber_AsSsize_t(key, PyExc_IndexError) : -1;
  if (PyErr_Occurred()) {
    return -1;
  }
  const std::int64_t size = access_of(self).size(owner);
  const std::int64_t at = i < 0 ? i + size : i;
  if (!value || !access_of(self).holds_blocks() || !PyIndex_Check(key)) {
    PyErr_Format(PyExc_TypeError, "'%s' object does not support item %s", Py_TYPE(object)->tp_name, value ? "assignment" : "deletion");
    return -1;
  }
  if (at < 0 || at >= size) {
    PyErr_Format(PyExc_IndexError, "bpy_prop_collection[index] = value: index %zd out of range", i);
    return -1;
  }
  Property element;
  element.identifier = self->property->identifier;
  element.type = PropertyType::Pointer;
  element.target = self->property->target;
  Value given;
  if (!from_python(value, element, owner, "", &given)) {
    return -1;
  }
  MutableRef edit;
  if (!find_for_edit(self->owner, self->property->change | Change::Shading | Change::Hierarchy, &edit)) {
    return -1;
  }
  const Result<void> done = access_of(self).assign(edit, at, given.as_block());
  if (!done) {
    raise(done.error(), PyExc_TypeError);
    return -1;
  }
  return 0;
}

int contains(PyObject* object, PyObject* key) {
  CollectionObject* self = as_collection(object);
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return -1;
  }
  if (PyUnicode_Check(key)) {
    const std::optional<BlockId> block = block_of_name(self, owner, key);
    return block ? bool(*block) : index_of_name(self, owner, key) >= 0;
  }
  if (PyTuple_Check(key)) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); ++i) {
      if (PyUnicode_Check(PyTuple_GET_ITEM(key, i)) && index_of_name(self, owner, PyTuple_GET_ITEM(key, i)) >= 0) {
        return 1;
      }
    }
    return 0;
  }
  if (is_struct(key)) {
    const PyRef list = PyRef::steal(list_of(self, 0, all_elements));
    return list ? PySequence_Contains(list.get(), key) : -1;
  }
  PyErr_Format(PyExc_TypeError, "bpy_prop_collection.__contains__: expected a string or a tuple of strings, not %s", Py_TYPE(key)->tp_name);
  return -1;
}

int is_true(PyObject* object) {
  const Py_ssize_t n = length(object);
  return n < 0 ? -1 : n > 0;
}

PyObject* compare(PyObject* a, PyObject* b, int operation) {
  if ((operation != Py_EQ && operation != Py_NE) || !is_collection(a) || !is_collection(b)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  const int same = as_collection(a)->property == as_collection(b)->property &&
                   PyObject_RichCompareBool(reinterpret_cast<PyObject*>(as_collection(a)->owner), reinterpret_cast<PyObject*>(as_collection(b)->owner), Py_EQ);
  return PyBool_FromLong(same == (operation == Py_EQ));
}

Py_hash_t hash(PyObject* object) {
  const Py_hash_t h = PyObject_Hash(reinterpret_cast<PyObject*>(as_collection(object)->owner)) ^ Py_hash_t(as_collection(object)->property);
  return h == -1 ? -2 : h;
}

PyObject* repr(PyObject* object) {
  return repr_of_part(as_collection(object)->owner, *as_collection(object)->property, object);
}

PyObject* str(PyObject* object) {
  CollectionObject* self = as_collection(object);
  const Schema* schema = self->property->collection_schema ? &self->property->collection_schema() : self->property->target_schema();
  if (self->property->collection_schema) {
    const Py_ssize_t size = length(object);
    if (size < 0) {
      PyErr_Clear();
      return PyUnicode_FromFormat("<bpy_collection, %s invalid>", schema->identifier.c_str());
    }
    return PyUnicode_FromFormat("<bpy_collection[%zd], %s>", size, schema->identifier.c_str());
  }
  const Py_ssize_t size = length(object);
  if (size < 0) {
    PyErr_Clear();
    return PyUnicode_FromFormat("<bpy_collection, %s.%s invalid>", self->owner->schema->identifier.c_str(), self->property->identifier.c_str());
  }
  return PyUnicode_FromFormat("<bpy_collection[%zd], %s.%s>", size, self->owner->schema->identifier.c_str(), self->property->identifier.c_str());
}

template <typename Make>
PyObject* map_elements(CollectionObject* self, Make make) {
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return nullptr;
  }
  PyRef list = PyRef::steal(PyList_New(0));
  const std::int64_t size = access_of(self).size(owner);
  for (std::int64_t i = 0; list && i < size; ++i) {
    const PyRef made = PyRef::steal(make(owner, access_of(self).at(owner, i), i));
    if (!made || PyList_Append(list.get(), made.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* keys(PyObject* object, PyObject*) {
  return map_elements(as_collection(object), [](const ConstRef& owner, const ConstElement& element, std::int64_t) { return text(name_of(owner, element)); });
}

PyObject* values(PyObject* object, PyObject*) { return list_of(as_collection(object), 0, all_elements); }

PyObject* items(PyObject* object, PyObject*) {
  CollectionObject* self = as_collection(object);
  return map_elements(self, [self](const ConstRef& owner, const ConstElement& element, std::int64_t i) -> PyObject* {
    const PyRef name = PyRef::steal(text(name_of(owner, element)));
    const PyRef value = PyRef::steal(make_element(self, owner, element, i));
    return name && value ? PyTuple_Pack(2, name.get(), value.get()) : nullptr;
  });
}

PyObject* get(PyObject* object, PyObject* args) {
  PyObject *key = nullptr, *fallback = Py_None;
  CollectionObject* self = as_collection(object);
  ConstRef owner;
  if (!PyArg_ParseTuple(args, "O|O:get", &key, &fallback) || !find(self->owner, &owner)) {
    return nullptr;
  }
  if (is_pair(key)) {
    const std::int64_t i = index_of_pair(self, owner, key);
    return i < 0 ? Py_NewRef(fallback) : make_at(self, owner, i);
  }
  if (!PyUnicode_Check(key)) {
    PyErr_Format(PyExc_KeyError, "bpy_prop_collection.get(key, ...): key must be a string or a tuple, not %s", Py_TYPE(key)->tp_name);
    return nullptr;
  }
  if (const std::optional<BlockId> block = block_of_name(self, owner, key)) {
    return *block ? make_from_handle({*block, {}}, self->owner) : Py_NewRef(fallback);
  }
  const std::int64_t i = index_of_name(self, owner, key);
  return i < 0 ? Py_NewRef(fallback) : make_at(self, owner, i);
}

PyObject* find_index(PyObject* object, PyObject* key) {
  CollectionObject* self = as_collection(object);
  ConstRef owner;
  if (!find(self->owner, &owner)) {
    return nullptr;
  }
  if (!PyUnicode_Check(key)) {
    PyErr_Format(PyExc_TypeError, "bpy_prop_collection.find(key): expected a string, not %s", Py_TYPE(key)->tp_name);
    return nullptr;
  }
  return PyLong_FromLongLong(index_of_name(self, owner, key));
}

PyObject* foreach_get(PyObject* object, PyObject* args) {
  PyObject *name = nullptr, *target = nullptr;
  if (!PyArg_ParseTuple(args, "OO:foreach_get", &name, &target)) {
    return nullptr;
  }
  return copy_elements_out(as_collection(object)->owner, *as_collection(object)->property, name, target);
}

PyObject* foreach_set(PyObject* object, PyObject* args) {
  PyObject *name = nullptr, *source = nullptr;
  if (!PyArg_ParseTuple(args, "OO:foreach_set", &name, &source)) {
    return nullptr;
  }
  return copy_elements_in(as_collection(object)->owner, *as_collection(object)->property, name, source);
}

PyObject* get_data(PyObject* object, void*) { return Py_NewRef(reinterpret_cast<PyObject*>(as_collection(object)->owner)); }

PyMethodDef methods[] = {{"keys", keys, METH_NOARGS, "keys(): the names of all elements"},
                         {"values", values, METH_NOARGS, "values(): all elements as a list"},
                         {"items", items, METH_NOARGS, "items(): pairs of name and element"},
                         {"get", get, METH_VARARGS, "get(key, default=None): the element of that name"},
                         {"find", find_index, METH_O, "find(key): the position of the element of that name, or -1"},
                         {"foreach_get", foreach_get, METH_VARARGS, "foreach_get(attribute, sequence): copies one attribute of all elements out"},
                         {"foreach_set", foreach_set, METH_VARARGS, "foreach_set(attribute, sequence): sets one attribute of all elements"},
                         {nullptr, nullptr, 0, nullptr}};

PyGetSetDef getsets[] = {{"data", get_data, nullptr, "The struct this is a collection of", nullptr},
                         {"id_data", get_data, nullptr, "The struct this is a collection of", nullptr},
                         {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyObject* make_collection(StructObject* owner, const Property& p) {
  PyTypeObject* type = collection_type_for(p);
  auto* self = type ? reinterpret_cast<CollectionObject*>(type->tp_alloc(type, 0)) : nullptr;
  if (self) {
    self->owner = reinterpret_cast<StructObject*>(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
    self->property = &p;
  }
  return reinterpret_cast<PyObject*>(self);
}

bool init_collection_type() {
  PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                         {Py_sq_length, reinterpret_cast<void*>(length)},
                         {Py_sq_item, reinterpret_cast<void*>(item)},
                         {Py_sq_contains, reinterpret_cast<void*>(contains)},
                         {Py_mp_length, reinterpret_cast<void*>(length)},
                         {Py_mp_subscript, reinterpret_cast<void*>(subscript)},
                         {Py_mp_ass_subscript, reinterpret_cast<void*>(assign)},
                         {Py_nb_bool, reinterpret_cast<void*>(is_true)},
                         {Py_tp_richcompare, reinterpret_cast<void*>(compare)},
                         {Py_tp_hash, reinterpret_cast<void*>(hash)},
                         {Py_tp_iter, reinterpret_cast<void*>(iterate)},
                         {Py_tp_repr, reinterpret_cast<void*>(repr)},
                         {Py_tp_str, reinterpret_cast<void*>(str)},
                         {Py_tp_methods, methods},
                         {Py_tp_getset, getsets},
                         {0, nullptr}};
  PyType_Spec spec{"bpy_prop_collection", int(sizeof(CollectionObject)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  state().collection_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  PyType_Slot iterator_slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(iterator_dealloc)},
                                  {Py_tp_iter, reinterpret_cast<void*>(PyObject_SelfIter)},
                                  {Py_tp_iternext, reinterpret_cast<void*>(iterator_next)},
                                  {0, nullptr}};
  PyType_Spec iterator_spec{"bpy_prop_collection_iterator", int(sizeof(ViewIterator)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, iterator_slots};
  state().view_iterator_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&iterator_spec));
  return state().collection_type && state().view_iterator_type;
}

}  // namespace kiln::python
