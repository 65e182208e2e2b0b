#pragma once

#include <string>
#include <utility>
#include <vector>

#include "operators/render_picture.h"

namespace kiln::operators {

/// What a picture tells about itself, as its scene wants it (`use_stamp_...`): names and texts for
/// the file's metadata. `seconds` is what rendering took.
std::vector<std::pair<std::string, std::string>> picture_stamps(const PictureRequest& request,
                                                                double seconds);

}  // namespace kiln::operators
