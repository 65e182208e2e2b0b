#include <cstring>

#include "modeling/edit_operators.h"
#include "python/access.h"
#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"

// The module bmesh.ops: operators by name, arguments by the slots they declare.
namespace kiln::python::bmesh {
namespace {

using modeling::EditOperator;
using modeling::ElementPairs;
using modeling::SlotSpec;
using modeling::SlotType;
using modeling::SlotValue;
using modeling::SlotValues;

struct OperatorObject {
  PyObject ob_base;
  const EditOperator* op;
};
const EditOperator& op_of(PyObject* self) {
  return *reinterpret_cast<OperatorObject*>(self)->op;
}

bool accepts(const SlotSpec& spec, ElementKind kind) {
  return (spec.kinds >> int(kind) & 1) != 0;
}
std::string kind_names(const SlotSpec& spec) {
  std::string result;
  for (const ElementKind kind : {ElementKind::Vert, ElementKind::Edge, ElementKind::Face}) {
    if (accepts(spec, kind)) {
      result += (result.empty() ? "" : "/") + std::string(type_name(kind));
    }
  }
  return result;
}
/// An element of an argument; slot -1 with an exception.
Element parse(const SlotSpec& spec, MeshObject* owner, PyObject* value) {
  if (!is_element(value) || !accepts(spec, as_element(value)->handle.kind)) {
    PyErr_Format(PyExc_TypeError, "%s: expected (%s), not '%.200s'", spec.name,
                 kind_names(spec).c_str(), Py_TYPE(value)->tp_name);
    return {};
  }
  const ElementKind kind = as_element(value)->handle.kind;
  return {kind, parse_element(value, owner, kind, spec.name)};
}

bool parse_list(const EditOperator& op, const SlotSpec& spec, MeshObject* owner, PyObject* value,
                std::vector<Element>& result) {
  const Types& t = types();
  const bool is_sequence = Py_IS_TYPE(value, t.element_sequence) ||
                           Py_IS_TYPE(value, t.sequences[0]) || Py_IS_TYPE(value, t.sequences[1]) ||
                           Py_IS_TYPE(value, t.sequences[3]);
  // Sets are taken where order does not matter to anyone.
  const bool is_set = PyAnySet_Check(value) && std::strcmp(spec.name, "edges_exclude") == 0;
  if (!is_sequence && !is_set && !PyList_Check(value) && !PyTuple_Check(value)) {
    PyErr_Format(
        PyExc_TypeError,
        "%s: keyword \"%s\" expected a bmesh sequence, list, (htype, flag) pair, not %.200s",
        op.name, spec.name, Py_TYPE(value)->tp_name);
    return false;
  }
  const PyRef all = PyRef::steal(PySequence_List(value));
  for (Py_ssize_t i = 0; all && i < PyList_GET_SIZE(all.get()); ++i) {
    const Element e = parse(spec, owner, PyList_GET_ITEM(all.get(), i));
    if (e.slot < 0) {
      return false;
    }
    result.push_back(e);
  }
  return bool(all);
}

bool parse_value(const EditOperator& op, const SlotSpec& spec, MeshObject* owner, PyObject* value,
                 SlotValue* result) {
  const auto wrong = [&](const char* expected) {
    PyErr_Format(PyExc_TypeError, "%s: keyword \"%s\" expected %s, not %.200s", op.name, spec.name,
                 expected, Py_TYPE(value)->tp_name);
    return false;
  };
  switch (spec.type) {
    case SlotType::Bool: {
      if (!PyLong_Check(value)) {
        return wrong("a bool");
      }
      *result = PyObject_IsTrue(value) == 1;
      return true;
    }
    case SlotType::Int: {
      if (!PyLong_Check(value)) {
        return wrong("an int");
      }
      const int number = _PyLong_AsInt(value);
      *result = number;
      return number != -1 || !PyErr_Occurred();
    }
    case SlotType::Float: {
      const double number = PyFloat_Check(value) || PyLong_Check(value) || PyIndex_Check(value)
                                ? PyFloat_AsDouble(value)
                                : -1;
      if (!PyFloat_Check(value) && !PyLong_Check(value) && !PyIndex_Check(value)) {
        return wrong("a float");
      }
      *result = float(number);
      return number != -1 || !PyErr_Occurred();
    }
    case SlotType::Vector: {
      float3 v;
      if (!mathutils::parse_float3(value, &v, spec.name)) {
        return false;
      }
      *result = v;
      return true;
    }
    case SlotType::Matrix: {
      float m[16];
      float4x4 matrix;
      const Py_ssize_t size = PySequence_Check(value) ? PySequence_Size(value) : -1;
      if (size != 3 && size != 4) {
        PyErr_Clear();
        return wrong("a 3x3 or 4x4 matrix");
      }
      if (!mathutils::parse_matrix(value, int(size), int(size), m, spec.name)) {
        return false;
      }
      for (int r = 0; r < int(size); ++r) {
        for (int c = 0; c < int(size); ++c) {
          matrix[r][c] = m[r * int(size) + c];
        }
      }
      *result = matrix;
      return true;
    }
    case SlotType::Enum: {
      const char* name = PyUnicode_Check(value) ? PyUnicode_AsUTF8(value) : nullptr;
      if (!name) {
        return PyErr_Occurred() ? false : wrong("a string");
      }
      std::string all;
      for (std::size_t i = 0; i < spec.items.size(); ++i) {
        if (std::strcmp(spec.items[i], name) == 0) {
          *result = int(i);
          return true;
        }
        all += (i ? ", '" : "'") + std::string(spec.items[i]) + "'";
      }
      PyErr_Format(PyExc_ValueError, "%s: '%s' not found in ([%s])", spec.name, name, all.c_str());
      return false;
    }
    case SlotType::Elements: {
      std::vector<Element> elements;
      if (!parse_list(op, spec, owner, value, elements)) {
        return false;
      }
      *result = std::move(elements);
      return true;
    }
    case SlotType::ElementMap: {
      if (!PyDict_Check(value)) {
        return wrong("a dict");
      }
      ElementPairs pairs;
      PyObject *key = nullptr, *item = nullptr;
      Py_ssize_t at = 0;
      while (PyDict_Next(value, &at, &key, &item)) {  // nothing below runs code of scripts
        const Element a = parse(spec, owner, key);
        const Element b = a.slot < 0 ? a : parse(spec, owner, item);
        if (b.slot < 0) {
          return false;
        }
        pairs.emplace_back(a, b);
      }
      *result = std::move(pairs);
      return true;
    }
  }
  return false;
}

PyObject* to_python(MeshObject* owner, const SlotValues& values, const char* name, SlotType type) {
  const EditMesh& mesh = *owner->mesh;
  if (type == SlotType::ElementMap) {
    PyRef dict = PyRef::steal(PyDict_New());
    for (const auto& [a, b] : values.get<ElementPairs>(name)) {
      const PyRef key = PyRef::steal(mesh.is_alive(a) ? make_element(owner, a) : nullptr);
      const PyRef value = PyRef::steal(key && mesh.is_alive(b) ? make_element(owner, b) : nullptr);
      if (!dict || PyErr_Occurred()) {
        return nullptr;
      }
      if (value && PyDict_SetItem(dict.get(), key.get(), value.get()) < 0) {
        return nullptr;
      }
    }
    return dict.release();
  }
  PyRef list = PyRef::steal(PyList_New(0));
  for (const Element& e : values.get<std::vector<Element>>(name)) {
    if (!mesh.is_alive(e)) {
      continue;
    }
    const PyRef element = PyRef::steal(make_element(owner, e));
    if (!list || !element || PyList_Append(list.get(), element.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

PyObject* call(PyObject* self, PyObject* args, PyObject* keywords) {
  const EditOperator& op = op_of(self);
  if (PyTuple_GET_SIZE(args) != 1 || !is_mesh(PyTuple_GET_ITEM(args, 0))) {
    PyErr_SetString(PyExc_TypeError,
                    "bmesh operators expect a single BMesh positional argument, all other args "
                    "must be keywords");
    return nullptr;
  }
  MeshObject* owner = as_mesh(PyTuple_GET_ITEM(args, 0));
  if (!find(owner)) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        SlotValues in, out;
        PyObject *key = nullptr, *value = nullptr;
        Py_ssize_t at = 0;
        // Numbers first: reading them may run code of scripts, after which elements are looked at.
        for (int round = 0; round < 2; ++round) {
          at = 0;
          while (keywords && PyDict_Next(keywords, &at, &key, &value)) {
            const char* name = PyUnicode_AsUTF8(key);
            if (!name) {
              return nullptr;
            }
            const SlotSpec* spec = nullptr;
            for (const SlotSpec& s : op.slots) {
              spec = std::strcmp(s.name, name) == 0 ? &s : spec;
            }
            if (!spec) {
              PyErr_Format(PyExc_TypeError, "%s: keyword \"%s\" is invalid for this operator",
                           op.name, name);
              return nullptr;
            }
            const bool is_elements =
                spec->type == SlotType::Elements || spec->type == SlotType::ElementMap;
            if (is_elements != (round == 1)) {
              continue;
            }
            SlotValue read;
            if (!find(owner) || !parse_value(op, *spec, owner, value, &read)) {
              return nullptr;
            }
            in.values[spec->name] = std::move(read);
          }
        }
        EditMesh* mesh = find(owner);
        if (!mesh) {
          return nullptr;
        }
        const Result<void> done = op.run(*mesh, in, out);
        elements_changed(owner);
        if (!done) {
          return raise(done.error());
        }
        if (op.results.empty()) {
          Py_RETURN_NONE;
        }
        PyRef result = PyRef::steal(PyDict_New());
        for (const auto& [name, type] : op.results) {
          const PyRef made = PyRef::steal(to_python(owner, out, name, type));
          if (!result || !made || PyDict_SetItemString(result.get(), name, made.get()) < 0) {
            return nullptr;
          }
        }
        return result.release();
      },
      nullptr);
}
PyObject* repr(PyObject* self) {
  return PyUnicode_FromFormat("<BMeshOpFunc bmesh.ops.%s()>", op_of(self).name);
}
void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  type->tp_free(self);
  Py_DECREF(type);
}
PyObject* missing(PyObject*, PyObject* name) {
  PyErr_Format(PyExc_AttributeError, "BMeshOpsModule: operator \"%S\" doesn't exist", name);
  return nullptr;
}

PyMethodDef methods[] = {{"__getattr__", missing, METH_O, nullptr}, {nullptr, nullptr, 0, nullptr}};
PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "bmesh.ops",
                          "Operators on meshes.",
                          -1,
                          methods,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace

PyObject* make_ops_module() {
  PyRef module = PyRef::steal(PyModule_Create(&definition));
  PyType_Slot slots[] = {{Py_tp_call, slot(call)},
                         {Py_tp_repr, slot(repr)},
                         {Py_tp_dealloc, slot(dealloc)},
                         {0, nullptr}};
  PyType_Spec spec{
      "bmesh.ops.BMeshOpFunc", int(sizeof(OperatorObject)), 0,
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
  types().operator_function = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  if (!module || !types().operator_function) {
    return nullptr;
  }
  for (const EditOperator& op : modeling::edit_operators()) {
    const PyRef made =
        PyRef::steal(types().operator_function->tp_alloc(types().operator_function, 0));
    if (!made) {
      return nullptr;
    }
    reinterpret_cast<OperatorObject*>(made.get())->op = &op;
    if (PyModule_AddObjectRef(module.get(), op.name, made.get()) < 0) {
      return nullptr;
    }
  }
  return module.release();
}

}  // namespace kiln::python::bmesh
