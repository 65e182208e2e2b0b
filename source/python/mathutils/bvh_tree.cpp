#include "python/mathutils/bvh_tree.h"

#include <new>

#include "core/polygon.h"
#include "core/triangulate.h"
#include "document/mesh.h"
#include "document/object.h"
#include "python/mathutils/value.h"
#include "python/struct_object.h"

namespace kiln::python::mathutils {
namespace {

/// Distances of this and more mean all.
constexpr float default_distance = 1.844674352395373e+19f;

struct BvhTreeObject {
  PyObject ob_base;
  State* state;
  std::shared_ptr<const TriangleTree> tree;
};

BvhTreeObject* as_tree(PyObject* self) {
  return reinterpret_cast<BvhTreeObject*>(self);
}

PyObject* new_object(PyTypeObject* type, State* state, std::shared_ptr<const TriangleTree> tree) {
  PyObject* self = type->tp_alloc(type, 0);
  if (self != nullptr) {
    as_tree(self)->state = state;
    new (&as_tree(self)->tree) std::shared_ptr<const TriangleTree>(std::move(tree));
  }
  return self;
}

PyObject* bvh_tree_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  if (PyTuple_GET_SIZE(args) > 0 || (keywords != nullptr && PyDict_GET_SIZE(keywords) > 0)) {
    PyErr_SetString(PyExc_TypeError, "BVHTree(): takes no arguments, use FromPolygons()");
    return nullptr;
  }
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  return module != nullptr
             ? new_object(type, state_of(module), std::make_shared<const TriangleTree>())
             : nullptr;
}

void bvh_tree_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  std::destroy_at(&as_tree(self)->tree);
  type->tp_free(self);
  Py_DECREF(type);
}

PyObject* hit_tuple(State* state, const std::optional<TriangleTree::Hit>& hit) {
  if (!hit) {
    return Py_BuildValue("(OOOO)", Py_None, Py_None, Py_None, Py_None);
  }
  return Py_BuildValue("(NNid)", new_vector(state, {&hit->position.x, 3}),
                       new_vector(state, {&hit->normal.x, 3}), hit->polygon, double(hit->distance));
}

PyObject* bvh_tree_ray_cast(PyObject* self, PyObject* args) {
  PyObject *origin_argument, *direction_argument;
  float3 origin, direction;
  float distance = std::numeric_limits<float>::max();
  if (!PyArg_ParseTuple(args, "OO|f:ray_cast", &origin_argument, &direction_argument, &distance) ||
      parse_floats(origin_argument, 2, 3, &origin.x, "BVHTree.ray_cast()") < 0 ||
      parse_floats(direction_argument, 2, 3, &direction.x, "BVHTree.ray_cast()") < 0) {
    return nullptr;
  }
  return hit_tuple(as_tree(self)->state,
                   as_tree(self)->tree->ray_cast(origin, direction, distance));
}

bool parse_query(PyObject* args, const char* format, float3* point, float* distance) {
  PyObject* argument;
  *distance = default_distance;
  return PyArg_ParseTuple(args, format, &argument, distance) &&
         parse_floats(argument, 2, 3, &point->x, "BVHTree") > 0;
}

PyObject* bvh_tree_find_nearest(PyObject* self, PyObject* args) {
  float3 point;
  float distance;
  return parse_query(args, "O|f:find_nearest", &point, &distance)
             ? hit_tuple(as_tree(self)->state, as_tree(self)->tree->find_nearest(point, distance))
             : nullptr;
}

PyObject* bvh_tree_find_nearest_range(PyObject* self, PyObject* args) {
  float3 point;
  float distance;
  if (!parse_query(args, "O|f:find_nearest_range", &point, &distance)) {
    return nullptr;
  }
  const std::vector<TriangleTree::Hit> hits =
      as_tree(self)->tree->find_nearest_in_range(point, distance);
  return new_list(hits.size(),
                  [&](std::size_t i) { return hit_tuple(as_tree(self)->state, hits[i]); });
}

PyObject* bvh_tree_overlap(PyObject* self, PyObject* other) {
  if (!PyObject_TypeCheck(other, as_tree(self)->state->bvh_tree_type)) {
    PyErr_SetString(PyExc_ValueError, "BVHTree.overlap(): expected a BVHTree");
    return nullptr;
  }
  const std::vector<std::pair<int, int>> pairs =
      as_tree(self)->tree->overlap(*as_tree(other)->tree);
  return new_list(pairs.size(), [&](std::size_t i) {
    return Py_BuildValue("(ii)", pairs[i].first, pairs[i].second);
  });
}

