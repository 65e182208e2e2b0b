#pragma once

#include <span>

#include "python/mathutils/value.h"

/// The functions of `mathutils.geometry`, in two files.
namespace kiln::python::mathutils {

extern const std::span<const PyMethodDef> intersection_functions;
extern const std::span<const PyMethodDef> polygon_functions;

}  // namespace kiln::python::mathutils
