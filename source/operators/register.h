#pragma once

namespace kiln::operators {

class OperatorRegistry;

/// All operators.
void register_operators(OperatorRegistry& registry);

}  // namespace kiln::operators
