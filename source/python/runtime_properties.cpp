#include "python/runtime_properties.h"

#include "core/schema/bag_property.h"
#include "python/access.h"
#include "python/exceptions.h"

namespace kiln::python {
namespace {

// The struct at `data` among the groups of properties that scripts gave a struct; empty steps where it is the struct itself.
bool find_group(const ConstRef& in, const void* data, int depth, std::vector<PathStep>& steps) {
  if (in.data == data) {
    return true;
  }
  if (depth > 8) {
    return false;
  }
  const auto look = [&](const Property& p) {
    if (!p.is_runtime) {
      return false;
    }
    if (p.inner) {
      steps.push_back({&p});
      if (find_group(p.inner(in), data, depth + 1, steps)) {
        return true;
      }
      steps.pop_back();
    } else if (p.collection) {
      for (std::int64_t i = 0, n = p.collection->size(in); i < n; ++i) {
        steps.push_back({&p, 0, i});
        if (find_group(p.collection->at(in, i).ref, data, depth + 1, steps)) {
          return true;
        }
        steps.pop_back();
      }
    }
    return false;
  };
  for (const Schema* schema = in.schema; schema; schema = schema->base) {
    if (std::any_of(schema->properties.begin(), schema->properties.end(), look)) {
      return true;
    }
    const Registry::Extension* extension = state().registry().extension(*schema);
    if (extension && std::any_of(extension->properties.begin(), extension->properties.end(), [&](const auto& p) { return look(*p); })) {
      return true;
    }
  }
  return false;
}

// The object that scripts see for a struct (strong); None where there is none.
PyObject* object_at(const ConstRef& ref) {
  ConstRef accessed;
  StructObject* owner = state().accessed;
  if (owner && is_alive(owner) && find(owner, &accessed) && accessed.data == ref.data) {
    return Py_NewRef(reinterpret_cast<PyObject*>(owner));
  }
  if (!ref.block) {
    Py_RETURN_NONE;
  }
  Handle handle{ref.block->id, {}};
  if (!find_group(reference_to(*ref.block, ref.document, ref.services), ref.data, 0, handle.steps)) {
    Py_RETURN_NONE;
  }
  return make_from_handle(handle, nullptr);
}

// A function of a property is running: its definition stays as it is meanwhile.
class CallbackCall {
 public:
  CallbackCall() { ++state().callback_depth; }
  ~CallbackCall() { --state().callback_depth; }
  CallbackCall(const CallbackCall&) = delete;
  CallbackCall& operator=(const CallbackCall&) = delete;
};

Value call_get(const PropertyCallbacks& callbacks, const Property& p, const ConstRef& ref) {
  if (!callbacks.get) {
    return p.default_value;
  }
  const CallbackCall running;
  const PyRef self = PyRef::steal(object_at(ref));
  const PyRef result = PyRef::steal(self ? PyObject_CallOneArg(callbacks.get.get(), self.get()) : nullptr);
  Value value;
  if (result && p.type == PropertyType::Enum) {
    // Functions of enumerations work with numbers.
    const long number = PyLong_AsLong(result.get());
    if (!PyErr_Occurred()) {
      return value_of_items(p, p.dynamic_items ? p.dynamic_items(ref) : p.items, int(number));
    }
  } else if (result && from_python(result.get(), p, {}, "get(): ", &value)) {
    return value;
  }
  print_exception();
  return p.default_value;
}

Result<void> call_set(const PropertyCallbacks& callbacks, const Property& p, const MutableRef& ref, const Value& value) {
  if (!callbacks.set) {
    return {};
  }
  const CallbackCall running;
  const PyRef self = PyRef::steal(object_at(ref));
  PyRef given;
  if (p.type == PropertyType::Enum) {
    const bool has_number = std::holds_alternative<std::int64_t>(value.data);
    const Result<int> number = number_of_items(p, has_number ? std::vector<EnumItem>() : p.dynamic_items ? p.dynamic_items(ref) : p.items, value);
    if (!number) {
      return number.error();
    }
    given = PyRef::steal(PyLong_FromLong(*number));
  } else {
    given = PyRef::steal(to_python(value, p, nullptr));
  }
  const PyRef done = PyRef::steal(self && given ? PyObject_CallFunctionObjArgs(callbacks.set.get(), self.get(), given.get(), nullptr) : nullptr);
  if (!done) {
    print_exception();
  }
  return {};
}

std::string text_of(PyObject* object) {
  const char* text = object && PyUnicode_Check(object) ? PyUnicode_AsUTF8(object) : nullptr;
  PyErr_Clear();
  return text ? text : "";
}

// Items as a script's function gives them: (identifier, name, description[, icon][, number]).
std::vector<EnumItem> call_items(const PropertyCallbacks& callbacks, const ConstRef& ref) {
  std::vector<EnumItem> items;
  if (!callbacks.items) {
    return items;
  }
  const CallbackCall running;
  const PyRef self = PyRef::steal(object_at(ref));
  const PyRef context = PyRef::steal(context_object());
  const PyRef result = PyRef::steal(self && context ? PyObject_CallFunctionObjArgs(callbacks.items.get(), self.get(), context.get(), nullptr) : nullptr);
  const PyRef list = PyRef::steal(result ? PySequence_Tuple(result.get()) : nullptr);
  for (Py_ssize_t i = 0; list && i < PyTuple_GET_SIZE(list.get()); ++i) {
    const PyRef item = PyRef::steal(PySequence_Tuple(PyTuple_GET_ITEM(list.get(), i)));
    if (!item) {
      PyErr_Clear();
      continue;
    }
    const Py_ssize_t size = PyTuple_GET_SIZE(item.get());
    EnumItem entry;
    entry.value = int(i);
    for (Py_ssize_t k = 0; k < size && k < 5; ++k) {
      PyObject* field = PyTuple_GET_ITEM(item.get(), k);
      if (k == 0) {
        entry.identifier = text_of(field);
      } else if (k == 1) {
        entry.label = text_of(field);
      } else if (k == 2) {
        entry.description = text_of(field);
      } else if (PyLong_Check(field) && k == size - 1) {
        entry.value = int(PyLong_AsLong(field));
      } else if (PyUnicode_Check(field)) {
        entry.icon = text_of(field);
      }
    }
    items.push_back(std::move(entry));
  }
  if (PyErr_Occurred()) {
    print_exception();
  }
  return items;
}

}  // namespace

AccessedObject::AccessedObject(StructObject* owner) : previous_(state().accessed) { state().accessed = owner; }
AccessedObject::~AccessedObject() { state().accessed = previous_; }

PyObject* context_object() {
  const PyRef bpy = PyRef::steal(PyImport_ImportModule("bpy"));
  return bpy ? PyObject_GetAttrString(bpy.get(), "context") : nullptr;
}

void connect_items(Property& p, std::shared_ptr<PropertyCallbacks> callbacks) {
  if (callbacks->items) {
    p.dynamic_items = [callbacks](const ConstRef& ref) { return call_items(*callbacks, ref); };
  }
}

void connect_callbacks(Property& p, std::shared_ptr<PropertyCallbacks> callbacks) {
  const auto facts = std::make_shared<Property>(p);
  if (callbacks->get) {
    p.get = [callbacks, facts](const ConstRef& ref) { return call_get(*callbacks, *facts, ref); };
    p.set = {};
    p.is_read_only = !callbacks->set;
  }
  if (callbacks->set) {
    p.set = [callbacks, facts](const MutableRef& ref, const Value& value) { return call_set(*callbacks, *facts, ref, value); };
  }
  if (callbacks->poll) {
    p.accepts = [callbacks](const ConstRef& owner, const ConstRef& candidate) {
      if (!callbacks->poll) {
        return true;
      }
      const CallbackCall running;
      const PyRef self = PyRef::steal(object_at(owner));
      const PyRef given = PyRef::steal(candidate.block ? make_from_handle({candidate.block->id, {}}, nullptr) : nullptr);
      const PyRef answer = PyRef::steal(self && given ? PyObject_CallFunctionObjArgs(callbacks->poll.get(), self.get(), given.get(), nullptr) : nullptr);
      const int is_accepted = answer ? PyObject_IsTrue(answer.get()) : -1;
      if (is_accepted < 0) {
        print_exception();
      }
      return is_accepted > 0;
    };
  }
}

void connect_update(Property& p, std::shared_ptr<PropertyCallbacks> callbacks) {
  if (!callbacks->update) {
    return;
  }
  p.after_write = [&p](const Handle& owner) {
    const PyRef object = PyRef::steal(make_from_handle(owner, nullptr));
    if (object && is_struct(object.get())) {
      call_update(reinterpret_cast<StructObject*>(object.get()), p);
    } else {
      PyErr_Clear();
    }
  };
  state().callbacks[&p] = std::move(callbacks);
}

void drop_callbacks() {
  for (const std::weak_ptr<PropertyCallbacks>& kept : state().all_callbacks) {
    if (const std::shared_ptr<PropertyCallbacks> functions = kept.lock()) {
      *functions = {};
    }
  }
  state().all_callbacks.clear();
  state().callbacks.clear();
}

void call_update(StructObject* owner, const Property& p) {
  const auto found = p.is_runtime ? state().callbacks.find(&p) : state().callbacks.end();
  if (found == state().callbacks.end() || !found->second->update) {
    return;
  }
  // Deep down there would be no room left to print what is wrong.
  constexpr int deepest = 100;
  if (state().update_depth >= deepest) {
    PyErr_Format(PyExc_RecursionError, "update functions of properties call each other without end, \"%s\" is the last of %d", p.identifier.c_str(), deepest);
    print_exception();
    return;
  }
  ++state().update_depth;
  const std::shared_ptr<PropertyCallbacks> kept = found->second;  // the function may unregister the property
  const PyRef context = PyRef::steal(context_object());
  const PyRef done =
      PyRef::steal(context ? PyObject_CallFunctionObjArgs(kept->update.get(), reinterpret_cast<PyObject*>(owner), context.get(), nullptr) : nullptr);
  --state().update_depth;
  if (!done) {
    print_exception();
  }
}

}  // namespace kiln::python
