#include <cstddef>

#include <Python.h>
#include <structmember.h>

#include "document/mesh.h"
#include "document/object.h"
#include "document/resolve.h"
#include "modeling/edit_sessions.h"
#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"
#include "python/struct_object.h"

namespace kiln::python::bmesh {
namespace {

void mesh_dealloc(PyObject* self) {
  MeshObject* o = as_mesh(self);
  PyTypeObject* type = Py_TYPE(self);
  if (o->weak_references) {
    PyObject_ClearWeakRefs(self);
  }
  std::erase_if(types().wrapped, [&](const auto& entry) { return entry.second == self; });
  std::destroy_at(&o->mesh);
  std::destroy_at(&o->tables);
  std::destroy_at(&o->wrappers);
  type->tp_free(self);
  Py_DECREF(type);
}
PyObject* mesh_repr(PyObject* self) {
  const EditMesh* m = as_mesh(self)->mesh.get();
  return m ? PyUnicode_FromFormat("<BMesh(%p), totvert=%d, totedge=%d, totface=%d, totloop=%d>",
                                  self, m->verts.size(), m->edges.size(), m->faces.size(),
                                  m->loops.size())
           : PyUnicode_FromFormat("<BMesh dead at %p>", self);
}

/// The mesh a Python object stands for, for reading; null with TypeError.
const Mesh* mesh_argument(PyObject* object) {
  if (!is_struct(object)) {
    PyErr_Format(PyExc_TypeError, "expected 'Mesh' type found '%.200s' instead",
                 Py_TYPE(object)->tp_name);
    return nullptr;
  }
  ConstRef ref;
  if (!python::find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  if (!ref.block || ref.block->type() != BlockType::Mesh ||
      ref.data != static_cast<const void*>(static_cast<const Mesh*>(ref.block))) {
    PyErr_Format(PyExc_TypeError, "expected 'Mesh' type found '%.200s' instead",
                 Py_TYPE(object)->tp_name);
    return nullptr;
  }
  return static_cast<const Mesh*>(ref.block);
}
bool write_to(EditMesh& edited, PyObject* object) {
  MutableRef ref;
  if (!mesh_argument(object) ||
      !find_for_edit(reinterpret_cast<StructObject*>(object), Change::Geometry, &ref)) {
    return false;
  }
  edited.write_to(*static_cast<Mesh*>(ref.block));
  python::edited(reinterpret_cast<StructObject*>(object));
  return true;
}

PyObject* from_mesh(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject* object = nullptr;
  int face_normals = 1, vertex_normals = 1, use_shape_key = 0, shape_key_index = 0;
  const char* names[] = {"mesh",          "face_normals",    "vertex_normals",
                         "use_shape_key", "shape_key_index", nullptr};
  if (!find(as_mesh(self)) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "O|$pppi:from_mesh", const_cast<char**>(names),
                                   &object, &face_normals, &vertex_normals, &use_shape_key,
                                   &shape_key_index)) {
    return nullptr;
  }
  const Mesh* mesh = mesh_argument(object);
  EditMesh* into = mesh ? find(as_mesh(self)) : nullptr;
  if (!into) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        into->add_mesh(*mesh);
        elements_changed(as_mesh(self));
        Py_RETURN_NONE;
      },
      nullptr);
}
PyObject* from_object(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject *object = nullptr, *depsgraph = nullptr;
  int cage = 0, face_normals = 1, vertex_normals = 1;
  const char* names[] = {"object", "depsgraph", "cage", "face_normals", "vertex_normals", nullptr};
  if (!find(as_mesh(self)) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "OO|$ppp:from_object", const_cast<char**>(names),
                                   &object, &depsgraph, &cage, &face_normals, &vertex_normals)) {
    return nullptr;
  }
  // The evaluated mesh, through the interface that scripts have.
  const PyRef evaluated =
      PyRef::steal(PyObject_CallMethod(object, "evaluated_get", "O", depsgraph));
  const PyRef made =
      PyRef::steal(evaluated ? PyObject_CallMethod(evaluated.get(), "to_mesh", nullptr) : nullptr);
  if (!made) {
    return nullptr;
  }
  if (made.get() == Py_None) {
    PyErr_SetString(PyExc_ValueError, "from_object(...): Object has no usable mesh data");
    return nullptr;
  }
  const Mesh* mesh = mesh_argument(made.get());
  EditMesh* into = mesh ? find(as_mesh(self)) : nullptr;
  if (!into) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        into->add_mesh(*mesh);
        elements_changed(as_mesh(self));
        Py_RETURN_NONE;
      },
      nullptr);
}
PyObject* to_mesh(PyObject* self, PyObject* object) {
  EditMesh* mesh = find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        if (!write_to(*mesh, object)) {
          return nullptr;
        }
        Py_RETURN_NONE;
      },
      nullptr);
}
PyObject* free_mesh(PyObject* self, PyObject*) {
  as_mesh(self)->mesh.reset();
  Py_RETURN_NONE;
}
PyObject* clear(PyObject* self, PyObject*) {
  EditMesh* mesh = find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  mesh->clear();
  elements_changed(as_mesh(self));
  Py_RETURN_NONE;
}
PyObject* copy(PyObject* self, PyObject*) {
  EditMesh* mesh = find(as_mesh(self));
  return mesh ? guarded([&] { return make_mesh(std::make_shared<EditMesh>(*mesh)); }, nullptr)
              : nullptr;
}
PyObject* normal_update(PyObject* self, PyObject*) {
  EditMesh* mesh = find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  mesh->update_normals();
  Py_RETURN_NONE;
}
PyObject* transform(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject *matrix = nullptr, *filter = Py_None;
  const char* names[] = {"matrix", "filter", nullptr};
  float m[16];
  if (!find(as_mesh(self)) ||
      !PyArg_ParseTupleAndKeywords(args, keywords, "O|$O:transform", const_cast<char**>(names),
                                   &matrix, &filter) ||
      !mathutils::parse_matrix(matrix, 4, 4, m, "transform(matrix)")) {
    return nullptr;
  }
  int wanted = 0;
  if (filter != Py_None) {
    if (!PySet_Check(filter)) {
      PyErr_SetString(PyExc_TypeError, "transform(filter): expected a set");
      return nullptr;
    }
    const PyRef list = PyRef::steal(PySequence_List(filter));
    for (Py_ssize_t i = 0; list && i < PyList_GET_SIZE(list.get()); ++i) {
      const char* name = PyUnicode_AsUTF8(PyList_GET_ITEM(list.get(), i));
      if (!name) {
        return nullptr;
      }
      const int bit = !strcmp(name, "SELECT")   ? ElementFlag::Select
                      : !strcmp(name, "HIDE")   ? ElementFlag::Hide
                      : !strcmp(name, "SEAM")   ? ElementFlag::Seam
                      : !strcmp(name, "SMOOTH") ? ElementFlag::Smooth
                      : !strcmp(name, "TAG")    ? ElementFlag::Tag
                                                : 0;
      if (bit == 0) {
        PyErr_Format(
            PyExc_ValueError,
            "transform(filter): '%s' not found in ('SELECT', 'HIDE', 'SEAM', 'SMOOTH', 'TAG')",
            name);
        return nullptr;
      }
      wanted |= bit;
    }
  }
  EditMesh* mesh = find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  for (int v = mesh->verts.at_or_after(0); v >= 0; v = mesh->verts.at_or_after(v + 1)) {
    if (wanted == 0 || (mesh->verts[v].flags & wanted) != 0) {
      const float3 p = mesh->verts[v].co;
      mesh->verts[v].co = {m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3],
                           m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7],
                           m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11]};
    }
  }
  Py_RETURN_NONE;
}
PyObject* calc_volume(PyObject* self, PyObject* args, PyObject* keywords) {
  int is_signed = 0;
  const char* names[] = {"signed", nullptr};
  EditMesh* m = find(as_mesh(self));
  if (!m || !PyArg_ParseTupleAndKeywords(args, keywords, "|$p:calc_volume",
                                         const_cast<char**>(names), &is_signed)) {
    return nullptr;
  }
  return guarded(
      [&] {
        double sum = 0;
        for (int f = m->faces.at_or_after(0); f >= 0; f = m->faces.at_or_after(f + 1)) {
          for (const auto& t : m->face_triangles(f)) {
            sum += double(dot(
                       m->verts[m->loops[t[0]].vert].co,
                       cross(m->verts[m->loops[t[1]].vert].co, m->verts[m->loops[t[2]].vert].co))) /
                   6;
          }
        }
        return PyFloat_FromDouble(is_signed ? sum : std::abs(sum));
      },
      nullptr);
}
PyObject* calc_loop_triangles(PyObject* self, PyObject*) {
  EditMesh* m = find(as_mesh(self));
  if (!m) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        std::vector<std::array<int, 3>> all;
        for (int f = m->faces.at_or_after(0); f >= 0; f = m->faces.at_or_after(f + 1)) {
          const auto some = m->face_triangles(f);
          all.insert(all.end(), some.begin(), some.end());
        }
        PyRef list = PyRef::steal(PyList_New(0));
        for (const auto& t : all) {
          PyRef tuple = PyRef::steal(PyTuple_New(3));
          for (std::size_t k = 0; tuple && k < 3; ++k) {
            PyObject* loop = make_element(as_mesh(self), {ElementKind::Loop, t[k]});
            if (!loop) {
              return nullptr;
            }
            PyTuple_SET_ITEM(tuple.get(), Py_ssize_t(k), loop);
          }
          if (!list || !tuple || PyList_Append(list.get(), tuple.get()) < 0) {
            return nullptr;
          }
        }
        return list.release();
      },
      nullptr);
}
PyObject* select_flush(PyObject* self, PyObject* value) {
  const int on = PyObject_IsTrue(value);
  EditMesh* mesh = on < 0 ? nullptr : find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  mesh->flush_selection(on != 0);
  Py_RETURN_NONE;
}
PyObject* select_flush_mode(PyObject* self, PyObject*) {
  EditMesh* mesh = find(as_mesh(self));
  if (!mesh) {
    return nullptr;
  }
  mesh->flush_select_mode();
  Py_RETURN_NONE;
}

