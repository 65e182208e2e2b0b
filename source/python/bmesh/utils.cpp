#include <algorithm>
#include <cmath>

#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"

// The modules bmesh.utils and bmesh.geometry.
namespace kiln::python::bmesh {
namespace {

constexpr ElementKind Vert = ElementKind::Vert, Edge = ElementKind::Edge, Loop = ElementKind::Loop,
                      Face = ElementKind::Face;

/// The element an argument is, and its mesh. Null with an exception.
EditMesh* first_argument(PyObject* object, ElementKind kind, const char* prefix, MeshObject** owner,
                         int* at) {
  *at = parse_element(object, nullptr, kind, prefix);
  if (*at < 0) {
    return nullptr;
  }
  *owner = as_element(object)->owner;
  return find(*owner);
}
bool other_argument(PyObject* object, MeshObject* owner, ElementKind kind, const char* prefix,
                    int* at) {
  *at = parse_element(object, owner, kind, prefix);
  return *at >= 0;
}

PyObject* edge_split(PyObject*, PyObject* args) {
  PyObject *edge = nullptr, *vert = nullptr;
  float factor = 0;
  MeshObject* owner = nullptr;
  int e = -1, v = -1;
  if (!PyArg_ParseTuple(args, "OOf:edge_split", &edge, &vert, &factor)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(edge, Edge, "edge_split(...)", &owner, &e);
  if (!mesh || !other_argument(vert, owner, Vert, "edge_split(...)", &v)) {
    return nullptr;
  }
  if (!mesh->has_vert(e, v)) {
    PyErr_SetString(PyExc_ValueError,
                    "edge_split(edge, vert): the vertex is not found in the edge");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        int made = -1;
        const int middle =
            mesh->split_edge(e, v, factor >= 0 ? std::min(factor, 1.0f) : 0.0f, &made);
        elements_changed(owner);
        const PyRef first = PyRef::steal(make_element(owner, {Edge, made})),
                    second = PyRef::steal(make_element(owner, {Vert, middle}));
        return first && second ? PyTuple_Pack(2, first.get(), second.get()) : nullptr;
      },
      nullptr);
}
PyObject* edge_rotate(PyObject*, PyObject* args) {
  PyObject* edge = nullptr;
  int ccw = 0, e = -1;
  MeshObject* owner = nullptr;
  if (!PyArg_ParseTuple(args, "O|p:edge_rotate", &edge, &ccw)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(edge, Edge, "edge_rotate(...)", &owner, &e);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&] {
        const int made = mesh->rotate_edge(e, ccw != 0);
        elements_changed(owner);
        return make_element(owner, {Edge, made});
      },
      nullptr);
}
PyObject* face_flip(PyObject*, PyObject* face) {
  MeshObject* owner = nullptr;
  int f = -1;
  EditMesh* mesh = first_argument(face, Face, "face_flip(...)", &owner, &f);
  if (!mesh) {
    return nullptr;
  }
  mesh->flip_face(f);
  Py_RETURN_NONE;
}
PyObject* face_join(PyObject*, PyObject* args) {
  PyObject* faces = nullptr;
  int remove = 1;
  MeshObject* owner = nullptr;
  std::vector<int> joined;
  if (!PyArg_ParseTuple(args, "O|p:face_join", &faces, &remove) ||
      !parse_elements(faces, &owner, Face, joined, "face_join(...)", 2)) {
    return nullptr;
  }
  return guarded(
      [&] {
        const int made = owner->mesh->join_faces(joined, remove != 0);
        elements_changed(owner);
        return make_element(owner, {Face, made});
      },
      nullptr);
}
PyObject* face_split(PyObject*, PyObject* args, PyObject* keywords) {
  PyObject *face = nullptr, *a = nullptr, *b = nullptr, *coords = nullptr, *example = Py_None;
  int use_exist = 1, f = -1, va = -1, vb = -1, like = -1;
  MeshObject* owner = nullptr;
  const char* names[] = {"face", "vert_a", "vert_b", "coords", "use_exist", "example", nullptr};
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO|$OpO:face_split", const_cast<char**>(names),
                                   &face, &a, &b, &coords, &use_exist, &example)) {
    return nullptr;
  }
  std::vector<float3> points;
  const PyRef all = PyRef::steal(coords ? PySequence_List(coords) : PyList_New(0));
  for (Py_ssize_t i = 0; all && i < PyList_GET_SIZE(all.get()); ++i) {
    float3 p;
    if (!mathutils::parse_float3(PyList_GET_ITEM(all.get(), i), &p, "face_split(...): coords")) {
      return nullptr;
    }
    points.push_back(p);
  }
  EditMesh* mesh = all ? first_argument(face, Face, "face_split(...)", &owner, &f) : nullptr;
  if (!mesh || !other_argument(a, owner, Vert, "face_split(...)", &va) ||
      !other_argument(b, owner, Vert, "face_split(...)", &vb) ||
      (example != Py_None && !other_argument(example, owner, Edge, "face_split(...)", &like))) {
    return nullptr;
  }
  const int la = mesh->loop_of(f, va), lb = mesh->loop_of(f, vb);
  if (la < 0 || lb < 0) {
    PyErr_SetString(PyExc_ValueError,
                    "face_split(...): one of the verts passed is not found in the face");
    return nullptr;
  }
  if (la == lb) {
    PyErr_SetString(PyExc_ValueError, "face_split(...): vert arguments must differ");
    return nullptr;
  }
  if (points.empty() && (mesh->loops[la].next == lb || mesh->loops[lb].next == la)) {
    PyErr_SetString(PyExc_ValueError, "face_split(...): verts are adjacent in the face");
    return nullptr;
  }
  if (mesh->loops[la].next == lb || mesh->loops[lb].next == la) {
    PyErr_SetString(PyExc_ValueError, "face_split(...): a cut between neighbours is not possible");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        int loop = -1;
        if (like < 0 || mesh->find_edge(va, vb) >= 0) {
          like = -1;
        }
        const int made = mesh->split_face(f, la, lb, &loop);
        if (like >= 0) {
          mesh->copy_attributes(Edge, like, mesh->loops[loop].edge);
        }
        int edge = mesh->loops[loop].edge;
        int from = va;
        for (std::size_t i = 0; i < points.size(); ++i) {
          const int v = mesh->split_edge(edge, from, 0.5f);
          mesh->verts[v].co = points[i];
          from = v;
        }
        mesh->update_face_normal(f);
        mesh->update_face_normal(made);
        elements_changed(owner);
        const PyRef first = PyRef::steal(make_element(owner, {Face, made})),
                    second = PyRef::steal(make_element(owner, {Loop, loop}));
        return first && second ? PyTuple_Pack(2, first.get(), second.get()) : nullptr;
      },
      nullptr);
}
PyObject* loop_separate(PyObject*, PyObject* loop) {
  MeshObject* owner = nullptr;
  int l = -1;
  EditMesh* mesh = first_argument(loop, Loop, "loop_separate(...)", &owner, &l);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int before = mesh->loops[l].vert;
        const int made = mesh->separate_loop(l);
        elements_changed(owner);
        return make_element(owner, {Vert, made == before ? -1 : made});
      },
      nullptr);
}
PyObject* face_vert_separate(PyObject*, PyObject* args) {
  PyObject *face = nullptr, *vert = nullptr;
  MeshObject* owner = nullptr;
  int f = -1, v = -1;
  if (!PyArg_ParseTuple(args, "OO:face_vert_separate", &face, &vert)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(face, Face, "face_vert_separate(...)", &owner, &f);
  if (!mesh || !other_argument(vert, owner, Vert, "face_vert_separate(...)", &v)) {
    return nullptr;
  }
  const int l = mesh->loop_of(f, v);
  if (l < 0) {
    PyErr_SetString(PyExc_ValueError, "vertex not found in face");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int made = mesh->separate_loop(l);
        elements_changed(owner);
        return make_element(owner, {Vert, made == v ? -1 : made});
      },
      nullptr);
}
PyObject* vert_collapse_edge(PyObject*, PyObject* args) {
  PyObject *vert = nullptr, *edge = nullptr;
  MeshObject* owner = nullptr;
  int v = -1, e = -1;
  if (!PyArg_ParseTuple(args, "OO:vert_collapse_edge", &vert, &edge)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(vert, Vert, "vert_collapse_edge(...)", &owner, &v);
  if (!mesh || !other_argument(edge, owner, Edge, "vert_collapse_edge(...)", &e)) {
    return nullptr;
  }
  if (mesh->vert_edge_count(v) > 2) {
    PyErr_SetString(PyExc_ValueError,
                    "vert_collapse_edge(vert, edge): vert has more than 2 connected edges");
    return nullptr;
  }
  if (!mesh->has_vert(e, v)) {
    PyErr_SetString(PyExc_ValueError,
                    "vert_collapse_edge(vert, edge): the vertex is not found in the edge");
    return nullptr;
  }
  return guarded(
      [&] {
        const int kept = mesh->join_edges(e, v);
        elements_changed(owner);
        return make_element(owner, {Edge, kept});
      },
      nullptr);
}
PyObject* vert_collapse_faces(PyObject*, PyObject* args) {
  PyObject *vert = nullptr, *edge = nullptr;
  float factor = 0;
  int join_faces = 1, v = -1, e = -1;
  MeshObject* owner = nullptr;
  if (!PyArg_ParseTuple(args, "OOfp:vert_collapse_faces", &vert, &edge, &factor, &join_faces)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(vert, Vert, "vert_collapse_faces(...)", &owner, &v);
  if (!mesh || !other_argument(edge, owner, Edge, "vert_collapse_faces(...)", &e)) {
    return nullptr;
  }
  if (!mesh->has_vert(e, v)) {
    PyErr_SetString(PyExc_ValueError,
                    "vert_collapse_faces(vert, edge): the vertex is not found in the edge");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int other = mesh->other_vert(e, v);
        const float3 a = mesh->verts[v].co, b = mesh->verts[other].co;
        mesh->verts[other].co = b + (a - b) * std::clamp(factor, 0.0f, 1.0f);
        if (mesh->vert_edge_count(v) == 2 && mesh->join_edges(e, v) >= 0) {
          elements_changed(owner);
          return make_element(owner, {Edge, -1});
        }
        const std::pair<int, int> target{v, other};
        mesh->weld({&target, 1});
        elements_changed(owner);
        Py_RETURN_NONE;
      },
      nullptr);
}
PyObject* vert_dissolve(PyObject*, PyObject* vert) {
  MeshObject* owner = nullptr;
  int v = -1;
  EditMesh* mesh = first_argument(vert, Vert, "vert_dissolve(...)", &owner, &v);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&] {
        const bool is_done = mesh->dissolve_vert(v);
        elements_changed(owner);
        return PyBool_FromLong(is_done);
      },
      nullptr);
}
PyObject* vert_separate(PyObject*, PyObject* args) {
  PyObject *vert = nullptr, *edges = nullptr;
  MeshObject* owner = nullptr;
  int v = -1;
  std::vector<int> cut;
  if (!PyArg_ParseTuple(args, "OO:vert_separate", &vert, &edges)) {
    return nullptr;
  }
  if (!first_argument(vert, Vert, "vert_separate(...)", &owner, &v) ||
      !parse_elements(edges, &owner, Edge, cut, "vert_separate(...)")) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        // Faces along the cut edges part; each keeps an edge of its own.
        for (const int e : cut) {
          if (owner->mesh->has_vert(e, v)) {
            const std::vector<int> around = owner->mesh->edge_loops(e);
            for (std::size_t i = 1; i < around.size(); ++i) {
              owner->mesh->part_edge(around[i]);
            }
          }
        }
        const std::vector<int> parts = owner->mesh->separate_vert(v, cut);
        elements_changed(owner);
        const PyRef list = PyRef::steal(make_list(owner, Vert, parts));
        return list ? PySequence_Tuple(list.get()) : nullptr;
      },
      nullptr);
}
PyObject* vert_splice(PyObject*, PyObject* args) {
  PyObject *vert = nullptr, *target = nullptr;
  MeshObject* owner = nullptr;
  int v = -1, t = -1;
  if (!PyArg_ParseTuple(args, "OO:vert_splice", &vert, &target)) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(vert, Vert, "vert_splice(...)", &owner, &v);
  if (!mesh || !other_argument(target, owner, Vert, "vert_splice(...)", &t)) {
    return nullptr;
  }
  if (v == t) {
    PyErr_SetString(PyExc_ValueError, "vert_splice(...): vert arguments match");
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        if (!mesh->splice_verts(v, t)) {
          PyErr_SetString(PyExc_ValueError, "vert_splice(...): verts can't share an edge or face");
          return nullptr;
        }
        elements_changed(owner);
        Py_RETURN_NONE;
      },
      nullptr);
}

