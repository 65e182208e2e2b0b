#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

/// Mattes by name: every pixel keeps which names cover it and how much of it each covers.
///
/// J. Friedman, A. C. Jones, "Fully automatic ID mattes with support for motion blur and
/// transparency", SIGGRAPH 2015 posters; "Cryptomatte specification" 1.2.0, Psyop 2015-2018.
namespace kiln::render::cryptomatte {

/// MurmurHash3_x86_32 with seed 0 of UTF-8 text. Method: A. Appleby, 2011.
std::uint32_t hash(std::string_view name);

/// The hash as a float that is neither denormal nor infinite nor no number.
float identifier(std::string_view name);

/// Slots of a pixel hold pairs of identifier and weight; weight 0 marks an empty one. Adds to the
/// pair of `id`, or to the first empty one; where all are taken by others, nothing happens.
void add(std::span<float> slots, float id, float weight);
/// Adds all pairs of `from`.
void merge(std::span<float> slots, std::span<const float> from);
/// Writes the heaviest pairs, heaviest first, with weights times `scale`; the rest of `out` is 0.
void rank(std::span<const float> slots, float scale, std::span<float> out);

/// The first seven hexadecimal digits of the hash of a pass' name: its key in file headers.
std::string key(std::string_view pass_name);
/// A JSON object of names and their identifiers in hexadecimal.
std::string manifest(const std::set<std::string>& names);

}  // namespace kiln::render::cryptomatte
