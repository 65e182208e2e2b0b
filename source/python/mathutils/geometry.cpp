#include "python/mathutils/geometry.h"

#include <array>

namespace kiln::python::mathutils {

bool add_geometry(PyObject* module) {
  static const std::vector<PyMethodDef> functions = [] {
    std::vector<PyMethodDef> all(intersection_functions.begin(), intersection_functions.end());
    all.insert(all.end(), polygon_functions.begin(), polygon_functions.end());
    all.push_back({nullptr, nullptr, 0, nullptr});
    return all;
  }();
  return add_submodule(module, "geometry", "Intersections, distances, polygons and triangulations.",
                       const_cast<PyMethodDef*>(functions.data()));  // CPython only reads it
}

}  // namespace kiln::python::mathutils
