#pragma once

#include <cstdint>
#include <string>

namespace kiln {

/// The longest prefix of whole characters that fits into `max_bytes` with a terminator; 0: any length.
inline std::string cut_utf8(std::string text, int max_bytes) {
  if (max_bytes <= 0 || int(text.size()) < max_bytes) {
    return text;
  }
  std::size_t end = std::size_t(max_bytes) - 1;
  while (end > 0 && (std::uint8_t(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  text.resize(end);
  return text;
}

}  // namespace kiln
