#include <algorithm>
#include <numeric>

#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"
#include "python/state.h"

namespace kiln::python::bmesh {
namespace {

constexpr ElementKind Vert = ElementKind::Vert, Edge = ElementKind::Edge, Face = ElementKind::Face;

SequenceObject* as_sequence(PyObject* o) {
  return reinterpret_cast<SequenceObject*>(o);
}

struct IteratorObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  ElementKind kind;
  int next, end;
};
IteratorObject* as_iterator(PyObject* o) {
  return reinterpret_cast<IteratorObject*>(o);
}

template <typename Object>
void owned_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  Py_DECREF(reinterpret_cast<Object*>(self)->owner);
  type->tp_free(self);
  Py_DECREF(type);
}

Py_ssize_t sequence_length(PyObject* self) {
  SequenceObject* s = as_sequence(self);
  if (s->relation == Relation::All) {
    EditMesh* mesh = find(s->owner);
    return mesh ? mesh->element_count(s->kind) : -1;
  }
  std::vector<int> slots;
  return collect(s, slots) ? Py_ssize_t(slots.size()) : -1;
}

PyObject* item(PyObject* self, Py_ssize_t i) {
  SequenceObject* s = as_sequence(self);
  EditMesh* mesh = find(s->owner);
  if (!mesh) {
    return nullptr;
  }
  std::vector<int> found;
  const std::vector<int>* slots = &found;
  if (s->relation == Relation::All) {
    if (!s->owner->has_table[int(s->kind)]) {
      PyErr_SetString(
          PyExc_IndexError,
          "BMElemSeq[index]: outdated internal index table, run ensure_lookup_table() first");
      return nullptr;
    }
    slots = &s->owner->tables[std::size_t(s->kind)];
  } else if (!collect(s, found)) {
    return nullptr;
  }
  const Py_ssize_t count = Py_ssize_t(slots->size());
  if (i < -count || i >= count) {
    PyErr_Format(PyExc_IndexError, "BMElemSeq[index]: index %zd out of range", i);
    return nullptr;
  }
  return make_element(s->owner, {s->kind, (*slots)[std::size_t(i < 0 ? i + count : i)]});
}
PyObject* sequence_subscript(PyObject* self, PyObject* key) {
  if (PyIndex_Check(key)) {
    const Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    return i == -1 && PyErr_Occurred() ? nullptr : item(self, i);
  }
  if (!PySlice_Check(key)) {
    PyErr_SetString(PyExc_AttributeError, "BMElemSeq[key]: invalid key, key must be an int");
    return nullptr;
  }
  Py_ssize_t start = 0, stop = 0, step = 1;
  if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
    return nullptr;
  }
  std::vector<int> slots;
  if (!collect(as_sequence(self), slots)) {
    return nullptr;
  }
  const Py_ssize_t count = PySlice_AdjustIndices(Py_ssize_t(slots.size()), &start, &stop, step);
  std::vector<int> chosen;
  for (Py_ssize_t i = 0; i < count; ++i) {
    chosen.push_back(slots[std::size_t(start + i * step)]);
  }
  return make_list(as_sequence(self)->owner, as_sequence(self)->kind, chosen);
}
int sequence_contains(PyObject* self, PyObject* value) {
  SequenceObject* s = as_sequence(self);
  if (!find(s->owner)) {
    return -1;
  }
  if (!is_element(value, s->kind) || as_element(value)->owner != s->owner ||
      !s->owner->mesh->is_alive(as_element(value)->handle)) {
    return 0;
  }
  if (s->relation == Relation::All) {
    return 1;
  }
  std::vector<int> slots;
  if (!collect(s, slots)) {
    return -1;
  }
  return std::find(slots.begin(), slots.end(), as_element(value)->handle.slot) != slots.end();
}
PyObject* sequence_iter(PyObject* self) {
  SequenceObject* s = as_sequence(self);
  if (s->relation != Relation::All) {
    std::vector<int> slots;
    const PyRef list =
        PyRef::steal(collect(s, slots) ? make_list(s->owner, s->kind, slots) : nullptr);
    return list ? PyObject_GetIter(list.get()) : nullptr;
  }
  EditMesh* mesh = find(s->owner);
  PyObject* made = mesh ? types().iterator->tp_alloc(types().iterator, 0) : nullptr;
  if (made) {
    IteratorObject* i = as_iterator(made);
    i->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(s->owner)));
    i->kind = s->kind;
    i->next = 0;
    i->end = mesh->slot_count(s->kind);  // elements made meanwhile are not visited
  }
  return made;
}
PyObject* iterator_next(PyObject* self) {
  IteratorObject* i = as_iterator(self);
  EditMesh* mesh = find(i->owner);
  if (!mesh) {
    return nullptr;
  }
  const int at = mesh->at_or_after(i->kind, i->next);
  if (at < 0 || at >= i->end) {
    return nullptr;
  }
  i->next = at + 1;
  return make_element(i->owner, {i->kind, at});
}
PyObject* sequence_repr(PyObject* self) {
  return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name, self);
}

