#include <algorithm>

#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"
#include "python/state.h"

namespace kiln::python::bmesh {
namespace {

struct AccessObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  ElementKind kind;
};
struct CollectionObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  ElementKind kind;
  LayerType type;
};
/// A UV coordinate or the weights of a vertex: an element and a layer of it.
struct ValueObject {
  PyObject ob_base;
  ElementObject* element;  ///< strong
  ItemId item;
};
AccessObject* as_access(PyObject* o) {
  return reinterpret_cast<AccessObject*>(o);
}
CollectionObject* as_collection(PyObject* o) {
  return reinterpret_cast<CollectionObject*>(o);
}
LayerItemObject* as_layer(PyObject* o) {
  return reinterpret_cast<LayerItemObject*>(o);
}
ValueObject* as_value(PyObject* o) {
  return reinterpret_cast<ValueObject*>(o);
}

template <typename Object>
void owned_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  Py_DECREF(reinterpret_cast<Object*>(self)->owner);
  type->tp_free(self);
  Py_DECREF(type);
}
void value_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  Py_DECREF(as_value(self)->element);
  type->tp_free(self);
  Py_DECREF(type);
}

bool is_singleton(LayerType type) {
  return type >= LayerType::Deform;
}
/// Name of the one attribute of a kind of layer that there is at most one of.
const char* singleton_name(LayerType type, ElementKind kind) {
  const bool is_vert = kind == ElementKind::Vert;
  return type == LayerType::Crease        ? (is_vert ? ".crease_vert" : ".crease_edge")
         : type == LayerType::BevelWeight ? (is_vert ? ".bevel_vert" : ".bevel_edge")
                                          : ".paint_mask";
}
AttributeType attribute_type(LayerType type) {
  constexpr AttributeType known[] = {
      AttributeType::Float,      AttributeType::Int,       AttributeType::Float3,
      AttributeType::FloatColor, AttributeType::ByteColor, AttributeType::String,
      AttributeType::Float2,     AttributeType::Float,     AttributeType::Float,
      AttributeType::Float,      AttributeType::Float};
  return known[int(type)];
}
bool belongs(const Attribute& a, ElementKind kind, LayerType type) {
  if (a.domain != modeling::domain_of(kind) || a.type() != attribute_type(type)) {
    return false;
  }
  return is_singleton(type)      ? a.name == singleton_name(type, kind)
         : type == LayerType::Uv ? a.is_uv_map
                                 : !a.is_internal() && !a.is_uv_map;
}
std::vector<std::int64_t> members(const EditMesh& mesh, ElementKind kind, LayerType type) {
  std::vector<std::int64_t> result;
  for (std::int64_t i = 0; type != LayerType::Deform && i < mesh.attributes.items().size(); ++i) {
    if (belongs(mesh.attributes.items()[i], kind, type)) {
      result.push_back(i);
    }
  }
  return result;
}
std::int64_t place_of(const EditMesh& mesh, ItemId item) {
  return mesh.attributes.items().index_of(item);
}

PyObject* make_layer(MeshObject* owner, ElementKind kind, LayerType type, ItemId item) {
  PyObject* made = types().layer_item->tp_alloc(types().layer_item, 0);
  if (made) {
    LayerItemObject* l = as_layer(made);
    l->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
    l->kind = kind;
    l->type = type;
    l->item = item;
  }
  return made;
}

// ---- collections ----

