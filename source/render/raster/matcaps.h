#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kiln::render::raster {

/// The picture of a lit ball that surfaces take their shading from by their normal: `size` squared
/// pixels of four bytes, display-referred, rows from the bottom; outside of the ball as at its rim.
/// `name` is one of `matcap_names()`; the first for an unknown name.
///
/// Sloan, Martin, Gooch and Gooch, "The Lit Sphere", Graphics Interface 2001. The balls are made
/// here from a few lamps, a Fresnel term and bands.
std::vector<std::uint8_t> matcap_pixels(const std::string& name, int size);

}  // namespace kiln::render::raster
