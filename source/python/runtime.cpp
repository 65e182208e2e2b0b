#include "python/runtime.h"

#include <clocale>
#include <fstream>
#include <sstream>

#include "python/bl_math.h"
#include "python/bmesh/bmesh.h"
#include "python/exceptions.h"
#include "python/mathutils/mathutils.h"
#include "python/module.h"
#include "python/runtime_properties.h"
#include "python/safe_points.h"
#include "python/state.h"
#include "python/units.h"

namespace kiln::python {
namespace {

std::wstring wide(const std::string& text) {
  wchar_t* decoded = Py_DecodeLocale(text.c_str(), nullptr);
  std::wstring out = decoded ? decoded : L"";
  PyMem_RawFree(decoded);
  return out;
}

PyObject* decode_path(void* path) {
  return PyUnicode_DecodeFSDefault(static_cast<const Path*>(path)->c_str());
}

}  // namespace

Result<std::unique_ptr<Runtime>> Runtime::start(Project& project, const Options& options) {
  State& s = state();
  s = {};
  s.project = &project;
  s.is_background = options.is_background;
  s.is_factory_startup = options.is_factory_startup;

  PyImport_AppendInittab("_bpy", init_bpy_module);
  PyImport_AppendInittab("mathutils", mathutils::init_module);
  PyImport_AppendInittab("bmesh", bmesh::init_module);
  PyImport_AppendInittab("bl_math", init_bl_math);
  PyImport_AppendInittab("_bpy_units", init_units);

  PyPreConfig preconfig;
  PyPreConfig_InitIsolatedConfig(&preconfig);
  preconfig.utf8_mode = 1;
  PyStatus status = Py_PreInitialize(&preconfig);
  PyConfig config;
  PyConfig_InitIsolatedConfig(&config);
  config.site_import = 0;
  config.use_environment = options.use_system_environment;
  config.user_site_directory = 0;
  config.install_signal_handlers = 0;
  config.write_bytecode = 1;
  config.parse_argv = 0;
  config.safe_path = 1;
  PyConfig_SetString(&config, &config.program_name, L"kiln");
  PyConfig_SetString(&config, &config.home, L"/usr");
  PyConfig_SetString(&config, &config.executable, L"/usr/bin/python3.11");
  config.module_search_paths_set = 1;
  std::vector<std::string> folders;
  // As in the reference, PYTHONPATH is looked at: scripts bring their helpers that way.
  if (const char* variable = std::getenv("PYTHONPATH")) {
    std::stringstream list(variable);
    for (std::string folder; std::getline(list, folder, ':');) {
      if (!folder.empty()) {
        folders.push_back(folder);
      }
    }
  }
  folders.push_back((options.scripts / "modules").string());
  folders.push_back((options.scripts / "startup").string());
  folders.push_back("/usr/lib/python3.11");
  folders.push_back("/usr/lib/python3.11/lib-dynload");
  folders.push_back("/usr/lib/python3/dist-packages");
  for (const std::string& folder : folders) {
    PyWideStringList_Append(&config.module_search_paths, wide(folder).c_str());
  }
  for (const std::string& argument : options.arguments) {
    PyWideStringList_Append(&config.argv, wide(argument).c_str());
  }
  status = PyStatus_Exception(status) ? status : Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  if (PyStatus_Exception(status)) {
    return Error::unsupported("Python could not be started: {}",
                              status.err_msg ? status.err_msg : "unknown reason");
  }
  const PyRef math = PyRef::steal(PyImport_ImportModule("mathutils"));
  s.math = math ? mathutils::state_of(math.get()) : nullptr;
  const PyRef bpy = PyRef::steal(s.math ? PyImport_ImportModule("bpy") : nullptr);
  if (!bpy) {
    return Error::unsupported("Python modules could not be loaded from {}: {}",
                              options.scripts.string(), take_traceback());
  }
  const PyRef app = PyRef::steal(PyImport_ImportModule("bpy.app"));
  const PyRef flags = PyRef::steal(PyList_New(0));
  for (const std::string& flag : options.debug_flags) {
    const PyRef name = PyRef::steal(PyUnicode_FromString(flag.c_str()));
    PyList_Append(flags.get(), name.get());
  }
  const PyRef set = PyRef::steal(
      app ? PyObject_CallMethod(app.get(), "_set_debug", "Oi", flags.get(), options.debug_value)
          : nullptr);
  if (!set) {
    return Error::unsupported("bpy.app could not be set up: {}", take_traceback());
  }
  const PyRef utils = PyRef::steal(PyImport_ImportModule("bpy.utils"));
  const PyRef started =
      PyRef::steal(utils ? PyObject_CallMethod(utils.get(), "load_scripts", nullptr) : nullptr);
  if (!started) {
    return Error::unsupported("start-up scripts in {} could not be run: {}",
                              options.scripts.string(), take_traceback());
  }
  enable_interrupts();
  std::unique_ptr<Runtime> runtime(new Runtime());
  project.services.set<operators::ScriptHandlers>(&runtime->handlers_);
  project.services.set<ScriptPanels>(&runtime->panels_);
  project.services.set<ScriptWindow>(&runtime->window_);
  return runtime;
}

Runtime::~Runtime() {
  state().project->services.set<operators::ScriptHandlers>(nullptr);
  state().project->services.set<ScriptPanels>(nullptr);
  state().project->services.set<ScriptWindow>(nullptr);
  drop_callbacks();
  // Handles that scripts still hold are dropped while the project is there.
  Py_FinalizeEx();
  state() = {};
}

Result<void> Runtime::report_failure(const std::string& what) {
  if (PyErr_ExceptionMatches(PyExc_SystemExit)) {
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    const PyRef code = PyRef::steal(value ? PyObject_GetAttrString(value, "code") : nullptr);
    exit_status_ = !code || code.get() == Py_None ? 0
                   : PyLong_Check(code.get())     ? int(PyLong_AsLong(code.get()))
                                                  : 1;
    PyErr_Clear();
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return {};
  }
  if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
    PyErr_Clear();
    return Error::cancelled();
  }
  return Error::invalid("{}{}", take_traceback(), what);
}