EditMesh* mesh_of(PyObject* self) {
  return find(as_collection(self)->owner);
}
Py_ssize_t count_of(PyObject* self) {
  const EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return -1;
  }
  return as_collection(self)->type == LayerType::Deform
             ? Py_ssize_t(mesh->has_weights)
             : Py_ssize_t(
                   members(*mesh, as_collection(self)->kind, as_collection(self)->type).size());
}
PyObject* layer_at(PyObject* self, Py_ssize_t i) {
  const CollectionObject* c = as_collection(self);
  const Py_ssize_t count = count_of(self);
  if (count < 0) {
    return nullptr;
  }
  const Py_ssize_t at = i < 0 ? i + count : i;
  if (at < 0 || at >= count) {
    PyErr_Format(PyExc_IndexError, "BMLayerCollection[index]: index %zd out of range", i);
    return nullptr;
  }
  const EditMesh& mesh = *c->owner->mesh;
  const ItemId item =
      c->type == LayerType::Deform
          ? 0
          : mesh.attributes.items().id(members(mesh, c->kind, c->type)[std::size_t(at)]);
  return make_layer(c->owner, c->kind, c->type, item);
}
/// Position of a layer by name; -1 when there is none, -2 with an exception.
Py_ssize_t find_name(PyObject* self, PyObject* name) {
  const EditMesh* mesh = mesh_of(self);
  Py_ssize_t size = 0;
  const char* text = mesh ? PyUnicode_AsUTF8AndSize(name, &size) : nullptr;
  if (!text) {
    return -2;
  }
  const CollectionObject* c = as_collection(self);
  const std::vector<std::int64_t> all = members(*mesh, c->kind, c->type);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_singleton(c->type) &&
        mesh->attributes.items()[all[i]].name == std::string_view(text, std::size_t(size))) {
      return Py_ssize_t(i);
    }
  }
  return -1;
}
PyObject* list_of(PyObject* self, bool names, bool values) {
  const Py_ssize_t count = count_of(self);
  PyRef list = PyRef::steal(count < 0 ? nullptr : PyList_New(0));
  for (Py_ssize_t i = 0; list && i < count; ++i) {
    const PyRef layer = PyRef::steal(layer_at(self, i));
    const PyRef name = PyRef::steal(layer ? PyObject_GetAttrString(layer.get(), "name") : nullptr);
    const PyRef both = PyRef::steal(name ? PyTuple_Pack(2, name.get(), layer.get()) : nullptr);
    if (!both || PyList_Append(list.get(), names && values ? both.get()
                                           : names         ? name.get()
                                                           : layer.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}
PyObject* collection_subscript(PyObject* self, PyObject* key) {
  if (PyUnicode_Check(key)) {
    const Py_ssize_t at = find_name(self, key);
    if (at == -1) {
      PyErr_Format(PyExc_KeyError, "BMLayerCollection[key]: key \"%U\" not found", key);
    }
    return at < 0 ? nullptr : layer_at(self, at);
  }
  if (PySlice_Check(key)) {
    const PyRef list = PyRef::steal(list_of(self, false, true));
    return list ? PyObject_GetItem(list.get(), key) : nullptr;
  }
  const Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
  return i == -1 && PyErr_Occurred() ? nullptr : layer_at(self, i);
}
int collection_contains(PyObject* self, PyObject* key) {
  if (!PyUnicode_Check(key)) {
    PyErr_SetString(PyExc_TypeError, "BMLayerCollection.__contains__: expected a string");
    return -1;
  }
  const Py_ssize_t at = find_name(self, key);
  return at == -2 ? -1 : at >= 0;
}
PyObject* collection_iter(PyObject* self) {
  const PyRef list = PyRef::steal(list_of(self, false, true));
  return list ? PyObject_GetIter(list.get()) : nullptr;
}
std::string* active_name(EditMesh& mesh, const CollectionObject& c) {
  return c.type == LayerType::Uv                                         ? &mesh.active_uv
         : c.type == LayerType::Color || c.type == LayerType::FloatColor ? &mesh.active_color
                                                                         : nullptr;
}
PyObject* get_active(PyObject* self, void*) {
  const Py_ssize_t count = count_of(self);
  if (count <= 0) {
    return count < 0 ? nullptr : Py_NewRef(Py_None);
  }
  const CollectionObject* c = as_collection(self);
  EditMesh& mesh = *c->owner->mesh;
  if (const std::string* name = active_name(mesh, *c)) {
    const std::vector<std::int64_t> all = members(mesh, c->kind, c->type);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (mesh.attributes.items()[all[i]].name == *name) {
        return layer_at(self, Py_ssize_t(i));
      }
    }
  }
  return layer_at(self, 0);
}
PyObject* get_is_singleton(PyObject* self, void*) {
  return PyBool_FromLong(is_singleton(as_collection(self)->type));
}
PyObject* make_new(PyObject* self, std::string name) {
  const CollectionObject* c = as_collection(self);
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        if (c->type == LayerType::Deform) {
          mesh->has_weights = true;
          mesh->weights.resize(std::size_t(mesh->verts.slot_count()));
          return make_layer(c->owner, c->kind, c->type, 0);
        }
        if (is_singleton(c->type)) {
          name = singleton_name(c->type, c->kind);
        } else {
          if (!name.empty() && name[0] == '.') {
            name.insert(0, "_");
          }
          const std::string stem = name;
          for (int i = 1; mesh->attributes.find(name); ++i) {
            char number[16];
            std::snprintf(number, sizeof(number), ".%03d", i);
            name = stem + number;
          }
        }
        Attribute& made = mesh->attributes.set(
            name, modeling::domain_of(c->kind),
            make_attribute(attribute_type(c->type), std::size_t(mesh->slot_count(c->kind))));
        made.is_uv_map = c->type == LayerType::Uv;
        if (made.is_uv_map) {
          for (std::string* role :
               {&mesh->active_uv, &mesh->render_uv, &mesh->clone_uv, &mesh->stencil_uv}) {
            *role = role->empty() ? name : *role;
          }
        } else if (std::string* active = active_name(*mesh, *c)) {
          *active = active->empty() ? name : *active;
          mesh->render_color = mesh->render_color.empty() ? name : mesh->render_color;
        }
        return make_layer(c->owner, c->kind, c->type,
                          mesh->attributes.items().id(mesh->attributes.items().find(name)));
      },
      nullptr);
}
std::string default_name(LayerType type) {
  constexpr const char* names[] = {"Float", "Int", "Vector", "Color", "Col", "String",
                                   "UVMap", "",    "",       "",      ""};
  return names[int(type)];
}
PyObject* layer_new(PyObject* self, PyObject* args) {
  const char* name = nullptr;
  if (!mesh_of(self) || !PyArg_ParseTuple(args, "|s:new", &name)) {
    return nullptr;
  }
  if (is_singleton(as_collection(self)->type) && count_of(self) > 0) {
    PyErr_SetString(PyExc_ValueError, "layers.new(): is a singleton, use verify() instead");
    return nullptr;
  }
  return make_new(self, name && *name ? name : default_name(as_collection(self)->type));
}
PyObject* verify(PyObject* self, PyObject*) {
  const Py_ssize_t count = count_of(self);
  return count < 0   ? nullptr
         : count > 0 ? get_active(self, nullptr)
                     : make_new(self, default_name(as_collection(self)->type));
}
PyObject* remove(PyObject* self, PyObject* layer) {
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return nullptr;
  }
  const CollectionObject* c = as_collection(self);
  if (!Py_IS_TYPE(layer, types().layer_item)) {
    PyErr_Format(PyExc_TypeError, "layers.remove(layer): expected a BMLayerItem, not '%.200s'",
                 Py_TYPE(layer)->tp_name);
    return nullptr;
  }
  LayerItemObject* l = as_layer(layer);
  const std::int64_t at = place_of(*mesh, l->item);
  if (l->owner != c->owner || l->kind != c->kind || l->type != c->type ||
      (c->type != LayerType::Deform && at < 0)) {
    PyErr_SetString(PyExc_ValueError, "layers.remove(): the layer is not in this collection");
    return nullptr;
  }
  if (c->type == LayerType::Deform) {
    mesh->has_weights = false;
    mesh->weights.clear();
  } else {
    mesh->attributes.edit_items().remove(at);
  }
  Py_RETURN_NONE;
}
PyObject* get(PyObject* self, PyObject* args) {
  PyObject *key = nullptr, *fallback = Py_None;
  if (!PyArg_ParseTuple(args, "U|O:get", &key, &fallback)) {
    return nullptr;
  }
  const Py_ssize_t at = find_name(self, key);
  return at == -2 ? nullptr : at < 0 ? Py_NewRef(fallback) : layer_at(self, at);
}
PyObject* keys(PyObject* self, PyObject*) {
  return list_of(self, true, false);
}
PyObject* values(PyObject* self, PyObject*) {
  return list_of(self, false, true);
}
PyObject* items(PyObject* self, PyObject*) {
  return list_of(self, true, true);
}