// ---- methods ----

PyObject* index_update(PyObject* self, PyObject*) {
  SequenceObject* s = as_sequence(self);
  EditMesh* mesh = find(s->owner);
  if (!mesh) {
    return nullptr;
  }
  if (s->relation == Relation::All) {
    mesh->update_indices(s->kind);
    Py_RETURN_NONE;
  }
  std::vector<int> slots;
  if (!collect(s, slots)) {
    return nullptr;
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    mesh->index({s->kind, slots[i]}) = int(i);
  }
  Py_RETURN_NONE;
}
PyObject* ensure_lookup_table(PyObject* self, PyObject*) {
  SequenceObject* s = as_sequence(self);
  EditMesh* mesh = find(s->owner);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        std::vector<int> slots;
        if (!collect(s, slots)) {
          return nullptr;
        }
        s->owner->tables[std::size_t(s->kind)] = std::move(slots);
        s->owner->has_table[int(s->kind)] = true;
        Py_RETURN_NONE;
      },
      nullptr);
}
PyObject* vert_new(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject *co = nullptr, *example = Py_None;
  const char* names[] = {"co", "example", nullptr};
  MeshObject* owner = as_sequence(self)->owner;
  if (!find(owner) || !PyArg_ParseTupleAndKeywords(args, keywords, "|OO:verts.new",
                                                   const_cast<char**>(names), &co, &example)) {
    return nullptr;
  }
  float3 at{0, 0, 0};
  int like = -1;
  if (co && !mathutils::parse_float3(co, &at, "verts.new(co)")) {
    return nullptr;
  }
  if (example != Py_None &&
      (like = parse_element(example, owner, Vert, "verts.new(co, example)")) < 0) {
    return nullptr;
  }
  EditMesh* mesh = find(owner);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int v = mesh->add_vert(at, like);
        elements_added(owner, Vert);
        return make_element(owner, {Vert, v});
      },
      nullptr);
}
PyObject* edge_new(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject *verts = nullptr, *example = Py_None;
  const char* names[] = {"verts", "example", nullptr};
  MeshObject* owner = as_sequence(self)->owner;
  std::vector<int> ends;
  int like = -1;
  if (!find(owner) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "O|O:edges.new", const_cast<char**>(names),
                                   &verts, &example) ||
      (example != Py_None &&
       (like = parse_element(example, owner, Edge, "edges.new(verts, example)")) < 0) ||
      !parse_elements(verts, &owner, Vert, ends, "edges.new(...)", 2, 2)) {
    return nullptr;
  }
  EditMesh* mesh = find(owner);
  if (!mesh) {
    return nullptr;
  }
  if (mesh->find_edge(ends[0], ends[1]) >= 0) {
    PyErr_SetString(PyExc_ValueError, "edges.new(): this edge exists");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int e = mesh->add_edge(ends[0], ends[1], like);
        elements_added(owner, Edge);
        return make_element(owner, {Edge, e});
      },
      nullptr);
}
PyObject* face_new(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject *verts = nullptr, *example = Py_None;
  const char* names[] = {"verts", "example", nullptr};
  MeshObject* owner = as_sequence(self)->owner;
  std::vector<int> ring;
  int like = -1;
  if (!find(owner) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "O|O:faces.new", const_cast<char**>(names),
                                   &verts, &example) ||
      (example != Py_None &&
       (like = parse_element(example, owner, Face, "faces.new(verts, example)")) < 0) ||
      !parse_elements(verts, &owner, Vert, ring, "faces.new(...)", 3, -1)) {
    return nullptr;
  }
  EditMesh* mesh = find(owner);
  if (!mesh) {
    return nullptr;
  }
  if (mesh->find_face(ring) >= 0) {
    PyErr_SetString(PyExc_ValueError, "faces.new(verts): face already exists");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int f = mesh->add_face(ring, like);
        elements_added(owner, Face);
        elements_added(owner, Edge);
        elements_added(owner, modeling::ElementKind::Loop);
        return make_element(owner, {Face, f});
      },
      nullptr);
}
PyObject* remove(PyObject* self, PyObject* value) {
  SequenceObject* s = as_sequence(self);
  EditMesh* mesh = find(s->owner);
  const char* prefix = s->kind == Vert   ? "verts.remove(vert)"
                       : s->kind == Edge ? "edges.remove(edge)"
                                         : "faces.remove(face)";
  const int at = mesh ? parse_element(value, s->owner, s->kind, prefix) : -1;
  if (at < 0) {
    return nullptr;
  }
  if (s->kind == Vert) {
    mesh->remove_vert(at);
  } else if (s->kind == Edge) {
    mesh->remove_edge(at);
  } else {
    mesh->remove_face(at);
  }
  elements_changed(s->owner);
  Py_RETURN_NONE;
}
PyObject* get(PyObject* self, PyObject* args) {
  PyObject *verts = nullptr, *fallback = Py_None;
  SequenceObject* s = as_sequence(self);
  MeshObject* owner = s->owner;
  std::vector<int> ring;
  const bool is_edge = s->kind == Edge;
  if (!find(owner) || !PyArg_ParseTuple(args, "O|O:get", &verts, &fallback) ||
      !parse_elements(verts, &owner, Vert, ring, is_edge ? "edges.get(...)" : "faces.get(...)",
                      is_edge ? 2 : 1, is_edge ? 2 : -1)) {
    return nullptr;
  }
  EditMesh* mesh = find(owner);
  if (!mesh) {
    return nullptr;
  }
  const int found = is_edge ? mesh->find_edge(ring[0], ring[1]) : mesh->find_face(ring);
  return found < 0 ? Py_NewRef(fallback) : make_element(owner, {s->kind, found});
}
PyObject* sort(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject* key = Py_None;
  int is_reversed = 0;
  const char* names[] = {"key", "reverse", nullptr};
  SequenceObject* s = as_sequence(self);
  std::vector<int> slots;
  if (!find(s->owner) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "|$Op:sort", const_cast<char**>(names), &key,
                                   &is_reversed) ||
      !collect(s, slots)) {
    return nullptr;
  }
  std::vector<double> keys(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    EditMesh* mesh = find(s->owner);
    if (!mesh) {
      return nullptr;
    }
    if (key == Py_None) {
      keys[i] = double(mesh->index({s->kind, slots[i]}));
      continue;
    }
    if (!mesh->is_alive(Element{s->kind, slots[i]})) {
      PyErr_SetString(PyExc_RuntimeError, "sort(): the key function removed elements");
      return nullptr;
    }
    const PyRef element = PyRef::steal(make_element(s->owner, {s->kind, slots[i]}));
    const PyRef value = PyRef::steal(element ? PyObject_CallOneArg(key, element.get()) : nullptr);
    keys[i] = value ? PyFloat_AsDouble(value.get()) : -1;
    if (keys[i] == -1 && PyErr_Occurred()) {
      return nullptr;
    }
  }
  std::replace_if(
      keys.begin(), keys.end(), [](double k) { return k != k; }, 0.0);
  EditMesh* mesh = find(s->owner);
  if (!mesh) {
    return nullptr;
  }
  if (mesh->element_count(s->kind) != int(slots.size()) ||
      !std::all_of(slots.begin(), slots.end(), [&](int at) {
        return mesh->is_alive(Element{s->kind, at});
      })) {
    PyErr_SetString(PyExc_RuntimeError, "sort(): the key function changed the mesh");
    return nullptr;
  }
  std::vector<std::size_t> places(slots.size());
  std::iota(places.begin(), places.end(), std::size_t(0));
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return is_reversed ? keys[b] < keys[a] : keys[a] < keys[b];
  });
  std::vector<int> order;
  for (const std::size_t place : places) {
    order.push_back(slots[place]);
  }
  mesh->reorder(s->kind, order);
  elements_sorted(s->owner, s->kind, order);
  Py_RETURN_NONE;
}
PyObject* get_layers(PyObject* self, void*) {
  return find(as_sequence(self)->owner)
             ? make_layer_access(as_sequence(self)->owner, as_sequence(self)->kind)
             : nullptr;
}
PyObject* get_active(PyObject* self, void*) {
  EditMesh* mesh = find(as_sequence(self)->owner);
  if (!mesh) {
    return nullptr;
  }
  return make_element(as_sequence(self)->owner,
                      {Face, mesh->is_alive(mesh->active_face) ? mesh->active_face.slot : -1});
}
int set_active(PyObject* self, PyObject* value, void*) {
  EditMesh* mesh = find(as_sequence(self)->owner);
  if (!mesh) {
    return -1;
  }
  if (value == Py_None) {
    mesh->active_face = {};
    return 0;
  }
  const int f =
      value ? parse_element(value, as_sequence(self)->owner, Face, "faces.active = f") : -1;
  if (f < 0) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_TypeError, "faces.active cannot be deleted");
    }
    return -1;
  }
  mesh->active_face = mesh->handle({Face, f});
  return 0;
}

}  // namespace

