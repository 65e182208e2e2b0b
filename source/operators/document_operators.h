#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_history(OperatorRegistry& registry);  ///< undo, redo, new documents

}  // namespace kiln::operators
