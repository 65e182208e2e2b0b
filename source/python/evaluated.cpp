// The dependency graph as scripts see it: evaluated scenes and what they hold.
#include "python/evaluated.h"

#include <map>

#include "document/document.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "evaluation/ray_queries.h"
#include "python/access.h"
#include "python/array_object.h"
#include "python/mathutils/mathutils.h"
#include "python/types.h"

namespace kiln::python {
namespace {

using evaluation::EvaluatedObject;
using evaluation::EvaluatedScene;
using evaluation::Evaluator;
using evaluation::Purpose;

// bpy.types.Depsgraph: the scene as last evaluated, renewed when it is asked and the document has changed.
struct DepsgraphObject {
  PyObject_HEAD
  std::shared_ptr<const EvaluatedScene>* scene;
  Purpose purpose;
};

DepsgraphObject* as_graph(PyObject* object) { return reinterpret_cast<DepsgraphObject*>(object); }

// The evaluated form of blocks: objects whose data is evaluated too, and their meshes. Made once for each, so that identity holds.
class Blocks {
 public:
  explicit Blocks(std::shared_ptr<const EvaluatedScene> scene) : scene_(std::move(scene)) {}
  std::shared_ptr<DataBlock> find(BlockId id) {
    const auto known = blocks_.find(id);
    if (known != blocks_.end()) {
      return known->second;
    }
    std::shared_ptr<DataBlock> made;
    if (const EvaluatedObject* object = scene_->find(id)) {
      made = object->object->clone();
    } else {
      for (const EvaluatedObject& object_with_data : scene_->objects) {
        if (object_with_data.object->data.id == id && object_with_data.mesh) {
          made = object_with_data.mesh->clone();
          break;
        }
      }
    }
    if (made) {
      made->id = id;
    }
    return blocks_[id] = made;
  }
  std::shared_ptr<DataBlock> mesh_of(BlockId object) {
    const EvaluatedObject* found = scene_->find(object);
    if (!found || !found->mesh) {
      return nullptr;
    }
    auto& kept = meshes_[object];
    if (!kept) {
      kept = found->mesh->clone();
      kept->id = found->object->data.id;
    }
    return kept;
  }
  const EvaluatedScene& scene() const { return *scene_; }