bool collect(SequenceObject* s, std::vector<int>& slots) {
  EditMesh* mesh = find(s->owner);
  if (!mesh) {
    return false;
  }
  if (s->relation != Relation::All && !mesh->is_alive(s->of)) {
    PyErr_Format(PyExc_ReferenceError, "BMesh data of type %s has been removed",
                 type_name(s->of.kind));
    return false;
  }
  return guarded(
      [&] {
        switch (s->relation) {
          case Relation::All:
            slots.clear();
            slots.reserve(std::size_t(mesh->element_count(s->kind)));
            for (int at = mesh->at_or_after(s->kind, 0); at >= 0;
                 at = mesh->at_or_after(s->kind, at + 1)) {
              slots.push_back(at);
            }
            break;
          case Relation::VertEdges:
            slots = mesh->vert_edges(s->of.slot);
            break;
          case Relation::VertLoops:
            slots = mesh->vert_loops(s->of.slot);
            break;
          case Relation::VertFaces:
            slots = mesh->vert_faces(s->of.slot);
            break;
          case Relation::EdgeVerts:
            slots = {mesh->edges[s->of.slot].verts[0], mesh->edges[s->of.slot].verts[1]};
            break;
          case Relation::EdgeLoops:
            slots = mesh->edge_loops(s->of.slot);
            break;
          case Relation::EdgeFaces:
            slots = mesh->edge_faces(s->of.slot);
            break;
          case Relation::LoopLoops:
            slots.clear();
            for (int l = mesh->loops[s->of.slot].radial_next; l != s->of.slot;
                 l = mesh->loops[l].radial_next) {
              slots.push_back(l);
            }
            break;
          case Relation::FaceVerts:
            slots = mesh->face_verts(s->of.slot);
            break;
          case Relation::FaceEdges:
            slots = mesh->face_edges(s->of.slot);
            break;
          case Relation::FaceLoops:
            slots = mesh->face_loops(s->of.slot);
            break;
        }
        return true;
      },
      false);
}

