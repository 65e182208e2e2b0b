#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace kiln {

/// Takes contradictions out of what was read from files: parents and collections that are below
/// themselves, what is no object in a collection, scenes without a view layer or collection. Each
/// is named in `warnings`.
void remove_contradictions(Document& document, std::vector<std::string>& warnings);

}  // namespace kiln
