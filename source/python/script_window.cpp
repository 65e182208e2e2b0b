#include "python/script_window.h"

#include "python/exceptions.h"
#include "python/gil.h"
#include "python/script_panels.h"
#include "python/script_values.h"

namespace kiln::python {
namespace {

// Calls a function with a tuple of arguments; what it raises is printed.
PyRef call(const char* module_name, const char* function, PyRef arguments) {
  const PyRef module = PyRef::steal(arguments ? PyImport_ImportModule(module_name) : nullptr);
  const PyRef callable =
      PyRef::steal(module ? PyObject_GetAttrString(module.get(), function) : nullptr);
  PyRef result =
      PyRef::steal(callable ? PyObject_CallObject(callable.get(), arguments.get()) : nullptr);
  if (!result) {
    print_exception();
  }
  return result;
}

PyRef call(const char* function) {
  return call("bpy._window", function, PyRef::steal(PyTuple_New(0)));
}

PyRef facts_of(const ScriptEvent& event) {
  return PyRef::steal(
      Py_BuildValue("{s:s,s:s,s:i,s:i,s:O,s:O,s:O,s:O,s:s,s:O}", "type", event.type.c_str(),
                    "value", event.value.c_str(), "x", event.x, "y", event.y, "shift",
                    event.shift ? Py_True : Py_False, "ctrl", event.ctrl ? Py_True : Py_False,
                    "alt", event.alt ? Py_True : Py_False, "oskey", event.meta ? Py_True : Py_False,
                    "text", event.text.c_str(), "is_repeat", event.is_repeat ? Py_True : Py_False));
}

PyRef one(const PyRef& argument) {
  return PyRef::steal(argument ? PyTuple_Pack(1, argument.get()) : nullptr);
}

std::optional<ScriptOutcome> outcome_of(PyObject* dict) {
  if (!dict || !PyDict_Check(dict)) {
    return std::nullopt;
  }
  ScriptOutcome outcome{text(dict, "identifier"),
                        text(dict, "label"),
                        text(dict, "outcome"),
                        text(dict, "error"),
                        {},
                        simple_settings(entry(dict, "settings")),
                        flag(dict, "undo", false)};
  PyObject* reports = entry(dict, "reports");
  for (Py_ssize_t i = 0; reports && PyList_Check(reports) && i < PyList_GET_SIZE(reports); ++i) {
    PyObject* pair = PyList_GET_ITEM(reports, i);
    if (PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2) {
      outcome.reports.emplace_back(text(PyTuple_GET_ITEM(pair, 0)),
                                   text(PyTuple_GET_ITEM(pair, 1)));
    }
  }
  return outcome;
}

std::vector<ScriptOutcome> outcomes_of(PyObject* list) {
  std::vector<ScriptOutcome> all;
  for (Py_ssize_t i = 0; list && PyList_Check(list) && i < PyList_GET_SIZE(list); ++i) {
    if (std::optional<ScriptOutcome> made = outcome_of(PyList_GET_ITEM(list, i))) {
      all.push_back(std::move(*made));
    }
  }
  return all;
}

}  // namespace

void PythonWindow::set_event(const ScriptEvent& event) {
  const GilLock lock;
  call("bpy._window", "_set_event", one(facts_of(event)));
}

bool PythonWindow::has_waiting() {
  const GilLock lock;
  const PyRef answer = call("_has_handlers");
  return answer && answer.get() == Py_True;
}

ScriptWindow::Answer PythonWindow::handle(const ScriptEvent& event) {
  const GilLock lock;
  const PyRef answer = call("bpy._window", "_handle", one(facts_of(event)));
  Answer out;
  if (answer && PyTuple_Check(answer.get()) && PyTuple_GET_SIZE(answer.get()) == 2) {
    out.is_taken = PyTuple_GET_ITEM(answer.get(), 0) == Py_True;
    out.ended = outcomes_of(PyTuple_GET_ITEM(answer.get(), 1));
  }
  return out;
}

ScriptWindow::Answer PythonWindow::tick(double* seconds) {
  const GilLock lock;
  const PyRef answer = call("_tick");
  Answer out;
  *seconds = -1.0;
  if (answer && PyTuple_Check(answer.get()) && PyTuple_GET_SIZE(answer.get()) == 2) {
    out.ended = outcomes_of(PyTuple_GET_ITEM(answer.get(), 0));
    *seconds = PyFloat_AsDouble(PyTuple_GET_ITEM(answer.get(), 1));
    PyErr_Clear();
  }
  return out;
}

void PythonWindow::cancel_all() {
  const GilLock lock;
  call("_cancel_all");
}

std::vector<ScriptRequest> PythonWindow::take_requests() {
  const GilLock lock;
  const PyRef list = call("_take_requests");
  std::vector<ScriptRequest> requests;
  for (Py_ssize_t i = 0; list && PyList_Check(list.get()) && i < PyList_GET_SIZE(list.get()); ++i) {
    PyObject* dict = PyList_GET_ITEM(list.get(), i);
    ScriptRequest made;
    made.kind = text(dict, "kind");
    made.token = int(number(dict, "token", 0.0));
    made.name = text(dict, "name");
    made.text = text(dict, "text");
    made.filter = text(dict, "filter");
    made.number = int(number(dict, "number", 0.0));
    made.width = int(number(dict, "width", 0.0));
    made.value = number(dict, "value", 0.0);
    made.saves = flag(dict, "saves", false);
    requests.push_back(std::move(made));
  }
  return requests;
}

std::optional<ScriptPanel> PythonWindow::popup_content(int token) {
  const GilLock lock;
  const PyRef dict =
      call("bpy._window", "_popup_content", PyRef::steal(Py_BuildValue("(i)", token)));
  return dict ? read_panel(dict.get()) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> PythonWindow::popup_choices(int token) {
  const GilLock lock;
  const PyRef list =
      call("bpy._window", "_popup_choices", PyRef::steal(Py_BuildValue("(i)", token)));
  std::vector<std::pair<std::string, std::string>> choices;
  for (Py_ssize_t i = 0; list && PyList_Check(list.get()) && i < PyList_GET_SIZE(list.get()); ++i) {
    PyObject* pair = PyList_GET_ITEM(list.get(), i);
    if (PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2) {
      choices.emplace_back(text(PyTuple_GET_ITEM(pair, 0)), text(PyTuple_GET_ITEM(pair, 1)));
    }
  }
  return choices;
}

std::optional<ScriptOutcome> PythonWindow::popup_done(int token, bool is_accepted,
                                                      const std::string& choice) {
  const GilLock lock;
  const PyRef dict = call("bpy._window", "_popup_done",
                          PyRef::steal(Py_BuildValue(
                              "(iOs)", token, is_accepted ? Py_True : Py_False, choice.c_str())));
  return outcome_of(dict.get());
}

int PythonWindow::open_redo(const std::string& identifier,
                            const std::vector<std::pair<std::string, Value>>& settings) {
  const GilLock lock;
  const PyRef dict = PyRef::steal(PyDict_New());
  for (const auto& [name, value] : settings) {
    const PyRef object = simple_object(value);
    if (!dict || !object || PyDict_SetItemString(dict.get(), name.c_str(), object.get()) < 0) {
      PyErr_Clear();
    }
  }
  const PyRef token =
      dict ? call("bpy._window", "_open_redo",
                  PyRef::steal(Py_BuildValue("(sO)", identifier.c_str(), dict.get())))
           : PyRef();
  const long number = token && PyLong_Check(token.get()) ? PyLong_AsLong(token.get()) : 0;
  PyErr_Clear();
  return number > 0 ? int(number) : 0;
}

std::vector<std::pair<std::string, Value>> PythonWindow::popup_settings(int token) {
  const GilLock lock;
  const PyRef dict =
      call("bpy._window", "_popup_settings", PyRef::steal(Py_BuildValue("(i)", token)));
  return simple_settings(dict.get());
}

std::optional<ScriptOutcome> PythonWindow::popup_changed(int token) {
  const GilLock lock;
  const PyRef dict =
      call("bpy._window", "_popup_changed", PyRef::steal(Py_BuildValue("(i)", token)));
  return outcome_of(dict.get());
}

std::optional<std::pair<std::string, std::vector<std::pair<std::string, Value>>>>
PythonWindow::binding(const std::vector<std::string>& keymaps, const ScriptEvent& event) {
  const GilLock lock;
  const PyRef names = PyRef::steal(PyList_New(0));
  for (const std::string& name : keymaps) {
    const PyRef object = PyRef::steal(PyUnicode_FromString(name.c_str()));
    if (!names || !object || PyList_Append(names.get(), object.get()) < 0) {
      PyErr_Clear();
      return std::nullopt;
    }
  }
  const PyRef facts = facts_of(event);
  const PyRef found =
      call("bpy._keymaps", "_find",
           PyRef::steal(names && facts ? PyTuple_Pack(2, names.get(), facts.get()) : nullptr));
  if (!found || !PyTuple_Check(found.get()) || PyTuple_GET_SIZE(found.get()) != 2) {
    return std::nullopt;
  }
  return std::pair(text(PyTuple_GET_ITEM(found.get(), 0)),
                   simple_settings(PyTuple_GET_ITEM(found.get(), 1)));
}

bool PythonWindow::binds_mouse() {
  const GilLock lock;
  const PyRef answer = call("bpy._keymaps", "_wants", PyRef::steal(Py_BuildValue("(s)", "MOUSE")));
  return answer && answer.get() == Py_True;
}

}  // namespace kiln::python
