#include "python/safe_points.h"

#include <csignal>
#include <memory>

#include "python/py_ref.h"

extern "C" {
// What the module `faulthandler` prints; exported, but in no public header.
const char* _Py_DumpTracebackThreads(int fd, PyInterpreterState* interp, PyThreadState* current);
}

namespace kiln::python {
namespace {

struct Request {
  void (*function)(void*);
  void* argument;
};

int run_request(void* data) {
  const std::unique_ptr<Request> request(static_cast<Request*>(data));
  request->function(request->argument);
  return 0;
}

}  // namespace

bool enable_interrupts() {
  const PyRef signals = PyRef::steal(PyImport_ImportModule("signal"));
  const PyRef handler = PyRef::steal(
      signals ? PyObject_GetAttrString(signals.get(), "default_int_handler") : nullptr);
  const PyRef old = PyRef::steal(
      handler ? PyObject_CallMethod(signals.get(), "signal", "iO", SIGINT, handler.get())
              : nullptr);
  if (!old) {
    PyErr_Clear();
  }
  return bool(old);
}

void interrupt_script() noexcept {
  PyErr_SetInterruptEx(SIGINT);
}

bool call_soon(void (*function)(void*), void* argument) noexcept {
  auto* request = new (std::nothrow) Request{function, argument};
  if (request && Py_AddPendingCall(run_request, request) == 0) {
    return true;
  }
  delete request;
  return false;
}

void write_traceback(int descriptor) noexcept {
  if (Py_IsInitialized()) {
    _Py_DumpTracebackThreads(descriptor, PyInterpreterState_Main(),
                             PyGILState_GetThisThreadState());
  }
}

}  // namespace kiln::python
