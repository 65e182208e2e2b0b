#include "python/struct_object.h"

#include <structmember.h>

#include "core/schema/bag_property.h"
#include "document/resolve.h"
#include "python/array_object.h"
#include "python/access.h"
#include "python/runtime_properties.h"
#include "python/threads.h"
#include "python/types.h"

namespace kiln::python {
namespace {

StructObject* as_struct(PyObject* object) { return reinterpret_cast<StructObject*>(object); }

PyObject* allocate(const Schema& schema) {
  PyTypeObject* type = type_for(schema);
  if (!type) {
    return nullptr;
  }
  auto* self = as_struct(type->tp_alloc(type, 0));
  if (!self) {
    return nullptr;
  }
  self->schema = &schema;
  self->index = -1;
  return reinterpret_cast<PyObject*>(self);
}

void dealloc(PyObject* object) {
  StructObject* self = as_struct(object);
  PyTypeObject* type = Py_TYPE(object);
  if (PyType_IS_GC(type)) {
    PyObject_GC_UnTrack(object);
  }
  if (self->weak_references) {
    PyObject_ClearWeakRefs(object);
  }
  if (!self->parent && !self->root) {
    auto& known = state().blocks;
    const auto found = known.find(self->block);
    if (found != known.end() && found->second == object) {
      known.erase(found);
    }
  }
  delete self->root;
  Py_XDECREF(reinterpret_cast<PyObject*>(self->parent));
  type->tp_free(object);
  Py_DECREF(type);
}

bool same_place(StructObject* a, StructObject* b) {
  while (a && b) {
    if (a == b) {
      return true;
    }
    if (!a->parent || !b->parent) {
      if (a->parent || b->parent) {
        return false;
      }
      if (a->root || b->root) {
        return a->root && b->root &&
               ((*a->root == *b->root) || ((*a->root)->data && (*a->root)->data == (*b->root)->data) ||
                ((*a->root)->block && (*a->root)->block == (*b->root)->block));
      }
      return a->block == b->block;
    }
    if (a->property != b->property || a->item != b->item || (a->item == 0 && a->index != b->index)) {
      return false;
    }
    a = a->parent;
    b = b->parent;
  }
  return a == b;
}

PyObject* compare(PyObject* a, PyObject* b, int operation) {
  if ((operation != Py_EQ && operation != Py_NE) || !is_struct(a) || !is_struct(b)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  return PyBool_FromLong(same_place(as_struct(a), as_struct(b)) == (operation == Py_EQ));
}

Py_hash_t hash(PyObject* object) {
  std::size_t h = 1469598103934665603ull;
  const auto mix = [&](std::size_t v) { h = (h ^ v) * 1099511628211ull; };
  for (StructObject* s = as_struct(object); s; s = s->parent) {
    if (s->parent) {
      mix(std::size_t(s->property));
      mix(s->item ? std::size_t(s->item) : std::size_t(s->index));
    } else if (s->root) {
      mix(std::size_t((*s->root)->block ? static_cast<void*>((*s->root)->block.get()) : (*s->root)->data));
    } else {
      mix(std::hash<BlockId>()(s->block));
    }
  }
  const auto result = Py_hash_t(h);
  return result == -1 ? -2 : result;
}

// A path that evaluates to the object in a script: bpy.data.objects['Cube'].modifiers["Array"].
PyObject* repr(PyObject* object) {
  StructObject* self = as_struct(object);
  ConstRef ref;
  if (!find(self, &ref)) {
    PyErr_Clear();
    return PyUnicode_FromFormat("<bpy_struct, %s invalid>", Py_TYPE(object)->tp_name);
  }
  StructObject* top = top_of(self);
  if (!ref.block || top->root || ref.block->owner) {
    return PyUnicode_FromFormat("<bpy_struct, %s at %p>", ref.schema->identifier.c_str(), ref.data);
  }
  const PyRef name = PyRef::steal(PyUnicode_DecodeUTF8(ref.block->name.data(), Py_ssize_t(ref.block->name.size()), "replace"));
  const std::string path = path_of(*ref.document, handle_of(self), ref.services);
  const std::string collection(data_collection_name(ref.block->type()));
  return name ? PyUnicode_FromFormat("bpy.data.%s[%R]%s%s", collection.c_str(), name.get(), path.empty() ? "" : ".", path.c_str())
              : nullptr;
}

PyObject* str(PyObject* object) {
  StructObject* self = as_struct(object);
  ConstRef ref;
  if (!find(self, &ref)) {
    PyErr_Clear();
    return PyUnicode_FromFormat("<bpy_struct, %s invalid>", Py_TYPE(object)->tp_name);
  }
  if (ref.schema->name_property) {
    const std::string name = read(ref, *ref.schema->name_property).as_string();
    return PyUnicode_FromFormat("<bpy_struct, %s(\"%s\") at %p>", ref.schema->identifier.c_str(), name.c_str(), ref.data);
  }
  return PyUnicode_FromFormat("<bpy_struct, %s at %p>", ref.schema->identifier.c_str(), ref.data);
}

const Property* property_argument(StructObject* self, const ConstRef& ref, PyObject* name, const char* method) {
  const char* text = PyUnicode_AsUTF8(name);
  if (!text) {
    return nullptr;
  }
  const Property* p = state().registry().property(*ref.schema, text);
  if (!p || p->is_internal) {
    PyErr_Format(PyExc_TypeError, "%s.%s(\"%s\") not found", self->schema->identifier.c_str(), method, text);
    return nullptr;
  }
  return p;
}

PyObject* path_resolve(PyObject* object, PyObject* args) {
  const char* path = nullptr;
  int coerce = 1;
  ConstRef ref;
  if (!PyArg_ParseTuple(args, "s|p:path_resolve", &path, &coerce) || !find(as_struct(object), &ref)) {
    return nullptr;
  }
  const Handle from = handle_of(as_struct(object));
  const Document& document = *ref.document;
  const Result<ResolvedPath> found = resolve_path(document, from, path, state().registry(), ref.services);
  if (!found) {
    PyErr_Format(PyExc_ValueError, "%s.path_resolve(\"%s\") could not be resolved", as_struct(object)->schema->identifier.c_str(), path);
    return nullptr;
  }
  PyRef owner = PyRef::steal(make_from_handle(found->owner, as_struct(object)));
  if (!owner || !found->property) {
    return owner.release();
  }
  if (!is_struct(owner.get())) {
    PyErr_Format(PyExc_ValueError, "%s.path_resolve(\"%s\") could not be resolved", as_struct(object)->schema->identifier.c_str(), path);
    return nullptr;
  }
  if (!coerce) {
    return found->property->is_array() ? make_property_array(as_struct(owner.get()), *found->property)
                                       : make_property_pointer(as_struct(owner.get()), *found->property);
  }
  ConstRef owner_ref;
  if (!find(as_struct(owner.get()), &owner_ref)) {
    return nullptr;
  }
  PyRef value = PyRef::steal(get_property(as_struct(owner.get()), owner_ref, *found->property));
  if (!value || found->index < 0) {
    return value.release();
  }
  PyObject* item = PySequence_GetItem(value.get(), found->index);
  if (!item) {
    PyErr_Format(PyExc_ValueError, "%s.path_resolve(\"%s\") could not be resolved", as_struct(object)->schema->identifier.c_str(), path);
  }
  return item;
}

PyObject* path_from_id(PyObject* object, PyObject* args) {
  PyObject* name = nullptr;
  ConstRef ref;
  if (!PyArg_ParseTuple(args, "|U:path_from_id", &name) || !find(as_struct(object), &ref)) {
    return nullptr;
  }
  std::string path = path_of(*ref.document, handle_of(as_struct(object)), ref.services);
  if (name) {
    const Property* p = property_argument(as_struct(object), ref, name, "path_from_id");
    if (!p) {
      PyErr_Clear();
      PyErr_Format(PyExc_AttributeError, "%s.path_from_id(\"%U\") not found", as_struct(object)->schema->identifier.c_str(), name);
      return nullptr;
    }
    if (!path.empty()) {
      path += '.';
    }
    path += p->identifier;
  }
  return PyUnicode_FromStringAndSize(path.data(), Py_ssize_t(path.size()));
}

PyObject* is_property_set(PyObject* object, PyObject* args, PyObject* keywords) {
  static const char* names[] = {"property", "ghost", nullptr};
  PyObject* name = nullptr;
  int ghost = 1;
  ConstRef ref;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "U|$p:is_property_set", const_cast<char**>(names), &name, &ghost) ||
      !find(as_struct(object), &ref)) {
    return nullptr;
  }
  const Property* p = property_argument(as_struct(object), ref, name, "is_property_set");
  if (!p) {
    return nullptr;
  }
  if (p->is_runtime) {
    return PyBool_FromLong(is_kept_in_bag(ref, *p));
  }
  if (ref.schema->is_a(property_group_schema())) {
    return PyBool_FromLong(!is_default(ref, *p));
  }
  Py_RETURN_TRUE;
}

PyObject* property_unset(PyObject* object, PyObject* name) {
  ConstRef ref;
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, "property_unset() expects the name of a property");
    return nullptr;
  }
  if (!find(as_struct(object), &ref)) {
    return nullptr;
  }
  const Property* p = property_argument(as_struct(object), ref, name, "property_unset");
  if (!p) {
    return nullptr;
  }
  if (p->is_read_only) {
    Py_RETURN_NONE;
  }
  MutableRef edit;
  if (!find_for_edit(as_struct(object), p->change, &edit)) {
    return nullptr;
  }
  if (p->is_runtime) {
    drop_from_bag(edit, *p);
  } else if (!p->default_value.is_none() || p->type == PropertyType::Pointer) {
    const Result<void> done = write(edit, *p, p->default_value);
    if (!done) {
      return raise(done.error());
    }
  }
  edited(as_struct(object));
  Py_RETURN_NONE;
}