constexpr const char* mode_names[] = {"VERT", "EDGE", "FACE"};
PyObject* get_select_mode(PyObject* self, void*) {
  EditMesh* mesh = find(as_mesh(self));
  PyRef set = PyRef::steal(mesh ? PySet_New(nullptr) : nullptr);
  for (int i = 0; set && i < 3; ++i) {
    if ((mesh->select_mode & (1 << i)) != 0) {
      const PyRef name = PyRef::steal(PyUnicode_FromString(mode_names[i]));
      if (!name || PySet_Add(set.get(), name.get()) < 0) {
        return nullptr;
      }
    }
  }
  return set.release();
}
int set_select_mode(PyObject* self, PyObject* value, void*) {
  if (!value || !PySet_Check(value)) {
    PyErr_SetString(PyExc_TypeError, "bm.select_mode: expected a set");
    return -1;
  }
  int mode = 0;
  const PyRef list = PyRef::steal(PySequence_List(value));
  for (Py_ssize_t i = 0; list && i < PyList_GET_SIZE(list.get()); ++i) {
    const char* name = PyUnicode_AsUTF8(PyList_GET_ITEM(list.get(), i));
    if (!name) {
      return -1;
    }
    int bit = 0;
    for (int k = 0; k < 3; ++k) {
      bit |= !strcmp(name, mode_names[k]) ? 1 << k : 0;
    }
    if (bit == 0) {
      PyErr_Format(PyExc_ValueError, "bm.select_mode: '%s' not found in (['VERT', 'EDGE', 'FACE'])",
                   name);
      return -1;
    }
    mode |= bit;
  }
  EditMesh* mesh = list ? find(as_mesh(self)) : nullptr;
  if (!mesh) {
    return -1;
  }
  if (mode == 0) {
    PyErr_SetString(PyExc_TypeError, "bm.select_mode: can't assign an empty value");
    return -1;
  }
  mesh->select_mode = mode;
  return 0;
}
PyObject* get_is_valid(PyObject* self, void*) {
  return PyBool_FromLong(as_mesh(self)->mesh != nullptr);
}
PyObject* get_is_wrapped(PyObject* self, void*) {
  return find(as_mesh(self)) ? PyBool_FromLong(bool(as_mesh(self)->edited)) : nullptr;
}
template <ElementKind K>
PyObject* get_elements(PyObject* self, void*) {
  return find(as_mesh(self)) ? make_sequence(as_mesh(self), Relation::All, K) : nullptr;
}
PyObject* get_history(PyObject* self, void*) {
  return find(as_mesh(self)) ? make_history(as_mesh(self)) : nullptr;
}

}  // namespace

