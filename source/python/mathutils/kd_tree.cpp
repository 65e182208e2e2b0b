#include "core/kd_tree.h"

#include <new>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

struct KdTreeObject {
  PyObject ob_base;
  State* state;
  Py_ssize_t capacity;
  std::vector<KdTree::Point> points;
  std::shared_ptr<const KdTree> tree;  ///< null while there are points that it lacks
};

KdTreeObject* as_tree(PyObject* self) {
  return reinterpret_cast<KdTreeObject*>(self);
}

PyObject* kd_tree_new(PyTypeObject* type, PyObject* args, PyObject* keywords) {
  const char* names[] = {"size", nullptr};
  unsigned int size;
  int signed_size;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "i:KDTree", const_cast<char**>(names),
                                   &signed_size)) {
    return nullptr;
  }
  if (signed_size < 0) {
    PyErr_SetString(PyExc_ValueError, "KDTree(): size should not be negative");
    return nullptr;
  }
  size = unsigned(signed_size);
  PyObject* module = PyType_GetModuleByDef(type, module_definition());
  PyObject* self = module != nullptr ? type->tp_alloc(type, 0) : nullptr;
  if (self == nullptr) {
    return nullptr;
  }
  KdTreeObject* object = as_tree(self);
  object->state = state_of(module);
  object->capacity = Py_ssize_t(size);
  new (&object->points) std::vector<KdTree::Point>();
  new (&object->tree) std::shared_ptr<const KdTree>();
  return self;
}

void kd_tree_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  std::destroy_at(&as_tree(self)->points);
  std::destroy_at(&as_tree(self)->tree);
  type->tp_free(self);
  Py_DECREF(type);
}

PyObject* found_tuple(State* state, const KdTree::Found& found) {
  if (found.index < 0) {
    return Py_BuildValue("(OOO)", Py_None, Py_None, Py_None);
  }
  return Py_BuildValue("(Nid)", new_vector(state, {&found.position.x, 3}), found.index,
                       double(found.distance));
}

PyObject* found_list(State* state, const std::vector<KdTree::Found>& found) {
  return new_list(found.size(), [&](std::size_t i) { return found_tuple(state, found[i]); });
}

/// The tree for a query, kept alive whatever the query calls; RuntimeError where it is not
/// balanced.
std::shared_ptr<const KdTree> balanced_tree(PyObject* self, const char* function) {
  std::shared_ptr<const KdTree> tree = as_tree(self)->tree;
  if (tree == nullptr) {
    PyErr_Format(PyExc_RuntimeError, "KDTree must be balanced before calling %s()", function);
  }
  return tree;
}

PyObject* kd_tree_insert(PyObject* self, PyObject* args, PyObject* keywords) {
  const char* names[] = {"co", "index", nullptr};
  PyObject* position_argument;
  KdTree::Point point;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "Oi:insert", const_cast<char**>(names),
                                   &position_argument, &point.index) ||
      !parse_float3(position_argument, &point.position, "KDTree.insert(): co")) {
    return nullptr;
  }
  if (point.index < 0) {
    PyErr_SetString(PyExc_ValueError, "KDTree.insert(): index should not be negative");
    return nullptr;
  }
  KdTreeObject* object = as_tree(self);
  if (Py_ssize_t(object->points.size()) >= object->capacity) {
    PyErr_Format(PyExc_RuntimeError, "KDTree.insert(): there is room for %zd points only",
                 object->capacity);
    return nullptr;
  }
  object->points.push_back(point);
  object->tree = nullptr;
  Py_RETURN_NONE;
}

PyObject* kd_tree_balance(PyObject* self, PyObject*) {
  KdTreeObject* object = as_tree(self);
  object->tree = std::make_shared<const KdTree>(object->points);
  Py_RETURN_NONE;
}

