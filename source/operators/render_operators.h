#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_render(OperatorRegistry& registry);

}  // namespace kiln::operators