template <bool Property::* Flag>
PyObject* property_flag(PyObject* object, PyObject* name) {
  ConstRef ref;
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, "expected the name of a property");
    return nullptr;
  }
  if (!find(as_struct(object), &ref)) {
    return nullptr;
  }
  const Property* p = property_argument(as_struct(object), ref, name, "is_property");
  return p ? PyBool_FromLong(p->*Flag || (Flag == &Property::is_read_only && p->get && !p->set && !p->is_runtime)) : nullptr;
}

PyObject* as_pointer(PyObject* object, PyObject*) {
  ConstRef ref;
  return find(as_struct(object), &ref) ? PyLong_FromVoidPtr(const_cast<void*>(ref.data)) : nullptr;
}

PyObject* type_recast(PyObject* object, PyObject*) {
  ConstRef ref;
  if (!find(as_struct(object), &ref)) {
    return nullptr;
  }
  return Py_NewRef(object);
}

PyObject* get_id_data(PyObject* object, void*) {
  StructObject* self = as_struct(object);
  ConstRef ref;
  if (!find(self, &ref)) {
    return nullptr;
  }
  StructObject* top = top_of(self);
  if (!ref.block) {
    Py_RETURN_NONE;
  }
  return Py_NewRef(reinterpret_cast<PyObject*>(top));
}