PyObject* make_sequence(MeshObject* owner, Relation relation, ElementKind kind, ElementHandle of) {
  PyTypeObject* type =
      relation == Relation::All ? types().sequences[std::size_t(kind)] : types().element_sequence;
  PyObject* made = type->tp_alloc(type, 0);
  if (made) {
    SequenceObject* s = as_sequence(made);
    s->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
    s->relation = relation;
    s->kind = kind;
    s->of = of;
  }
  return made;
}

PyObject* make_list(MeshObject* owner, ElementKind kind, std::span<const int> slots) {
  PyRef list = PyRef::steal(PyList_New(Py_ssize_t(slots.size())));
  for (std::size_t i = 0; list && i < slots.size(); ++i) {
    PyObject* element = make_element(owner, {kind, slots[i]});
    if (!element) {
      return nullptr;
    }
    PyList_SET_ITEM(list.get(), Py_ssize_t(i), element);
  }
  return list.release();
}

int parse_element(PyObject* value, MeshObject* owner, ElementKind kind, const char* prefix) {
  if (!is_element(value, kind)) {
    PyErr_Format(PyExc_TypeError, "%s: %s expected, not '%.200s'", prefix, type_name(kind),
                 Py_TYPE(value)->tp_name);
    return -1;
  }
  ElementObject* element = as_element(value);
  if (!find(element)) {
    return -1;
  }
  if (owner && element->owner != owner) {
    PyErr_Format(PyExc_ValueError, "%s: BMesh data of type %s is from another mesh", prefix,
                 type_name(kind));
    return -1;
  }
  return element->handle.slot;
}

