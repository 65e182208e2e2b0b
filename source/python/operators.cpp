#include "python/operators.h"

#include "core/interrupts.h"
#include "core/schema/bag_property.h"
#include "document/preferences.h"
#include "document/resolve.h"
#include "operators/operator.h"
#include "python/access.h"
#include "python/python_operator.h"
#include "python/rna.h"
#include "python/threads.h"

namespace kiln::python {
namespace {

using operators::Context;
using operators::OperatorRegistry;
using operators::OperatorType;
using operators::Outcome;
using operators::Report;

const OperatorType* find_operator(PyObject* identifier) {
  const auto* registry = state().services().find<const OperatorRegistry>();
  const char* name = PyUnicode_AsUTF8(identifier);
  const OperatorType* type = registry && name ? registry->find(name) : nullptr;
  if (!type && name) {
    PyErr_Format(PyExc_AttributeError, "Calling operator \"bpy.ops.%s\" error, could not be found",
                 name);
  }
  return type;
}

BlockId object_of(PyObject* value) {
  ConstRef ref;
  if (!value || !is_struct(value) || !find(reinterpret_cast<StructObject*>(value), &ref)) {
    PyErr_Clear();
    return {};
  }
  return ref.block && ref.block->type() == BlockType::Object ? ref.block->id : BlockId{};
}

// Replaces what a script overrides: names of `bpy.context` to values.
void apply_override(Context& context, PyObject* dict) {
  if (!dict || !PyDict_Check(dict)) {
    return;
  }
  for (const char* name : {"object", "active_object"}) {
    if (PyObject* value = PyDict_GetItemString(dict, name)) {
      context.active = object_of(value);
    }
  }
  // Data-blocks that a browser or a list has chosen.
  for (const char* name : {"id", "selected_ids"}) {
    PyObject* value = PyDict_GetItemString(dict, name);
    const PyRef items =
        PyRef::steal(!value || is_struct(value) ? nullptr : PySequence_Tuple(value));
    PyErr_Clear();
    const Py_ssize_t count = items                       ? PyTuple_GET_SIZE(items.get())
                             : value && is_struct(value) ? 1
                                                         : 0;
    for (Py_ssize_t i = 0; i < count; ++i) {
      PyObject* item = items ? PyTuple_GET_ITEM(items.get(), i) : value;  // borrowed
      ConstRef ref;
      if (is_struct(item) && find(reinterpret_cast<StructObject*>(item), &ref) && ref.block &&
          ref.data == ref.block) {
        context.chosen.push_back(ref.block->id);
      }
      PyErr_Clear();
    }
  }
  for (const char* name : {"selected_editable_objects", "selected_objects"}) {
    if (PyObject* value = PyDict_GetItemString(dict, name)) {
      const PyRef items = PyRef::steal(PySequence_Tuple(value));
      if (!items) {
        PyErr_Clear();
        continue;
      }
      context.selected.clear();
      for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items.get()); ++i) {
        if (const BlockId id = object_of(PyTuple_GET_ITEM(items.get(), i))) {
          context.selected.push_back(id);
        }
      }
    }
  }
}

