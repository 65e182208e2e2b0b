#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/hash.h"
#include "core/result.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace kiln {

/// Size of the pieces that big arrays are cut into, before compression.
inline constexpr std::size_t chunk_size = std::size_t(1) << 20;

/// Puts the first bytes of all elements first, then all second bytes, and so on: what zstd
/// compresses well in numbers. `out` has the size of `bytes`, which is copied as it is where the
/// elements do not fill it.
void shuffle_bytes(std::string_view bytes, int element_size, std::span<char> out);
void unshuffle_bytes(std::string_view bytes, int element_size, std::span<char> out);

/// Shuffles and compresses chunks with zstd, level 1. Keeps its memory for the next chunk; one for
/// each thread.
class ChunkCodec {
public:
  ChunkCodec();
  ~ChunkCodec();
  ChunkCodec(const ChunkCodec&) = delete;
  ChunkCodec& operator=(const ChunkCodec&) = delete;

  std::string compress(std::string_view bytes, int element_size);
  /// Fills `out` or gives an error; `out` has at most `chunk_size` bytes.
  Result<void> decompress(std::string_view compressed, int element_size, std::span<char> out);

private:
  ZSTD_CCtx_s* compressor_ = nullptr;
  ZSTD_DCtx_s* decompressor_ = nullptr;
  std::vector<char> shuffled_, compressed_;
};

}  // namespace kiln
