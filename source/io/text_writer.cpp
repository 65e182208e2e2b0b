#include "io/text_writer.h"

namespace kiln::io {

TextWriter& TextWriter::fixed(float number, int digits) {
  static constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  if (!std::isfinite(number)) {
    number = 0.0f;
  }
  const double scaled = std::abs(double(number)) * powers[digits];
  char buffer[64];
  char* end = buffer + sizeof(buffer);
  if (scaled > 9e15) {
    // Beyond what the integer below holds exactly; to_chars writes every digit.
    end = std::to_chars(buffer, end, double(number), std::chars_format::fixed, digits).ptr;
    text_.append(buffer, end);
    return *this;
  }
  std::uint64_t units = std::uint64_t(scaled + 0.5);
  const bool is_negative = number < 0.0f && units != 0;
  char* at = end;
  for (int i = 0; i < digits; ++i, units /= 10) {
    *--at = char('0' + units % 10);
  }
  if (digits > 0) {
    *--at = '.';
  }
  do {
    *--at = char('0' + units % 10);
    units /= 10;
  } while (units != 0);
  if (is_negative) {
    *--at = '-';
  }
  text_.append(at, end);
  return *this;
}

}  // namespace kiln::io
