#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/schema/value.h"
#include "python/py_ref.h"

namespace kiln::python {

// Reading what functions of `bpy` written in Python give back. None of these raises.

/// An entry of a dictionary (borrowed); null where there is none or it is None.
PyObject* entry(PyObject* dict, const char* key);
std::string text(PyObject* object);
std::string text(PyObject* dict, const char* key);
bool flag(PyObject* dict, const char* key, bool fallback);
double number(PyObject* dict, const char* key, double fallback);
/// Numbers, texts, sets of texts and sequences of numbers, as settings of buttons are.
Value simple_value(PyObject* object);
PyRef simple_object(const Value& value);
/// A dictionary of them.
std::vector<std::pair<std::string, Value>> simple_settings(PyObject* dict);

}  // namespace kiln::python
