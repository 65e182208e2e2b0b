#include <algorithm>

#include "python/bmesh/bmesh.h"

namespace kiln::python::bmesh {
namespace {

struct HistoryObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
};
MeshObject* owner_of(PyObject* self) {
  return reinterpret_cast<HistoryObject*>(self)->owner;
}

void history_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  Py_DECREF(owner_of(self));
  type->tp_free(self);
  Py_DECREF(type);
}
/// The history without elements that are gone.
std::vector<ElementHandle>* history(PyObject* self) {
  EditMesh* mesh = find(owner_of(self));
  if (!mesh) {
    return nullptr;
  }
  std::erase_if(mesh->select_history, [&](const ElementHandle& h) { return !mesh->is_alive(h); });
  return &mesh->select_history;
}
Py_ssize_t history_length(PyObject* self) {
  const auto* all = history(self);
  return all ? Py_ssize_t(all->size()) : -1;
}
PyObject* history_list(PyObject* self) {
  const auto* all = history(self);
  PyRef list = PyRef::steal(all ? PyList_New(0) : nullptr);
  for (std::size_t i = 0; list && i < all->size(); ++i) {
    const PyRef element =
        PyRef::steal(make_element(owner_of(self), {(*all)[i].kind, (*all)[i].slot}));
    if (!element || PyList_Append(list.get(), element.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}
PyObject* history_subscript(PyObject* self, PyObject* key) {
  const PyRef list = PyRef::steal(history_list(self));
  return list ? PyObject_GetItem(list.get(), key) : nullptr;
}
PyObject* history_iter(PyObject* self) {
  const PyRef list = PyRef::steal(history_list(self));
  return list ? PyObject_GetIter(list.get()) : nullptr;
}
/// The handle of an argument; generation 0 with an exception set.
ElementHandle argument(PyObject* self, PyObject* element) {
  if (!is_element(element) || as_element(element)->handle.kind == ElementKind::Loop) {
    PyErr_Format(PyExc_TypeError, "expected a BMVert, BMEdge or BMFace, not '%.200s'",
                 Py_TYPE(element)->tp_name);
    return {};
  }
  return parse_element(element, owner_of(self), as_element(element)->handle.kind,
                       "select_history") < 0
             ? ElementHandle{}
             : as_element(element)->handle;
}
int history_contains(PyObject* self, PyObject* value) {
  const auto* all = history(self);
  return !all ? -1
              : is_element(value) && as_element(value)->owner == owner_of(self) &&
                    std::find(all->begin(), all->end(), as_element(value)->handle) != all->end();
}
PyObject* add(PyObject* self, PyObject* element) {
  const ElementHandle handle = argument(self, element);
  auto* all = handle.generation ? history(self) : nullptr;
  if (!all) {
    return nullptr;
  }
  if (std::find(all->begin(), all->end(), handle) == all->end()) {
    all->push_back(handle);
  }
  Py_RETURN_NONE;
}
template <bool Required>
PyObject* remove(PyObject* self, PyObject* element) {
  const ElementHandle handle = argument(self, element);
  auto* all = handle.generation ? history(self) : nullptr;
  if (!all) {
    return nullptr;
  }
  if (std::erase(*all, handle) == 0 && Required) {
    PyErr_SetString(PyExc_ValueError, "Element not found in selection history");
    return nullptr;
  }
  Py_RETURN_NONE;
}
PyObject* clear(PyObject* self, PyObject*) {
  auto* all = history(self);
  if (!all) {
    return nullptr;
  }
  all->clear();
  Py_RETURN_NONE;
}
PyObject* validate(PyObject* self, PyObject*) {
  auto* all = history(self);
  if (!all) {
    return nullptr;
  }
  EditMesh* mesh = owner_of(self)->mesh.get();
  std::erase_if(*all, [&](const ElementHandle& h) {
    return !mesh->has_flag({h.kind, h.slot}, ElementFlag::Select);
  });
  Py_RETURN_NONE;
}
PyObject* get_active(PyObject* self, void*) {
  const auto* all = history(self);
  if (!all) {
    return nullptr;
  }
  return all->empty() ? Py_NewRef(Py_None)
                      : make_element(owner_of(self), {all->back().kind, all->back().slot});
}

}  // namespace

PyObject* make_history(MeshObject* owner) {
  PyObject* made = types().history->tp_alloc(types().history, 0);
  if (made) {
    reinterpret_cast<HistoryObject*>(made)->owner =
        as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
  }
  return made;
}

bool init_history_types(PyObject* module) {
  static PyMethodDef methods[] = {
      {"add", add, METH_O, "add(element): appends it."},
      {"remove", remove<true>, METH_O, "remove(element)"},
      {"discard", remove<false>, METH_O, "discard(element): the same, without an error."},
      {"clear", clear, METH_NOARGS, "clear()"},
      {"validate", validate, METH_NOARGS, "validate(): drops what is not selected."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef members[] = {
      {"active", get_active, nullptr, "The last element, or None.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  PyType_Slot slots[] = {{Py_tp_dealloc, slot(history_dealloc)},
                         {Py_sq_length, slot(history_length)},
                         {Py_mp_length, slot(history_length)},
                         {Py_mp_subscript, slot(history_subscript)},
                         {Py_tp_iter, slot(history_iter)},
                         {Py_sq_contains, slot(history_contains)},
                         {Py_tp_methods, methods},
                         {Py_tp_getset, members},
                         {0, nullptr}};
  types().history = add_type(module, "bmesh.types.BMEditSelSeq", sizeof(HistoryObject), slots);
  return types().history != nullptr;
}

}  // namespace kiln::python::bmesh