// ---- a layer ----

PyObject* layer_name(PyObject* self, void*) {
  LayerItemObject* l = as_layer(self);
  const EditMesh* mesh = find(l->owner);
  if (!mesh) {
    return nullptr;
  }
  if (is_singleton(l->type)) {
    return PyUnicode_FromString("");
  }
  const std::int64_t at = place_of(*mesh, l->item);
  if (at < 0) {
    PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMLayerItem has been removed");
    return nullptr;
  }
  const std::string& name = mesh->attributes.items()[at].name;
  return PyUnicode_DecodeUTF8(name.data(), Py_ssize_t(name.size()), "replace");
}
PyObject* layer_copy_from(PyObject* self, PyObject* other) {
  LayerItemObject* to = as_layer(self);
  EditMesh* mesh = find(to->owner);
  if (!mesh) {
    return nullptr;
  }
  if (!Py_IS_TYPE(other, types().layer_item) || as_layer(other)->owner != to->owner ||
      as_layer(other)->kind != to->kind || as_layer(other)->type != to->type) {
    PyErr_SetString(PyExc_ValueError, "copy_from(other): layers must be of one kind and mesh");
    return nullptr;
  }
  const std::int64_t from = place_of(*mesh, as_layer(other)->item), at = place_of(*mesh, to->item);
  if (to->type != LayerType::Deform) {
    if (from < 0 || at < 0) {
      PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMLayerItem has been removed");
      return nullptr;
    }
    mesh->attributes.edit_items().edit(at).values = mesh->attributes.items()[from].values;
  }
  Py_RETURN_NONE;
}
PyObject* layer_compare(PyObject* a, PyObject* b, int operation) {
  if (!Py_IS_TYPE(b, types().layer_item) || (operation != Py_EQ && operation != Py_NE)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  const LayerItemObject *x = as_layer(a), *y = as_layer(b);
  const bool is_same =
      x->owner == y->owner && x->kind == y->kind && x->type == y->type && x->item == y->item;
  return PyBool_FromLong(is_same == (operation == Py_EQ));
}
Py_hash_t layer_hash(PyObject* self) {
  return Py_hash_t(as_layer(self)->item * 31 + std::uint64_t(as_layer(self)->type)) >> 1;
}

// ---- values ----

/// The values a layer has for an element, for writing; null with an exception.
Attribute* attribute_of(ElementObject* element, ItemId item) {
  EditMesh* mesh = find(element);
  if (!mesh) {
    return nullptr;
  }
  const std::int64_t at = place_of(*mesh, item);
  if (at < 0 ||
      attribute_size(mesh->attributes.items()[at].values) <= std::size_t(element->handle.slot)) {
    PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMLayerItem has been removed");
    return nullptr;
  }
  return &mesh->attributes.edit_items().edit(at);
}

/// A vector of a layer as a view.
class LayerOwner final : public mathutils::ValueOwner {
public:
  LayerOwner(ElementObject* element, ItemId item)
      : element_(PyRef::borrow(reinterpret_cast<PyObject*>(element))), item_(item) {}
  LayerOwner(LayerOwner&&) = default;
  bool read(std::span<float> out) override {
    const Attribute* a = attribute_of(as_element(element_.get()), item_);
    if (!a) {
      return false;
    }
    const std::size_t at = std::size_t(as_element(element_.get())->handle.slot);
    if (const auto* v = a->as<float2>(); v && out.size() == 2) {
      out[0] = (*v)[at].x, out[1] = (*v)[at].y;
    } else if (const auto* p = a->as<float3>(); p && out.size() == 3) {
      out[0] = (*p)[at].x, out[1] = (*p)[at].y, out[2] = (*p)[at].z;
    } else if (const auto* c = a->as<FloatColor>(); c && out.size() == 4) {
      out[0] = (*c)[at].r, out[1] = (*c)[at].g, out[2] = (*c)[at].b, out[3] = (*c)[at].a;
    } else if (const auto* b = a->as<ByteColor>(); b && out.size() == 4) {
      out[0] = float((*b)[at].r) / 255, out[1] = float((*b)[at].g) / 255,
      out[2] = float((*b)[at].b) / 255, out[3] = float((*b)[at].a) / 255;
    }
    return true;
  }
  bool write(std::span<const float> in) override {
    Attribute* a = attribute_of(as_element(element_.get()), item_);
    if (!a) {
      return false;
    }
    const std::size_t at = std::size_t(as_element(element_.get())->handle.slot);
    const auto byte = [](float v) {
      return std::uint8_t(v >= 0 ? std::min(v, 1.0f) * 255 + 0.5f : 0.0f);
    };
    if (auto* v = std::get_if<Array<float2>>(&a->values); v && in.size() == 2) {
      v->edit()[at] = {in[0], in[1]};
    } else if (auto* p = std::get_if<Array<float3>>(&a->values); p && in.size() == 3) {
      p->edit()[at] = {in[0], in[1], in[2]};
    } else if (auto* c = std::get_if<Array<FloatColor>>(&a->values); c && in.size() == 4) {
      c->edit()[at] = {in[0], in[1], in[2], in[3]};
    } else if (auto* b = std::get_if<Array<ByteColor>>(&a->values); b && in.size() == 4) {
      b->edit()[at] = {byte(in[0]), byte(in[1]), byte(in[2]), byte(in[3])};
    }
    return true;
  }
  PyObject* owner_object() const override { return element_.get(); }

private:
  PyRef element_;
  ItemId item_;
};

/// Whether a key is a layer of the element's kind and mesh.
bool check_layer(ElementObject* element, PyObject* key) {
  if (!find(element)) {
    return false;
  }
  if (!Py_IS_TYPE(key, types().layer_item)) {
    PyErr_Format(PyExc_TypeError, "expected a BMLayerItem, not '%.200s'", Py_TYPE(key)->tp_name);
    return false;
  }
  const LayerItemObject* l = as_layer(key);
  if (l->owner != element->owner) {
    PyErr_SetString(PyExc_ValueError, "BMElem[layer]: layer is from another mesh");
    return false;
  }
  if (l->kind != element->handle.kind) {
    PyErr_Format(PyExc_ValueError, "Layer/Element type mismatch, expected (%s) got layer type (%s)",
                 type_name(element->handle.kind), type_name(l->kind));
    return false;
  }
  if (l->type == LayerType::Deform && !element->owner->mesh->has_weights) {
    PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMLayerItem has been removed");
    return false;
  }
  return true;
}
PyObject* make_value(PyTypeObject* type, ElementObject* element, ItemId item) {
  PyObject* made = type->tp_alloc(type, 0);
  if (made) {
    as_value(made)->element = as_element(Py_NewRef(reinterpret_cast<PyObject*>(element)));
    as_value(made)->item = item;
  }
  return made;
}

// ---- BMLoopUV ----

PyObject* get_uv(PyObject* self, void*) {
  return mathutils::new_vector_view(state().math, 2,
                                    LayerOwner(as_value(self)->element, as_value(self)->item));
}
int set_uv(PyObject* self, PyObject* value, void*) {
  float uv[2];
  if (!value || mathutils::parse_floats(value, 2, 2, uv, "BMLoopUV.uv") < 0) {
    return -1;
  }
  return LayerOwner(as_value(self)->element, as_value(self)->item).write(uv) ? 0 : -1;
}
std::string flag_name(const Attribute& uv_map, const char* prefix) {
  return prefix + uv_map.name;
}
PyObject* get_uv_flag(PyObject* self, void* prefix) {
  const Attribute* uv = attribute_of(as_value(self)->element, as_value(self)->item);
  if (!uv) {
    return nullptr;
  }
  const EditMesh& mesh = *as_value(self)->element->owner->mesh;
  const auto* flags = mesh.attributes.find<std::uint8_t>(
      flag_name(*uv, static_cast<const char*>(prefix)), Domain::Corner);
  return PyBool_FromLong(flags && (*flags)[std::size_t(as_value(self)->element->handle.slot)]);
}
int set_uv_flag(PyObject* self, PyObject* value, void* prefix) {
  const int on = value ? PyObject_IsTrue(value) : -1;
  const Attribute* uv =
      on < 0 ? nullptr : attribute_of(as_value(self)->element, as_value(self)->item);
  if (!uv) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_TypeError, "cannot be deleted");
    }
    return -1;
  }
  EditMesh& mesh = *as_value(self)->element->owner->mesh;
  const std::string name = flag_name(*uv, static_cast<const char*>(prefix));
  mesh.attributes.ensure<std::uint8_t>(name, Domain::Corner, std::size_t(mesh.loops.slot_count()))
      .edit()[std::size_t(as_value(self)->element->handle.slot)] = std::uint8_t(on);
  return 0;
}

