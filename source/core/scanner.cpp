#include "core/scanner.h"

#include <charconv>

namespace kiln {
namespace {

bool is_digit(char c) {
  return unsigned(c - '0') < 10u;
}

// Powers of ten that doubles hold exactly.
constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

}  // namespace

std::string_view Scanner::word() {
  skip_blanks();
  const char* start = at_;
  while (at_ < end_ && *at_ != ' ' && *at_ != '\t') {
    ++at_;
  }
  return {start, std::size_t(at_ - start)};
}

std::string_view Scanner::rest() {
  skip_blanks();
  std::string_view text(at_, std::size_t(end_ - at_));
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  at_ = end_;
  return text;
}

bool Scanner::integer(int* value) {
  skip_blanks();
  const char* p = at_;
  const bool is_negative = p < end_ && *p == '-';
  if (p < end_ && (*p == '-' || *p == '+')) {
    ++p;
  }
  const char* digits = p;
  std::int64_t magnitude = 0;
  while (p < end_ && is_digit(*p)) {
    magnitude = magnitude * 10 + (*p++ - '0');
    if (magnitude > 0x7fffffff) {
      return false;
    }
  }
  if (p == digits) {
    return false;
  }
  *value = int(is_negative ? -magnitude : magnitude);
  at_ = p;
  return true;
}

bool Scanner::number(float* value) {
  skip_blanks();
  const char* p = at_;
  const bool is_negative = p < end_ && *p == '-';
  if (p < end_ && (*p == '-' || *p == '+')) {
    ++p;
  }
  const char* start = p;
  // The digits as one integer, and where the point was. Up to 19 digits fit; that is more than a
  // double resolves.
  std::uint64_t mantissa = 0;
  int exponent = 0;
  const char* digits = p;
  while (p < end_ && is_digit(*p)) {
    mantissa = mantissa * 10 + std::uint64_t(*p++ - '0');
  }
  std::ptrdiff_t digit_count = p - digits;
  if (p < end_ && *p == '.') {
    const char* fraction = ++p;
    while (p < end_ && is_digit(*p)) {
      mantissa = mantissa * 10 + std::uint64_t(*p++ - '0');
    }
    exponent = int(fraction - p);
    digit_count += p - fraction;
  }
  bool is_simple = digit_count > 0 && digit_count <= 19;
  if (is_simple && p < end_ && (*p == 'e' || *p == 'E')) {
    const char* q = p + 1;
    const bool is_exponent_negative = q < end_ && *q == '-';
    if (q < end_ && (*q == '-' || *q == '+')) {
      ++q;
    }
    int written = 0;
    const char* exponent_digits = q;
    while (q < end_ && is_digit(*q) && written < 10000) {
      written = written * 10 + (*q++ - '0');
    }
    if (q > exponent_digits) {
      exponent += is_exponent_negative ? -written : written;
      p = q;
    }
  }
  if (is_simple && exponent >= -22 && exponent <= 22 && mantissa < (std::uint64_t(1) << 53)) {
    // Both factors are exact, so the product is rounded once.
    const double exact =
        exponent < 0 ? double(mantissa) / powers[-exponent] : double(mantissa) * powers[exponent];
    *value = float(is_negative ? -exact : exact);
    at_ = p;
    return true;
  }
  // Long, huge, tiny and special numbers. The sign has been taken.
  if (start < end_ && *start == '-') {
    return false;
  }
  float parsed = 0.0f;
  const std::from_chars_result result = std::from_chars(start, end_, parsed);
  if (result.ptr == start) {
    return false;
  }
  if (result.ec == std::errc::result_out_of_range) {
    // The exponent's sign tells which way.
    bool is_tiny = false;
    for (const char* q = start; q + 1 < result.ptr; ++q) {
      is_tiny = is_tiny || ((*q == 'e' || *q == 'E') && q[1] == '-');
    }
    const bool is_zero_first = *start == '0' || *start == '.';
    parsed = is_tiny || is_zero_first ? 0.0f : __builtin_huge_valf();
  }
  *value = is_negative ? -parsed : parsed;
  at_ = result.ptr;
  return true;
}

}  // namespace kiln
