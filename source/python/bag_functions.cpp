#include "python/bag_functions.h"

#include <climits>

namespace kiln::python {
namespace {

constexpr int max_depth = 32;

PropertyBag* bag_of(const Schema& schema, void* data) {
  const auto bag = schema.find_bag();
  if (!bag) {
    PyErr_Format(PyExc_TypeError, "bpy_struct[key]: %s has no custom properties", schema.identifier.c_str());
    return nullptr;
  }
  return bag(data);
}

bool name_from(PyObject* object, std::string* out) {
  if (!PyUnicode_Check(object)) {
    PyErr_Format(PyExc_KeyError, "custom property names are strings, not %s", Py_TYPE(object)->tp_name);
    return false;
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(object, &size);
  if (!text) {
    return false;
  }
  if (size == 0 || size > 63) {
    PyErr_SetString(PyExc_KeyError, "custom property names have 1 to 63 bytes");
    return false;
  }
  out->assign(text, std::size_t(size));
  return true;
}

// The name at a place of a path. Lists of other things than groups are lists of groups that hold one
// value each, under no name.
bool name_at(PyObject* path, Py_ssize_t i, std::string* out) {
  PyObject* step = PyTuple_GET_ITEM(path, i);
  if (i > 0 && PyLong_Check(PyTuple_GET_ITEM(path, i - 1)) && PyUnicode_Check(step) && PyUnicode_GET_LENGTH(step) == 0) {
    out->clear();
    return true;
  }
  return name_from(step, out);
}

// Whether a list holds values rather than groups.
bool is_list_of_values(const CustomValue::Groups& groups) {
  return !groups.empty() && std::all_of(groups.begin(), groups.end(), [](const PropertyBag& group) {
    return group.size() == 1 && group.items()[0].first.empty();
  });
}

// The bag that holds the last name of a path: `path` is all names and positions, the last one is not walked.
const PropertyBag* walk(const PropertyBag* bag, PyObject* path, Py_ssize_t count) {
  for (Py_ssize_t i = 0; bag && i < count; ++i) {
    std::string name;
    if (!name_at(path, i, &name)) {
      return nullptr;
    }
    const CustomValue* value = bag->find(name);
    const PropertyBag* group = value ? std::get_if<PropertyBag>(&value->data) : nullptr;
    const auto* groups = value ? std::get_if<CustomValue::Groups>(&value->data) : nullptr;
    if (groups && i + 1 < count && PyLong_Check(PyTuple_GET_ITEM(path, i + 1))) {
      const Py_ssize_t at = PyLong_AsSsize_t(PyTuple_GET_ITEM(path, ++i));
      group = at >= 0 && std::size_t(at) < groups->size() ? &(*groups)[std::size_t(at)] : nullptr;
    }
    if (!group) {
      PyErr_Format(PyExc_ReferenceError, "the group of custom properties \"%s\" has been removed", name.c_str());
    }
    bag = group;
  }
  return bag;
}

PropertyBag* walk_for_edit(PropertyBag* bag, PyObject* path, Py_ssize_t count) {
  for (Py_ssize_t i = 0; bag && i < count; ++i) {
    std::string name;
    if (!name_at(path, i, &name)) {
      return nullptr;
    }
    CustomValue* value = bag->edit(name);
    PropertyBag* group = value ? std::get_if<PropertyBag>(&value->data) : nullptr;
    auto* groups = value ? std::get_if<CustomValue::Groups>(&value->data) : nullptr;
    if (groups && i + 1 < count && PyLong_Check(PyTuple_GET_ITEM(path, i + 1))) {
      const Py_ssize_t at = PyLong_AsSsize_t(PyTuple_GET_ITEM(path, ++i));
      group = at >= 0 && std::size_t(at) < groups->size() ? &(*groups)[std::size_t(at)] : nullptr;
    }
    if (!group) {
      PyErr_Format(PyExc_ReferenceError, "the group of custom properties \"%s\" has been removed", name.c_str());
    }
    bag = group;
  }
  return bag;
}

struct Place {
  StructObject* owner = nullptr;
  PyObject* path = nullptr;
};

bool parse(PyObject* args, Place* place, PyObject** extra = nullptr) {
  PyObject* owner = nullptr;
  const bool good = extra ? PyArg_ParseTuple(args, "OO!O", &owner, &PyTuple_Type, &place->path, extra)
                          : PyArg_ParseTuple(args, "OO!", &owner, &PyTuple_Type, &place->path);
  if (!good) {
    return false;
  }
  if (!is_struct(owner)) {
    PyErr_SetString(PyExc_TypeError, "expected a struct");
    return false;
  }
  place->owner = reinterpret_cast<StructObject*>(owner);
  return true;
}

const PropertyBag* find_bag(const Place& place, Py_ssize_t count) {
  ConstRef ref;
  if (!find(place.owner, &ref)) {
    return nullptr;
  }
  const PropertyBag* bag = bag_of(*ref.schema, const_cast<void*>(ref.data));
  return bag ? walk(bag, place.path, count) : nullptr;
}

PropertyBag* edit_bag(const Place& place, Py_ssize_t count) {
  if (!find_bag(place, count)) {
    return nullptr;
  }
  MutableRef ref;
  if (!find_for_edit(place.owner, Change::Settings, &ref)) {
    return nullptr;
  }
  return walk_for_edit(bag_of(*ref.schema, ref.data), place.path, count);
}

// Values that have no place of their own in Python come as they are, the others as (kind, detail) for the Python classes.
PyObject* to_python(const CustomValue& custom, StructObject* owner) {
  return std::visit(
      [&](const auto& v) -> PyObject* {
        using T = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::int32_t>) {
          return PyLong_FromLong(v);
        } else if constexpr (std::is_same_v<T, double>) {
          return PyFloat_FromDouble(v);
        } else if constexpr (std::is_same_v<T, bool>) {
          return PyBool_FromLong(v);
        } else if constexpr (std::is_same_v<T, std::string>) {
          return PyUnicode_DecodeUTF8(v.data(), Py_ssize_t(v.size()), "surrogateescape");
        } else if constexpr (std::is_same_v<T, CustomValue::Bytes>) {
          return PyBytes_FromStringAndSize(v.data.data(), Py_ssize_t(v.data.size()));
        } else if constexpr (std::is_same_v<T, BlockId>) {
          return make_from_handle({v, {}}, owner);
        } else if constexpr (std::is_same_v<T, PropertyBag>) {
          return Py_BuildValue("(s)", "group");
        } else if constexpr (std::is_same_v<T, CustomValue::Groups>) {
          return Py_BuildValue("(sn)", is_list_of_values(v) ? "list" : "groups", Py_ssize_t(v.size()));
        } else {
          PyRef list = PyRef::steal(PyList_New(Py_ssize_t(v.size())));
          constexpr bool is_whole = std::is_same_v<T, CustomValue::Ints>;
          constexpr bool is_truth = std::is_same_v<T, CustomValue::Bools>;
          for (std::size_t i = 0; list && i < v.size(); ++i) {
            PyList_SET_ITEM(list.get(), Py_ssize_t(i),
                            is_truth ? PyBool_FromLong(v[i] != 0) : is_whole ? PyLong_FromLong(long(v[i])) : PyFloat_FromDouble(double(v[i])));
          }
          const char* code = is_truth ? "b" : is_whole ? "i" : std::is_same_v<T, CustomValue::Floats> ? "f" : "d";
          return list ? Py_BuildValue("(sOs)", "array", list.get(), code) : nullptr;
        }
      },
      custom.data);
}

PyObject* bag_get(PyObject*, PyObject* args) {
  Place place;
  if (!parse(args, &place)) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(place.path);
  if (count > 0 && PyLong_Check(PyTuple_GET_ITEM(place.path, count - 1))) {
    return walk(find_bag(place, 0), place.path, count) ? Py_BuildValue("(s)", "group") : nullptr;
  }
  const PropertyBag* bag = find_bag(place, std::max<Py_ssize_t>(count - 1, 0));
  std::string name;
  if (!bag || count == 0 || !name_at(place.path, count - 1, &name)) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_KeyError, "the name of a custom property is missing");
    }
    return nullptr;
  }
  const CustomValue* value = bag->find(name);
  if (!value) {
    PyErr_Format(PyExc_KeyError, "bpy_struct[key]: key \"%s\" not found", name.c_str());
    return nullptr;
  }
  return to_python(*value, place.owner);
}