// Fills a list of structs among the settings (`files=[{"name": "a"}]`) from a sequence of
// dictionaries.
bool fill_list(const MutableRef& owner, const Property& list, PyObject* value,
               const std::string& what) {
  const PyRef items = PyRef::steal(PySequence_Tuple(value));
  if (!items) {
    PyErr_Format(PyExc_TypeError, "%s %s expected a sequence of dictionaries, not %.200s",
                 what.c_str(), list.identifier.c_str(), Py_TYPE(value)->tp_name);
    return false;
  }
  // Lists of scripts lie in the bag of their operator.
  CustomValue::Groups* groups =
      list.collection->is_stored_list() ? nullptr : edit_groups(owner, list);
  groups ? groups->clear() : list.collection->clear(owner);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items.get()); ++i) {
    PyObject* entry = PyTuple_GET_ITEM(items.get(), i);  // borrowed
    if (groups) {
      groups->emplace_back();
    }
    const MutableRef item = groups ? step_into(owner, PathStep{&list, 0, std::int64_t(i)})
                                   : list.collection->append(owner, *list.target_schema(), 0);
    if (!item || !PyDict_Check(entry)) {
      PyErr_Format(PyExc_TypeError, "%s %s[%zd] expected a dictionary, not %.200s", what.c_str(),
                   list.identifier.c_str(), i, Py_TYPE(entry)->tp_name);
      return false;
    }
    const PyRef pairs = PyRef::steal(PyDict_Copy(entry));
    PyObject *key = nullptr, *member = nullptr;
    Py_ssize_t position = 0;
    while (pairs && PyDict_Next(pairs.get(), &position, &key, &member)) {
      const char* name = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : nullptr;
      const Property* p = name ? item.schema->property(name) : nullptr;
      Value converted;
      if (!p || p->collection) {
        PyErr_Format(PyExc_TypeError, "%s %s[%zd]: keyword \"%S\" unrecognized", what.c_str(),
                     list.identifier.c_str(), i, key);
        return false;
      }
      if (!from_python(member, *p, ConstRef{}, what.c_str(), &converted)) {
        return false;
      }
      const Result<void> written = write(item, *p, converted);
      if (!written) {
        raise(written.error(), PyExc_TypeError);
        return false;
      }
    }
  }
  return true;
}

struct Settings {
  const Schema* schema;
  void* data;
  explicit Settings(const Schema& s) : schema(&s), data(s.make()) {}
  ~Settings() { schema->destroy(data); }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
};

// operator_call(identifier, settings, override, undo, invoke): how it ended, such as 'FINISHED'.
PyObject* operator_call(PyObject*, PyObject* args) {
  PyObject *identifier = nullptr, *keywords = nullptr, *override = nullptr;
  int pushes_undo = 0, is_invoked = 0;
  if (!PyArg_ParseTuple(args, "UO!O|pp:operator_call", &identifier, &PyDict_Type, &keywords,
                        &override, &pushes_undo, &is_invoked)) {
    return nullptr;
  }
  const OperatorType* type = find_operator(identifier);
  if (!type || !may_write(type->identifier.c_str())) {
    return nullptr;
  }
  Settings settings(*type->settings);
  std::unordered_set<std::string> given;
  const ConstRef none;
  PyObject *key = nullptr, *value = nullptr;
  Py_ssize_t position = 0;
  // A copy: converting values runs code that may change the dictionary.
  const PyRef items = PyRef::steal(PyDict_Copy(keywords));
  while (items && PyDict_Next(items.get(), &position, &key, &value)) {
    const char* name = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : nullptr;
    const Property* p = name ? type->settings->property(name) : nullptr;
    if (!p || p->is_internal) {
      PyErr_Format(PyExc_TypeError,
                   "Converting py args to operator properties: : keyword \"%S\" unrecognized", key);
      return nullptr;
    }
    Value converted;
    const std::string what = "Converting py args to operator properties: " + type->identifier + ".";
    if (p->collection && p->target_schema()) {
      if (!fill_list({type->settings, settings.data, -1, nullptr, &state().document(),
                      &state().services()},
                     *p, value, what)) {
        return nullptr;
      }
      given.insert(name);
      continue;
    }
    // Items of enumerations may depend on the document.
    const ConstRef owner =
        p->dynamic_items ? ConstRef{type->settings, settings.data, -1, nullptr, &state().document(), &state().services()} : none;
    if (!from_python(value, *p, owner, what.c_str(), &converted)) {
      return nullptr;
    }
    const Result<void> written = write(
        {type->settings, settings.data, -1, nullptr, &state().document(), &state().services()}, *p,
        converted);
    if (!written) {
      return raise(written.error(), PyExc_TypeError);
    }
    given.insert(name);
  }
  Progress progress;
  const Interrupts::Scope scope(state().services().find<Interrupts>(), progress);
  Context context(*state().project, progress);
  context.is_invoked = is_invoked && !state().is_background;
  apply_override(context, override);
  if (type->poll) {
    if (const std::optional<std::string> why_not = type->poll(context)) {
      PyErr_Format(PyExc_RuntimeError,
                   "Operator bpy.ops.%s.poll() failed, context is incorrect: %s",
                   type->identifier.c_str(), why_not->c_str());
      return nullptr;
    }
  }
  Result<Outcome> outcome = [&]() -> Result<Outcome> {
    try {
      return type->run(context, settings.data, given);
    } catch (const std::bad_alloc&) {
      return Error::invalid("out of memory");
    } catch (const std::exception& problem) {
      return Error::invalid("{}", problem.what());
    }
  }();
  if (PyErr_Occurred()) {
    return nullptr;
  }
  for (const Report& report : context.reports) {
    if (report.severity == Report::Severity::Debug) {
      continue;  // the log of a window has them
    }
    PySys_FormatStdout("%s: %s\n", operators::word_of(report.severity).data(), report.text.c_str());
  }
  if (!outcome) {
    const auto* interrupts = state().services().find<Interrupts>();
    if (outcome.error().kind == Error::Kind::Cancelled && interrupts &&
        interrupts->is_interrupted()) {
      PyErr_SetNone(PyExc_KeyboardInterrupt);
      return nullptr;
    }
    if (outcome.error().kind == Error::Kind::Cancelled) {
      return PyUnicode_FromString("CANCELLED");
    }
    PyErr_Format(PyExc_RuntimeError, "Error: %s", outcome.error().message.c_str());
    return nullptr;
  }
  const auto* preferences = state().services().find<Preferences>();
  if (pushes_undo && (!preferences || preferences->edit.use_global_undo) &&
      *outcome == Outcome::Finished && type->is_undoable) {
    state().project->undo.push(state().document(), type->label);
  }
  return PyUnicode_FromString(outcome_name(*outcome));
}