// ---- BMDeformVert ----

std::vector<modeling::GroupWeight>* weights_of(PyObject* self) {
  ElementObject* element = as_value(self)->element;
  EditMesh* mesh = find(element);
  if (!mesh) {
    return nullptr;
  }
  if (!mesh->has_weights) {
    PyErr_SetString(PyExc_ReferenceError, "BMesh data of type BMLayerItem has been removed");
    return nullptr;
  }
  return &mesh->weights[std::size_t(element->handle.slot)];
}
bool parse_group(PyObject* key, int* group) {
  if (!PyLong_Check(key)) {
    PyErr_Format(PyExc_TypeError, "BMDeformVert[key]: expected an int, not '%.200s'",
                 Py_TYPE(key)->tp_name);
    return false;
  }
  *group = _PyLong_AsInt(key);
  return *group != -1 || !PyErr_Occurred();
}
modeling::GroupWeight* find_group(std::vector<modeling::GroupWeight>& all, int group) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& w) { return w.group == group; });
  return found == all.end() ? nullptr : &*found;
}
Py_ssize_t deform_length(PyObject* self) {
  const auto* all = weights_of(self);
  return all ? Py_ssize_t(all->size()) : -1;
}
PyObject* deform_subscript(PyObject* self, PyObject* key) {
  int group = 0;
  auto* all = parse_group(key, &group) ? weights_of(self) : nullptr;
  if (!all) {
    return nullptr;
  }
  const modeling::GroupWeight* found = find_group(*all, group);
  if (!found) {
    PyErr_SetString(PyExc_KeyError, "BMDeformVert[key] = x: key not found");
    return nullptr;
  }
  return PyFloat_FromDouble(double(found->weight));
}
int deform_set_subscript(PyObject* self, PyObject* key, PyObject* value) {
  int group = 0;
  if (!parse_group(key, &group)) {
    return -1;
  }
  float weight = 0;
  if (value && !mathutils::parse_float(value, &weight, "BMDeformVert[key] = x")) {
    return -1;
  }
  auto* all = weights_of(self);
  if (!all) {
    return -1;
  }
  modeling::GroupWeight* found = find_group(*all, group);
  if (!value) {
    if (!found) {
      PyErr_SetString(PyExc_KeyError, "del BMDeformVert[key]: key not found");
      return -1;
    }
    all->erase(all->begin() + (found - all->data()));
    return 0;
  }
  if (group < 0) {
    PyErr_SetString(PyExc_KeyError, "BMDeformVert[key] = x: weight keys can't be negative");
    return -1;
  }
  weight = weight >= 0 ? std::min(weight, 1.0f) : 0.0f;
  if (found) {
    found->weight = weight;
  } else {
    all->insert(
        std::find_if(all->begin(), all->end(), [&](const auto& w) { return w.group > group; }),
        {group, weight});
  }
  return 0;
}
int deform_contains(PyObject* self, PyObject* key) {
  int group = 0;
  auto* all = parse_group(key, &group) ? weights_of(self) : nullptr;
  return !all ? -1 : find_group(*all, group) != nullptr;
}
PyObject* deform_list(PyObject* self, bool has_keys, bool has_values) {
  const auto* found = weights_of(self);
  if (!found) {
    return nullptr;
  }
  const std::vector<modeling::GroupWeight> all = *found;
  PyRef list = PyRef::steal(PyList_New(0));
  for (const auto& w : all) {
    const PyRef item =
        PyRef::steal(has_keys && has_values ? Py_BuildValue("(id)", w.group, double(w.weight))
                     : has_keys             ? PyLong_FromLong(w.group)
                                            : PyFloat_FromDouble(double(w.weight)));
    if (!list || !item || PyList_Append(list.get(), item.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}
PyObject* deform_keys(PyObject* self, PyObject*) {
  return deform_list(self, true, false);
}
PyObject* deform_values(PyObject* self, PyObject*) {
  return deform_list(self, false, true);
}
PyObject* deform_items(PyObject* self, PyObject*) {
  return deform_list(self, true, true);
}
PyObject* deform_iter(PyObject* self) {
  const PyRef list = PyRef::steal(deform_list(self, true, false));
  return list ? PyObject_GetIter(list.get()) : nullptr;
}
PyObject* deform_get(PyObject* self, PyObject* args) {
  PyObject *key = nullptr, *fallback = Py_None;
  int group = 0;
  if (!PyArg_ParseTuple(args, "O|O:get", &key, &fallback) || !parse_group(key, &group)) {
    return nullptr;
  }
  auto* all = weights_of(self);
  if (!all) {
    return nullptr;
  }
  const modeling::GroupWeight* found = find_group(*all, group);
  return found ? PyFloat_FromDouble(double(found->weight)) : Py_NewRef(fallback);
}
PyObject* deform_clear(PyObject* self, PyObject*) {
  auto* all = weights_of(self);
  if (!all) {
    return nullptr;
  }
  all->clear();
  Py_RETURN_NONE;
}

template <LayerType T>
PyObject* get_collection(PyObject* self, void*) {
  AccessObject* a = as_access(self);
  PyObject* made =
      find(a->owner) ? types().layer_collection->tp_alloc(types().layer_collection, 0) : nullptr;
  if (made) {
    CollectionObject* c = as_collection(made);
    c->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(a->owner)));
    c->kind = a->kind;
    c->type = T;
  }
  return made;
}

}  // namespace

