#pragma once

namespace kiln {
class Registry;
}

namespace kiln::modeling {

/// All modifier types of this folder, in the order of menus.
void register_modifiers(Registry& registry);

}  // namespace kiln::modeling
