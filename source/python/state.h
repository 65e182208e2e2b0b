#pragma once

#include <Python.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/project.h"

namespace kiln::python {

namespace mathutils {
struct State;
}
struct StructObject;
struct PropertyCallbacks;
struct RunningOperator;

/// What the embedded interpreter works on. CPython is one per process, and so is this: the only state of the module, set up by
/// `Runtime` and reached through `state()`.
struct State {
  Project* project = nullptr;
  bool is_background = true;
  bool is_factory_startup = false;
  bool is_module = false;  ///< imported by an interpreter that someone else started

  // The C-level base types (strong references).
  PyTypeObject* struct_type = nullptr;      ///< bpy_struct
  PyTypeObject* struct_meta = nullptr;      ///< metaclass of all of them
  PyTypeObject* collection_type = nullptr;  ///< bpy_prop_collection
  PyTypeObject* group_collection_type = nullptr;  ///< bpy_prop_collection_idprop
  PyTypeObject* view_iterator_type = nullptr;
  PyTypeObject* array_type = nullptr;       ///< bpy_prop_array
  PyTypeObject* function_type = nullptr;    ///< bpy_func
  PyTypeObject* property_type = nullptr;  ///< descriptor of a property
  PyTypeObject* method_type = nullptr;    ///< descriptor of a function

  std::unordered_map<const Schema*, PyTypeObject*> types;             ///< classes made from schemas (strong)
  std::pair<const Schema*, PyTypeObject*>
      last_type;  ///< the one that was asked for last: loops ask for the same
  std::unordered_map<const Schema*, PyTypeObject*> collection_types;  ///< the same for collections (strong)
  PyTypeObject* depsgraph_type = nullptr;
  mathutils::State* math = nullptr;  ///< of the module mathutils, imported at start-up
  PyObject* types_module = nullptr;  ///< bpy.types (borrowed)

  /// Functions of properties that scripts registered.
  std::unordered_map<const Property*, std::shared_ptr<PropertyCallbacks>> callbacks;
  std::vector<std::weak_ptr<PropertyCallbacks>> all_callbacks;  ///< those of retired properties, too
  std::unordered_map<BlockId, PyObject*> blocks;  ///< the one object of each data-block that scripts hold (borrowed)
  StructObject* accessed = nullptr;    ///< the object whose property is being read or written (borrowed)
  std::unique_ptr<Document> evaluated;  ///< the state that scripts were last told is evaluated
  int callback_depth = 0;              ///< other functions of properties that run at the moment
  int update_depth = 0;                ///< update functions that call each other at the moment
  RunningOperator* running = nullptr;  ///< the innermost operator of a script that runs
  PyTypeObject* deferred_type = nullptr;  ///< what `bpy.props` functions return (strong)

  Document& document() const { return project->document; }
  const Registry& registry() const { return project->registry; }
  Registry& edit_registry() const { return project->registry; }
  const Services& services() const { return project->services; }
};

State& state();

}  // namespace kiln::python