PyObject* make_layer_access(MeshObject* owner, ElementKind kind) {
  PyTypeObject* type = types().layer_access[std::size_t(kind)];
  PyObject* made = type->tp_alloc(type, 0);
  if (made) {
    as_access(made)->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
    as_access(made)->kind = kind;
  }
  return made;
}

PyObject* layer_value(ElementObject* element, PyObject* key) {
  if (!check_layer(element, key)) {
    return nullptr;
  }
  const LayerItemObject* l = as_layer(key);
  if (l->type == LayerType::Deform) {
    return make_value(types().deform, element, 0);
  }
  const Attribute* a = attribute_of(element, l->item);
  if (!a) {
    return nullptr;
  }
  const std::size_t at = std::size_t(element->handle.slot);
  switch (l->type) {
    case LayerType::Int:
      return PyLong_FromLong((*a->as<int>())[at]);
    case LayerType::FloatVector:
      return mathutils::new_vector_view(state().math, 3, LayerOwner(element, l->item));
    case LayerType::Color:
    case LayerType::FloatColor:
      return mathutils::new_vector_view(state().math, 4, LayerOwner(element, l->item));
    case LayerType::String: {
      const std::string& text = (*a->as<std::string>())[at];
      return PyBytes_FromStringAndSize(text.data(), Py_ssize_t(text.size()));
    }
    case LayerType::Uv:
      return make_value(types().loop_uv, element, l->item);
    default:
      return PyFloat_FromDouble(double((*a->as<float>())[at]));
  }
}

