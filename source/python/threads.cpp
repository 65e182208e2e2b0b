#include "python/threads.h"

#include <Python.h>
#include <unistd.h>

namespace kiln::python {

bool may_write(const char* what) {
  // Asking the system every time would take longer than most edits.
  thread_local const bool is_main = ::gettid() == ::getpid();
  if (is_main) {
    return true;
  }
  PyErr_Format(PyExc_RuntimeError,
               "%s: only the main thread changes the document and its types; other threads read it, and have changes made there by bpy.app.timers.register(function)",
               what);
  return false;
}

}  // namespace kiln::python
