#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

/// Number of lines of that sort, and how many elements one has.
int line_count(const Value* m, Line line) {
  return line == Line::Row ? m->rows : m->columns;
}
int line_size(const Value* m, Line line) {
  return line == Line::Row ? m->columns : line == Line::Column ? m->rows : 3;
}

/// Place of an element of a line in the values of the matrix.
int place(const Value* m, Line line, int index, int position) {
  return line == Line::Row ? index * m->columns + position : position * m->columns + index;
}

/// Keeps the elements of a Vector in a line of a Matrix.
class LineOwner : public ValueOwner {
public:
  LineOwner(PyObject* matrix, Line line, int index)
      : matrix_(PyRef::borrow(matrix)), index_(std::uint8_t(index)), line_(line) {}

  bool read(std::span<float> values) override {
    Value* m = as_value(matrix_.get());
    if (!mathutils::read(m) || !fits(int(values.size()))) {
      return false;
    }
    for (int i = 0; i < int(values.size()); ++i) {
      values[i] = m->values[place(m, line_, index_, i)];
    }
    return true;
  }

  bool write(std::span<const float> values) override {
    Value* m = as_value(matrix_.get());
    if (!read_for_write(m) || !fits(int(values.size()))) {
      return false;
    }
    for (int i = 0; i < int(values.size()); ++i) {
      m->values[place(m, line_, index_, i)] = values[i];
    }
    return mathutils::write(m);
  }

  bool write_index(std::span<const float> values, int position) override {
    Value* m = as_value(matrix_.get());
    if (!read_for_write(m) || !fits(int(values.size()))) {
      return false;
    }
    const int target = place(m, line_, index_, position);
    m->values[target] = values[position];
    return mathutils::write_index(m, target);
  }

  PyObject* owner_object() const override { return matrix_.get(); }

private:
  /// The matrix may have been resized since.
  bool fits(int size) const {
    const Value* m = as_value(matrix_.get());
    if (index_ < line_count(m, line_) && size == line_size(m, line_)) {
      return true;
    }
    PyErr_SetString(PyExc_AttributeError,
                    "Matrix: it was resized after this row or column was taken from it");
    return false;
  }

  PyRef matrix_;
  std::uint8_t index_;
  Line line_;
};

struct MatrixAccess {
  PyObject ob_base;
  PyObject* matrix;
  Line line;
};

MatrixAccess* as_access(PyObject* self) {
  return reinterpret_cast<MatrixAccess*>(self);
}

void access_dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  Py_CLEAR(as_access(self)->matrix);
  type->tp_free(self);
  Py_DECREF(type);
}

int access_traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(as_access(self)->matrix);
  return 0;
}

int access_clear(PyObject* self) {
  Py_CLEAR(as_access(self)->matrix);
  return 0;
}

Py_ssize_t access_length(PyObject* self) {
  return line_count(as_value(as_access(self)->matrix), as_access(self)->line);
}

bool access_index(PyObject* self, PyObject* key, int* result) {
  Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
  if (index == -1 && PyErr_Occurred()) {
    return false;
  }
  const Py_ssize_t count = access_length(self);
  index += index < 0 ? count : 0;
  if (index < 0 || index >= count) {
    PyErr_SetString(PyExc_IndexError, "Matrix: row or column out of range");
    return false;
  }
  *result = int(index);
  return true;
}

PyObject* access_subscript(PyObject* self, PyObject* key) {
  const MatrixAccess* access = as_access(self);
  if (PyIndex_Check(key)) {
    int index;
    return access_index(self, key, &index) ? new_line_view(access->matrix, access->line, index)
                                           : nullptr;
  }
  if (PySlice_Check(key)) {
    Py_ssize_t begin, end, step;
    if (PySlice_Unpack(key, &begin, &end, &step) < 0) {
      return nullptr;
    }
    const Py_ssize_t count = PySlice_AdjustIndices(access_length(self), &begin, &end, step);
    if (step != 1 && count > 0) {
      PyErr_SetString(PyExc_IndexError, "Matrix: slices with a step are not supported");
      return nullptr;
    }
    PyRef tuple = PyRef::steal(PyTuple_New(count));
    for (Py_ssize_t i = 0; tuple && i < count; ++i) {
      PyObject* line = new_line_view(access->matrix, access->line, int(begin + i));
      if (line == nullptr) {
        return nullptr;
      }
      PyTuple_SET_ITEM(tuple.get(), i, line);
    }
    return tuple.release();
  }
  PyErr_Format(PyExc_TypeError, "Matrix indices must be integers, not %.200s",
               Py_TYPE(key)->tp_name);
  return nullptr;
}