PyObject* intersect_face_point(PyObject*, PyObject* args) {
  PyObject *face = nullptr, *point = nullptr;
  MeshObject* owner = nullptr;
  int f = -1;
  float3 p;
  if (!PyArg_ParseTuple(args, "OO:intersect_face_point", &face, &point) ||
      !mathutils::parse_float3(point, &p, "intersect_face_point(...)")) {
    return nullptr;
  }
  EditMesh* mesh = first_argument(face, Face, "intersect_face_point(...)", &owner, &f);
  if (!mesh) {
    return nullptr;
  }
  // Crossings of a ray within the plane that the normal leans on least.
  const float3 n = mesh->faces[f].normal;
  const float x = std::fabs(n.x), y = std::fabs(n.y), z = std::fabs(n.z);
  const auto flat = [&](float3 q) {
    return z >= x && z >= y ? float2{q.x, q.y} : y >= x ? float2{q.x, q.z} : float2{q.y, q.z};
  };
  const std::vector<int> ring = mesh->face_verts(f);
  const float2 at = flat(p);
  bool is_inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const float2 a = flat(mesh->verts[ring[i]].co),
                 b = flat(mesh->verts[ring[(i + 1) % ring.size()]].co);
    const float2 side = b - a, to = at - a;
    const float along =
        dot(side, side) > 0 ? std::clamp(dot(to, side) / dot(side, side), 0.0f, 1.0f) : 0.0f;
    const float2 away = to - side * along;
    if (dot(away, away) <= 1e-12f) {
      Py_RETURN_TRUE;  // on the outline
    }
    if ((a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)) {
      is_inside = !is_inside;
    }
  }
  return PyBool_FromLong(is_inside);
}

