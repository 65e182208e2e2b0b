#pragma once

#include <string>

#include "core/schema/schema.h"

namespace kiln {

/// What a kind of modifier is called in menus: "Edge Split".
std::string modifier_label(const Schema& kind);
/// What a new modifier of the kind is called when nobody gives it a name: "EdgeSplit".
std::string default_modifier_name(const Schema& kind);

}  // namespace kiln
