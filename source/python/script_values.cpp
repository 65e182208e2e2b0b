#include "python/script_values.h"

#include <cmath>

namespace kiln::python {

PyObject* entry(PyObject* dict, const char* key) {
  PyObject* value = dict && PyDict_Check(dict) ? PyDict_GetItemString(dict, key) : nullptr;
  return value == Py_None ? nullptr : value;
}

std::string text(PyObject* object) {
  const char* utf8 = object && PyUnicode_Check(object) ? PyUnicode_AsUTF8(object) : nullptr;
  PyErr_Clear();
  return utf8 ? utf8 : "";
}

std::string text(PyObject* dict, const char* key) {
  return text(entry(dict, key));
}

bool flag(PyObject* dict, const char* key, bool fallback) {
  PyObject* value = entry(dict, key);
  const int is_true = value ? PyObject_IsTrue(value) : int(fallback);
  PyErr_Clear();
  return is_true > 0;
}

double number(PyObject* dict, const char* key, double fallback) {
  PyObject* value = entry(dict, key);
  const double found = value ? PyFloat_AsDouble(value) : fallback;
  if (PyErr_Occurred() || !std::isfinite(found)) {
    PyErr_Clear();
    return fallback;
  }
  return found;
}

Value simple_value(PyObject* object) {
  if (PyBool_Check(object)) {
    return object == Py_True;
  }
  if (PyLong_Check(object)) {
    const std::int64_t value = PyLong_AsLongLong(object);
    PyErr_Clear();
    return value;
  }
  if (PyFloat_Check(object)) {
    return PyFloat_AsDouble(object);
  }
  if (PyUnicode_Check(object)) {
    return Value(text(object));
  }
  if (PyAnySet_Check(object)) {
    Value::List set;
    const PyRef iterator = PyRef::steal(PyObject_GetIter(object));
    while (const PyRef item = PyRef::steal(iterator ? PyIter_Next(iterator.get()) : nullptr)) {
      if (PyUnicode_Check(item.get())) {
        set.emplace_back(text(item.get()));
      }
    }
    PyErr_Clear();
    return set;
  }
  Value::Numbers numbers;
  const PyRef items = PyRef::steal(PySequence_Tuple(object));
  for (Py_ssize_t i = 0; items && i < PyTuple_GET_SIZE(items.get()); ++i) {
    numbers.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(items.get(), i)));
  }
  PyErr_Clear();
  return numbers;
}

PyRef simple_object(const Value& value) {
  struct Maker {
    PyObject* operator()(std::monostate) const { return Py_NewRef(Py_None); }
    PyObject* operator()(bool v) const { return PyBool_FromLong(v); }
    PyObject* operator()(std::int64_t v) const { return PyLong_FromLongLong(v); }
    PyObject* operator()(double v) const { return PyFloat_FromDouble(v); }
    PyObject* operator()(const std::string& v) const {
      return PyUnicode_DecodeUTF8(v.data(), Py_ssize_t(v.size()), "replace");
    }
    PyObject* operator()(const Value::Numbers& v) const {
      PyRef list = PyRef::steal(PyTuple_New(Py_ssize_t(v.size())));
      for (std::size_t i = 0; list && i < v.size(); ++i) {
        PyTuple_SET_ITEM(list.get(), Py_ssize_t(i), PyFloat_FromDouble(v[i]));
      }
      return list.release();
    }
    PyObject* operator()(const Handle&) const { return Py_NewRef(Py_None); }
    PyObject* operator()(const Value::List& v) const {
      PyRef set = PyRef::steal(PySet_New(nullptr));
      for (const Value& item : v) {
        const PyRef made = simple_object(item);
        if (!set || !made || PySet_Add(set.get(), made.get()) < 0) {
          return nullptr;
        }
      }
      return set.release();
    }
    PyObject* operator()(const std::shared_ptr<const DataBlock>&) const {
      return Py_NewRef(Py_None);
    }
  };
  return PyRef::steal(std::visit(Maker{}, value.data));
}

std::vector<std::pair<std::string, Value>> simple_settings(PyObject* dict) {
  std::vector<std::pair<std::string, Value>> settings;
  PyObject *key = nullptr, *value = nullptr;
  for (Py_ssize_t position = 0;
       dict && PyDict_Check(dict) && PyDict_Next(dict, &position, &key, &value);) {
    settings.emplace_back(text(key), simple_value(value));
  }
  return settings;
}

}  // namespace kiln::python
