#include "python/script_engines.h"

#include <cstring>

#include "core/progress.h"
#include "operators/operator.h"
#include "python/exceptions.h"
#include "python/gil.h"
#include "python/struct_object.h"

namespace kiln::python {
namespace {

constexpr const char* progress_name = "kiln.progress";

Progress* progress_of(PyObject* capsule) { return static_cast<Progress*>(PyCapsule_GetPointer(capsule, progress_name)); }

PyObject* is_cancelled(PyObject* capsule, PyObject*) {
  Progress* progress = progress_of(capsule);
  return progress ? PyBool_FromLong(progress->cancelled()) : nullptr;
}

PyObject* set_progress(PyObject* capsule, PyObject* share) {
  Progress* progress = progress_of(capsule);
  const double value = PyFloat_AsDouble(share);
  if (!progress || PyErr_Occurred()) {
    return nullptr;
  }
  progress->report(float(std::clamp(value, 0.0, 1.0)));
  Py_RETURN_NONE;
}

PyMethodDef cancelled_definition{"is_cancelled", is_cancelled, METH_NOARGS, "is_cancelled(): whether the rendering shall end"};
PyMethodDef progress_definition{"set_progress", set_progress, METH_O, "set_progress(share)"};

PyRef entry(PyObject* dict, const char* key) { return PyRef::borrow(PyDict_GetItemString(dict, key)); }

std::string text_of(const PyRef& value) {
  const char* text = value && PyUnicode_Check(value.get()) ? PyUnicode_AsUTF8(value.get()) : nullptr;
  PyErr_Clear();
  return text ? text : "";
}

// The passes a module hands over as dictionaries with bytes.
Result<operators::ScriptPicture> picture_of(PyObject* answer, const std::string& engine, int width, int height) {
  operators::ScriptPicture picture{width, height, {}};
  const PyRef passes = PyDict_Check(answer) ? entry(answer, "passes") : PyRef();
  for (Py_ssize_t i = 0; passes && PyList_Check(passes.get()) && i < PyList_GET_SIZE(passes.get()); ++i) {
    PyObject* pass = PyList_GET_ITEM(passes.get(), i);
    const PyRef bytes = entry(pass, "data");
    operators::ScriptPicture::Pass made{text_of(entry(pass, "name")), text_of(entry(pass, "channels")), {}};
    const std::size_t count = std::size_t(width) * std::size_t(height) * made.channels.size();
    if (!bytes || !PyBytes_Check(bytes.get()) || std::size_t(PyBytes_GET_SIZE(bytes.get())) != count * sizeof(float)) {
      return Error::invalid("engine \"{}\": the pass \"{}\" has not the size of the picture", engine, made.name);
    }
    made.pixels.resize(count);
    std::memcpy(made.pixels.data(), PyBytes_AS_STRING(bytes.get()), count * sizeof(float));
    picture.passes.push_back(std::move(made));
  }
  return picture;
}

}  // namespace

bool PythonEngines::has(const std::string& engine) {
  const Schema* schema = state().registry().find(engine);
  const Schema* base = state().registry().find("RenderEngine");
  return schema && base && schema->is_runtime && schema->is_a(*base);
}

Result<operators::ScriptPicture> PythonEngines::render(operators::Context& context, const std::string& engine, int width, int height) {
  const GilLock lock;
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy_structs.engines"));
  const PyRef capsule = PyRef::steal(PyCapsule_New(&context.progress, progress_name, nullptr));
  const PyRef cancelled = PyRef::steal(capsule ? PyCFunction_New(&cancelled_definition, capsule.get()) : nullptr);
  const PyRef progress = PyRef::steal(capsule ? PyCFunction_New(&progress_definition, capsule.get()) : nullptr);
  const PyRef scene = PyRef::steal(make_block(context.scene));
  const PyRef answer = PyRef::steal(module && cancelled && progress && scene
                                        ? PyObject_CallMethod(module.get(), "run", "sOsiiiOO", engine.c_str(), scene.get(), context.layer().name.c_str(), width, height,
                                                              int(context.is_sequence), cancelled.get(), progress.get())
                                        : nullptr);
  if (!answer) {
    return Error::invalid("render engine \"{}\": {}", engine, take_traceback());
  }
  if (context.progress.cancelled()) {
    return Error::cancelled();
  }
  const std::string problem = PyDict_Check(answer.get()) ? text_of(entry(answer.get(), "error")) : std::string();
  if (!problem.empty()) {
    return Error::invalid("render engine \"{}\": {}", engine, problem);
  }
  return picture_of(answer.get(), engine, width, height);
}

}  // namespace kiln::python
