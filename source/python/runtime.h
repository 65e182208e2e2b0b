#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "document/project.h"
#include "python/script_handlers.h"
#include "python/script_panels.h"
#include "python/script_window.h"

typedef struct _object PyObject;

namespace kiln::python {

/// The embedded interpreter. One at a time; made once the project exists, and gone before it.
class Runtime {
public:
  struct Options {
    std::vector<std::string> arguments;   ///< `sys.argv`
    Path scripts;                         ///< folder `release/scripts`
    bool use_system_environment = false;  ///< honour PYTHON* variables
    bool is_background = true;
    bool is_factory_startup = false;
    std::vector<std::string> debug_flags;  ///< names of attributes `bpy.app.debug_*` to set; "" is
                                           ///< `debug`, "all" all of them
    int debug_value = 0;
  };

  static Result<std::unique_ptr<Runtime>> start(Project& project, const Options& options);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Runs a script as `__main__`. An error holds the traceback; `exit_status` is set when the
  /// script called `sys.exit`.
  Result<void> run_file(const Path& path);
  Result<void> run_text(std::string_view code, const std::string& name);
  /// Opens a document through the operator, handlers included.
  Result<void> open_file(const Path& path);
  const std::optional<int>& exit_status() const { return exit_status_; }

  /// Calls a function of a module with one text and returns the text it gives back.
  Result<std::string> call(const char* module, const char* function, const std::string& argument);

private:
  Runtime() = default;
  Result<void> report_failure(const std::string& what);
  std::optional<int> exit_status_;
  PythonHandlers handlers_;
  PythonPanels panels_;
  PythonWindow window_;
};

/// Sets `_bpy` up in an interpreter that someone else started, over a project that outlives it. A
/// new reference; null with an exception set.
PyObject* init_in_foreign_interpreter(Project& project);

}  // namespace kiln::python
