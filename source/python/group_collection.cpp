#include "python/group_collection.h"

#include "core/schema/bag_property.h"
#include "python/collection_object.h"

namespace kiln::python {
namespace {

CollectionObject* as_collection(PyObject* object) { return reinterpret_cast<CollectionObject*>(object); }

CustomValue::Groups* groups_for_edit(CollectionObject* self) {
  MutableRef owner;
  if (!find_for_edit(self->owner, self->property->change, &owner)) {
    return nullptr;
  }
  CustomValue::Groups* groups = edit_groups(owner, *self->property);
  if (!groups) {
    PyErr_Format(PyExc_RuntimeError, "%s cannot hold a collection", self->owner->schema->identifier.c_str());
  }
  return groups;
}

PyObject* add(PyObject* object, PyObject*) {
  CollectionObject* self = as_collection(object);
  CustomValue::Groups* groups = groups_for_edit(self);
  if (!groups) {
    return nullptr;
  }
  groups->emplace_back();
  const auto index = std::int64_t(groups->size()) - 1;
  edited(self->owner);
  return make_child(self->owner, *self->property->target_schema(), *self->property, 0, index);
}

PyObject* clear(PyObject* object, PyObject*) {
  CustomValue::Groups* groups = groups_for_edit(as_collection(object));
  if (!groups) {
    return nullptr;
  }
  groups->clear();
  edited(as_collection(object)->owner);
  Py_RETURN_NONE;
}

// Positions that are not there are ignored, as scripts expect.
PyObject* remove(PyObject* object, PyObject* args) {
  Py_ssize_t index = 0;
  if (!PyArg_ParseTuple(args, "n:remove", &index)) {
    return nullptr;
  }
  CustomValue::Groups* groups = groups_for_edit(as_collection(object));
  if (!groups) {
    return nullptr;
  }
  if (index >= 0 && index < Py_ssize_t(groups->size())) {
    groups->erase(groups->begin() + index);
    edited(as_collection(object)->owner);
  }
  Py_RETURN_NONE;
}

PyObject* move(PyObject* object, PyObject* args) {
  Py_ssize_t from = 0, to = 0;
  if (!PyArg_ParseTuple(args, "nn:move", &from, &to)) {
    return nullptr;
  }
  CustomValue::Groups* groups = groups_for_edit(as_collection(object));
  if (!groups) {
    return nullptr;
  }
  const auto size = Py_ssize_t(groups->size());
  if (from >= 0 && to >= 0 && from < size && to < size && from != to) {
    PropertyBag moved = std::move((*groups)[std::size_t(from)]);
    groups->erase(groups->begin() + from);
    groups->insert(groups->begin() + to, std::move(moved));
    edited(as_collection(object)->owner);
  }
  Py_RETURN_NONE;
}

PyMethodDef methods[] = {{"add", add, METH_NOARGS, "add(): a new group at the end"},
                         {"clear", clear, METH_NOARGS, "clear(): removes all groups"},
                         {"remove", remove, METH_VARARGS, "remove(index): removes the group at this position"},
                         {"move", move, METH_VARARGS, "move(src_index, dst_index): takes a group to another position"},
                         {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool init_group_collection_type() {
  PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, nullptr}};
  PyType_Spec spec{"bpy_prop_collection_idprop", int(sizeof(CollectionObject)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  const PyRef bases = PyRef::steal(PyTuple_Pack(1, state().collection_type));
  state().group_collection_type = reinterpret_cast<PyTypeObject*>(bases ? PyType_FromSpecWithBases(&spec, bases.get()) : nullptr);
  return state().group_collection_type != nullptr;
}

}  // namespace kiln::python
