#pragma once

#include <string>

#include "core/result.h"

namespace kiln::operators {

/// `//` stands for the folder of the document's file (the present folder for unsaved documents).
Path absolute_path(const std::string& path, const Path& document);

/// The file of a frame: the last run of `#` becomes the frame number with so many digits; without any, four digits are added.
/// `extension` (with dot) is added unless the name has it already.
std::string frame_path(const std::string& path, int frame, std::string_view extension);

}  // namespace kiln::operators
