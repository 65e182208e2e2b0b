#pragma once

#include <string_view>
#include <vector>

#include "io/obj/scene.h"

namespace kiln::io::obj {

/// Reads the materials of an MTL file. Lines that cannot be understood are left out with a warning.
///
/// Alias|Wavefront, "MTL material format", 1995, with the physically based values of later practice
/// (Pr, Pm, Ps, Pc, Pcr, aniso, anisor, norm).
std::vector<Material> parse_materials(std::string_view text, const Path& path,
                                      std::vector<std::string>& warnings);

}  // namespace kiln::io::obj