PyRef find_subclass(PyObject* type, PyObject* args) {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy.utils._classes"));
  const PyRef function = PyRef::steal(module ? PyObject_GetAttrString(module.get(), "subclass") : nullptr);
  const PyRef first = PyRef::steal(PyTuple_Pack(1, type));
  const PyRef all = PyRef::steal(function && first ? PySequence_Concat(first.get(), args) : nullptr);
  return PyRef::steal(all ? PyObject_Call(function.get(), all.get(), nullptr) : nullptr);
}

PyObject* get_subclass_py(PyObject* type, PyObject* args) { return find_subclass(type, args).release(); }

PyObject* get_subclass(PyObject* type, PyObject* args) {
  PyRef found = find_subclass(type, args);
  return found && PyType_Check(found.get()) ? PyObject_GetAttrString(found.get(), "bl_rna") : found.release();
}

// Whether the property is (or is not) for overrides; that is up to the program.
PyObject* set_overridable(PyObject* object, PyObject* args) {
  PyObject* name = nullptr;
  int wanted = 0;
  ConstRef ref;
  if (!PyArg_ParseTuple(args, "Up:property_overridable_library_set", &name, &wanted) || !find(as_struct(object), &ref)) {
    return nullptr;
  }
  const Property* p = property_argument(as_struct(object), ref, name, "property_overridable_library_set");
  return p ? PyBool_FromLong(p->is_runtime && p->is_overridable == (wanted != 0)) : nullptr;
}

