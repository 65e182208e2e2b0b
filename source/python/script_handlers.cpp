#include "python/script_handlers.h"

#include "python/exceptions.h"
#include "document/script_nodes.h"
#include "python/gil.h"
#include "python/struct_object.h"

namespace kiln::python {
namespace {

PyRef handlers_module() { return PyRef::steal(PyImport_ImportModule("bpy.app.handlers")); }

// Calls all handlers of one kind with these arguments. Failures inside handlers are printed by the module.
void call(std::string_view event, const PyRef& first, const PyRef& second) {
  const PyRef module = handlers_module();
  const PyRef name = PyRef::steal(PyUnicode_FromStringAndSize(event.data(), Py_ssize_t(event.size())));
  const PyRef function = PyRef::steal(module ? PyObject_GetAttrString(module.get(), "_call") : nullptr);
  const PyRef done = PyRef::steal(name && function && first && second
                                      ? PyObject_CallFunctionObjArgs(function.get(), name.get(), first.get(), second.get(), nullptr)
                                      : nullptr);
  if (!done) {
    print_exception();
  }
}

}  // namespace

void PythonHandlers::call_for_file(std::string_view event, const std::string& path) {
  const GilLock lock;
  call(event, PyRef::steal(PyUnicode_DecodeFSDefault(path.c_str())), PyRef::borrow(Py_None));
}

void PythonHandlers::call_for_scene(std::string_view event, BlockId scene) {
  const GilLock lock;
  call(event, PyRef::steal(make_block(scene)), PyRef::borrow(Py_None));
}

void PythonHandlers::drop_temporary() {
  const GilLock lock;
  const PyRef handlers = handlers_module();
  const PyRef dropped = PyRef::steal(handlers ? PyObject_CallMethod(handlers.get(), "_drop_temporary", nullptr) : nullptr);
  const PyRef timers = PyRef::steal(dropped ? PyImport_ImportModule("bpy.app.timers") : nullptr);
  const PyRef done = PyRef::steal(timers ? PyObject_CallMethod(timers.get(), "_drop_temporary", nullptr) : nullptr);
  resolve_script_nodes(state().document(), state().registry());
  if (!done) {
    print_exception();
  }
}

void PythonHandlers::run_texts(const std::string& path, bool may_run) {
  const GilLock lock;
  const PyRef handlers = handlers_module();
  const PyRef where = PyRef::steal(PyUnicode_DecodeFSDefault(path.c_str()));
  const PyRef done = PyRef::steal(handlers && where ? PyObject_CallMethod(handlers.get(), "_run_texts", "Oi", where.get(), int(may_run)) : nullptr);
  if (!done) {
    print_exception();
  }
}

}  // namespace kiln::python
