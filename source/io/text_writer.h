#pragma once

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace kiln::io {

/// Text that grows at its end, with fast numbers.
class TextWriter {
public:
  TextWriter& operator<<(std::string_view text) {
    text_.append(text);
    return *this;
  }
  TextWriter& operator<<(char c) {
    text_.push_back(c);
    return *this;
  }
  TextWriter& operator<<(int number) {
    char digits[16];
    text_.append(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
    return *this;
  }
  /// With so many digits behind the point, rounded to nearest; nan and infinite numbers as 0, since
  /// no format has them.
  TextWriter& fixed(float number, int digits);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }
  void reserve(std::size_t size) { text_.reserve(size); }

private:
  std::string text_;
};

}  // namespace kiln::io
