#include "python/script_panels.h"

#include "python/access.h"
#include "python/exceptions.h"
#include "python/gil.h"

namespace kiln::python {
namespace {

using Item = ScriptLayoutItem;

PyObject* entry(PyObject* dict, const char* key) {
  PyObject* value = PyDict_GetItemString(dict, key);
  return value == Py_None ? nullptr : value;
}

std::string text(PyObject* dict, const char* key) {
  PyObject* value = entry(dict, key);
  const char* utf8 = value && PyUnicode_Check(value) ? PyUnicode_AsUTF8(value) : nullptr;
  PyErr_Clear();
  return utf8 ? utf8 : "";
}

bool flag(PyObject* dict, const char* key, bool fallback) {
  PyObject* value = entry(dict, key);
  const int is_true = value ? PyObject_IsTrue(value) : int(fallback);
  PyErr_Clear();
  return is_true > 0;
}

Item::Kind kind_of(const std::string& name) {
  static constexpr std::pair<const char*, Item::Kind> kinds[] = {{"ROW", Item::Kind::Row},           {"BOX", Item::Kind::Box},
                                                                 {"LABEL", Item::Kind::Label},       {"PROPERTY", Item::Kind::Property},
                                                                 {"OPERATOR", Item::Kind::Operator}, {"SEPARATOR", Item::Kind::Separator}};
  for (const auto& [known, kind] : kinds) {
    if (name == known) {
      return kind;
    }
  }
  return Item::Kind::Column;
}

// Simple values are enough for settings of buttons.
Value simple_value(PyObject* object) {
  if (PyBool_Check(object)) {
    return object == Py_True;
  }
  if (PyLong_Check(object)) {
    return std::int64_t(PyLong_AsLongLong(object));
  }
  if (PyFloat_Check(object)) {
    return PyFloat_AsDouble(object);
  }
  if (PyUnicode_Check(object)) {
    const char* utf8 = PyUnicode_AsUTF8(object);
    return utf8 ? Value(utf8) : Value();
  }
  if (PyAnySet_Check(object)) {
    Value::List set;
    const PyRef iterator = PyRef::steal(PyObject_GetIter(object));
    while (const PyRef item = PyRef::steal(iterator ? PyIter_Next(iterator.get()) : nullptr)) {
      set.push_back(simple_value(item.get()));
    }
    return set;
  }
  Value::Numbers numbers;
  const PyRef items = PyRef::steal(PySequence_Tuple(object));
  for (Py_ssize_t i = 0; items && i < PyTuple_GET_SIZE(items.get()); ++i) {
    numbers.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(items.get(), i)));
  }
  return numbers;
}

void read_property(PyObject* dict, Item& item) {
  PyObject* owner = entry(dict, "owner");
  ConstRef ref;
  item.property = nullptr;
  if (owner && is_struct(owner) && find(reinterpret_cast<StructObject*>(owner), &ref) && !root_of(reinterpret_cast<StructObject*>(owner))) {
    item.owner = handle_of(reinterpret_cast<StructObject*>(owner));
    item.property = state().registry().property(*ref.schema, text(dict, "property"));
  }
  PyErr_Clear();
  if (!item.property) {
    // What lies in no document is only named.
    item.kind = Item::Kind::Label;
    item.text = item.text.empty() ? text(dict, "property") : item.text;
  }
}

Item make_item(PyObject* dict, int depth) {
  Item item;
  if (!PyDict_Check(dict) || depth > 64) {
    return item;
  }
  item.kind = kind_of(text(dict, "kind"));
  item.text = text(dict, "text");
  item.is_enabled = flag(dict, "enabled", true);
  item.is_warning = flag(dict, "alert", false);
  item.is_toggle = flag(dict, "is_toggle", false);
  item.is_expanded = flag(dict, "is_expanded", false);
  if (PyObject* index = entry(dict, "index"); index && PyLong_Check(index)) {
    item.index = int(PyLong_AsLong(index));
  }
  if (item.kind == Item::Kind::Property) {
    read_property(dict, item);
  }
  item.operator_name = text(dict, "operator");
  PyObject* settings = entry(dict, "settings");
  PyObject *key = nullptr, *value = nullptr;
  for (Py_ssize_t position = 0; settings && PyDict_Check(settings) && PyDict_Next(settings, &position, &key, &value);) {
    const char* name = PyUnicode_AsUTF8(key);
    item.settings.emplace_back(name ? name : "", simple_value(value));
  }
  PyErr_Clear();
  PyObject* children = entry(dict, "children");
  for (Py_ssize_t i = 0; children && PyList_Check(children) && i < PyList_GET_SIZE(children); ++i) {
    item.children.push_back(make_item(PyList_GET_ITEM(children, i), depth + 1));
  }
  return item;
}

}  // namespace

std::vector<ScriptPanel> PythonPanels::draw(std::string_view space, std::string_view region, std::string_view context) {
  std::vector<ScriptPanel> panels;
  const GilLock lock;
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy._ui"));
  const PyRef list = PyRef::steal(module ? PyObject_CallMethod(module.get(), "draw_panels", "sss", std::string(space).c_str(), std::string(region).c_str(),
                                                               std::string(context).c_str())
                                         : nullptr);
  for (Py_ssize_t i = 0; list && PyList_Check(list.get()) && i < PyList_GET_SIZE(list.get()); ++i) {
    PyObject* dict = PyList_GET_ITEM(list.get(), i);
    PyObject* content = PyDict_Check(dict) ? entry(dict, "content") : nullptr;
    if (content) {
      panels.push_back({text(dict, "identifier"), text(dict, "title"), text(dict, "category"), flag(dict, "is_open", true), make_item(content, 0)});
    }
  }
  if (PyErr_Occurred()) {
    print_exception();
  }
  return panels;
}

}  // namespace kiln::python