Result<void> Runtime::run_text(std::string_view code, const std::string& name) {
  PyObject* main = PyImport_AddModule("__main__");  // borrowed
  PyObject* globals = main ? PyModule_GetDict(main) : nullptr;
  const PyRef file = PyRef::steal(PyUnicode_DecodeFSDefault(name.c_str()));
  if (globals && file) {
    PyDict_SetItemString(globals, "__file__", file.get());
  }
  const std::string text(code);
  const PyRef compiled = PyRef::steal(
      file ? Py_CompileStringObject(text.c_str(), file.get(), Py_file_input, nullptr, -1)
           : nullptr);
  const PyRef result = PyRef::steal(
      compiled && globals ? PyEval_EvalCode(compiled.get(), globals, globals) : nullptr);
  if (!result) {
    return report_failure("Error: Python script failed: " + name);
  }
  return {};
}

Result<void> Runtime::run_file(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return Error::unreadable(path, "the script cannot be opened for reading");
  }
  std::stringstream text;
  text << stream.rdbuf();
  return run_text(text.str(), path.string());
}

Result<void> Runtime::open_file(const Path& path) {
  const PyRef ops = PyRef::steal(PyImport_ImportModule("bpy.ops"));
  const PyRef wm = PyRef::steal(ops ? PyObject_GetAttrString(ops.get(), "wm") : nullptr);
  const PyRef open = PyRef::steal(wm ? PyObject_GetAttrString(wm.get(), "open_mainfile") : nullptr);
  const PyRef none = PyRef::steal(PyTuple_New(0));
  const PyRef settings = PyRef::steal(Py_BuildValue("{sO&}", "filepath", decode_path, &path));
  const PyRef done = PyRef::steal(
      open && none && settings ? PyObject_Call(open.get(), none.get(), settings.get()) : nullptr);
  if (!done) {
    return report_failure("Error: cannot open " + path.string());
  }
  return {};
}

Result<std::string> Runtime::call(const char* module, const char* function,
                                  const std::string& argument) {
  const PyRef owner = PyRef::steal(PyImport_ImportModule(module));
  const PyRef text = PyRef::steal(
      owner ? PyUnicode_DecodeUTF8(argument.data(), Py_ssize_t(argument.size()), "replace")
            : nullptr);
  const PyRef result =
      PyRef::steal(text ? PyObject_CallMethod(owner.get(), function, "O", text.get()) : nullptr);
  Py_ssize_t size = 0;
  const char* utf8 = result ? PyUnicode_AsUTF8AndSize(result.get(), &size) : nullptr;
  if (!utf8) {
    return Error::invalid("{}", take_traceback());
  }
  return std::string(utf8, std::size_t(size));
}

PyObject* init_in_foreign_interpreter(Project& project) {
  static PythonHandlers handlers;
  State& s = state();
  s.project = &project;
  s.is_module = true;
  project.services.set<operators::ScriptHandlers>(&handlers);
  const PyRef math = PyRef::steal(PyImport_ImportModule("mathutils"));
  s.math = math ? mathutils::state_of(math.get()) : nullptr;
  return s.math ? init_bpy_module() : nullptr;
}

}  // namespace kiln::python