PyObject* bvh_tree_from_polygons(PyObject* type, PyObject* args, PyObject* keywords) {
  const char* names[] = {"vertices", "polygons", "all_triangles", "epsilon", nullptr};
  PyObject *vertices_argument, *polygons_argument;
  int all_triangles = 0;
  float epsilon = 0.0f;
  std::vector<float3> positions;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "OO|$O&f:BVHTree.FromPolygons",
                                   const_cast<char**>(names), &vertices_argument,
                                   &polygons_argument, convert_bool, &all_triangles, &epsilon) ||
      !parse_float3s(vertices_argument, 3, positions, "BVHTree.FromPolygons(): vertices")) {
    return nullptr;
  }
  const PyRef sequence = PyRef::steal(PySequence_Tuple(polygons_argument));
  if (!sequence) {
    return nullptr;
  }
  std::vector<std::vector<int>> polygons;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sequence.get()); ++i) {
    std::vector<int> polygon;
    if (!parse_ints(PyTuple_GET_ITEM(sequence.get(), i), 0, polygon,
                    "BVHTree.FromPolygons(): polygons")) {
      return nullptr;
    }
    if (all_triangles != 0 && polygon.size() != 3) {
      PyErr_Format(PyExc_ValueError,
                   "BVHTree.FromPolygons(): polygon %zd has %zd corners, expected 3", i,
                   Py_ssize_t(polygon.size()));
      return nullptr;
    }
    for (const int index : polygon) {
      if (index < 0 || index >= int(positions.size())) {
        PyErr_Format(PyExc_ValueError, "BVHTree.FromPolygons(): index %d should be 0 to %zd", index,
                     Py_ssize_t(positions.size()) - 1);
        return nullptr;
      }
    }
    polygons.push_back(std::move(polygon));
  }
  PyObject* module =
      PyType_GetModuleByDef(reinterpret_cast<PyTypeObject*>(type), module_definition());
  return module != nullptr ? new_bvh_tree(state_of(module), std::move(positions), polygons, epsilon)
                           : nullptr;
}

// The mesh that an evaluated object shows, or null.
std::shared_ptr<const Mesh> shown_mesh(PyObject* evaluated_object) {
  ConstRef ref;
  auto* object = reinterpret_cast<StructObject*>(evaluated_object);
  if (!is_struct(evaluated_object) || !find(object, &ref) || !ref.block ||
      ref.block->type() != BlockType::Object) {
    return nullptr;
  }
  const std::shared_ptr<Root>* root = root_of(object);
  const BlockId data = ref.as<Object>().data.id;
  if (root && (*root)->evaluated) {
    if (std::shared_ptr<DataBlock> block = (*root)->evaluated(data)) {
      return std::dynamic_pointer_cast<const Mesh>(block);
    }
  }
  const Mesh* mesh = ref.document ? ref.document->find<Mesh>(data) : nullptr;
  return mesh ? std::make_shared<const Mesh>(*mesh) : nullptr;
}

PyObject* bvh_tree_from_object(PyObject* type, PyObject* args, PyObject* keywords) {
  const char* names[] = {"object", "depsgraph", "deform", "cage", "epsilon", nullptr};
  PyObject *object, *depsgraph;
  int deform = 1, cage = 0;
  float epsilon = 0.0f;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "OO|$O&O&f:BVHTree.FromObject",
                                   const_cast<char**>(names), &object, &depsgraph, convert_bool,
                                   &deform, convert_bool, &cage, &epsilon)) {
    return nullptr;
  }
  ConstRef ref;
  if (!is_struct(object)) {
    PyErr_Format(PyExc_TypeError, "expected 'Object' type found '%s' instead",
                 Py_TYPE(object)->tp_name);
    return nullptr;
  }
  if (!find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  if (!ref.block || ref.block->type() != BlockType::Object || ref.data != ref.block) {
    PyErr_SetString(PyExc_TypeError, "BVHTree.FromObject() expects an object");
    return nullptr;
  }
  if (!deform) {
    if (cage) {
      PyErr_SetString(PyExc_ValueError,
                      "BVHTree.FromObject(): a cage without deformations is not supported");
      return nullptr;
    }
    if (!ref.as<Object>().modifiers.empty()) {
      PyErr_SetString(PyExc_ValueError,
                      "BVHTree.FromObject(): objects with modifiers need deform=True");
      return nullptr;
    }
  }
  // A cage shows no modifiers.
  std::shared_ptr<const Mesh> mesh;
  if (cage) {
    const Mesh* plain = ref.document ? ref.document->find<Mesh>(ref.as<Object>().data.id) : nullptr;
    mesh = plain ? std::make_shared<const Mesh>(*plain) : nullptr;
  } else {
    const PyRef evaluated =
        PyRef::steal(PyObject_CallMethod(object, "evaluated_get", "O", depsgraph));
    if (!evaluated) {
      return nullptr;
    }
    mesh = shown_mesh(evaluated.get());
  }
  if (PyErr_Occurred()) {
    return nullptr;
  }
  if (!mesh) {
    PyErr_SetString(PyExc_ValueError, "BVHTree.FromObject(): the object has no mesh");
    return nullptr;
  }
  std::vector<std::array<int, 3>> triangles;
  std::vector<int> polygons(mesh->triangles().faces.begin(), mesh->triangles().faces.end());
  for (const int3 t : mesh->triangle_vertices()) {
    triangles.push_back({t.x, t.y, t.z});
  }
  PyObject* module =
      PyType_GetModuleByDef(reinterpret_cast<PyTypeObject*>(type), module_definition());
  return module != nullptr
             ? new_bvh_tree(
                   state_of(module),
                   std::make_shared<const TriangleTree>(
                       std::vector<float3>(mesh->positions().begin(), mesh->positions().end()),
                       std::move(triangles), std::move(polygons), epsilon))
             : nullptr;
}

