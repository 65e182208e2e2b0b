#pragma once

#include "core/result.h"

namespace kiln {

/// The file this code was loaded from: the program, or the extension module of a Python interpreter. Links are followed.
Path program_file();

}  // namespace kiln
