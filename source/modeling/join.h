#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// One mesh with the elements of all, in order. Attributes of the same name, domain and type go
/// together; values are zero where a part has none, and an attribute that clashes with an earlier
/// one of its name is left out. Vertex groups are joined by name. Material slots are those of the
/// first part; others are found there or added, and their faces renumbered. Settings come from the
/// first part.
Mesh join(std::span<const Mesh* const> parts);

}  // namespace kiln::modeling