PyMethodDef methods[] = {
    {"bl_rna_get_subclass_py", get_subclass_py, METH_CLASS | METH_VARARGS,
     "bl_rna_get_subclass_py(id, default=None): the class of this identifier that derives from this one"},
    {"bl_rna_get_subclass", get_subclass, METH_CLASS | METH_VARARGS,
     "bl_rna_get_subclass(id, default=None): what there is to know about the class of this identifier that derives from this one"},
    {"property_overridable_library_set", set_overridable, METH_VARARGS,
     "property_overridable_library_set(property, overridable): whether the property of a script is so"},
    {"path_resolve", path_resolve, METH_VARARGS, "path_resolve(path, coerce=True): the value that a data path names"},
    {"path_from_id", path_from_id, METH_VARARGS, "path_from_id(property=\"\"): the data path from the data-block to this struct"},
    {"is_property_set", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(is_property_set)), METH_VARARGS | METH_KEYWORDS,
     "is_property_set(property, ghost=True): whether the property has another value than its default"},
    {"property_unset", property_unset, METH_O, "property_unset(property): gives a property its default value"},
    {"is_property_hidden", property_flag<&Property::is_hidden>, METH_O, "is_property_hidden(property)"},
    {"is_property_readonly", property_flag<&Property::is_read_only>, METH_O, "is_property_readonly(property)"},
    {"is_property_overridable_library", property_flag<&Property::is_overridable>, METH_O, "is_property_overridable_library(property)"},
    {"as_pointer", as_pointer, METH_NOARGS, "as_pointer(): the address of the data, for comparing only"},
    {"type_recast", type_recast, METH_NOARGS, "type_recast(): the same struct as an object of its actual type"},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef getsets[] = {{"id_data", get_id_data, nullptr, "The data-block this struct lies in", nullptr},
                         {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMemberDef members[] = {{"__weaklistoffset__", T_PYSSIZET, offsetof(StructObject, weak_references), READONLY, nullptr},
                         {nullptr, 0, 0, 0, nullptr}};

PyObject* construct(PyTypeObject* type, PyObject* args, PyObject*) {
  // bpy.types.X(other) gives the same struct as another class: the way classes of scripts wrap what they get.
  if (PyTuple_GET_SIZE(args) == 1 && is_struct(PyTuple_GET_ITEM(args, 0))) {
    return Py_NewRef(PyTuple_GET_ITEM(args, 0));
  }
  PyErr_Format(PyExc_TypeError, "bpy_struct.__new__(%s): instances come from the document, expected one argument", type->tp_name);
  return nullptr;
}

}  // namespace

StructObject* top_of(StructObject* self) {
  while (self->parent) {
    self = self->parent;
  }
  return self;
}

const std::shared_ptr<Root>* root_of(StructObject* self) { return top_of(self)->root; }

PyObject* make_block(BlockId id) {
  const DataBlock* block = state().document().find(id);
  if (!block) {
    Py_RETURN_NONE;
  }
  // Scripts compare data-blocks with `is`; a light that has become another kind gets an object of another class.
  const Schema& schema = block->dynamic_schema();
  auto& known = state().blocks;
  const auto found = known.find(id);
  if (found != known.end() && as_struct(found->second)->schema == &schema) {
    return Py_NewRef(found->second);
  }
  PyObject* object = allocate(schema);
  if (object) {
    as_struct(object)->block = id;
    known[id] = object;
  }
  return object;
}

PyObject* make_rooted(const Schema& schema, std::shared_ptr<Root> root) {
  PyObject* object = allocate(schema);
  if (object) {
    as_struct(object)->block = root->block ? root->block->id : BlockId{};
    as_struct(object)->root = new std::shared_ptr<Root>(std::move(root));
  }
  return object;
}

PyObject* make_child(StructObject* parent, const Schema& schema, const Property& property, ItemId item, std::int64_t index) {
  PyObject* object = allocate(schema);
  if (object) {
    StructObject* self = as_struct(object);
    self->parent = as_struct(Py_NewRef(reinterpret_cast<PyObject*>(parent)));
    self->property = &property;
    self->item = item;
    self->index = index;
    self->block = parent->block;
  }
  return object;
}

PyObject* make_from_handle(const Handle& handle, StructObject* context) {
  if (!handle) {
    Py_RETURN_NONE;
  }
  PyRef object;
  const std::shared_ptr<Root>* root = context ? root_of(context) : nullptr;
  const Document* document = root && (*root)->document ? (*root)->document.get() : &state().document();
  if (root && (*root)->block && (*root)->block->id == handle.block) {
    object = PyRef::borrow(reinterpret_cast<PyObject*>(top_of(context)));
  } else if (root && (*root)->evaluated) {
    if (std::shared_ptr<DataBlock> block = (*root)->evaluated(handle.block)) {
      auto other = std::make_shared<Root>(**root);
      other->block = std::move(block);
      object = PyRef::steal(make_rooted(other->block->dynamic_schema(), other));
    }
  }
  if (!object) {
    object = PyRef::steal(make_block(handle.block));
  }
  for (const PathStep& step : handle.steps) {
    if (!object || object.get() == Py_None) {
      break;
    }
    ConstRef ref;
    if (!is_struct(object.get()) || !find(as_struct(object.get()), &ref)) {
      return nullptr;
    }
    ref.document = document;
    const ConstRef inner = step_into(ref, step);
    if (!inner) {
      Py_RETURN_NONE;
    }
    object = PyRef::steal(make_child(as_struct(object.get()), *inner.schema, *step.property, step.item, step.index));
  }
  return object.release();
}

namespace {

bool find_quietly(StructObject* self, ConstRef* out) {
  if (!self->parent) {
    const State& s = state();
    if (self->root) {
      const Root& root = **self->root;
      const Document* document = root.document ? root.document.get() : &s.document();
      *out = root.block ? reference_to(*root.block, document, &s.services())
                        : ConstRef{self->schema, root.data, -1, nullptr, document, &s.services()};
      return true;
    }
    const Document& document = s.document();
    const DataBlock* block = document.find(self->block);
    if (!block) {
      return false;
    }
    *out = {self->schema, block, -1, block, &document, &s.services()};
    if (self->schema->dynamic || block->type() == BlockType::Light || block->type() == BlockType::NodeTree) {
      out->schema = &block->dynamic_schema();
    }
    return true;
  }
  ConstRef parent;
  if (!find_quietly(self->parent, &parent)) {
    return false;
  }
  *out = step_into(parent, {self->property, self->item, self->index});
  return bool(*out);
}

}  // namespace

bool is_alive(StructObject* self) {
  ConstRef ref;
  return find_quietly(self, &ref);
}

bool find(StructObject* self, ConstRef* out) {
  if (find_quietly(self, out)) {
    return true;
  }
  PyErr_Format(PyExc_ReferenceError, "StructRNA of type %s has been removed", self->schema->identifier.c_str());
  return false;
}

namespace {

bool find_for_edit_quietly(StructObject* self, Change kinds, MutableRef* out) {
  const State& s = state();
  if (!self->parent) {
    if (self->root) {
      const Root& root = **self->root;
      if (root.block) {
        // What a setter does to other blocks must not reach the snapshot, which caches share.
        Document& copy = (**self->root).copy.emplace(root.document ? *root.document : s.document());
        *out = {&root.block->dynamic_schema(), root.block.get(), -1, root.block.get(), &copy, &s.services()};
      } else {
        *out = {self->schema, root.data, -1, nullptr, &s.document(), &s.services()};
      }
      return true;
    }
    if (!s.document().find(self->block)) {
      return false;
    }
    DataBlock& block = s.document().edit(self->block, kinds);
    *out = {&block.dynamic_schema(), &block, -1, &block, &s.document(), &s.services()};
    return true;
  }
  MutableRef parent;
  if (!find_for_edit_quietly(self->parent, kinds, &parent)) {
    return false;
  }
  *out = step_into(parent, {self->property, self->item, self->index});
  return bool(*out);
}

}  // namespace

bool find_for_edit(StructObject* self, Change kinds, MutableRef* out) {
  ConstRef probe;
  if (!may_write(self->schema->identifier.c_str()) || !find(self, &probe)) {
    return false;
  }
  if (!find_for_edit_quietly(self, kinds, out)) {
    PyErr_Format(PyExc_AttributeError, "bpy_struct: this %.200s cannot be changed", self->schema->identifier.c_str());
    return false;
  }
  return true;
}

void edited(StructObject* self) {
  StructObject* top = top_of(self);
  Document& document = state().document();
  if (!top->root && document.find(top->block) && document.find(top->block)->wants_after_edit()) {
    document.edit(top->block, Change::None).after_edit(document);
  }
}

PyObject* repr_of_part(StructObject* owner, const Property& p, PyObject* part) {
  const PyRef path = PyRef::steal(PyObject_Repr(reinterpret_cast<PyObject*>(owner)));
  if (!path) {
    return nullptr;
  }
  const PyRef prefix = PyRef::steal(PyUnicode_FromString("bpy.data."));
  const int is_path = prefix ? int(PyUnicode_Tailmatch(path.get(), prefix.get(), 0, PY_SSIZE_T_MAX, -1)) : -1;
  return is_path < 0 ? nullptr : is_path == 0 ? PyObject_Str(part) : PyUnicode_FromFormat("%U.%s", path.get(), p.identifier.c_str());
}

Handle handle_of(StructObject* self) {
  Handle handle;
  for (StructObject* s = self; s; s = s->parent) {
    if (s->parent) {
      handle.steps.push_back({s->property, s->item, s->index});
    } else {
      handle.block = s->block;
    }
  }
  std::reverse(handle.steps.begin(), handle.steps.end());
  return handle;
}

bool init_struct_type() {
  PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                         {Py_tp_richcompare, reinterpret_cast<void*>(compare)},
                         {Py_tp_hash, reinterpret_cast<void*>(hash)},
                         {Py_tp_repr, reinterpret_cast<void*>(repr)},
                         {Py_tp_str, reinterpret_cast<void*>(str)},
                         {Py_tp_new, reinterpret_cast<void*>(construct)},
                         {Py_tp_methods, methods},
                         {Py_tp_getset, getsets},
                         {Py_tp_members, members},
                         {0, nullptr}};
  PyType_Spec spec{"bpy_struct", int(sizeof(StructObject)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
  state().struct_type = make_type_with_meta(spec);
  return state().struct_type != nullptr;
}

}  // namespace kiln::python
