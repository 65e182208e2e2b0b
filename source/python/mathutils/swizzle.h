#pragma once

#include <vector>

#include <Python.h>

namespace kiln::python::mathutils {

/// Adds the attributes `xy` to `wwww` of a Vector: two to four axes in any order. Those that name
/// no axis twice can be set, to as many numbers or to one for all.
void append_swizzles(std::vector<PyGetSetDef>& attributes);

}  // namespace kiln::python::mathutils
