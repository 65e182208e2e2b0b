#pragma once

#include "core/schema/registry.h"

namespace kiln::python {

/// Registers the types that scripts derive classes from: Operator, Macro, Panel, Menu, Header, UIList, AddonPreferences.
void register_class_schemas(Registry& registry);

}  // namespace kiln::python