bool parse_elements(PyObject* value, MeshObject** owner, ElementKind kind, std::vector<int>& slots,
                    const char* prefix, Py_ssize_t least, Py_ssize_t most, bool is_unique) {
  const PyRef all = PyRef::steal(PySequence_Fast(value, prefix));
  if (!all) {
    return false;
  }
  const Py_ssize_t count = PySequence_Fast_GET_SIZE(all.get());
  if (count < least || (most >= 0 && count > most)) {
    PyErr_Format(PyExc_TypeError, "%s: sequence incorrect size, expected [%zd - %zd], given %zd",
                 prefix, least, most, count);
    return false;
  }
  slots.clear();
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* element =
        PySequence_Fast_GET_ITEM(all.get(), i);  // nothing below runs code of scripts
    if (!is_element(element, kind)) {
      PyErr_Format(PyExc_TypeError, "%s: expected (%s), not '%.200s'", prefix, type_name(kind),
                   Py_TYPE(element)->tp_name);
      return false;
    }
    ElementObject* e = as_element(element);
    if (!e->owner->mesh || !e->owner->mesh->is_alive(e->handle)) {
      PyErr_Format(PyExc_ReferenceError, "%s: %zd %s has been removed", prefix, i, type_name(kind));
      return false;
    }
    if (*owner && e->owner != *owner) {
      PyErr_Format(PyExc_ValueError, "%s: %zd (%s) is from another mesh", prefix, i,
                   type_name(kind));
      return false;
    }
    *owner = e->owner;
    slots.push_back(e->handle.slot);
  }
  if (is_unique) {
    std::vector<int> sorted = slots;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
      PyErr_Format(PyExc_ValueError, "%s: found the same (%s) used multiple times", prefix,
                   type_name(kind));
      return false;
    }
  }
  return true;
}