EditMesh* find(MeshObject* owner) {
  if (owner->mesh && owner->edited) {
    // A mesh in edit mode: gone once that is left.
    auto* sessions = state().services().find<modeling::EditSessions>();
    if (!sessions || sessions->find(owner->edited) != owner->mesh) {
      owner->mesh.reset();
    }
  }
  if (!owner->mesh) {
    PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMesh has been removed");
  }
  return owner->mesh.get();
}
void elements_changed(MeshObject* owner) {
  for (bool& has : owner->has_table) {
    has = false;
  }
}
void elements_added(MeshObject* owner, ElementKind kind) { owner->has_table[int(kind)] = false; }
void elements_sorted(MeshObject* owner, ElementKind kind, std::span<const int> order) {
  elements_changed(owner);
  auto& wrappers = owner->wrappers[std::size_t(kind)];
  std::vector<PyObject*> sorted(order.size(), nullptr);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (std::size_t(order[i]) < wrappers.size()) {
      if (PyObject* element = wrappers[std::size_t(order[i])]) {
        as_element(element)->handle = owner->mesh->handle({kind, int(i)});
        sorted[i] = element;
      }
    }
  }
  wrappers = std::move(sorted);
}
PyObject* make_mesh(std::shared_ptr<EditMesh> mesh, BlockId edited) {
  PyObject* self = types().mesh->tp_alloc(types().mesh, 0);
  if (self) {
    MeshObject* o = as_mesh(self);
    new (&o->mesh) std::shared_ptr<EditMesh>(std::move(mesh));
    new (&o->tables) std::array<std::vector<int>, 4>();
    new (&o->wrappers) std::array<std::vector<PyObject*>, 4>();
    o->edited = edited;
    elements_changed(o);
  }
  return self;
}