int set_layer_value(ElementObject* element, PyObject* key, PyObject* value) {
  if (!value) {
    PyErr_SetString(PyExc_TypeError, "del BMElem[layer]: not supported");
    return -1;
  }
  if (!check_layer(element, key)) {
    return -1;
  }
  const LayerItemObject* l = as_layer(key);
  const std::size_t at = std::size_t(element->handle.slot);
  // Reading the value may run code of scripts: the layer is looked up after that.
  float numbers[4] = {0, 0, 0, 1};
  switch (l->type) {
    case LayerType::Deform: {
      if (!Py_IS_TYPE(value, types().deform)) {
        PyErr_Format(PyExc_TypeError, "expected BMDeformVert, not a %.200s",
                     Py_TYPE(value)->tp_name);
        return -1;
      }
      const auto* from = weights_of(value);
      EditMesh* mesh = from ? find(element) : nullptr;
      if (!mesh || !check_layer(element, key)) {
        return -1;
      }
      const std::vector<modeling::GroupWeight> copied = *from;
      mesh->weights[at] = copied;
      return 0;
    }
    case LayerType::Int: {
      const int number = _PyLong_AsInt(value);
      if (number == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "expected an int, not a %.200s", Py_TYPE(value)->tp_name);
        return -1;
      }
      Attribute* a = attribute_of(element, l->item);
      if (a) {
        std::get<Array<int>>(a->values).edit()[at] = number;
      }
      return a ? 0 : -1;
    }
    case LayerType::FloatVector:
      return mathutils::parse_floats(value, 3, 3, numbers, "BMElem[layer] = vector") >= 0 &&
                     LayerOwner(element, l->item).write({numbers, 3})
                 ? 0
                 : -1;
    case LayerType::Color:
    case LayerType::FloatColor:
      return mathutils::parse_floats(value, 4, 4, numbers, "BMElem[layer] = color") >= 0 &&
                     LayerOwner(element, l->item).write({numbers, 4})
                 ? 0
                 : -1;
    case LayerType::String: {
      char* text = nullptr;
      Py_ssize_t size = 0;
      if (!PyBytes_Check(value) || PyBytes_AsStringAndSize(value, &text, &size) < 0) {
        PyErr_Format(PyExc_TypeError, "expected bytes, not a %.200s", Py_TYPE(value)->tp_name);
        return -1;
      }
      Attribute* a = attribute_of(element, l->item);
      if (a) {
        std::get<Array<std::string>>(a->values).edit()[at].assign(
            text, std::size_t(std::min<Py_ssize_t>(size, 255)));
      }
      return a ? 0 : -1;
    }
    case LayerType::Uv: {
      if (!Py_IS_TYPE(value, types().loop_uv)) {
        PyErr_Format(PyExc_TypeError, "expected BMLoopUV, not a %.200s", Py_TYPE(value)->tp_name);
        return -1;
      }
      return LayerOwner(as_value(value)->element, as_value(value)->item).read({numbers, 2}) &&
                     LayerOwner(element, l->item).write({numbers, 2})
                 ? 0
                 : -1;
    }
    default: {
      if (!mathutils::parse_float(value, numbers, "BMElem[layer] = float")) {
        return -1;
      }
      Attribute* a = attribute_of(element, l->item);
      if (a) {
        std::get<Array<float>>(a->values).edit()[at] = numbers[0];
      }
      return a ? 0 : -1;
    }
  }
}