 private:
  std::shared_ptr<const EvaluatedScene> scene_;
  std::unordered_map<BlockId, std::shared_ptr<DataBlock>> blocks_, meshes_;
};

std::shared_ptr<const EvaluatedScene> evaluate_now(Purpose purpose) {
  State& s = state();
  auto* evaluator = s.services().find<Evaluator>();
  const Scene* scene = active_scene(s.document());
  if (!evaluator || !scene) {
    return nullptr;
  }
  s.document().settle();
  s.project->note_evaluated();
  Progress progress;
  const Document snapshot = s.document();
  return evaluator->evaluate(snapshot, scene->id, active_layer(snapshot, *snapshot.find<Scene>(scene->id)).name, scene->frame(), purpose, progress);
}

bool renew(DepsgraphObject* self) {
  if (!*self->scene || !(*self->scene)->document.is_same_state(state().document())) {
    std::shared_ptr<const EvaluatedScene> fresh = evaluate_now(self->purpose);
    if (!fresh) {
      PyErr_SetString(PyExc_RuntimeError, "there is no scene to evaluate");
      return false;
    }
    *self->scene = std::move(fresh);
  }
  return true;
}

std::shared_ptr<Root> root_for(const std::shared_ptr<const EvaluatedScene>& scene, std::shared_ptr<DataBlock> block, BlockId object = {}) {
  auto blocks = std::make_shared<Blocks>(scene);
  auto root = std::make_shared<Root>();
  root->block = std::move(block);
  root->document = std::shared_ptr<const Document>(scene, &scene->document);
  // The data of an object is the mesh of that very object, also where several objects share one.
  const BlockId data = object ? scene->find(object)->object->data.id : BlockId{};
  root->evaluated = [blocks, object, data](BlockId id) { return object && id == data ? blocks->mesh_of(object) : blocks->find(id); };
  return root;
}

PyObject* evaluated_block(const std::shared_ptr<const EvaluatedScene>& scene, BlockId id) {
  const EvaluatedObject* object = scene->find(id);
  if (object) {
    std::shared_ptr<DataBlock> copy = object->object->clone();
    const Schema& schema = copy->dynamic_schema();
    return make_rooted(schema, root_for(scene, std::move(copy), id));
  }
  const DataBlock* block = scene->document.find(id);
  if (!block) {
    Py_RETURN_NONE;
  }
  std::shared_ptr<DataBlock> copy = Blocks(scene).find(id);
  if (!copy) {
    copy = block->clone();
  }
  const Schema& schema = copy->dynamic_schema();
  return make_rooted(schema, root_for(scene, std::move(copy)));
}

void dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  delete as_graph(object)->scene;
  type->tp_free(object);
  Py_DECREF(type);
}

PyTypeObject*& graph_type() { return state().depsgraph_type; }

PyObject* make_graph(PyObject*, PyObject* render) {
  PyTypeObject* type = graph_type();
  PyRef object = PyRef::steal(type->tp_alloc(type, 0));
  if (!object) {
    return nullptr;
  }
  as_graph(object.get())->scene = new std::shared_ptr<const EvaluatedScene>();
  as_graph(object.get())->purpose = PyObject_IsTrue(render) ? Purpose::Render : Purpose::Viewport;
  return renew(as_graph(object.get())) ? object.release() : nullptr;
}

PyObject* update(PyObject* object, PyObject*) {
  if (!renew(as_graph(object))) {
    return nullptr;
  }
  Py_RETURN_NONE;
}

PyObject* get_mode(PyObject* object, void*) { return PyUnicode_FromString(as_graph(object)->purpose == Purpose::Render ? "RENDER" : "VIEWPORT"); }

PyObject* get_scene(PyObject* object, void*) {
  return renew(as_graph(object)) ? evaluated_block(*as_graph(object)->scene, (*as_graph(object)->scene)->scene) : nullptr;
}

PyObject* get_view_layer(PyObject* object, void*) {
  const PyRef scene = PyRef::steal(get_scene(object, nullptr));
  if (!scene) {
    return nullptr;
  }
  const PyRef layers = PyRef::steal(PyObject_GetAttrString(scene.get(), "view_layers"));
  const PyRef name = PyRef::steal(PyUnicode_FromString((*as_graph(object)->scene)->view_layer.c_str()));
  return layers && name ? PyObject_GetItem(layers.get(), name.get()) : nullptr;
}

PyObject* get_objects(PyObject* object, void*) {
  if (!renew(as_graph(object))) {
    return nullptr;
  }
  PyRef list = PyRef::steal(PyList_New(0));
  for (const EvaluatedObject& o : (*as_graph(object)->scene)->objects) {
    const PyRef made = PyRef::steal(evaluated_block(*as_graph(object)->scene, o.id));
    if (!list || !made || PyList_Append(list.get(), made.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* get_ids(PyObject* object, void*) { return get_objects(object, nullptr); }

// Matrices as plain values.
PyObject* matrix(const float4x4& m) {
  return mathutils::new_matrix(state().math, m);
}

// DepsgraphObjectInstance as a plain namespace: it is valid as long as anyone holds it, unlike the reference's.
PyObject* make_instance(const std::shared_ptr<const EvaluatedScene>& scene, const evaluation::Instance& instance) {
  const EvaluatedObject& source = scene->objects[std::size_t(instance.object)];
  const PyRef types = PyRef::steal(PyImport_ImportModule("bpy_types"));
  const PyRef type = PyRef::steal(types ? PyObject_GetAttrString(types.get(), "DepsgraphObjectInstance") : nullptr);
  const PyRef object = PyRef::steal(evaluated_block(scene, source.id));
  const PyRef parent = PyRef::steal(instance.instancer < 0 ? Py_NewRef(Py_None) : evaluated_block(scene, scene->objects[std::size_t(instance.instancer)].id));
  const PyRef world = PyRef::steal(matrix(instance.world_matrix));
  PyRef ids = PyRef::steal(PyTuple_New(8));
  for (int i = 0; ids && i < 8; ++i) {
    PyTuple_SET_ITEM(ids.get(), i, PyLong_FromLong(instance.persistent_id[std::size_t(i)]));
  }
  // As measured in the reference: viewports have no coordinates of the instancer.
  const float3 on_instancer = scene->purpose == Purpose::Render ? instance.generated : float3{};
  const float orco[3] = {on_instancer.x, on_instancer.y, on_instancer.z};
  const PyRef generated = PyRef::steal(mathutils::new_vector(state().math, orco));
  if (!type || !object || !parent || !world || !ids || !generated) {
    return nullptr;
  }
  return PyObject_CallFunction(type.get(), "OOOiOIO(ff)i", object.get(), parent.get(), world.get(), int(instance.instancer >= 0), ids.get(), instance.random_id,
                               generated.get(), instance.uv.x, instance.uv.y, int(instance.is_listed));
}

PyObject* get_instances(PyObject* object, void*) {
  if (!renew(as_graph(object))) {
    return nullptr;
  }
  const std::shared_ptr<const EvaluatedScene> scene = *as_graph(object)->scene;
  PyRef list = PyRef::steal(PyList_New(0));
  for (const evaluation::Instance& instance : scene->instances) {
    const bool is_shown = scene->purpose == Purpose::Render ? instance.is_rendered : instance.is_evaluated;
    if (!is_shown || !instance.is_listed) {
      continue;
    }
    const PyRef made = PyRef::steal(make_instance(scene, instance));
    if (!list || !made || PyList_Append(list.get(), made.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

// evaluated_get(block, depsgraph)
PyObject* evaluated_get(PyObject*, PyObject* args) {
  PyObject *block = nullptr, *graph = nullptr;
  if (!PyArg_ParseTuple(args, "OO:evaluated_get", &block, &graph)) {
    return nullptr;
  }
  if (Py_TYPE(graph) != graph_type() || !is_struct(block)) {
    PyErr_SetString(PyExc_TypeError, "evaluated_get() expects a dependency graph");
    return nullptr;
  }
  ConstRef ref;
  if (!find(reinterpret_cast<StructObject*>(block), &ref) || !renew(as_graph(graph))) {
    return nullptr;
  }
  return evaluated_block(*as_graph(graph)->scene, ref.block->id);
}

PyObject* is_evaluated(PyObject*, PyObject* block) {
  const std::shared_ptr<Root>* root = is_struct(block) ? root_of(reinterpret_cast<StructObject*>(block)) : nullptr;
  return PyBool_FromLong(root && (*root)->block);
}

PyObject* original(PyObject*, PyObject* block) {
  if (!is_struct(block)) {
    Py_RETURN_NONE;
  }
  return make_block(top_of(reinterpret_cast<StructObject*>(block))->block);
}

// world_matrix(object): of evaluated ones as evaluated, of others computed from the present document.
PyObject* world_matrix(PyObject*, PyObject* object) {
  if (!is_struct(object)) {
    PyErr_SetString(PyExc_TypeError, "expected an object");
    return nullptr;
  }
  ConstRef ref;
  if (!find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  if (!ref.block || ref.data != ref.block || ref.block->type() != BlockType::Object) {
    PyErr_SetString(PyExc_TypeError, "expected an object");
    return nullptr;
  }
  return matrix(Evaluator::world_matrix(*ref.document, ref.as<Object>()));
}

// to_mesh(object, evaluated): a mesh of its own, as the object shows it (evaluated objects) or as its data is.
PyObject* to_mesh(PyObject*, PyObject* object) {
  ConstRef ref;
  if (!is_struct(object) || !find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  const std::shared_ptr<Root>* root = root_of(reinterpret_cast<StructObject*>(object));
  const BlockId data = ref.as<Object>().data.id;
  std::shared_ptr<DataBlock> mesh = root && (*root)->evaluated ? (*root)->evaluated(data) : nullptr;
  if (!mesh) {
    const Mesh* source = ref.document->find<Mesh>(data);
    if (!source) {
      PyErr_SetString(PyExc_RuntimeError, "Error: Object does not have geometry data");
      return nullptr;
    }
    state().document().settle();
    source = state().document().find<Mesh>(data);
    mesh = source->clone();
  } else {
    mesh = mesh->clone();
  }
  auto fresh = std::make_shared<Root>();
  if (root) {
    *fresh = **root;
  } else {
    fresh->document = std::make_shared<const Document>(state().document());
  }
  fresh->block = mesh;
  return make_rooted(mesh->dynamic_schema(), std::move(fresh));
}

// new_from_object(block): puts an evaluated mesh into the document under a free name.
PyObject* adopt(PyObject*, PyObject* object) {
  ConstRef ref;
  if (!is_struct(object) || !find(reinterpret_cast<StructObject*>(object), &ref) || !ref.block) {
    return nullptr;
  }
  std::shared_ptr<DataBlock> copy = ref.block->clone();
  copy->uuid = {};
  copy->finish_editing();
  return make_block(state().document().add(copy, ref.block->name).id);
}

PyMethodDef graph_methods[] = {{"update", update, METH_NOARGS, "update(): evaluates what has changed"}, {nullptr, nullptr, 0, nullptr}};

PyGetSetDef graph_getsets[] = {{"mode", get_mode, nullptr, "VIEWPORT or RENDER", nullptr},
                               {"scene", get_scene, nullptr, "The scene, evaluated", nullptr},
                               {"scene_eval", get_scene, nullptr, "The scene, evaluated", nullptr},
                               {"view_layer", get_view_layer, nullptr, "The view layer", nullptr},
                               {"view_layer_eval", get_view_layer, nullptr, "The view layer", nullptr},
                               {"objects", get_objects, nullptr, "All objects, evaluated", nullptr},
                               {"ids", get_ids, nullptr, "All data-blocks, evaluated", nullptr},
                               {"object_instances", get_instances, nullptr, "Everything there is to see, copies included", nullptr},
                               {nullptr, nullptr, nullptr, nullptr, nullptr}};

// Rays. What is hit comes as (is hit, position, normal, face).

PyObject* vector_of(float3 v) {
  const float values[3] = {v.x, v.y, v.z};
  return mathutils::new_vector(state().math, values);
}

PyObject* hit_tuple(bool is_hit, float3 position, float3 normal, int face) {
  const PyRef at = PyRef::steal(vector_of(position)), along = PyRef::steal(vector_of(normal));
  return at && along ? Py_BuildValue("(NOOi)", PyBool_FromLong(is_hit), at.get(), along.get(), face) : nullptr;
}

// scene_ray_cast(depsgraph, origin, direction, distance): the first thing in the way; the object and its matrix come last.
PyObject* scene_ray_cast(PyObject*, PyObject* args) {
  PyObject* graph = nullptr;
  float3 origin, direction;
  float distance = 0.0f;
  if (!PyArg_ParseTuple(args, "O!(fff)(fff)f:ray_cast", graph_type(), &graph, &origin.x, &origin.y, &origin.z, &direction.x, &direction.y, &direction.z,
                        &distance) ||
      !renew(as_graph(graph))) {
    return nullptr;
  }
  const std::shared_ptr<const EvaluatedScene> scene = *as_graph(graph)->scene;
  auto* trees = state().services().find<evaluation::SurfaceTrees>();
  const auto hit = trees ? evaluation::cast_ray(*scene, *trees, origin, direction, distance) : std::nullopt;
  const evaluation::Instance* instance = hit ? &scene->instances[std::size_t(hit->instance)] : nullptr;
  const PyRef facts = PyRef::steal(hit ? hit_tuple(true, hit->position, hit->normal, hit->face) : hit_tuple(false, {}, {}, 0));
  const PyRef object = PyRef::steal(instance ? make_block(scene->objects[std::size_t(instance->object)].id) : Py_NewRef(Py_None));
  const PyRef world = PyRef::steal(matrix(instance ? instance->world_matrix : float4x4()));
  const PyRef rest = PyRef::steal(object && world ? PyTuple_Pack(2, object.get(), world.get()) : nullptr);
  return facts && rest ? PySequence_Concat(facts.get(), rest.get()) : nullptr;
}

// The search tree of an object's evaluated mesh; null with an exception set where it has none.
std::shared_ptr<const TriangleTree> tree_of(PyObject* object) {
  ConstRef ref;
  if (!is_struct(object) || !find(reinterpret_cast<StructObject*>(object), &ref) || !ref.block || ref.block->type() != BlockType::Object) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_TypeError, "expected an Object");
    }
    return nullptr;
  }
  const std::string name = ref.block->name;
  const std::shared_ptr<const EvaluatedScene> scene = evaluate_now(Purpose::Viewport);
  auto* trees = state().services().find<evaluation::SurfaceTrees>();
  const EvaluatedObject* evaluated = scene && trees ? scene->find(ref.block->id) : nullptr;
  std::shared_ptr<const TriangleTree> tree;
  if (evaluated && evaluated->mesh) {
    tree = trees->find(*evaluated);
    tree = tree ? tree : std::make_shared<const TriangleTree>();
  } else {
    PyErr_Format(PyExc_RuntimeError, "Error: Object '%s' has no evaluated mesh data", name.c_str());
  }
  return tree;
}

// object_ray_cast(object, origin, direction, distance), object_closest_point(object, origin, distance): in the object's space.
PyObject* object_ray_cast(PyObject*, PyObject* args) {
  PyObject* object = nullptr;
  float3 origin, direction;
  float distance = 0.0f;
  if (!PyArg_ParseTuple(args, "O(fff)(fff)f:ray_cast", &object, &origin.x, &origin.y, &origin.z, &direction.x, &direction.y, &direction.z, &distance)) {
    return nullptr;
  }
  const std::shared_ptr<const TriangleTree> tree = tree_of(object);
  if (!tree) {
    return nullptr;
  }
  const auto hit = normalize(direction) == float3{} || tree->triangle_count() == 0 ? std::nullopt : tree->ray_cast(origin, normalize(direction), distance);
  return hit ? hit_tuple(true, hit->position, hit->normal, hit->polygon) : hit_tuple(false, {}, {}, -1);
}

PyObject* object_closest_point(PyObject*, PyObject* args) {
  PyObject* object = nullptr;
  float3 origin;
  float distance = 0.0f;
  if (!PyArg_ParseTuple(args, "O(fff)f:closest_point_on_mesh", &object, &origin.x, &origin.y, &origin.z, &distance)) {
    return nullptr;
  }
  const std::shared_ptr<const TriangleTree> tree = tree_of(object);
  if (!tree) {
    return nullptr;
  }
  if (tree->triangle_count() == 0) {
    PyErr_SetString(PyExc_RuntimeError, "Error: the object has no faces to find a point on");
    return nullptr;
  }
  const auto hit = tree->find_nearest(origin, distance);
  return hit ? hit_tuple(true, hit->position, hit->normal, hit->polygon) : hit_tuple(false, {}, {}, -1);
}

// What has changed about a data-block.
struct Update {
  bool transform = false, geometry = false, shading = false;
};
using Updates = std::map<BlockId, Update>;

// Objects move with those above them.
void add_moved(const Document& document, Updates& updates) {
  const auto is_moved = [&](BlockId id) {
    const auto found = updates.find(id);
    return found != updates.end() && found->second.transform;
  };
  Updates moved;
  for (const BlockId id : document.all(BlockType::Object)) {
    const Object* above = document.find(document.find<Object>(id)->parent);
    for (int depth = 0; above && depth < 1000 && !moved.contains(id); ++depth) {
      if (is_moved(above->id)) {
        moved[id];
      }
      above = document.find(above->parent);
    }
  }
  for (const auto& [id, none] : moved) {
    updates[id].transform = true;
  }
}

// What changes of blocks mean for these and for those that show them, as measured in the reference.
Updates updates_of(const Document& document, const ChangeSet& changes) {
  Updates updates;
  bool is_moved = false;
  for (const BlockChange& change : changes.blocks) {
    const DataBlock* block = document.find(change.block);
    if (!block) {
      continue;
    }
    const auto has = [&](Change kinds) { return any(change.kinds & kinds); };
    Update& own = updates[change.block];
    switch (change.type) {
      case BlockType::Object:
        own.transform = own.transform || has(Change::Transform | Change::Hierarchy);
        own.geometry = own.geometry || has(Change::Geometry);
        own.shading = own.shading || has(Change::Geometry | Change::Shading);
        is_moved = is_moved || own.transform;
        break;
      case BlockType::Mesh:
      case BlockType::Camera:
      case BlockType::Light:
        if (has(Change::Geometry | Change::Shading | Change::Settings | Change::Hierarchy)) {
          own = {true, true, true};
          for (const BlockId user : document.users_of(change.block)) {
            if (document.find<Object>(user)) {
              updates[user].geometry = true;
              updates[user].shading = updates[user].shading || change.type == BlockType::Mesh;
            }
          }
        }
        break;
      case BlockType::Material:
      case BlockType::World:
      case BlockType::NodeTree:
        own.shading = own.shading || has(Change::Shading | Change::Settings | Change::Hierarchy);
        if (own.shading && block->owner) {
          updates[block->owner].shading = true;
        }
        break;
      default:
        break;
    }
  }
  if (is_moved) {
    add_moved(document, updates);
  }
  return updates;
}

// take_edits(): None where nothing was edited since this was asked last, else a list of what was: (block, transform, geometry, shading).
PyObject* take_edits(PyObject*, PyObject*) {
  std::unique_ptr<Document>& last = state().evaluated;
  Document& now = state().document();
  now.settle();
  if (last && now.is_same_state(*last)) {
    Py_RETURN_NONE;
  }
  const Updates updates = last ? updates_of(now, Document::difference(*last, now)) : Updates();
  last = std::make_unique<Document>(now);
  PyRef list = PyRef::steal(PyList_New(0));
  for (const auto& [id, update] : updates) {
    const PyRef block = PyRef::steal(make_block(id));
    const PyRef entry = PyRef::steal(block ? Py_BuildValue("(ONNN)", block.get(), PyBool_FromLong(update.transform), PyBool_FromLong(update.geometry),
                                                           PyBool_FromLong(update.shading))
                                           : nullptr);
    if (!list || !entry || PyList_Append(list.get(), entry.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* note_evaluated(PyObject*, PyObject*) {
  state().project->note_evaluated();
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {{"note_evaluated", note_evaluated, METH_NOARGS, "note_evaluated(): all that there is counts as evaluated"},
                           {"take_edits", take_edits, METH_NOARGS, "take_edits(): what was edited since the last call, None where nothing was"},
                           {"depsgraph", make_graph, METH_O, "depsgraph(render): the present scene, evaluated"},
                           {"evaluated_get", evaluated_get, METH_VARARGS, "evaluated_get(block, depsgraph)"},
                           {"is_evaluated", is_evaluated, METH_O, "is_evaluated(block)"},
                           {"original", original, METH_O, "original(block)"},
                           {"world_matrix", world_matrix, METH_O, "world_matrix(object)"},
                           {"to_mesh", to_mesh, METH_O, "to_mesh(object)"},
                           {"scene_ray_cast", scene_ray_cast, METH_VARARGS, "scene_ray_cast(depsgraph, origin, direction, distance)"},
                           {"object_ray_cast", object_ray_cast, METH_VARARGS, "object_ray_cast(object, origin, direction, distance)"},
                           {"object_closest_point", object_closest_point, METH_VARARGS, "object_closest_point(object, origin, distance)"},
                           {"adopt", adopt, METH_O, "adopt(block): a copy of evaluated data in the document"},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_evaluated_functions(PyObject* module) {
  PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)}, {Py_tp_methods, graph_methods}, {Py_tp_getset, graph_getsets}, {0, nullptr}};
  PyType_Spec spec{"bpy.types.Depsgraph", int(sizeof(DepsgraphObject)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  graph_type() = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return graph_type() && PyModule_AddFunctions(module, functions) == 0 &&
         PyModule_AddObjectRef(module, "Depsgraph", reinterpret_cast<PyObject*>(graph_type())) == 0;
}

}  // namespace kiln::python
