#include "core/polygon.h"
#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

PyObject* poly_3d_calc(PyObject*, PyObject* args) {
  PyObject *vectors, *point_argument;
  std::vector<float3> ring;
  float3 point;
  if (!PyArg_ParseTuple(args, "OO:poly_3d_calc", &vectors, &point_argument) ||
      parse_floats(point_argument, 2, 3, &point.x, "poly_3d_calc") < 0 ||
      !parse_float3s(vectors, 3, ring, "poly_3d_calc")) {
    return nullptr;
  }
  const std::vector<float> weights = mean_value_weights(ring, point);
  return new_list(weights.size(), [&](std::size_t i) { return PyFloat_FromDouble(weights[i]); });
}

PyMethodDef functions[] = {
    {"poly_3d_calc", guarded<poly_3d_calc>, METH_VARARGS,
     ".. function:: poly_3d_calc(veclist, pt)\n\nThe weights of the corners of a polygon at a "
     "point."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_interpolate(PyObject* module) {
  return add_submodule(module, "interpolate", "Interpolation inside of polygons.", functions);
}

}  // namespace kiln::python::mathutils
