#pragma once

#include "operators/operator.h"

namespace kiln::operators {

/// Takes all pictures that lie in files, or were changed, into the document. What cannot be read is
/// reported. How many were packed.
int pack_all(Context& context);

}  // namespace kiln::operators