bool init_mesh_type(PyObject* module) {
  static PyMethodDef methods[] = {
      {"from_mesh", as_function(from_mesh), METH_VARARGS | METH_KEYWORDS,
       "from_mesh(mesh, face_normals=True, vertex_normals=True, use_shape_key=False, "
       "shape_key_index=0): adds the elements of a mesh."},
      {"from_object", as_function(from_object), METH_VARARGS | METH_KEYWORDS,
       "from_object(object, depsgraph, cage=False, face_normals=True, vertex_normals=True): adds "
       "the evaluated mesh of an object."},
      {"to_mesh", to_mesh, METH_O, "to_mesh(mesh): replaces the geometry of a mesh."},
      {"free", free_mesh, METH_NOARGS,
       "free(): lets go of all data; everything of this mesh turns invalid."},
      {"clear", clear, METH_NOARGS, "clear(): removes everything."},
      {"copy", copy, METH_NOARGS, "copy(): another BMesh."},
      {"normal_update", normal_update, METH_NOARGS, "normal_update(): computes all normals."},
      {"transform", as_function(transform), METH_VARARGS | METH_KEYWORDS,
       "transform(matrix, filter=None): moves vertices, those with any of the flags in `filter`."},
      {"calc_volume", as_function(calc_volume), METH_VARARGS | METH_KEYWORDS,
       "calc_volume(signed=False): volume of a closed mesh."},
      {"calc_loop_triangles", calc_loop_triangles, METH_NOARGS,
       "calc_loop_triangles(): all faces as triples of corners."},
      {"select_flush", select_flush, METH_O,
       "select_flush(select): lets the selection of vertices decide on edges and faces."},
      {"select_flush_mode", select_flush_mode, METH_NOARGS,
       "select_flush_mode(): the same by the select mode."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef members[] = {
      {"verts", get_elements<ElementKind::Vert>, nullptr, "All vertices.", nullptr},
      {"edges", get_elements<ElementKind::Edge>, nullptr, "All edges.", nullptr},
      {"loops", get_elements<ElementKind::Loop>, nullptr, "Layers of corners.", nullptr},
      {"faces", get_elements<ElementKind::Face>, nullptr, "All faces.", nullptr},
      {"select_history", get_history, nullptr, "Elements in the order they were selected.",
       nullptr},
      {"select_mode", get_select_mode, set_select_mode,
       "What is selected: a set of VERT, EDGE, FACE.", nullptr},
      {"is_valid", get_is_valid, nullptr, "False once freed.", nullptr},
      {"is_wrapped", get_is_wrapped, nullptr, "Whether it belongs to a mesh in edit mode.",
       nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMemberDef weak[] = {
      {"__weaklistoffset__", T_PYSSIZET, offsetof(MeshObject, weak_references), READONLY, nullptr},
      {nullptr, 0, 0, 0, nullptr}};
  PyType_Slot slots[] = {
      {Py_tp_dealloc, slot(mesh_dealloc)},
      {Py_tp_repr, slot(mesh_repr)},
      {Py_tp_methods, methods},
      {Py_tp_getset, members},
      {Py_tp_members, weak},
      {Py_tp_doc, const_cast<char*>("A mesh whose elements know their neighbours.")},
      {0, nullptr}};
  types().mesh = add_type(module, "bmesh.types.BMesh", sizeof(MeshObject), slots);
  return types().mesh != nullptr;
}

PyObject* new_mesh(PyObject*, PyObject* args, PyObject* keywords) {
  int use_operators = 1;
  const char* names[] = {"use_operators", nullptr};
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "|$p:new", const_cast<char**>(names),
                                   &use_operators)) {
    return nullptr;
  }
  return guarded([&] { return make_mesh(std::make_shared<EditMesh>()); }, nullptr);
}
PyObject* from_edit_mesh(PyObject*, PyObject* object) {
  const Mesh* mesh = mesh_argument(object);
  if (!mesh) {
    return nullptr;
  }
  auto* sessions = state().services().find<modeling::EditSessions>();
  const BlockId id = reinterpret_cast<StructObject*>(object)->block;
  return guarded(
      [&]() -> PyObject* {
        std::shared_ptr<EditMesh> edited =
            sessions ? sessions->open(state().document(), id) : nullptr;
        if (!edited) {
          PyErr_SetString(PyExc_ValueError, "The mesh must be in editmode");
          return nullptr;
        }
        // The one object of this edit mesh; one that outlived its mesh has let go of it.
        const auto known = types().wrapped.find(edited.get());
        if (known != types().wrapped.end() && as_mesh(known->second)->mesh == edited) {
          return Py_NewRef(known->second);
        }
        const EditMesh* address = edited.get();
        PyObject* made = make_mesh(std::move(edited), id);
        if (made) {
          types().wrapped[address] = made;
        }
        return made;
      },
      nullptr);
}
PyObject* update_edit_mesh(PyObject*, PyObject* args, PyObject* keywords) {
  PyObject* object = nullptr;
  int loop_triangles = 1, destructive = 1;
  const char* names[] = {"mesh", "loop_triangles", "destructive", nullptr};
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|$pp:update_edit_mesh",
                                   const_cast<char**>(names), &object, &loop_triangles,
                                   &destructive) ||
      !mesh_argument(object)) {
    return nullptr;
  }
  auto* sessions = state().services().find<modeling::EditSessions>();
  return guarded(
      [&]() -> PyObject* {
        if (!sessions ||
            !sessions->open(state().document(), reinterpret_cast<StructObject*>(object)->block)) {
          PyErr_SetString(PyExc_ValueError, "The mesh must be in editmode");
          return nullptr;
        }
        sessions->write(state().document(), reinterpret_cast<StructObject*>(object)->block);
        Py_RETURN_NONE;
      },
      nullptr);
}

}  // namespace kiln::python::bmesh
