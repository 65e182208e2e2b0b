#pragma once

#include "python/py_ref.h"
#include "python/state.h"

namespace kiln::python {

/// Where a chain of Python objects begins when it is not a block of the document: an evaluated or temporary block with the
/// document it was evaluated from, or a struct of the program (preferences, the document as `bpy.data`).
struct Root {
  std::shared_ptr<DataBlock> block;          ///< an evaluated copy, owned here; null for structs of the program
  std::shared_ptr<const Document> document;  ///< what references in it refer to; null: the head
  std::optional<Document> copy;              ///< of that, which edits of evaluated data go to
  /// The evaluated form of a block that something in here refers to; null function or result: there is none.
  std::function<std::shared_ptr<DataBlock>(BlockId)> evaluated;
  void* data = nullptr;        ///< of structs of the program
  std::shared_ptr<void> keep;  ///< what keeps `data` alive, where it is not the program
};

/// A Python object that names a struct: a block by id, or a step from a parent object. It owns nothing of the document; every
/// access looks it up again, and one that finds nothing raises ReferenceError.
struct StructObject {
  PyObject_HEAD
  PyObject* weak_references;
  StructObject* parent;      ///< strong; null for blocks and roots
  const Schema* schema;      ///< type when the object was made
  const Property* property;  ///< the step from the parent
  ItemId item;
  std::int64_t index;
  BlockId block;
  std::shared_ptr<Root>* root;  ///< null for blocks of the document
};

inline bool is_struct(PyObject* object) { return PyObject_TypeCheck(object, state().struct_type); }

/// New objects (strong references, null with an exception set on failure).
PyObject* make_block(BlockId id);
PyObject* make_rooted(const Schema& schema, std::shared_ptr<Root> root);
PyObject* make_child(StructObject* parent, const Schema& schema, const Property& property, ItemId item, std::int64_t index);
/// From a handle, relative to the root that `context` lies in (evaluated data refers to evaluated data).
PyObject* make_from_handle(const Handle& handle, StructObject* context);

/// Finds the struct; false with ReferenceError set when it is gone.
bool find(StructObject* self, ConstRef* out);
/// The same, writable. False with an exception set.
bool find_for_edit(StructObject* self, Change kinds, MutableRef* out);
/// Without raising.
bool is_alive(StructObject* self);
/// To be called after a change through `find_for_edit`.
void edited(StructObject* self);
/// The handle of an object that lies in the document; empty for evaluated data.
Handle handle_of(StructObject* self);
/// `repr` of an array or collection that a struct has: its path in a script, or its `str`.
PyObject* repr_of_part(StructObject* owner, const Property& p, PyObject* part);
const std::shared_ptr<Root>* root_of(StructObject* self);
StructObject* top_of(StructObject* self);

bool init_struct_type();

}  // namespace kiln::python
