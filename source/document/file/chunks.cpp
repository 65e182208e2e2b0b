#include "document/file/chunks.h"

#include <zstd.h>

namespace kiln {

std::string shuffle_bytes(std::string_view bytes, int element_size) {
  const auto n = std::size_t(element_size);
  if (n <= 1 || bytes.size() % n != 0) {
    return std::string(bytes);
  }
  const std::size_t count = bytes.size() / n;
  std::string out(bytes.size(), '\0');
  for (std::size_t plane = 0; plane < n; ++plane) {
    for (std::size_t i = 0; i < count; ++i) {
      out[plane * count + i] = bytes[i * n + plane];
    }
  }
  return out;
}

std::string unshuffle_bytes(std::string_view bytes, int element_size) {
  const auto n = std::size_t(element_size);
  if (n <= 1 || bytes.size() % n != 0) {
    return std::string(bytes);
  }
  const std::size_t count = bytes.size() / n;
  std::string out(bytes.size(), '\0');
  for (std::size_t plane = 0; plane < n; ++plane) {
    for (std::size_t i = 0; i < count; ++i) {
      out[i * n + plane] = bytes[plane * count + i];
    }
  }
  return out;
}

std::string compress_chunk(std::string_view bytes, int element_size) {
  const std::string shuffled = shuffle_bytes(bytes, element_size);
  std::string out(ZSTD_compressBound(shuffled.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), shuffled.data(), shuffled.size(), 1);
  out.resize(size);
  return out;
}

Result<std::string> decompress_chunk(std::string_view compressed, std::size_t size, int element_size) {
  if (size > chunk_size) {
    return Error{Error::Kind::Malformed, fmt::format("a chunk of {} bytes is larger than the {} allowed", size, chunk_size)};
  }
  std::string shuffled(size, '\0');
  const std::size_t got = ZSTD_decompress(shuffled.data(), shuffled.size(), compressed.data(), compressed.size());
  if (ZSTD_isError(got) || got != size) {
    return Error{Error::Kind::Malformed, "a chunk of array data is damaged"};
  }
  return unshuffle_bytes(shuffled, element_size);
}

}  // namespace kiln
