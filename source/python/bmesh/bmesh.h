#pragma once

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

#include "document/data_block.h"
#include "modeling/edit_mesh.h"
#include "python/py_ref.h"

/// The Python module `bmesh`. Objects of elements hold a handle and their BMesh; every access looks
/// the element up, and ReferenceError tells that it is gone. Functions that return null, false or
/// -1 have set an exception.
namespace kiln::python::bmesh {

using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementHandle;
using modeling::ElementKind;

struct MeshObject {
  PyObject ob_base;
  PyObject* weak_references;
  std::shared_ptr<EditMesh> mesh;  ///< null once freed
  BlockId edited;                  ///< the mesh whose edit mode this is, if any
  bool has_table[4];               ///< by kind: whether elements may be had by number
  std::array<std::vector<int>, 4> tables;
  std::array<std::vector<PyObject*>, 4>
      wrappers;  ///< by slot: the one object of an element (borrowed)
};
struct ElementObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  ElementHandle handle;
};

enum class Relation : std::uint8_t {
  All,
  VertEdges,
  VertLoops,
  VertFaces,
  EdgeVerts,
  EdgeLoops,
  EdgeFaces,
  LoopLoops,
  FaceVerts,
  FaceEdges,
  FaceLoops
};
/// All elements of a kind, or those that belong to one element.
struct SequenceObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  Relation relation;
  ElementKind kind;  ///< of what is in it
  ElementHandle of;
};

/// What a layer holds, as the interface groups them.
enum class LayerType : std::uint8_t {
  Float,
  Int,
  FloatVector,
  FloatColor,
  Color,
  String,
  Uv,
  Deform,
  Crease,
  BevelWeight,
  PaintMask
};
struct LayerItemObject {
  PyObject ob_base;
  MeshObject* owner;  ///< strong
  ElementKind kind;
  LayerType type;
  ItemId item;  ///< of the attribute; 0 for deform layers
};

struct Types {
  PyTypeObject* mesh = nullptr;
  std::array<PyTypeObject*, 4> elements{};
  std::array<PyTypeObject*, 4> sequences{};  ///< of a whole mesh
  PyTypeObject *element_sequence = nullptr, *iterator = nullptr;
  PyTypeObject *history = nullptr, *history_iterator = nullptr;
  std::array<PyTypeObject*, 4> layer_access{};
  PyTypeObject *layer_collection = nullptr, *layer_item = nullptr, *loop_uv = nullptr,
               *deform = nullptr;
  PyTypeObject* operator_function = nullptr;
  std::unordered_map<const EditMesh*, PyObject*>
      wrapped;  ///< of meshes in edit mode: the one object (borrowed)
};
/// Of the one interpreter of the process; strong references.
Types& types();

inline MeshObject* as_mesh(PyObject* o) {
  return reinterpret_cast<MeshObject*>(o);
}
inline ElementObject* as_element(PyObject* o) {
  return reinterpret_cast<ElementObject*>(o);
}
inline bool is_mesh(PyObject* o) {
  return Py_IS_TYPE(o, types().mesh);
}
/// Whether the object is an element, and of which kind.
bool is_element(PyObject* o);
bool is_element(PyObject* o, ElementKind kind);
const char* type_name(ElementKind kind);

/// The edit mesh, or null with ReferenceError.
EditMesh* find(MeshObject* owner);
/// The mesh of a living element, or null with ReferenceError.
EditMesh* find(ElementObject* element);
/// Drops tables of elements by number after elements came or went.
void elements_changed(MeshObject* owner);
/// The same after elements of one kind alone were added.
void elements_added(MeshObject* owner, ElementKind kind);
/// `elements_changed` and objects that stay with their elements after these moved: new place i has
/// what was at `order[i]`.
void elements_sorted(MeshObject* owner, ElementKind kind, std::span<const int> order);

PyObject* make_mesh(std::shared_ptr<EditMesh> mesh, BlockId edited = {});
/// The object of an element; None for slot -1.
PyObject* make_element(MeshObject* owner, Element element);
PyObject* make_sequence(MeshObject* owner, Relation relation, ElementKind kind,
                        ElementHandle of = {});
PyObject* make_list(MeshObject* owner, ElementKind kind, std::span<const int> slots);
PyObject* make_history(MeshObject* owner);
PyObject* make_layer_access(MeshObject* owner, ElementKind kind);

/// Reads elements of one kind of one mesh. `owner` null: that of the first element goes.
bool parse_elements(PyObject* value, MeshObject** owner, ElementKind kind, std::vector<int>& slots,
                    const char* prefix, Py_ssize_t least = 0, Py_ssize_t most = -1,
                    bool is_unique = true);
/// An element of a kind (and mesh, if given) that is alive. -1 with an exception.
int parse_element(PyObject* value, MeshObject* owner, ElementKind kind, const char* prefix);
/// What a sequence object has in it at the moment.
bool collect(SequenceObject* sequence, std::vector<int>& slots);

/// Values of layers by `element[layer]`.
PyObject* layer_value(ElementObject* element, PyObject* layer);
int set_layer_value(ElementObject* element, PyObject* layer, PyObject* value);

bool init_mesh_type(PyObject* module);
bool init_element_types(PyObject* module);
bool init_sequence_types(PyObject* module);
bool init_history_types(PyObject* module);
bool init_layer_types(PyObject* module);
PyObject* make_utils_module();
PyObject* make_geometry_module();
PyObject* make_ops_module();

/// Creates `bmesh` with the modules in it.
PyObject* init_module();

/// A type of the module from slots; added to it under its short name.
PyTypeObject* add_type(PyObject* module, const char* name, std::size_t size, PyType_Slot* slots);

template <typename F>
PyCFunction as_function(F* function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}
template <typename F>
void* slot(F* function) {
  return reinterpret_cast<void*>(function);
}

/// Calls a body that may throw (memory) and makes exceptions Python's.
template <typename Body>
auto guarded(Body&& body, decltype(body()) failed) -> decltype(body()) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  }
  return failed;
}

}  // namespace kiln::python::bmesh