PyMethodDef* bvh_tree_methods() {
  static PyMethodDef methods[] = {
      {"ray_cast", guarded<bvh_tree_ray_cast>, METH_VARARGS,
       ".. method:: ray_cast(origin, direction, distance=sys.float_info.max)\n\nThe first face on "
       "the way: position, normal, index, distance, or four times None."},
      {"find_nearest", guarded<bvh_tree_find_nearest>, METH_VARARGS,
       ".. method:: find_nearest(origin, distance=1.84467e+19)\n\nThe nearest point: position, "
       "normal, index, distance, or four times None."},
      {"find_nearest_range", guarded<bvh_tree_find_nearest_range>, METH_VARARGS,
       ".. method:: find_nearest_range(origin, distance=1.84467e+19)\n\nThe nearest points of all "
       "triangles within a distance."},
      {"overlap", guarded<bvh_tree_overlap>, METH_O,
       ".. method:: overlap(other_tree)\n\nThe pairs of indices of faces that intersect."},
      {"FromPolygons", with_keywords<bvh_tree_from_polygons>(),
       METH_VARARGS | METH_KEYWORDS | METH_CLASS,
       ".. classmethod:: FromPolygons(vertices, polygons, all_triangles=False, epsilon=0.0)\n\nA "
       "tree "
       "of polygons, which are sequences of indices of vertices."},
      {"FromObject", with_keywords<bvh_tree_from_object>(),
       METH_VARARGS | METH_KEYWORDS | METH_CLASS,
       ".. classmethod:: FromObject(object, depsgraph, deform=True, cage=False, epsilon=0.0)\n\nA "
       "tree of the faces that an object shows, in its own space."},
      {nullptr, nullptr, 0, nullptr}};
  return methods;
}

}  // namespace

PyObject* new_bvh_tree(State* state, std::vector<float3> positions,
                       std::span<const std::vector<int>> polygons, float epsilon) {
  std::vector<std::array<int, 3>> triangles;
  std::vector<int> polygon_of;
  std::vector<float3> ring;
  std::vector<float2> flat_ring;
  std::vector<int3> corners;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    const std::vector<int>& polygon = polygons[i];
    if (polygon.size() < 3) {
      continue;
    }
    ring.clear();
    for (const int index : polygon) {
      ring.push_back(positions[std::size_t(index)]);
    }
    float3 u, v;
    const float3 normal = polygon_normal(ring);
    plane_basis(normal == float3{} ? float3{0, 0, 1} : normal, &u, &v);
    flat_ring.clear();
    for (const float3 p : ring) {
      flat_ring.push_back({dot(p, u), dot(p, v)});
    }
    corners.clear();
    triangulate_polygon(flat_ring, corners);
    for (const int3 c : corners) {
      triangles.push_back(
          {polygon[std::size_t(c.x)], polygon[std::size_t(c.y)], polygon[std::size_t(c.z)]});
      polygon_of.push_back(int(i));
    }
  }
  return new_bvh_tree(
      state, std::make_shared<const TriangleTree>(std::move(positions), std::move(triangles),
                                                  std::move(polygon_of), epsilon));
}

PyObject* new_bvh_tree(State* state, std::shared_ptr<const TriangleTree> tree) {
  return new_object(state->bvh_tree_type, state, std::move(tree));
}

PyTypeObject* bvh_tree_type(State* state) {
  return state->bvh_tree_type;
}

PyTypeObject* create_bvh_tree_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc,
       const_cast<char*>("Ray casts, nearest points and overlaps of the faces of a mesh.")},
      {Py_tp_new, reinterpret_cast<void*>(bvh_tree_new)},
      {Py_tp_dealloc, reinterpret_cast<void*>(bvh_tree_dealloc)},
      {Py_tp_methods, bvh_tree_methods()},
      {0, nullptr}};
  PyType_Spec spec = {"mathutils.bvhtree.BVHTree", int(sizeof(BvhTreeObject)), 0,
                      Py_TPFLAGS_DEFAULT, slots};
  return reinterpret_cast<PyTypeObject*>(PyType_FromModuleAndSpec(module, &spec, nullptr));
}

bool add_bvh_tree(PyObject* module) {
  PyTypeObject* type = create_bvh_tree_type(module);
  state_of(module)->bvh_tree_type = type;
  return type != nullptr &&
         add_submodule(module, "bvhtree", "Queries on the faces of a mesh.", nullptr, type);
}

}  // namespace kiln::python::mathutils