int access_set_subscript(PyObject* self, PyObject* key, PyObject* item) {
  if (!PyIndex_Check(key)) {
    PyErr_Format(PyExc_TypeError, "Matrix indices must be integers, not %.200s",
                 Py_TYPE(key)->tp_name);
    return -1;
  }
  if (item == nullptr) {
    PyErr_SetString(PyExc_TypeError, "Matrix: rows and columns cannot be deleted");
    return -1;
  }
  int index;
  return access_index(self, key, &index)
             ? set_line(as_access(self)->matrix, as_access(self)->line, index, item)
             : -1;
}

PyObject* access_iterator(PyObject* self) {
  const PyRef whole = PyRef::steal(PySlice_New(nullptr, nullptr, nullptr));
  const PyRef lines = whole ? PyRef::steal(access_subscript(self, whole.get())) : PyRef();
  return lines ? PyObject_GetIter(lines.get()) : nullptr;
}

}  // namespace

PyObject* new_line_view(PyObject* matrix, Line line, int index) {
  Value* m = as_value(matrix);
  if (line != Line::Translation && !require_mutable(m)) {
    return nullptr;
  }
  if (!read(m)) {
    return nullptr;
  }
  return new_vector_view(m->state, line_size(m, line), LineOwner(matrix, line, index));
}

int set_line(PyObject* matrix, Line line, int index, PyObject* numbers) {
  Value* m = as_value(matrix);
  float values[4];
  const int size = line_size(m, line);
  if (!require_mutable(m) || parse_floats(numbers, size, size, values, "Matrix line") < 0) {
    return -1;
  }
  return LineOwner(matrix, line, index).write({values, std::size_t(size)}) ? 0 : -1;
}

PyObject* new_matrix_access(PyObject* matrix, Line line) {
  PyTypeObject* type = as_value(matrix)->state->matrix_access_type;
  const NoCollection no_collection;
  MatrixAccess* access = PyObject_GC_New(MatrixAccess, type);
  if (access == nullptr) {
    return nullptr;
  }
  access->matrix = Py_NewRef(matrix);
  access->line = line;
  PyObject_GC_Track(access);
  return reinterpret_cast<PyObject*>(access);
}

PyTypeObject* create_matrix_access_type(PyObject* module) {
  PyType_Slot slots[] = {{Py_tp_doc, const_cast<char*>("The rows or the columns of a Matrix.")},
                         {Py_tp_dealloc, reinterpret_cast<void*>(access_dealloc)},
                         {Py_tp_traverse, reinterpret_cast<void*>(access_traverse)},
                         {Py_tp_clear, reinterpret_cast<void*>(access_clear)},
                         {Py_tp_iter, reinterpret_cast<void*>(access_iterator)},
                         {Py_mp_length, reinterpret_cast<void*>(access_length)},
                         {Py_mp_subscript, reinterpret_cast<void*>(access_subscript)},
                         {Py_mp_ass_subscript, reinterpret_cast<void*>(access_set_subscript)},
                         {0, nullptr}};
  PyType_Spec spec = {"mathutils.MatrixAccess", int(sizeof(MatrixAccess)), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE |
                          Py_TPFLAGS_DISALLOW_INSTANTIATION,
                      slots};
  return reinterpret_cast<PyTypeObject*>(PyType_FromModuleAndSpec(module, &spec, nullptr));
}

}  // namespace kiln::python::mathutils