PyObject* operator_poll(PyObject*, PyObject* args) {
  PyObject *identifier = nullptr, *override = nullptr;
  if (!PyArg_ParseTuple(args, "UO:operator_poll", &identifier, &override)) {
    return nullptr;
  }
  const OperatorType* type = find_operator(identifier);
  if (!type) {
    return nullptr;
  }
  Progress progress;
  Context context(*state().project, progress);
  apply_override(context, override);
  return PyBool_FromLong(!type->poll || !type->poll(context));
}

PyObject* operator_names(PyObject*, PyObject*) {
  const auto* registry = state().services().find<const OperatorRegistry>();
  PyRef list = PyRef::steal(PyList_New(0));
  if (registry) {
    for (const auto& type : registry->all()) {
      const PyRef name = PyRef::steal(PyUnicode_FromString(type->identifier.c_str()));
      if (!list || !name || PyList_Append(list.get(), name.get()) < 0) {
        return nullptr;
      }
    }
  }
  return list.release();
}

// Facts about the settings, with the label and options of the operator itself.
PyObject* operator_facts(PyObject*, PyObject* identifier) {
  const OperatorType* type = find_operator(identifier);
  PyRef facts = PyRef::steal(type ? schema_facts(*type->settings) : nullptr);
  PyRef options = PyRef::steal(facts ? PySet_New(nullptr) : nullptr);
  for (std::size_t i = 0; options && i < type->options.size(); ++i) {
    const PyRef name = PyRef::steal(PyUnicode_FromString(type->options[i].c_str()));
    if (!name || PySet_Add(options.get(), name.get()) < 0) {
      return nullptr;
    }
  }
  const PyRef label = PyRef::steal(type ? PyUnicode_FromString(type->label.c_str()) : nullptr);
  const PyRef description =
      PyRef::steal(type ? PyUnicode_FromString(type->description.c_str()) : nullptr);
  if (!options || !label || !description ||
      PyDict_SetItemString(facts.get(), "bl_options", options.get()) < 0 ||
      PyDict_SetItemString(facts.get(), "name", label.get()) < 0 ||
      PyDict_SetItemString(facts.get(), "description", description.get()) < 0) {
    return nullptr;
  }
  return facts.release();
}

PyMethodDef functions[] = {
    {"operator_call", operator_call, METH_VARARGS, "operator_call(identifier, settings, override)"},
    {"operator_poll", operator_poll, METH_VARARGS, "operator_poll(identifier, override)"},
    {"operator_names", operator_names, METH_NOARGS,
     "operator_names(): identifiers of all operators"},
    {"operator_facts", operator_facts, METH_O,
     "operator_facts(identifier): what `bl_rna` of its settings shows"},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_operator_functions(PyObject* module) {
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
