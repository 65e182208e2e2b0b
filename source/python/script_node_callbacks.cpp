#include "python/script_node_callbacks.h"

#include "python/exceptions.h"
#include "python/gil.h"
#include "python/struct_object.h"
#include "python/types.h"

namespace kiln::python {
namespace {

// Calls a function of the Python module about nodes; empty where it failed, which is printed.
PyRef call(const char* function, const PyRef& first, const PyRef& second = {}) {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy_nodes"));
  const PyRef name = PyRef::steal(PyUnicode_FromString(function));
  PyRef result = PyRef::steal(module && name && first ? PyObject_CallMethodObjArgs(module.get(), name.get(), first.get(), second.get(), nullptr) : nullptr);
  if (!result) {
    print_exception();
  }
  return result;
}

}  // namespace

std::optional<std::string> PythonNodes::refuses(const Schema& type, BlockId tree) {
  const GilLock lock;
  const PyRef cls = PyRef::borrow(reinterpret_cast<PyObject*>(type_for(type)));
  const PyRef object = PyRef::steal(make_block(tree));
  const PyRef reason = object ? call("refuses", cls, object) : PyRef();
  const char* text = reason && PyUnicode_Check(reason.get()) ? PyUnicode_AsUTF8(reason.get()) : nullptr;
  return text ? std::optional<std::string>(text) : std::nullopt;
}

void PythonNodes::added(const Handle& node) {
  const GilLock lock;
  call("added", PyRef::steal(make_from_handle(node, nullptr)));
}

void PythonNodes::copied(const Handle& node, const Handle& source) {
  const GilLock lock;
  call("copied", PyRef::steal(make_from_handle(node, nullptr)), PyRef::steal(make_from_handle(source, nullptr)));
}

void PythonNodes::removing(const Handle& node) {
  const GilLock lock;
  call("removing", PyRef::steal(make_from_handle(node, nullptr)));
}

void PythonNodes::changed(BlockId tree) {
  const GilLock lock;
  call("changed", PyRef::steal(make_block(tree)));
}

}  // namespace kiln::python
