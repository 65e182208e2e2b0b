#pragma once

#include <cstdint>
#include <string_view>

namespace kiln {

/// Takes words and numbers out of one line of a text format. Blanks are spaces and tabs.
class Scanner {
public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  /// Whether nothing but blanks is left; skips them.
  bool at_end() {
    skip_blanks();
    return at_ == end_;
  }
  char peek() const { return at_ < end_ ? *at_ : '\0'; }
  /// Takes one character if it comes next.
  bool take(char c) {
    if (at_ < end_ && *at_ == c) {
      ++at_;
      return true;
    }
    return false;
  }
  /// Up to the next blank or the end; may be empty.
  std::string_view word();
  /// What is left, without blanks around it.
  std::string_view rest();

  /// A decimal integer with an optional sign right here or after blanks. Values beyond 32 bits are
  /// no integers.
  bool integer(int* value);
  /// A decimal number with optional sign, fraction and exponent, or nan or inf. Correct to one unit
  /// in the last place; beyond the range of floats infinite or zero.
  bool number(float* value);

private:
  void skip_blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t')) {
      ++at_;
    }
  }
  const char* at_;
  const char* end_;
};

}  // namespace kiln