#define KILN_BMESH_LAYER(NAME, TYPE) \
  { NAME, get_collection<LayerType::TYPE>, nullptr, "Layers of this kind.", nullptr }
#define KILN_BMESH_LAYERS                                                                         \
  KILN_BMESH_LAYER("float", Float), KILN_BMESH_LAYER("int", Int),                                 \
      KILN_BMESH_LAYER("float_vector", FloatVector), KILN_BMESH_LAYER("float_color", FloatColor), \
      KILN_BMESH_LAYER("color", Color), KILN_BMESH_LAYER("string", String)

bool init_layer_types(PyObject* module) {
  static PyGetSetDef vert_members[] = {KILN_BMESH_LAYERS,
                                       KILN_BMESH_LAYER("deform", Deform),
                                       KILN_BMESH_LAYER("crease", Crease),
                                       KILN_BMESH_LAYER("bevel_weight", BevelWeight),
                                       KILN_BMESH_LAYER("paint_mask", PaintMask),
                                       {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef edge_members[] = {KILN_BMESH_LAYERS,
                                       KILN_BMESH_LAYER("crease", Crease),
                                       KILN_BMESH_LAYER("bevel_weight", BevelWeight),
                                       {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef loop_members[] = {
      KILN_BMESH_LAYERS, KILN_BMESH_LAYER("uv", Uv), {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef face_members[] = {KILN_BMESH_LAYERS,
                                       {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef collection_methods[] = {
      {"new", layer_new, METH_VARARGS, "new(name): adds a layer."},
      {"verify", verify, METH_NOARGS, "verify(): the active layer, made if there is none."},
      {"remove", remove, METH_O, "remove(layer)"},
      {"get", get, METH_VARARGS, "get(key, default=None)"},
      {"keys", keys, METH_NOARGS, "keys(): names."},
      {"values", values, METH_NOARGS, "values(): layers."},
      {"items", items, METH_NOARGS, "items(): names and layers."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef collection_members[] = {
      {"active", get_active, nullptr, "The active layer, or None.", nullptr},
      {"is_singleton", get_is_singleton, nullptr, "Whether there is at most one.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyGetSetDef item_members[] = {{"name", layer_name, nullptr, "Name.", nullptr},
                                       {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef item_methods[] = {
      {"copy_from", layer_copy_from, METH_O, "copy_from(other): takes over all values."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef uv_members[] = {
      {"uv", get_uv, set_uv, "Coordinate.", nullptr},
      {"pin_uv", get_uv_flag, set_uv_flag, "Whether unwrapping leaves it.",
       const_cast<char*>(".pin ")},
      {"select", get_uv_flag, set_uv_flag, "Whether it is selected.",
       const_cast<char*>(".select ")},
      {"select_edge", get_uv_flag, set_uv_flag, "Whether its edge is selected.",
       const_cast<char*>(".select_edge ")},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef deform_methods[] = {
      {"keys", deform_keys, METH_NOARGS, "keys(): numbers of groups."},
      {"values", deform_values, METH_NOARGS, "values(): weights."},
      {"items", deform_items, METH_NOARGS, "items(): groups and weights."},
      {"get", deform_get, METH_VARARGS, "get(key, default=None)"},
      {"clear", deform_clear, METH_NOARGS, "clear(): takes it out of all groups."},
      {nullptr, nullptr, 0, nullptr}};
  Types& t = types();
  PyGetSetDef* of_kind[] = {vert_members, edge_members, loop_members, face_members};
  const char* names[] = {"bmesh.types.BMLayerAccessVert", "bmesh.types.BMLayerAccessEdge",
                         "bmesh.types.BMLayerAccessLoop", "bmesh.types.BMLayerAccessFace"};
  for (std::size_t k = 0; k < 4; ++k) {
    PyType_Slot slots[] = {{Py_tp_dealloc, slot(owned_dealloc<AccessObject>)},
                           {Py_tp_getset, of_kind[k]},
                           {0, nullptr}};
    t.layer_access[k] = add_type(module, names[k], sizeof(AccessObject), slots);
    if (!t.layer_access[k]) {
      return false;
    }
  }
  PyType_Slot collection_slots[] = {{Py_tp_dealloc, slot(owned_dealloc<CollectionObject>)},
                                    {Py_mp_length, slot(count_of)},
                                    {Py_mp_subscript, slot(collection_subscript)},
                                    {Py_sq_contains, slot(collection_contains)},
                                    {Py_tp_iter, slot(collection_iter)},
                                    {Py_tp_methods, collection_methods},
                                    {Py_tp_getset, collection_members},
                                    {0, nullptr}};
  t.layer_collection =
      add_type(module, "bmesh.types.BMLayerCollection", sizeof(CollectionObject), collection_slots);
  PyType_Slot item_slots[] = {{Py_tp_dealloc, slot(owned_dealloc<LayerItemObject>)},
                              {Py_tp_getset, item_members},
                              {Py_tp_methods, item_methods},
                              {Py_tp_richcompare, slot(layer_compare)},
                              {Py_tp_hash, slot(layer_hash)},
                              {0, nullptr}};
  t.layer_item = add_type(module, "bmesh.types.BMLayerItem", sizeof(LayerItemObject), item_slots);
  PyType_Slot uv_slots[] = {
      {Py_tp_dealloc, slot(value_dealloc)}, {Py_tp_getset, uv_members}, {0, nullptr}};
  t.loop_uv = add_type(module, "bmesh.types.BMLoopUV", sizeof(ValueObject), uv_slots);
  PyType_Slot deform_slots[] = {
      {Py_tp_dealloc, slot(value_dealloc)},      {Py_mp_length, slot(deform_length)},
      {Py_mp_subscript, slot(deform_subscript)}, {Py_mp_ass_subscript, slot(deform_set_subscript)},
      {Py_sq_contains, slot(deform_contains)},   {Py_tp_iter, slot(deform_iter)},
      {Py_tp_methods, deform_methods},           {0, nullptr}};
  t.deform = add_type(module, "bmesh.types.BMDeformVert", sizeof(ValueObject), deform_slots);
  return t.layer_collection && t.layer_item && t.loop_uv && t.deform;
}

}  // namespace kiln::python::bmesh
