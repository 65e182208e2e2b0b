#pragma once

#include "operators/operator.h"
#include "python/py_ref.h"

namespace kiln::python {

/// An operator of a script while it runs: where its reports go.
struct RunningOperator {
  operators::Context* context;
  std::string error;         ///< what it reported as an error
  std::string poll_message;  ///< why it says it cannot run
};

/// "FINISHED" and its like.
const char* outcome_name(operators::Outcome outcome);

/// Adds `add_operator`, `operator_method`, `remove_operator`, `operator_settings`,
/// `operator_report`, `operator_poll_message` to `_bpy`.
bool add_python_operator_functions(PyObject* module);

}  // namespace kiln::python