PyMethodDef methods[] = {
    {"edge_rotate", edge_rotate, METH_VARARGS,
     "edge_rotate(edge, ccw=False): turns an edge between two faces; the new edge or None."},
    {"edge_split", edge_split, METH_VARARGS,
     "edge_split(edge, vert, fac): puts a vertex onto an edge; the new edge and vertex."},
    {"face_flip", face_flip, METH_O, "face_flip(face): turns a face around."},
    {"face_join", face_join, METH_VARARGS,
     "face_join(faces, remove=True): one face in place of several, or None."},
    {"face_split", as_function(face_split), METH_VARARGS | METH_KEYWORDS,
     "face_split(face, vert_a, vert_b, coords=(), use_exist=True, example=None): cuts a face; the "
     "new face and corner."},
    {"face_vert_separate", face_vert_separate, METH_VARARGS,
     "face_vert_separate(face, vert): gives the face a vertex of its own."},
    {"loop_separate", loop_separate, METH_O,
     "loop_separate(loop): gives the corner a vertex of its own."},
    {"vert_collapse_edge", vert_collapse_edge, METH_VARARGS,
     "vert_collapse_edge(vert, edge): removes a vertex between two edges; the edge that is left."},
    {"vert_collapse_faces", vert_collapse_faces, METH_VARARGS,
     "vert_collapse_faces(vert, edge, fac, join_faces): moves a vertex along an edge into the "
     "other."},
    {"vert_dissolve", vert_dissolve, METH_O,
     "vert_dissolve(vert): joins what is around the vertex; whether that worked."},
    {"vert_separate", vert_separate, METH_VARARGS,
     "vert_separate(vert, edges): parts what hangs together at a vertex; all vertices there."},
    {"vert_splice", vert_splice, METH_VARARGS,
     "vert_splice(vert, vert_target): merges a vertex into another."},
    {nullptr, nullptr, 0, nullptr}};
PyModuleDef utils_definition = {PyModuleDef_HEAD_INIT,
                                "bmesh.utils",
                                "Single steps on elements.",
                                -1,
                                methods,
                                nullptr,
                                nullptr,
                                nullptr,
                                nullptr};
PyMethodDef geometry_methods[] = {
    {"intersect_face_point", intersect_face_point, METH_VARARGS,
     "intersect_face_point(face, point): whether the point lies within, seen along the normal."},
    {nullptr, nullptr, 0, nullptr}};
PyModuleDef geometry_definition = {PyModuleDef_HEAD_INIT,
                                   "bmesh.geometry",
                                   "Questions about shapes.",
                                   -1,
                                   geometry_methods,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr};

}  // namespace

PyObject* make_utils_module() {
  return PyModule_Create(&utils_definition);
}
PyObject* make_geometry_module() {
  return PyModule_Create(&geometry_definition);
}

}  // namespace kiln::python::bmesh
