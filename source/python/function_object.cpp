#include "python/function_object.h"

#include "python/access.h"
#include "python/collection_object.h"
#include "python/threads.h"

namespace kiln::python {
namespace {

struct FunctionObject {
  PyObject_HEAD
  PyObject* self;  ///< strong; null for static functions
  const Function* function;
};

FunctionObject* as_function(PyObject* object) { return reinterpret_cast<FunctionObject*>(object); }

void dealloc(PyObject* object) {
  PyTypeObject* type = Py_TYPE(object);
  Py_XDECREF(as_function(object)->self);
  type->tp_free(object);
  Py_DECREF(type);
}

StructObject* owner_of(PyObject* self) {
  if (!self) {
    return nullptr;
  }
  return is_collection(self) ? reinterpret_cast<CollectionObject*>(self)->owner : reinterpret_cast<StructObject*>(self);
}

std::string title(FunctionObject* f) {
  StructObject* owner = owner_of(f->self);
  std::string where = owner ? owner->schema->identifier : std::string("bpy_struct");
  if (f->self && is_collection(f->self)) {
    where = Py_TYPE(f->self)->tp_name;
  }
  return where + "." + f->function->identifier + "(): ";
}

// Puts positional and named arguments in the order of the parameters.
bool parse(FunctionObject* f, PyObject* args, PyObject* keywords, const ConstRef& target, std::vector<Value>* values) {
  std::vector<const Property*> inputs;
  for (const Property& p : f->function->parameters) {
    if (!p.is_output) {
      inputs.push_back(&p);
    }
  }
  const Py_ssize_t given = PyTuple_GET_SIZE(args);
  if (given > Py_ssize_t(inputs.size())) {
    PyErr_Format(PyExc_TypeError, "%stakes at most %zu arguments, got %zd", title(f).c_str(), inputs.size(), given);
    return false;
  }
  Py_ssize_t used = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Property& p = *inputs[i];
    PyObject* argument = Py_ssize_t(i) < given ? PyTuple_GET_ITEM(args, Py_ssize_t(i)) : nullptr;
    PyObject* named = keywords ? PyDict_GetItemString(keywords, p.identifier.c_str()) : nullptr;
    if (named) {
      ++used;
      if (argument) {
        PyErr_Format(PyExc_TypeError, "%sgot \"%s\" twice", title(f).c_str(), p.identifier.c_str());
        return false;
      }
      argument = named;
    }
    if (!argument) {
      if (p.is_required) {
        PyErr_Format(PyExc_TypeError, "%srequired parameter \"%s\" not specified", title(f).c_str(), p.identifier.c_str());
        return false;
      }
      values->push_back(p.default_value);
      continue;
    }
    Value value;
    const std::string what = title(f) + "error with argument " + std::to_string(i + 1) + ", \"" + p.identifier + "\" - ";
    if (!from_python(argument, p, target, what.c_str(), &value)) {
      return false;
    }
    values->push_back(std::move(value));
  }
  if (keywords && used != PyDict_GET_SIZE(keywords)) {
    PyObject *key = nullptr, *item = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(keywords, &position, &key, &item)) {
      const char* name = PyUnicode_AsUTF8(key);
      const bool is_known = name && std::any_of(inputs.begin(), inputs.end(), [&](const Property* p) { return p->identifier == name; });
      if (!is_known) {
        PyErr_Format(PyExc_TypeError, "%swas called with invalid keyword argument(s) (%U)", title(f).c_str(), key);
        return false;
      }
    }
  }
  return true;
}

// Functions that other threads may call, by how they are named: those that look something up.
bool only_reads(const std::string& name) {
  return name.ends_with("_get") || name.starts_with("is_") || name.starts_with("find") || name.starts_with("get");
}

PyObject* call(PyObject* object, PyObject* args, PyObject* keywords) {
  FunctionObject* f = as_function(object);
  StructObject* owner = owner_of(f->self);
  ConstRef target;
  if (owner && !find(owner, &target)) {
    return nullptr;
  }
  std::vector<Value> values;
  if (!parse(f, args, keywords, target, &values)) {
    return nullptr;
  }
  // Converting arguments ran Python code, which may have removed the target.
  if (owner && !find(owner, &target)) {
    return nullptr;
  }
  State& s = state();
  if (!only_reads(f->function->identifier) && !may_write(title(f).c_str())) {
    return nullptr;
  }
  bool was_edited = false;
  const std::function<MutableRef(Change)> edit = [&](Change kinds) {
    MutableRef ref;
    was_edited = true;
    if (!owner || !find_for_edit(owner, kinds, &ref)) {
      PyErr_Clear();
    }
    return ref;
  };
  const bool is_in_document = owner && !root_of(owner);
  const Call what{s.document(), s.services(), is_in_document ? handle_of(owner) : Handle{}, target, edit, values};
  Result<Value> result = [&]() -> Result<Value> {
    try {
      return f->function->call(what);
    } catch (const std::bad_alloc&) {
      return Error::invalid("out of memory");
    } catch (const std::exception& problem) {
      return Error::invalid("{}", problem.what());
    }
  }();
  if (PyErr_Occurred()) {
    return nullptr;
  }
  if (!result) {
    return raise(result.error());
  }
  if (was_edited && is_alive(owner)) {
    edited(owner);
  }
  std::vector<const Property*> outputs;
  for (const Property& p : f->function->parameters) {
    if (p.is_output) {
      outputs.push_back(&p);
    }
  }
  if (outputs.empty()) {
    Py_RETURN_NONE;
  }
  if (outputs.size() == 1) {
    return to_python(*result, *outputs[0], owner);
  }
  PyRef tuple = PyRef::steal(PyTuple_New(Py_ssize_t(outputs.size())));
  const Value::List& list = result->as_list();
  for (std::size_t i = 0; tuple && i < outputs.size(); ++i) {
    PyObject* item = to_python(i < list.size() ? list[i] : Value(), *outputs[i], owner);
    if (!item) {
      return nullptr;
    }
    PyTuple_SET_ITEM(tuple.get(), Py_ssize_t(i), item);
  }
  return tuple.release();
}

PyObject* repr(PyObject* object) {
  return PyUnicode_FromFormat("<bpy_func %s>", title(as_function(object)).c_str());
}

PyObject* get_name(PyObject* object, void*) { return PyUnicode_FromString(as_function(object)->function->identifier.c_str()); }
PyObject* get_doc(PyObject* object, void*) { return PyUnicode_FromString(as_function(object)->function->description.c_str()); }

PyGetSetDef getsets[] = {{"__name__", get_name, nullptr, nullptr, nullptr},
                         {"__doc__", get_doc, nullptr, nullptr, nullptr},
                         {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

PyObject* make_function(PyObject* self, const Function& function) {
  PyTypeObject* type = state().function_type;
  auto* object = reinterpret_cast<FunctionObject*>(type->tp_alloc(type, 0));
  if (object) {
    object->self = Py_XNewRef(self);
    object->function = &function;
  }
  return reinterpret_cast<PyObject*>(object);
}

bool init_function_type() {
  PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
                         {Py_tp_call, reinterpret_cast<void*>(call)},
                         {Py_tp_repr, reinterpret_cast<void*>(repr)},
                         {Py_tp_getset, getsets},
                         {0, nullptr}};
  PyType_Spec spec{"bpy_func", int(sizeof(FunctionObject)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
  state().function_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return state().function_type != nullptr;
}

}  // namespace kiln::python
