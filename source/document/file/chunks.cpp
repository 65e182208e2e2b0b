#include "document/file/chunks.h"

#include <cstring>

#include <zstd.h>

namespace kiln {
namespace {

bool is_shuffled(std::size_t size, int element_size) {
  return element_size > 1 && size % std::size_t(element_size) == 0;
}

// The common case, four planes at once.
void shuffle_by_four(const char* bytes, std::size_t count, char* out) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t element;
    std::memcpy(&element, bytes + 4 * i, 4);
    out[i] = char(element);
    out[count + i] = char(element >> 8);
    out[2 * count + i] = char(element >> 16);
    out[3 * count + i] = char(element >> 24);
  }
}

void unshuffle_by_four(const char* bytes, std::size_t count, char* out) {
  const auto plane = [&](std::size_t p, std::size_t i) {
    return std::uint32_t(std::uint8_t(bytes[p * count + i]));
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t element =
        plane(0, i) | plane(1, i) << 8 | plane(2, i) << 16 | plane(3, i) << 24;
    std::memcpy(out + 4 * i, &element, 4);
  }
}

}  // namespace

void shuffle_bytes(std::string_view bytes, int element_size, std::span<char> out) {
  KILN_ASSERT(out.size() == bytes.size());
  if (!is_shuffled(bytes.size(), element_size)) {
    bytes.copy(out.data(), bytes.size());
    return;
  }
  const auto n = std::size_t(element_size);
  const std::size_t count = bytes.size() / n;
  if (n == 4) {
    shuffle_by_four(bytes.data(), count, out.data());
    return;
  }
  for (std::size_t plane = 0; plane < n; ++plane) {
    for (std::size_t i = 0; i < count; ++i) {
      out[plane * count + i] = bytes[i * n + plane];
    }
  }
}

void unshuffle_bytes(std::string_view bytes, int element_size, std::span<char> out) {
  KILN_ASSERT(out.size() == bytes.size());
  if (!is_shuffled(bytes.size(), element_size)) {
    bytes.copy(out.data(), bytes.size());
    return;
  }
  const auto n = std::size_t(element_size);
  const std::size_t count = bytes.size() / n;
  if (n == 4) {
    unshuffle_by_four(bytes.data(), count, out.data());
    return;
  }
  for (std::size_t plane = 0; plane < n; ++plane) {
    for (std::size_t i = 0; i < count; ++i) {
      out[i * n + plane] = bytes[plane * count + i];
    }
  }
}

ChunkCodec::ChunkCodec() = default;
ChunkCodec::~ChunkCodec() {
  ZSTD_freeCCtx(compressor_);
  ZSTD_freeDCtx(decompressor_);
}

std::string ChunkCodec::compress(std::string_view bytes, int element_size) {
  if (!compressor_) {
    compressor_ = ZSTD_createCCtx();
  }
  shuffled_.resize(std::max(shuffled_.size(), bytes.size()));
  compressed_.resize(std::max(compressed_.size(), ZSTD_compressBound(bytes.size())));
  shuffle_bytes(bytes, element_size, {shuffled_.data(), bytes.size()});
  const std::size_t size = ZSTD_compressCCtx(compressor_, compressed_.data(), compressed_.size(),
                                             shuffled_.data(), bytes.size(), 1);
  KILN_ASSERT(!ZSTD_isError(size));
  return std::string(compressed_.data(), size);
}

Result<void> ChunkCodec::decompress(std::string_view compressed, int element_size,
                                    std::span<char> out) {
  if (out.size() > chunk_size) {
    return Error{
        Error::Kind::Malformed,
        fmt::format("has a chunk of {} bytes, more than the {} allowed", out.size(), chunk_size)};
  }
  if (!decompressor_) {
    decompressor_ = ZSTD_createDCtx();
  }
  const bool is_plain = !is_shuffled(out.size(), element_size);
  shuffled_.resize(std::max(shuffled_.size(), is_plain ? 0 : out.size()));
  char* target = is_plain ? out.data() : shuffled_.data();
  const std::size_t got =
      ZSTD_decompressDCtx(decompressor_, target, out.size(), compressed.data(), compressed.size());
  if (ZSTD_isError(got) || got != out.size()) {
    return Error{Error::Kind::Malformed, "has a damaged chunk"};
  }
  if (!is_plain) {
    unshuffle_bytes({shuffled_.data(), out.size()}, element_size, out);
  }
  return {};
}

}  // namespace kiln