PyObject* bag_set(PyObject*, PyObject* args) {
  Place place;
  PyObject* value = nullptr;
  std::string name;
  if (!parse(args, &place, &value)) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(place.path);
  if (count == 0 || !name_at(place.path, count - 1, &name)) {
    return nullptr;
  }
  CustomValue custom;
  // None takes the property away, as assigning no data-block does.
  if (value != Py_None && !custom_from_python(value, name.c_str(), 0, &custom)) {
    return nullptr;
  }
  PropertyBag* bag = edit_bag(place, count - 1);
  if (!bag) {
    return nullptr;
  }
  if (value == Py_None) {
    bag->remove(name);
    Py_RETURN_NONE;
  }
  if (const CustomValue* old = bag->find(name); old && old->data.index() == custom.data.index()) {
    custom.look = old->look;
  }
  bag->set(name, std::move(custom));
  Py_RETURN_NONE;
}

PyObject* bag_delete(PyObject*, PyObject* args) {
  Place place;
  std::string name;
  if (!parse(args, &place)) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(place.path);
  if (count == 0 || !name_at(place.path, count - 1, &name)) {
    return nullptr;
  }
  PropertyBag* bag = edit_bag(place, count - 1);
  if (!bag) {
    return nullptr;
  }
  if (!bag->remove(name)) {
    PyErr_Format(PyExc_KeyError, "bpy_struct[key]: key \"%s\" not found", name.c_str());
    return nullptr;
  }
  Py_RETURN_NONE;
}

