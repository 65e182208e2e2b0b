#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/hash.h"
#include "core/result.h"

namespace kiln {

/// Size of the pieces that big arrays are cut into, before compression.
inline constexpr std::size_t chunk_size = std::size_t(1) << 20;

/// Puts the first bytes of all elements first, then all second bytes, and so on: what zstd compresses well in numbers.
std::string shuffle_bytes(std::string_view bytes, int element_size);
std::string unshuffle_bytes(std::string_view bytes, int element_size);

/// Shuffled and compressed with zstd, level 1.
std::string compress_chunk(std::string_view bytes, int element_size);
/// Gives exactly `size` bytes or an error; `size` is at most `chunk_size`.
Result<std::string> decompress_chunk(std::string_view compressed, std::size_t size, int element_size);

}  // namespace kiln
