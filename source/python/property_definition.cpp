#include "python/property_definition.h"

#include "core/schema/bag_property.h"
#include "python/access.h"
#include "python/types.h"

namespace kiln::python {
namespace {

// Reads entries of a dictionary whose types have been checked; what is not there keeps its value.
class Reader {
 public:
  explicit Reader(PyObject* facts) : facts_(facts) {}

  PyObject* object(const char* key) const {
    PyObject* value = PyDict_GetItemString(facts_, key);
    return value == Py_None ? nullptr : value;
  }
  void read(const char* key, std::string& out) const {
    PyObject* value = object(key);
    if (const char* text = value && PyUnicode_Check(value) ? PyUnicode_AsUTF8(value) : nullptr) {
      out = text;
    }
    PyErr_Clear();
  }
  void read(const char* key, double& out) const {
    PyObject* value = object(key);
    const double number = value ? PyFloat_AsDouble(value) : 0.0;
    if (value && !PyErr_Occurred()) {
      out = number;
    }
    PyErr_Clear();
  }
  void read(const char* key, int& out) const {
    double number = out;
    read(key, number);
    out = int(std::clamp(number, -2147483648.0, 2147483647.0));
  }
  bool has(const char* set, const char* member) const {
    PyObject* value = object(set);
    const PyRef name = PyRef::steal(PyUnicode_FromString(member));
    return value && name && PyAnySet_Check(value) && PySet_Contains(value, name.get()) == 1;
  }

 private:
  PyObject* facts_;
};

// Items as tuples (identifier, name, description, icon, number).
bool read_items(PyObject* list, std::vector<EnumItem>& items) {
  const PyRef tuple = PyRef::steal(PySequence_Tuple(list));
  for (Py_ssize_t i = 0; tuple && i < PyTuple_GET_SIZE(tuple.get()); ++i) {
    const char *identifier = nullptr, *label = nullptr, *description = nullptr, *icon = nullptr;
    int value = 0;
    if (!PyArg_ParseTuple(PyTuple_GET_ITEM(tuple.get(), i), "ssssi", &identifier, &label, &description, &icon, &value)) {
      return false;
    }
    items.push_back({identifier, label, description ? value : 0, description, icon});
  }
  return bool(tuple);
}

PropertyType type_named(const std::string& name) {
  for (const PropertyType type : {PropertyType::Boolean, PropertyType::Int, PropertyType::Float, PropertyType::String, PropertyType::Enum,
                                  PropertyType::Pointer, PropertyType::Collection}) {
    if (identifier_of(type) == name) {
      return type;
    }
  }
  return PropertyType::Boolean;
}

PyRef function(const Reader& reader, const char* key) { return PyRef::borrow(reader.object(key)); }

Value default_of(const Property& p) {
  switch (p.type) {
    case PropertyType::Boolean:
      return p.is_array() ? Value(Value::Numbers(std::size_t(p.length))) : Value(false);
    case PropertyType::Int:
      return p.is_array() ? Value(Value::Numbers(std::size_t(p.length))) : Value(0);
    case PropertyType::Float:
      return p.is_array() ? Value(Value::Numbers(std::size_t(p.length))) : Value(0.0);
    case PropertyType::String:
      return Value("");
    case PropertyType::Enum:
      return p.is_enum_flag ? Value(Value::List()) : p.items.empty() ? Value() : Value(p.items[0].identifier);
    default:
      return {};
  }
}

void read_options(const Reader& reader, Property& p) {
  p.is_animatable = reader.has("options", "ANIMATABLE");
  p.is_hidden = reader.has("options", "HIDDEN");
  p.is_skip_save = reader.has("options", "SKIP_SAVE");
  p.is_library_editable = reader.has("options", "LIBRARY_EDITABLE");
  p.is_enum_flag = reader.has("options", "ENUM_FLAG");
  p.is_overridable = reader.has("override", "LIBRARY_OVERRIDABLE");
}

}  // namespace

const Schema* schema_of_class(PyObject* type) {
  const Schema* schema = schema_for(type);
  if (!schema) {
    PyErr_Format(PyExc_TypeError, "expected a class of bpy.types or a registered one, not %R", type);
  }
  return schema;
}

bool define_property(PyObject* facts, Property* out, std::shared_ptr<PropertyCallbacks>* callbacks) {
  const Reader reader(facts);
  Property& p = *out;
  std::string type, subtype, unit;
  reader.read("identifier", p.identifier);
  reader.read("type", type);
  reader.read("name", p.label);
  reader.read("description", p.description);
  reader.read("subtype", subtype);
  reader.read("unit", unit);
  p.type = type_named(type);
  p.subtype = subtype_named(subtype).value_or(Subtype::None);
  p.unit = unit.empty() || unit == "NONE" ? unit_of(p.subtype) : unit_named(unit).value_or(Unit::None);
  p.precision = 2;
  read_options(reader, p);
  reader.read("size", p.length);
  p.length = std::clamp(p.length, 0, 4096);
  if (PyObject* shape = reader.object("shape")) {
    if (!PyArg_ParseTuple(shape, "ii", &p.shape[0], &p.shape[1])) {
      return false;
    }
  }
  reader.read("min", p.hard_min);
  reader.read("max", p.hard_max);
  p.soft_min = p.hard_min;
  p.soft_max = p.hard_max;
  reader.read("soft_min", p.soft_min);
  reader.read("soft_max", p.soft_max);
  double step = p.step;
  reader.read("step", step);
  p.step = float(step);
  reader.read("precision", p.precision);
  int length = 0;
  reader.read("maxlen", length);
  p.max_bytes = length > 0 ? length + 1 : 0;
  if (PyObject* items = reader.object("items"); items && !read_items(items, p.items)) {
    return false;
  }
  if (PyObject* target = reader.object("target")) {
    p.runtime_target = schema_of_class(target);
    if (!p.runtime_target) {
      return false;
    }
  }
  auto functions = std::make_shared<PropertyCallbacks>();
  functions->update = function(reader, "update");
  functions->get = function(reader, "get");
  functions->set = function(reader, "set");
  functions->poll = function(reader, "poll");
  functions->items = function(reader, "items_function");
  auto& all = state().all_callbacks;
  std::erase_if(all, [](const auto& kept) { return kept.expired(); });
  all.push_back(functions);
  p.default_value = default_of(p);
  if (PyObject* given = reader.object("default")) {
    if (p.type == PropertyType::Enum && PyLong_Check(given)) {
      p.default_value = Value(std::int64_t(PyLong_AsLong(given)));
    } else if (!from_python(given, p, {}, "default of ", &p.default_value)) {
      return false;
    }
  }
  connect_items(p, functions);
  keep_in_bag(p);
  connect_callbacks(p, functions);
  *callbacks = std::move(functions);
  return true;
}

}  // namespace kiln::python
