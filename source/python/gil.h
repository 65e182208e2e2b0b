#pragma once

#include <Python.h>

namespace kiln::python {

/// Holds the lock of the interpreter for the length of a scope; objects made in it have to go before it does, so it comes first.
class GilLock {
 public:
  GilLock() : state_(PyGILState_Ensure()) {}
  ~GilLock() { PyGILState_Release(state_); }
  GilLock(const GilLock&) = delete;
  GilLock& operator=(const GilLock&) = delete;

 private:
  PyGILState_STATE state_;
};

}  // namespace kiln::python
