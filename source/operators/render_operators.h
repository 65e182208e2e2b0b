#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_render(OperatorRegistry& registry);
void register_bake(OperatorRegistry& registry);

}  // namespace kiln::operators
