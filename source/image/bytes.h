#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kiln::image {

/// Numbers in file headers. The caller sees to it that they lie inside.
inline std::uint32_t big_endian(std::span<const std::byte> bytes, std::size_t at,
                                std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | std::uint32_t(bytes[at + i]);
  }
  return value;
}

inline std::uint32_t little_endian(std::span<const std::byte> bytes, std::size_t at,
                                   std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | std::uint32_t(bytes[at + i]);
  }
  return value;
}

inline void put_big_endian(std::span<std::byte> bytes, std::size_t at, std::size_t size,
                           std::uint32_t value) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + i] = std::byte(value >> (8 * (size - 1 - i)));
  }
}

inline void put_little_endian(std::span<std::byte> bytes, std::size_t at, std::size_t size,
                              std::uint32_t value) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + i] = std::byte(value >> (8 * i));
  }
}

}  // namespace kiln::image
