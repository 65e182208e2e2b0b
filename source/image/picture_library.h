#pragma once

#include "core/result.h"
#include "image/io/pictures.h"

namespace kiln::image {

/// The readers and writers in the library kiln_image_io, which the first call opens: from ../lib or
/// the folder of the program (or of the Python module), else from where the system looks.
Result<const io::Pictures*> picture_library();

}  // namespace kiln::image
