#pragma once

#include <Python.h>

#include <utility>

namespace kiln::python {

/// Owns one reference to a Python object, or none. Needs the GIL wherever it is made, assigned or destroyed.
///
///     const PyRef list = PyRef::steal(PyList_New(0));
///     if (!list) {
///       return nullptr;  // the exception is set
///     }
///     return list.release();
class PyRef {
 public:
  PyRef() = default;
  /// Takes over a new reference, as most functions of the C API return it; null stands for none.
  static PyRef steal(PyObject* object) { return PyRef(object); }
  /// Adds a reference to an object that someone else owns; null stands for none.
  static PyRef borrow(PyObject* object) { return PyRef(Py_XNewRef(object)); }

  PyRef(PyRef&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  PyRef& operator=(PyRef&& other) noexcept {
    PyObject* old = std::exchange(object_, std::exchange(other.object_, nullptr));
    Py_XDECREF(old);
    return *this;
  }
  PyRef(const PyRef&) = delete;
  PyRef& operator=(const PyRef&) = delete;
  ~PyRef() { Py_XDECREF(object_); }

  PyObject* get() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }
  /// Hands the reference to the caller, as a return value of a C function needs it.
  [[nodiscard]] PyObject* release() { return std::exchange(object_, nullptr); }

 private:
  explicit PyRef(PyObject* object) : object_(object) {}
  PyObject* object_ = nullptr;
};

}  // namespace kiln::python
