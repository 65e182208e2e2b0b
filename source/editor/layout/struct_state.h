#pragma once

#include <string>

#include "core/schema/ref.h"

namespace kiln::editor {

/// What differs in a struct from a new one of its schema, as JSON: values and nested structs;
/// references, lists and what is read-only apart.
std::string write_struct_state(const ConstRef& now);
/// Takes such a text, which may be hostile: what does not fit keeps its value.
void read_struct_state(const std::string& text, const MutableRef& into);

}  // namespace kiln::editor
