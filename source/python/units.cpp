#include "python/units.h"

#include <cstring>

#include "core/units.h"
#include "python/py_ref.h"

namespace kiln::python {
namespace {

constexpr const char* system_names[unit_system_count] = {"NONE", "METRIC", "IMPERIAL"};
constexpr const char* category_names[unit_category_count] = {
    "NONE",          "LENGTH",   "AREA",         "VOLUME", "MASS",  "ROTATION",   "TIME",
    "TIME_ABSOLUTE", "VELOCITY", "ACCELERATION", "CAMERA", "POWER", "TEMPERATURE"};

int find_name(std::span<const char* const> names, const char* name, const char* what) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::strcmp(names[i], name) == 0) {
      return int(i);
    }
  }
  PyErr_Format(PyExc_ValueError, "Unknown unit %s specified: %.50s.", what, name);
  return -1;
}

bool find_names(const char* system_name, const char* category_name, UnitSystem* system,
                UnitCategory* category) {
  const int found_system = find_name(system_names, system_name, "system");
  const int found_category =
      found_system < 0 ? -1 : find_name(category_names, category_name, "category");
  if (found_category < 0) {
    return false;
  }
  *system = UnitSystem(found_system);
  *category = UnitCategory(found_category);
  return true;
}

PyObject* to_string(PyObject*, PyObject* args, PyObject* keywords) {
  const char* names[] = {"unit_system", "unit_category",   "value", "precision",
                         "split_unit",  "compatible_unit", nullptr};
  const char *system_name, *category_name;
  double value;
  int is_split = 0, is_compatible = 0;
  UnitFormat format;
  UnitSystem system;
  UnitCategory category;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "ssd|$ipp:to_string", const_cast<char**>(names),
                                   &system_name, &category_name, &value, &format.precision,
                                   &is_split, &is_compatible) ||
      !find_names(system_name, category_name, &system, &category)) {
    return nullptr;
  }
  format.is_split = is_split != 0;
  format.is_compatible = is_compatible != 0;
  const std::string text = format_with_unit(system, category, value, format);
  return PyUnicode_FromStringAndSize(text.data(), Py_ssize_t(text.size()));
}

PyObject* to_value(PyObject*, PyObject* args, PyObject* keywords) {
  const char* names[] = {"unit_system", "unit_category", "str_input", "str_ref_unit", nullptr};
  const char *system_name, *category_name, *text, *reference = nullptr;
  UnitSystem system;
  UnitCategory category;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "sss|$z:to_value", const_cast<char**>(names),
                                   &system_name, &category_name, &text, &reference) ||
      !find_names(system_name, category_name, &system, &category)) {
    return nullptr;
  }
  const Result<double> value =
      parse_with_unit(system, category, text, reference != nullptr ? reference : "");
  if (!value) {
    PyErr_SetString(PyExc_ValueError, value.error().message.c_str());
    return nullptr;
  }
  return PyFloat_FromDouble(*value);
}

/// A named tuple of names, each the value of an attribute of the same name.
PyRef name_sequence(const char* type_name, std::span<const char* const> names) {
  std::vector<PyStructSequence_Field> fields;
  for (const char* name : names) {
    fields.push_back({name, nullptr});
  }
  fields.push_back({nullptr, nullptr});
  PyStructSequence_Desc description = {type_name, nullptr, fields.data(), int(names.size())};
  const PyRef type =
      PyRef::steal(reinterpret_cast<PyObject*>(PyStructSequence_NewType(&description)));
  PyRef sequence =
      type ? PyRef::steal(PyStructSequence_New(reinterpret_cast<PyTypeObject*>(type.get())))
           : PyRef();
  for (std::size_t i = 0; sequence && i < names.size(); ++i) {
    PyObject* name = PyUnicode_FromString(names[i]);
    if (name == nullptr) {
      return PyRef();
    }
    PyStructSequence_SetItem(sequence.get(), Py_ssize_t(i), name);
  }
  return sequence;
}

int execute(PyObject* module) {
  const PyRef systems = name_sequence("bpy.utils.units.systems", system_names);
  const PyRef categories = name_sequence("bpy.utils.units.categories", category_names);
  const bool is_complete = systems && categories &&
                           PyModule_AddObjectRef(module, "systems", systems.get()) == 0 &&
                           PyModule_AddObjectRef(module, "categories", categories.get()) == 0;
  return is_complete ? 0 : -1;
}

PyCFunction with_keywords(PyCFunctionWithKeywords function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

}  // namespace

PyObject* init_units() {
  static PyMethodDef functions[] = {
      {"to_string", with_keywords(to_string), METH_VARARGS | METH_KEYWORDS,
       ".. method:: to_string(unit_system, unit_category, value, precision=3, split_unit=False, "
       "compatible_unit=False)\n\nA value as text with its unit."},
      {"to_value", with_keywords(to_value), METH_VARARGS | METH_KEYWORDS,
       ".. method:: to_value(unit_system, unit_category, str_input, str_ref_unit=None)\n\nThe "
       "value "
       "of a text with units and arithmetic."},
      {nullptr, nullptr, 0, nullptr}};
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(execute)}, {0, nullptr}};
  static PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                   "bpy.utils.units",
                                   "Values as text with units, and back.",
                                   0,
                                   functions,
                                   slots,
                                   nullptr,
                                   nullptr,
                                   nullptr};
  return PyModuleDef_Init(&definition);
}

}  // namespace kiln::python