PyObject* kd_tree_find(PyObject* self, PyObject* args, PyObject* keywords) {
  const char* names[] = {"co", "filter", nullptr};
  PyObject* position_argument;
  PyObject* filter = nullptr;
  float3 position;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|$O:find", const_cast<char**>(names),
                                   &position_argument, &filter) ||
      !parse_float3(position_argument, &position, "KDTree.find(): co")) {
    return nullptr;
  }
  const std::shared_ptr<const KdTree> tree = balanced_tree(self, "find");
  if (tree == nullptr) {
    return nullptr;
  }
  State* state = as_tree(self)->state;
  if (filter == nullptr || filter == Py_None) {
    return found_tuple(state, tree->find_nearest(position));
  }
  bool has_failed = false;
  const KdTree::Found found = tree->find_nearest(position, [&](int index) {
    if (has_failed) {
      return false;
    }
    const PyRef answer = PyRef::steal(PyObject_CallFunction(filter, "i", index));
    int is_accepted = 0;
    has_failed = !answer || convert_bool(answer.get(), &is_accepted) == 0;
    return is_accepted != 0;
  });
  return has_failed ? nullptr : found_tuple(state, found);
}

PyObject* kd_tree_find_n(PyObject* self, PyObject* args, PyObject* keywords) {
  const char* names[] = {"co", "n", nullptr};
  PyObject* position_argument;
  int count;
  float3 position;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "Oi:find_n", const_cast<char**>(names),
                                   &position_argument, &count) ||
      !parse_float3(position_argument, &position, "KDTree.find_n(): co")) {
    return nullptr;
  }
  if (count < 0) {
    PyErr_SetString(PyExc_RuntimeError, "KDTree.find_n(): n should not be negative");
    return nullptr;
  }
  const std::shared_ptr<const KdTree> tree = balanced_tree(self, "find_n");
  return tree != nullptr ? found_list(as_tree(self)->state, tree->find_nearest(position, count))
                         : nullptr;
}

PyObject* kd_tree_find_range(PyObject* self, PyObject* args, PyObject* keywords) {
  const char* names[] = {"co", "radius", nullptr};
  PyObject* position_argument;
  float radius;
  float3 position;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "Of:find_range", const_cast<char**>(names),
                                   &position_argument, &radius) ||
      !parse_float3(position_argument, &position, "KDTree.find_range(): co")) {
    return nullptr;
  }
  if (radius < 0.0f) {
    PyErr_SetString(PyExc_RuntimeError, "KDTree.find_range(): radius should not be negative");
    return nullptr;
  }
  const std::shared_ptr<const KdTree> tree = balanced_tree(self, "find_range");
  return tree != nullptr ? found_list(as_tree(self)->state, tree->find_in_range(position, radius))
                         : nullptr;
}

PyMethodDef* kd_tree_methods() {
  static PyMethodDef methods[] = {
      {"insert", with_keywords<kd_tree_insert>(), METH_VARARGS | METH_KEYWORDS,
       ".. method:: insert(co, index)\n\nAdds a point, to be found as that index."},
      {"balance", guarded<kd_tree_balance>, METH_NOARGS,
       ".. method:: balance()\n\nBuilds the tree, before any point can be found."},
      {"find", with_keywords<kd_tree_find>(), METH_VARARGS | METH_KEYWORDS,
       ".. method:: find(co, filter=None)\n\nThe nearest point (of those for whose index filter "
       "returns True): position, index, distance."},
      {"find_n", with_keywords<kd_tree_find_n>(), METH_VARARGS | METH_KEYWORDS,
       ".. method:: find_n(co, n)\n\nThe n nearest points, nearest first."},
      {"find_range", with_keywords<kd_tree_find_range>(), METH_VARARGS | METH_KEYWORDS,
       ".. method:: find_range(co, radius)\n\nAll points within a radius, nearest first."},
      {nullptr, nullptr, 0, nullptr}};
  return methods;
}

}  // namespace

PyTypeObject* create_kd_tree_type(PyObject* module) {
  PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char*>("KDTree(size)\n\nFinds the nearest of up to size points.")},
      {Py_tp_new, reinterpret_cast<void*>(kd_tree_new)},
      {Py_tp_dealloc, reinterpret_cast<void*>(kd_tree_dealloc)},
      {Py_tp_methods, kd_tree_methods()},
      {0, nullptr}};
  PyType_Spec spec = {"mathutils.kdtree.KDTree", int(sizeof(KdTreeObject)), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
  return reinterpret_cast<PyTypeObject*>(PyType_FromModuleAndSpec(module, &spec, nullptr));
}

bool add_kd_tree(PyObject* module) {
  PyTypeObject* type = create_kd_tree_type(module);
  state_of(module)->kd_tree_type = type;
  return type != nullptr &&
         add_submodule(module, "kdtree", "Nearest points in space.", nullptr, type);
}

}  // namespace kiln::python::mathutils
