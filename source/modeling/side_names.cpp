#include "modeling/side_names.h"

#include <algorithm>
#include <cctype>

namespace kiln::modeling {
namespace {

bool is_separator(char c) {
  return c == '.' || c == ' ' || c == '-' || c == '_';
}

char other_letter(char c) {
  switch (c) {
    case 'l':
      return 'r';
    case 'r':
      return 'l';
    case 'L':
      return 'R';
    case 'R':
      return 'L';
    default:
      return 0;
  }
}

/// Whether `text` begins with `word` in lower case, upper case or capitalized.
bool begins_with(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) {
    return false;
  }
  return std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
    return a == char(std::tolower(static_cast<unsigned char>(b)));
  });
}

/// `word` written like `model`.
std::string in_case_of(std::string_view model, std::string_view word) {
  std::string result(word);
  const bool is_first_upper = std::isupper(static_cast<unsigned char>(model[0])) != 0;
  const bool is_second_upper = std::isupper(static_cast<unsigned char>(model[1])) != 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (i == 0 ? is_first_upper : is_second_upper) {
      result[i] = char(std::toupper(static_cast<unsigned char>(result[i])));
    }
  }
  return result;
}

}  // namespace

std::string flip_side(std::string_view name) {
  // ".001" at the end says nothing about the side.
  std::string_view stem = name, number;
  const std::size_t dot = name.rfind('.');
  if (dot != name.npos && dot + 1 < name.size() &&
      std::all_of(name.begin() + std::ptrdiff_t(dot) + 1, name.end(),
                  [](char c) { return c >= '0' && c <= '9'; })) {
    stem = name.substr(0, dot);
    number = name.substr(dot);
  }
  std::string text(stem);
  if (text.size() >= 2) {
    if (is_separator(text[text.size() - 2]) && other_letter(text.back())) {
      text.back() = other_letter(text.back());
      return text + std::string(number);
    }
    if (is_separator(text[1]) && other_letter(text[0])) {
      text[0] = other_letter(text[0]);
      return text + std::string(number);
    }
  }
  for (const auto& [word, other] :
       {std::pair<std::string_view, std::string_view>{"left", "right"},
        std::pair<std::string_view, std::string_view>{"right", "left"}}) {
    if (begins_with(stem, word)) {
      return in_case_of(stem, other) + std::string(stem.substr(word.size())) + std::string(number);
    }
    if (stem.size() >= word.size() && begins_with(stem.substr(stem.size() - word.size()), word)) {
      const std::string_view tail = stem.substr(stem.size() - word.size());
      return std::string(stem.substr(0, stem.size() - word.size())) + in_case_of(tail, other) +
             std::string(number);
    }
  }
  return std::string(name);
}

}  // namespace kiln::modeling
