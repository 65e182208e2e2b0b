#include "python/bl_math.h"

namespace kiln::python {
namespace {

double clamp_between(double value, double low, double high) {
  return value < low ? low : (value > high ? high : value);
}

PyObject* clamp(PyObject*, PyObject* args) {
  double value, low = 0.0, high = 1.0;
  if (PyTuple_GET_SIZE(args) <= 1) {
    if (!PyArg_ParseTuple(args, "d:clamp", &value)) {
      return nullptr;
    }
  } else if (!PyArg_ParseTuple(args, "ddd:clamp", &value, &low, &high)) {
    return nullptr;
  }
  return PyFloat_FromDouble(clamp_between(value, low, high));
}

PyObject* lerp(PyObject*, PyObject* args) {
  double from, to, factor;
  if (!PyArg_ParseTuple(args, "ddd:lerp", &from, &to, &factor)) {
    return nullptr;
  }
  return PyFloat_FromDouble(from * (1.0 - factor) + to * factor);
}

PyObject* smoothstep(PyObject*, PyObject* args) {
  double from, to, value;
  if (!PyArg_ParseTuple(args, "ddd:smoothstep", &from, &to, &value)) {
    return nullptr;
  }
  const double t = clamp_between((value - from) / (to - from), 0.0, 1.0);
  return PyFloat_FromDouble(t * t * (3.0 - 2.0 * t));
}

PyMethodDef functions[] = {
    {"clamp", clamp, METH_VARARGS,
     ".. function:: clamp(value, min=0, max=1)\n\nThe value, but at least min and at most max, of "
     "which none or both are given."},
    {"lerp", lerp, METH_VARARGS,
     ".. function:: lerp(from_value, to_value, factor)\n\nLinear interpolation; factor 0 gives "
     "from_value."},
    {"smoothstep", smoothstep, METH_VARARGS,
     ".. function:: smoothstep(from_value, to_value, value)\n\n0 up to from_value, 1 from to_value "
     "on, and a smooth way between."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef_Slot slots[] = {{0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "bl_math",
                          "Clamping and interpolation of numbers.",
                          0,
                          functions,
                          slots,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace

PyObject* init_bl_math() {
  return PyModuleDef_Init(&definition);
}

}  // namespace kiln::python