bool init_sequence_types(PyObject* module) {
  static PyMethodDef vert_methods[] = {
      {"new", as_function(vert_new), METH_VARARGS | METH_KEYWORDS,
       "new(co=(0, 0, 0), example=None): a new vertex."},
      {"remove", remove, METH_O, "remove(vert): removes it with its edges and faces."},
      {"index_update", index_update, METH_NOARGS, "index_update(): numbers the elements."},
      {"ensure_lookup_table", ensure_lookup_table, METH_NOARGS,
       "ensure_lookup_table(): lets elements be had by number."},
      {"sort", as_function(sort), METH_VARARGS | METH_KEYWORDS,
       "sort(key=None, reverse=False): puts them in order."},
      {nullptr, nullptr, 0, nullptr}};
  static PyMethodDef edge_methods[] = {
      {"new", as_function(edge_new), METH_VARARGS | METH_KEYWORDS,
       "new(verts, example=None): a new edge."},
      {"remove", remove, METH_O, "remove(edge): removes it with its faces."},
      {"get", get, METH_VARARGS, "get(verts, fallback=None): the edge between two vertices."},
      {"index_update", index_update, METH_NOARGS, "index_update(): numbers the elements."},
      {"ensure_lookup_table", ensure_lookup_table, METH_NOARGS,
       "ensure_lookup_table(): lets elements be had by number."},
      {"sort", as_function(sort), METH_VARARGS | METH_KEYWORDS,
       "sort(key=None, reverse=False): puts them in order."},
      {nullptr, nullptr, 0, nullptr}};
  static PyMethodDef face_methods[] = {
      {"new", as_function(face_new), METH_VARARGS | METH_KEYWORDS,
       "new(verts, example=None): a new face."},
      {"remove", remove, METH_O, "remove(face): removes the face alone."},
      {"get", get, METH_VARARGS, "get(verts, fallback=None): the face of these vertices."},
      {"index_update", index_update, METH_NOARGS, "index_update(): numbers the elements."},
      {"ensure_lookup_table", ensure_lookup_table, METH_NOARGS,
       "ensure_lookup_table(): lets elements be had by number."},
      {"sort", as_function(sort), METH_VARARGS | METH_KEYWORDS,
       "sort(key=None, reverse=False): puts them in order."},
      {nullptr, nullptr, 0, nullptr}};
  static PyMethodDef loop_methods[] = {{nullptr, nullptr, 0, nullptr}};
  static PyMethodDef element_methods[] = {
      {"index_update", index_update, METH_NOARGS, "index_update(): numbers the elements."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef members[] = {{"layers", get_layers, nullptr, "Layers of values.", nullptr},
                                  {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef face_members[] = {
      {"layers", get_layers, nullptr, "Layers of values.", nullptr},
      {"active", get_active, set_active, "The active face, or None.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef no_members[] = {{nullptr, nullptr, nullptr, nullptr, nullptr}};
  const auto make = [&](const char* name, PyMethodDef* methods, PyGetSetDef* getset) {
    PyType_Slot slots[] = {{Py_tp_dealloc, slot(owned_dealloc<SequenceObject>)},
                           {Py_tp_repr, slot(sequence_repr)},
                           {Py_sq_length, slot(sequence_length)},
                           {Py_sq_contains, slot(sequence_contains)},
                           {Py_sq_item, slot(item)},
                           {Py_mp_length, slot(sequence_length)},
                           {Py_mp_subscript, slot(sequence_subscript)},
                           {Py_tp_iter, slot(sequence_iter)},
                           {Py_tp_methods, methods},
                           {Py_tp_getset, getset},
                           {0, nullptr}};
    return add_type(module, name, sizeof(SequenceObject), slots);
  };
  Types& t = types();
  t.sequences = {make("bmesh.types.BMVertSeq", vert_methods, members),
                 make("bmesh.types.BMEdgeSeq", edge_methods, members),
                 make("bmesh.types.BMLoopSeq", loop_methods, members),
                 make("bmesh.types.BMFaceSeq", face_methods, face_members)};
  t.element_sequence = make("bmesh.types.BMElemSeq", element_methods, no_members);
  PyType_Slot slots[] = {{Py_tp_dealloc, slot(owned_dealloc<IteratorObject>)},
                         {Py_tp_iter, slot(PyObject_SelfIter)},
                         {Py_tp_iternext, slot(iterator_next)},
                         {0, nullptr}};
  t.iterator = add_type(module, "bmesh.types.BMIter", sizeof(IteratorObject), slots);
  return t.sequences[0] && t.sequences[1] && t.sequences[2] && t.sequences[3] &&
         t.element_sequence && t.iterator;
}

}  // namespace kiln::python::bmesh
