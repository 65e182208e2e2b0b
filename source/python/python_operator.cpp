#include "python/python_operator.h"

#include "core/schema/property_bag.h"
#include "python/exceptions.h"
#include "python/gil.h"
#include "python/property_definition.h"
#include "python/struct_object.h"

namespace kiln::python {
namespace {

using operators::Context;
using operators::OperatorRegistry;
using operators::OperatorType;
using operators::Outcome;
using operators::Report;

// Makes a running operator the innermost one for the length of a call.
class Running {
public:
  explicit Running(Context* context)
      : operator_{context, {}, {}}, previous_(std::exchange(state().running, &operator_)) {}
  ~Running() { state().running = previous_; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  const RunningOperator& get() const { return operator_; }

private:
  RunningOperator operator_;
  RunningOperator* previous_;
};

std::optional<Outcome> outcome_named(PyObject* name) {
  static constexpr std::pair<const char*, Outcome> known[] = {
      {"FINISHED", Outcome::Finished},
      {"CANCELLED", Outcome::Cancelled},
      {"RUNNING_MODAL", Outcome::RunningModal},
      {"PASS_THROUGH", Outcome::PassThrough},
      {"INTERFACE", Outcome::Interface}};
  const char* text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : nullptr;
  for (const auto& [identifier, outcome] : known) {
    if (text && std::string_view(text) == identifier) {
      return outcome;
    }
  }
  PyErr_Clear();
  return std::nullopt;
}

// What `execute` returns: a set with one of the known words.
Result<Outcome> outcome_of(const std::string& identifier, PyObject* result) {
  const char* expected =
      "{'FINISHED'}, {'CANCELLED'}, {'RUNNING_MODAL'}, {'PASS_THROUGH'} or {'INTERFACE'}";
  if (!PyAnySet_Check(result) || PySet_GET_SIZE(result) == 0) {
    return Error::invalid("{}: the operator has to return {}, not {}", identifier, expected,
                          Py_TYPE(result)->tp_name);
  }
  Outcome outcome = Outcome::Finished;
  const PyRef iterator = PyRef::steal(PyObject_GetIter(result));
  while (const PyRef name = PyRef::steal(iterator ? PyIter_Next(iterator.get()) : nullptr)) {
    const std::optional<Outcome> one = outcome_named(name.get());
    if (!one) {
      return Error::invalid("{}: the operator has to return {}", identifier, expected);
    }
    outcome = *one;
  }
  return outcome;
}

// An object of the class over a copy of the settings.
PyRef make_instance(const Schema& schema, const PropertyBag& settings) {
  const auto bag = std::make_shared<PropertyBag>(settings);
  auto root = std::make_shared<Root>();
  root->data = bag.get();
  root->keep = bag;
  PyRef object = PyRef::steal(make_rooted(schema, std::move(root)));
  if (object && Py_TYPE(object.get())->tp_init != PyBaseObject_Type.tp_init) {
    const PyRef done = PyRef::steal(PyObject_CallMethod(object.get(), "__init__", nullptr));
    if (!done) {
      return {};
    }
  }
  return object;
}

// The event of the window that is handled.
PyRef current_event() {
  const PyRef module = PyRef::steal(PyImport_ImportModule("bpy._window"));
  return PyRef::steal(module ? PyObject_CallMethod(module.get(), "event", nullptr) : nullptr);
}

Result<Outcome> run(const std::string& identifier, const Schema& schema, Context& context,
                    const PropertyBag& settings) {
  const GilLock lock;
  const Running running(&context);
  const PyRef instance = make_instance(schema, settings);
  const PyRef bpy_context = PyRef::steal(instance ? context_object() : nullptr);
  if (!bpy_context) {
    return Error::invalid("Python: {}", take_traceback());
  }
  // What `options` tells.
  const PyRef manner = PyRef::steal(PyLong_FromLong(
      (context.is_invoked ? 1 : 0) | (context.is_redone ? 2 : 0) | (context.is_repeated ? 4 : 0)));
  if (!manner || PyObject_SetAttrString(instance.get(), "_manner", manner.get()) < 0) {
    PyErr_Clear();
  }
  const bool is_invoked = context.is_invoked && PyObject_HasAttrString(instance.get(), "invoke");
  if (!is_invoked && !PyObject_HasAttrString(instance.get(), "execute")) {
    return Error::invalid(
        "{}: the operator has no function \"execute\", so it runs only from a window", identifier);
  }
  const PyRef event = is_invoked ? current_event() : PyRef::borrow(Py_None);
  const PyRef result = PyRef::steal(
      !event ? nullptr
      : is_invoked
          ? PyObject_CallMethod(instance.get(), "invoke", "OO", bpy_context.get(), event.get())
          : PyObject_CallMethod(instance.get(), "execute", "O", bpy_context.get()));
  if (!result) {
    return Error::invalid("Python: {}", take_traceback());
  }
  Result<Outcome> outcome = outcome_of(identifier, result.get());
  if (outcome && !running.get().error.empty()) {
    return Error::invalid("{}", running.get().error);
  }
  return outcome;
}

std::optional<std::string> poll(const Schema& schema, Context* context) {
  const GilLock lock;
  const Running running(context);
  const auto type = state().types.find(&schema);
  if (type == state().types.end()) {
    return "the class has been unregistered";
  }
  const PyRef kept = PyRef::borrow(reinterpret_cast<PyObject*>(type->second));
  const PyRef bpy_context = PyRef::steal(context_object());
  const PyRef answer = PyRef::steal(
      bpy_context ? PyObject_CallMethod(kept.get(), "poll", "O", bpy_context.get()) : nullptr);
  const int is_good = answer ? PyObject_IsTrue(answer.get()) : -1;
  if (is_good < 0) {
    print_exception();
    return "its poll function failed";
  }
  return is_good ? std::nullopt : std::optional(running.get().poll_message);
}

OperatorRegistry* operators_of_program() {
  auto* registry = state().services().find<OperatorRegistry>();
  if (!registry) {
    PyErr_SetString(PyExc_RuntimeError, "this program has no operators");
  }
  return registry;
}

// add_operator(class, identifier, label, description, options, macro): `macro` runs instead of
// `execute`, or None.
PyObject* add_operator(PyObject*, PyObject* args) {
  PyObject *type = nullptr, *options = nullptr;
  const char *identifier = nullptr, *label = nullptr, *description = nullptr;
  if (!PyArg_ParseTuple(args, "OsssO!:add_operator", &type, &identifier, &label, &description,
                        &PyList_Type, &options)) {
    return nullptr;
  }
  const Schema* schema = schema_of_class(type);
  OperatorRegistry* registry = operators_of_program();
  if (!schema || !registry) {
    return nullptr;
  }
  OperatorType made;
  made.identifier = identifier;
  made.label = label;
  made.description = description;
  made.settings = schema;
  made.is_undoable = false;
  made.is_registered = false;
  made.options.clear();
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(options); ++i) {
    const char* option = PyUnicode_AsUTF8(PyList_GET_ITEM(options, i));
    if (!option) {
      return nullptr;
    }
    made.options.emplace_back(option);
    made.is_undoable = made.is_undoable || made.options.back() == "UNDO";
    made.is_registered = made.is_registered || made.options.back() == "REGISTER";
  }
  if (PyObject_HasAttrString(type, "poll")) {
    made.poll = [schema](const Context& context) {
      return poll(*schema, const_cast<Context*>(&context));
    };
  }
  made.run = [schema, name = made.identifier](Context& context, const void* settings,
                                              const std::unordered_set<std::string>&) {
    return run(name, *schema, context, *static_cast<const PropertyBag*>(settings));
  };
  registry->add(std::move(made));
  Py_RETURN_NONE;
}

PyObject* remove_operator(PyObject*, PyObject* identifier) {
  const char* name = PyUnicode_AsUTF8(identifier);
  OperatorRegistry* registry = name ? operators_of_program() : nullptr;
  if (!registry) {
    return nullptr;
  }
  registry->remove(name);
  Py_RETURN_NONE;
}

// operator_settings(identifier): settings of an operator to be filled in, as buttons and macros
// keep them.
PyObject* operator_settings(PyObject*, PyObject* identifier) {
  const char* name = PyUnicode_AsUTF8(identifier);
  OperatorRegistry* registry = name ? operators_of_program() : nullptr;
  if (!registry) {
    return nullptr;
  }
  const OperatorType* type = registry->find(name);
  if (!type) {
    PyErr_Format(PyExc_ValueError, "there is no operator \"%s\"", name);
    return nullptr;
  }
  auto root = std::make_shared<Root>();
  root->keep = std::shared_ptr<void>(type->settings->make(), type->settings->destroy);
  root->data = root->keep.get();
  return make_rooted(*type->settings, std::move(root));
}

// operator_report(severity, message)
PyObject* operator_report(PyObject*, PyObject* args) {
  const char *severity = nullptr, *message = nullptr;
  if (!PyArg_ParseTuple(args, "ss:operator_report", &severity, &message)) {
    return nullptr;
  }
  RunningOperator* running = state().running;
  if (!running) {
    PySys_FormatStdout("%s: %s\n", severity, message);
    Py_RETURN_NONE;
  }
  const std::string_view kind = severity;
  if (kind == "Error") {
    running->error += running->error.empty() ? message : std::string("\n") + message;
  } else {
    running->context->reports.emplace_back(message, operators::severity_of(kind));
  }
  Py_RETURN_NONE;
}

PyObject* operator_poll_message(PyObject*, PyObject* message) {
  const char* text = PyUnicode_AsUTF8(message);
  if (!text) {
    return nullptr;
  }
  if (state().running) {
    state().running->poll_message = text;
  }
  Py_RETURN_NONE;
}

// operator_method(operator, method, *arguments): calls a method of a waiting operator with the
// context and the arguments; a dictionary with `outcome`, `error` and `reports`, pairs of severity
// and text.
PyObject* operator_method(PyObject*, PyObject* args) {
  if (PyTuple_GET_SIZE(args) < 2 || !PyUnicode_Check(PyTuple_GET_ITEM(args, 1))) {
    PyErr_SetString(PyExc_TypeError, "operator_method(operator, method, *arguments)");
    return nullptr;
  }
  Progress progress;
  Context context(*state().project, progress);
  context.is_invoked = true;
  const Running running(&context);
  PyObject* instance = PyTuple_GET_ITEM(args, 0);
  const PyRef bpy_context = PyRef::steal(context_object());
  const PyRef method =
      PyRef::steal(bpy_context ? PyObject_GetAttr(instance, PyTuple_GET_ITEM(args, 1)) : nullptr);
  PyRef arguments = PyRef::steal(method ? PyTuple_New(PyTuple_GET_SIZE(args) - 1) : nullptr);
  if (arguments) {
    PyTuple_SET_ITEM(arguments.get(), 0, Py_NewRef(bpy_context.get()));
    for (Py_ssize_t i = 2; i < PyTuple_GET_SIZE(args); ++i) {
      PyTuple_SET_ITEM(arguments.get(), i - 1, Py_NewRef(PyTuple_GET_ITEM(args, i)));
    }
  }
  const PyRef result =
      PyRef::steal(arguments ? PyObject_CallObject(method.get(), arguments.get()) : nullptr);
  std::string error = result ? std::string() : take_traceback();
  Outcome outcome = Outcome::Cancelled;
  if (result) {
    const Result<Outcome> given = outcome_of(Py_TYPE(instance)->tp_name, result.get());
    outcome = given ? *given : outcome;
    error = given ? running.get().error : given.error().message;
  }
  const PyRef reports = PyRef::steal(PyList_New(0));
  for (const Report& report : context.reports) {
    const PyRef pair = PyRef::steal(
        Py_BuildValue("(ss)", operators::word_of(report.severity).data(), report.text.c_str()));
    if (!reports || !pair || PyList_Append(reports.get(), pair.get()) < 0) {
      return nullptr;
    }
  }
  return Py_BuildValue("{s:s,s:s,s:O}", "outcome", outcome_name(outcome), "error", error.c_str(),
                       "reports", reports.get());
}

PyMethodDef functions[] = {
    {"operator_method", operator_method, METH_VARARGS,
     "operator_method(operator, method, *arguments): how a call of a method ended"},
    {"add_operator", add_operator, METH_VARARGS,
     "add_operator(class, identifier, label, description, options)"},
    {"remove_operator", remove_operator, METH_O, "remove_operator(identifier)"},
    {"operator_settings", operator_settings, METH_O,
     "operator_settings(identifier): default settings to be filled in"},
    {"operator_report", operator_report, METH_VARARGS, "operator_report(severity, message)"},
    {"operator_poll_message", operator_poll_message, METH_O,
     "operator_poll_message(message): why an operator cannot run"},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

const char* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Finished:
      return "FINISHED";
    case Outcome::RunningModal:
      return "RUNNING_MODAL";
    case Outcome::PassThrough:
      return "PASS_THROUGH";
    case Outcome::Interface:
      return "INTERFACE";
    default:
      return "CANCELLED";
  }
}

bool add_python_operator_functions(PyObject* module) {
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