PyObject* bag_keys(PyObject*, PyObject* args) {
  Place place;
  if (!parse(args, &place)) {
    return nullptr;
  }
  const PropertyBag* bag = find_bag(place, PyTuple_GET_SIZE(place.path));
  PyRef list = PyRef::steal(bag ? PyList_New(0) : nullptr);
  for (std::size_t i = 0; list && i < bag->size(); ++i) {
    const std::string& key = bag->items()[i].first;
    const PyRef name = PyRef::steal(PyUnicode_DecodeUTF8(key.data(), Py_ssize_t(key.size()), "surrogateescape"));
    if (!name || PyList_Append(list.get(), name.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

// How a property is shown: a dictionary, or None where it was never set.
PyObject* bag_look(PyObject*, PyObject* args) {
  Place place;
  std::string name;
  if (!parse(args, &place)) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(place.path);
  const PropertyBag* bag = find_bag(place, std::max<Py_ssize_t>(count - 1, 0));
  if (!bag || count == 0 || !name_at(place.path, count - 1, &name)) {
    return nullptr;
  }
  const CustomValue* value = bag->find(name);
  if (!value || !value->look) {
    Py_RETURN_NONE;
  }
  const CustomValueLook& look = *value->look;
  PyRef defaults = PyRef::steal(PyList_New(0));
  for (const double number : look.default_numbers) {
    const PyRef item = PyRef::steal(PyFloat_FromDouble(number));
    if (!defaults || !item || PyList_Append(defaults.get(), item.get()) < 0) {
      return nullptr;
    }
  }
  return Py_BuildValue("{sdsdsdsdsdsisssssOss}", "min", look.min, "max", look.max, "soft_min", look.soft_min, "soft_max", look.soft_max, "step", look.step,
                       "precision", look.precision, "subtype", look.subtype.c_str(), "description", look.description.c_str(), "default", defaults.get(),
                       "default_text", look.default_text.c_str());
}

PyObject* bag_set_look(PyObject*, PyObject* args) {
  Place place;
  PyObject* dict = nullptr;
  std::string name;
  if (!parse(args, &place, &dict)) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(place.path);
  if (count == 0 || !name_at(place.path, count - 1, &name)) {
    return nullptr;
  }
  std::shared_ptr<CustomValueLook> look;
  if (dict != Py_None) {
    if (!PyDict_Check(dict)) {
      PyErr_SetString(PyExc_TypeError, "expected a dictionary");
      return nullptr;
    }
    look = std::make_shared<CustomValueLook>();
    const auto number = [&](const char* key, double* out) {
      PyObject* item = PyDict_GetItemString(dict, key);
      *out = item ? PyFloat_AsDouble(item) : *out;
    };
    number("min", &look->min);
    number("max", &look->max);
    number("soft_min", &look->soft_min);
    number("soft_max", &look->soft_max);
    number("step", &look->step);
    double precision = look->precision;
    number("precision", &precision);
    look->precision = int(precision);
    for (const auto& [key, out] : {std::pair{"subtype", &look->subtype}, {"description", &look->description}, {"default_text", &look->default_text}}) {
      PyObject* item = PyDict_GetItemString(dict, key);
      const char* text = item && PyUnicode_Check(item) ? PyUnicode_AsUTF8(item) : nullptr;
      *out = text ? text : *out;
    }
    PyObject* defaults = PyDict_GetItemString(dict, "default");
    for (Py_ssize_t i = 0; defaults && PyList_Check(defaults) && i < PyList_GET_SIZE(defaults); ++i) {
      look->default_numbers.push_back(PyFloat_AsDouble(PyList_GET_ITEM(defaults, i)));
    }
    if (PyErr_Occurred()) {
      return nullptr;
    }
  }
  PropertyBag* bag = edit_bag(place, count - 1);
  CustomValue* value = bag ? bag->edit(name) : nullptr;
  if (!value) {
    if (!PyErr_Occurred()) {
      PyErr_Format(PyExc_KeyError, "there is no custom property \"%s\"", name.c_str());
    }
    return nullptr;
  }
  value->look = std::move(look);
  Py_RETURN_NONE;
}

bool mapping_from_python(PyObject* value, const char* what, int depth, PropertyBag* out) {
  const PyRef items = PyRef::steal(PyMapping_Items(value));
  const PyRef pairs = PyRef::steal(items ? PySequence_Tuple(items.get()) : nullptr);
  for (Py_ssize_t i = 0; pairs && i < PyTuple_GET_SIZE(pairs.get()); ++i) {
    const PyRef pair = PyRef::steal(PySequence_Tuple(PyTuple_GET_ITEM(pairs.get(), i)));
    std::string name;
    CustomValue item;
    if (!pair || PyTuple_GET_SIZE(pair.get()) != 2 || !name_from(PyTuple_GET_ITEM(pair.get(), 0), &name) ||
        !custom_from_python(PyTuple_GET_ITEM(pair.get(), 1), what, depth + 1, &item)) {
      return false;
    }
    out->set(name, std::move(item));
  }
  return pairs.get() != nullptr;
}

bool sequence_from_python(PyObject* value, const char* what, int depth, CustomValue* out) {
  const PyRef items = PyRef::steal(PySequence_Tuple(value));
  if (!items) {
    return false;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(items.get());
  bool all_truth = count > 0, all_whole = true, all_numbers = true, all_groups = count > 0;
  bool all_texts = count > 0, all_lists = count > 0;
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* item = PyTuple_GET_ITEM(items.get(), i);
    all_truth = all_truth && PyBool_Check(item);
    all_whole = all_whole && PyLong_Check(item);
    all_numbers = all_numbers && (PyLong_Check(item) || PyFloat_Check(item));
    all_texts = all_texts && PyUnicode_Check(item);
    all_lists = all_lists && PySequence_Check(item) && !PyUnicode_Check(item) && !PyBytes_Check(item) && !PyDict_Check(item);
    all_groups = all_groups && (PyDict_Check(item) || PyMapping_Check(item)) && !PySequence_Check(item);
  }
  if (all_numbers) {
    CustomValue::Ints ints;
    CustomValue::Doubles doubles;
    for (Py_ssize_t i = 0; i < count; ++i) {
      PyObject* item = PyTuple_GET_ITEM(items.get(), i);
      const double number = PyFloat_AsDouble(item);
      if (number == -1.0 && PyErr_Occurred()) {
        return false;
      }
      if (all_whole && (number < INT_MIN || number > INT_MAX)) {
        PyErr_Format(PyExc_OverflowError, "custom property \"%s\": whole numbers have 32 bits", what);
        return false;
      }
      all_whole ? ints.push_back(std::int32_t(number)) : doubles.push_back(number);
    }
    if (all_whole) {
      out->data = std::move(ints);
    } else {
      out->data = std::move(doubles);
    }
    return true;
  }
  if (all_groups) {
    CustomValue::Groups groups;
    for (Py_ssize_t i = 0; i < count; ++i) {
      if (!mapping_from_python(PyTuple_GET_ITEM(items.get(), i), what, depth + 1, &groups.emplace_back())) {
        return false;
      }
    }
    out->data = std::move(groups);
    return true;
  }
  if (all_texts || all_lists) {
    CustomValue::Groups groups;
    for (Py_ssize_t i = 0; i < count; ++i) {
      CustomValue element;
      if (!custom_from_python(PyTuple_GET_ITEM(items.get(), i), what, depth + 1, &element)) {
        return false;
      }
      groups.emplace_back().set("", std::move(element));
    }
    out->data = std::move(groups);
    return true;
  }
  PyErr_Format(PyExc_TypeError, "custom property \"%s\": only lists of numbers, of texts, of lists or of dictionaries can be kept", what);
  return false;
}

}  // namespace

bool custom_from_python(PyObject* value, const char* what, int depth, CustomValue* out) {
  if (depth > max_depth) {
    PyErr_Format(PyExc_ValueError, "custom property \"%s\" is nested too deeply", what);
    return false;
  }
  if (PyFloat_Check(value)) {
    out->data = PyFloat_AS_DOUBLE(value);
    return true;
  }
  if (PyLong_Check(value)) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow || number < INT_MIN || number > INT_MAX) {
      PyErr_Format(PyExc_OverflowError, "custom property \"%s\": whole numbers have 32 bits", what);
      return false;
    }
    out->data = std::int32_t(number);
    return true;
  }
  if (PyUnicode_Check(value)) {
    const PyRef bytes = PyRef::steal(PyUnicode_AsEncodedString(value, "utf-8", "surrogateescape"));
    if (bytes) {
      out->data = std::string(PyBytes_AS_STRING(bytes.get()), std::size_t(PyBytes_GET_SIZE(bytes.get())));
    }
    return bool(bytes);
  }
  if (PyBytes_Check(value)) {
    out->data = CustomValue::Bytes{std::string(PyBytes_AS_STRING(value), std::size_t(PyBytes_GET_SIZE(value)))};
    return true;
  }
  if (is_struct(value)) {
    ConstRef ref;
    auto* object = reinterpret_cast<StructObject*>(value);
    if (!find(object, &ref)) {
      return false;
    }
    if (object->parent || !ref.block) {
      PyErr_Format(PyExc_TypeError, "custom property \"%s\": only data-blocks can be referred to", what);
      return false;
    }
    out->data = ref.block->id;
    return true;
  }
  if (PyDict_Check(value) || PyObject_HasAttrString(value, "to_dict")) {
    PropertyBag group;
    const bool good = mapping_from_python(value, what, depth, &group);
    out->data = std::move(group);
    return good;
  }
  if (PySequence_Check(value)) {
    return sequence_from_python(value, what, depth, out);
  }
  PyErr_Format(PyExc_TypeError, "custom property \"%s\": a %s cannot be kept", what, Py_TYPE(value)->tp_name);
  return false;
}

bool add_bag_functions(PyObject* module) {
  static PyMethodDef functions[] = {{"bag_get", bag_get, METH_VARARGS, "bag_get(owner, path)"},
                                    {"bag_set", bag_set, METH_VARARGS, "bag_set(owner, path, value)"},
                                    {"bag_delete", bag_delete, METH_VARARGS, "bag_delete(owner, path)"},
                                    {"bag_keys", bag_keys, METH_VARARGS, "bag_keys(owner, path)"},
                                    {"bag_look", bag_look, METH_VARARGS, "bag_look(owner, path)"},
                                    {"bag_set_look", bag_set_look, METH_VARARGS, "bag_set_look(owner, path, look)"},
                                    {nullptr, nullptr, 0, nullptr}};
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
