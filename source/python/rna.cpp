#include "python/rna.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "python/access.h"

namespace kiln::python {
namespace {

PyRef text(std::string_view value) { return PyRef::steal(PyUnicode_DecodeUTF8(value.data(), Py_ssize_t(value.size()), "replace")); }

// A dictionary under construction; remembers that something failed.
class Facts {
 public:
  Facts() : dict_(PyRef::steal(PyDict_New())) {}
  void set(const char* key, PyRef value) { failed_ = failed_ || !dict_ || !value || PyDict_SetItemString(dict_.get(), key, value.get()) < 0; }
  void set(const char* key, std::string_view value) { set(key, text(value)); }
  void set(const char* key, const char* value) { set(key, text(value)); }
  void set(const char* key, bool value) { set(key, PyRef::steal(PyBool_FromLong(value))); }
  void set(const char* key, double value) { set(key, PyRef::steal(PyFloat_FromDouble(value))); }
  void set(const char* key, int value) { set(key, PyRef::steal(PyLong_FromLong(value))); }
  PyRef take() { return failed_ ? PyRef() : std::move(dict_); }

 private:
  PyRef dict_;
  bool failed_ = false;
};

PyRef items_list(const std::vector<EnumItem>& items) {
  PyRef list = PyRef::steal(PyList_New(0));
  for (const EnumItem& item : items) {
    Facts facts;
    facts.set("identifier", item.identifier);
    facts.set("name", item.label);
    facts.set("description", item.description);
    facts.set("value", item.value);
    facts.set("icon", item.icon);
    const PyRef dict = facts.take();
    if (!list || !dict || PyList_Append(list.get(), dict.get()) < 0) {
      return {};
    }
  }
  return list;
}

// Limits of the type where the property has none.
double limited(double value, PropertyType type) {
  if (type == PropertyType::Int) {
    return std::isinf(value) ? (value < 0 ? -2147483648.0 : 2147483647.0) : value;
  }
  return std::isinf(value) ? (value < 0 ? -double(FLT_MAX) : double(FLT_MAX)) : double(float(value));
}

PyRef number(double value, PropertyType type) {
  return PyRef::steal(type == PropertyType::Int       ? PyLong_FromDouble(value)
                      : type == PropertyType::Boolean ? PyBool_FromLong(value != 0)
                                                      : PyFloat_FromDouble(double(float(value))));
}

// Arrays whose default the interface also says as one number for all elements; of others that number is zero.
constexpr std::string_view defaults_for_all[] = {"Armature.layers",       "Image.display_aspect",      "Light.color",
                                                 "Material.diffuse_color", "Material.specular_color",   "MirrorModifier.use_axis",
                                                 "MovieClip.display_aspect", "TextureSlot.color",       "ToolSettings.mesh_select_mode",
                                                 "World.color"};

bool has_one_default(const Schema* owner, const Property& p) {
  const std::string name = owner ? owner->identifier + "." + p.identifier : std::string();
  return std::find(std::begin(defaults_for_all), std::end(defaults_for_all), name) != std::end(defaults_for_all);
}

PyRef property_facts(const Property& p, const Schema* owner = nullptr) {
  Facts f;
  f.set("identifier", p.identifier);
  f.set("name", p.label);
  f.set("description", p.description);
  f.set("type", identifier_of(p.type));
  f.set("subtype", identifier_of(p.subtype));
  f.set("unit", identifier_of(p.unit));
  const bool is_computed_constant = p.get && !p.set && !p.is_runtime && !p.is_output;
  f.set("is_readonly", p.is_read_only || is_computed_constant);
  // Only values can be animated.
  const bool is_value = p.type != PropertyType::String && p.type != PropertyType::Pointer && p.type != PropertyType::Collection;
  f.set("is_animatable", p.is_animatable && (is_value || p.is_runtime));
  f.set("is_overridable", p.is_overridable);
  f.set("is_required", p.is_required);
  f.set("is_argument_optional", p.is_optional);
  f.set("is_never_none", p.is_never_none);
  f.set("is_hidden", p.is_hidden);
  f.set("is_skip_save", p.is_skip_save);
  f.set("is_output", p.is_output);
  f.set("is_registered", false);
  f.set("is_registered_optional", false);
  f.set("is_runtime", p.is_runtime);
  f.set("is_enum_flag", p.is_enum_flag);
  f.set("is_library_editable", p.is_library_editable);
  f.set("translation_context", "*");
  f.set("icon", "NONE");
  switch (p.type) {
    case PropertyType::Boolean:
    case PropertyType::Int:
    case PropertyType::Float: {
      f.set("is_array", p.is_array());
      f.set("array_length", p.length);
      f.set("array_dimensions", PyRef::steal(Py_BuildValue("(iii)", p.shape[0] ? p.shape[0] : p.length, p.shape[1], 0)));
      const Value::Numbers& numbers = p.default_value.as_numbers();
      f.set("default", number(!p.is_array() ? p.default_value.as_float() : numbers.empty() || !has_one_default(owner, p) ? 0.0 : numbers[0], p.type));
      PyRef list = PyRef::steal(PyTuple_New(p.length));
      for (int i = 0; list && i < p.length; ++i) {
        PyTuple_SET_ITEM(list.get(), i, number(std::size_t(i) < numbers.size() ? numbers[std::size_t(i)] : 0.0, p.type).release());
      }
      f.set("default_array", std::move(list));
      if (p.type != PropertyType::Boolean) {
        f.set("hard_min", number(limited(p.hard_min, p.type), p.type));
        f.set("hard_max", number(limited(p.hard_max, p.type), p.type));
        f.set("soft_min", number(limited(p.soft_min, p.type), p.type));
        f.set("soft_max", number(limited(p.soft_max, p.type), p.type));
        f.set("step", number(p.step, p.type));
      }
      if (p.type == PropertyType::Float) {
        f.set("precision", p.precision);
      }
      break;
    }
    case PropertyType::String:
      f.set("default", p.default_value.as_string());
      f.set("length_max", p.max_bytes);
      break;
    case PropertyType::Enum: {
      f.set("default", p.default_value.as_string());
      f.set("enum_items", items_list(p.dynamic_items && p.items.empty() ? p.dynamic_items({nullptr, nullptr, -1, nullptr, &state().document(), &state().services()}) : p.items));
      PyRef flags = PyRef::steal(PySet_New(nullptr));
      for (const Value& item : p.default_value.as_list()) {
        PySet_Add(flags.get(), text(item.as_string()).get());
      }
      f.set("default_flag", std::move(flags));
      break;
    }
    case PropertyType::Pointer:
    case PropertyType::Collection: {
      const Schema* target = p.target_schema();
      f.set("fixed_type", target ? target->identifier : std::string());
      f.set("srna", p.collection_schema ? p.collection_schema().identifier : std::string());
      break;
    }
  }
  return f.take();
}

template <typename List, typename Make>
PyRef list_of(const List& list, Make make) {
  PyRef out = PyRef::steal(PyList_New(0));
  for (const auto& item : list) {
    const PyRef made = make(item);
    if (!out || !made || PyList_Append(out.get(), made.get()) < 0) {
      return {};
    }
  }
  return out;
}

PyRef function_facts(const Function& function) {
  Facts f;
  f.set("identifier", function.identifier);
  f.set("description", function.description);
  f.set("parameters", list_of(function.parameters, [](const Property& p) { return property_facts(p); }));
  f.set("use_self", !function.is_static);
  f.set("use_self_type", false);
  f.set("is_registered", false);
  f.set("is_registered_optional", false);
  return f.take();
}

}  // namespace

PyObject* schema_facts(const Schema& schema) {
  Facts f;
  f.set("identifier", schema.identifier);
  f.set("name", schema.label.empty() ? schema.identifier : schema.label);
  f.set("description", schema.description);
  f.set("base", schema.base ? schema.base->identifier : std::string());
  f.set("nested", schema.nested_in);
  f.set("name_property", schema.name_property ? schema.name_property->identifier : std::string());
  f.set("tag", schema.tag);
  std::vector<const Property*> properties;
  std::vector<const Function*> functions;
  for (const Property& p : schema.properties) {
    if (!p.is_internal) {
      properties.push_back(&p);
    }
  }
  for (const Function& function : schema.functions) {
    functions.push_back(&function);
  }
  if (const Registry::Extension* extension = state().registry().extension(schema)) {
    for (const auto& p : extension->properties) {
      properties.push_back(p.get());
    }
    for (const auto& function : extension->functions) {
      functions.push_back(function.get());
    }
  }
  f.set("properties", list_of(properties, [&schema](const Property* p) { return property_facts(*p, &schema); }));
  f.set("functions", list_of(functions, [](const Function* function) { return function_facts(*function); }));
  return f.take().release();
}

PyObject* make_rna_struct(const Schema& schema) {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy_rna"));
  return module ? PyObject_CallMethod(module.get(), "struct", "s", schema.identifier.c_str()) : nullptr;
}

}  // namespace kiln::python
