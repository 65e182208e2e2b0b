#include "python/module.h"

#include "document/blend_data.h"
#include "document/preferences.h"
#include "document/window_layout.h"
#include "document/resolve.h"
#include "document/scene.h"
#include "python/access.h"
#include "python/array_object.h"
#include "python/bag_functions.h"
#include "python/class_schemas.h"
#include "python/collection_object.h"
#include "python/evaluated.h"
#include "python/flat_numbers.h"
#include "python/fonts.h"
#include "python/function_object.h"
#include "python/group_collection.h"
#include "python/library_functions.h"
#include "python/operators.h"
#include "python/pictures.h"
#include "python/python_operator.h"
#include "python/registration.h"
#include "python/rna.h"
#include "python/threads.h"
#include "python/types.h"

namespace kiln::python {
namespace {

PyObject* facts(PyObject*, PyObject* name) {
  const char* identifier = PyUnicode_AsUTF8(name);
  const Schema* schema = identifier ? state().registry().find(identifier) : nullptr;
  if (!schema) {
    if (identifier) {
      Py_RETURN_NONE;
    }
    return nullptr;
  }
  return schema_facts(*schema);
}

PyObject* registry_version(PyObject*, PyObject*) { return PyLong_FromUnsignedLongLong(state().registry().version()); }

PyObject* undo_push(PyObject*, PyObject* message) {
  const char* text = PyUnicode_AsUTF8(message);
  if (!text || !may_write("undo_push()")) {
    return nullptr;
  }
  state().project->undo.push(state().document(), text);
  Py_RETURN_NONE;
}

PyObject* active_scene_id(PyObject*, PyObject*) {
  const Scene* scene = active_scene(state().document());
  return make_block(scene ? scene->id : BlockId{});
}

PyObject* active_view_layer(PyObject*, PyObject*) {
  const Scene* scene = active_scene(state().document());
  if (!scene) {
    Py_RETURN_NONE;
  }
  const Property* layers = Scene::schema().property("view_layers");
  return make_from_handle({scene->id, {PathStep{layers, scene->view_layers.id(active_layer_index(state().document(), *scene))}}}, nullptr);
}

PyObject* set_active_scene(PyObject*, PyObject* object) {
  if (!is_struct(object)) {
    PyErr_SetString(PyExc_TypeError, "expected a scene");
    return nullptr;
  }
  ConstRef ref;
  if (!find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  if (!ref.block || ref.block->type() != BlockType::Scene) {
    PyErr_SetString(PyExc_TypeError, "expected a scene");
    return nullptr;
  }
  if (!may_write("Window.scene")) {
    return nullptr;
  }
  const auto& scene = static_cast<const Scene&>(*ref.block);
  auto& settings = state().document().edit_settings();
  settings.active_scene = scene.id;
  settings.active_view_layer = scene.view_layers[0].name;
  Py_RETURN_NONE;
}

PyObject* set_active_view_layer(PyObject*, PyObject* name) {
  const char* text = PyUnicode_AsUTF8(name);
  if (!text || !may_write("Window.view_layer")) {
    return nullptr;
  }
  state().document().edit_settings().active_view_layer = text;
  Py_RETURN_NONE;
}

PyObject* preferences(PyObject*, PyObject*) {
  auto* preferences = state().services().find<Preferences>();
  if (!preferences) {
    Py_RETURN_NONE;
  }
  auto root = std::make_shared<Root>();
  root->data = preferences;
  return make_rooted(Preferences::schema(), std::move(root));
}

// The window as of now: what was written is brought to the editors before.
PyObject* window_layout(PyObject*, PyObject*) {
  auto* layout = state().services().find<WindowLayout>();
  if (!layout) {
    Py_RETURN_NONE;
  }
  if (layout->exchange) {
    layout->exchange();
  }
  auto root = std::make_shared<Root>();
  root->data = layout;
  return make_rooted(WindowLayout::schema(), std::move(root));
}

PyMethodDef methods[] = {{"schema_facts", facts, METH_O, "schema_facts(identifier): everything known about a type, or None"},
                         {"preferences", preferences, METH_NOARGS, "preferences(): what the user has chosen for the program"},
                         {"window_layout", window_layout, METH_NOARGS, "window_layout(): screens, areas and editors of the window"},
                         {"registry_version", registry_version, METH_NOARGS, "registry_version(): grows when types change"},
                         {"undo_push", undo_push, METH_O, "undo_push(message): keeps the present state in the history"},
                         {"active_scene", active_scene_id, METH_NOARGS, "active_scene(): the scene that is worked on"},
                         {"active_view_layer", active_view_layer, METH_NOARGS, "active_view_layer(): the view layer that is worked on"},
                         {"set_active_scene", set_active_scene, METH_O, "set_active_scene(scene)"},
                         {"set_active_view_layer", set_active_view_layer, METH_O, "set_active_view_layer(name)"},
                         {nullptr, nullptr, 0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_bpy", "The document, its types and operators.", -1, methods, nullptr, nullptr, nullptr, nullptr};

PyObject* make_data() {
  auto root = std::make_shared<Root>();
  root->data = &state().document();
  return make_rooted(blend_data_schema(), std::move(root));
}

bool add(PyObject* module, const char* name, PyObject* object) {
  const PyRef holder = PyRef::steal(object);
  return holder && PyModule_AddObjectRef(module, name, holder.get()) == 0;
}

// Facts about the program for bpy.app.
bool add_facts(PyObject* module) {
  std::error_code none;
  const std::string binary = state().is_module ? std::string() : std::filesystem::read_symlink("/proc/self/exe", none).string();
  const std::string temporary = std::filesystem::temp_directory_path(none).string() + "/";
  return add(module, "binary_path", PyUnicode_DecodeFSDefault(binary.c_str())) && add(module, "temporary_folder", PyUnicode_DecodeFSDefault(temporary.c_str())) &&
         add(module, "is_background", PyBool_FromLong(state().is_background)) && add(module, "is_factory_startup", PyBool_FromLong(state().is_factory_startup)) &&
         add(module, "is_module", PyBool_FromLong(state().is_module));
}

}  // namespace

State& state() {
  static State instance;
  return instance;
}

PyObject* init_bpy_module() {
  PyRef module = PyRef::steal(PyModule_Create(&definition));
  if (!module || !init_descriptor_types() || !init_struct_type() || !init_collection_type() || !init_group_collection_type() || !init_array_type() || !init_function_type()) {
    return nullptr;
  }
  register_class_schemas(state().edit_registry());
  // bpy_rna imports _bpy while classes are being made.
  PyDict_SetItemString(PyImport_GetModuleDict(), "_bpy", module.get());
  if (!add(module.get(), "types", make_types_module()) || !add(module.get(), "data", make_data()) || !add_evaluated_functions(module.get()) || !add_flat_number_functions(module.get()) ||
      !add_operator_functions(module.get()) || !add_bag_functions(module.get()) || !add_library_functions(module.get()) || !add_registration_functions(module.get()) || !add_python_operator_functions(module.get()) ||
      !add_picture_functions(module.get()) || !add_font_functions(module.get()) || !add_facts(module.get())) {
    return nullptr;
  }
  return module.release();
}

}  // namespace kiln::python
