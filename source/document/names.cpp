#include <fmt/format.h>

#include "document/document.h"

namespace kiln {
namespace {

// Length of the UTF-8 character at the start of `text`; 0 where it is not valid.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(0) < 0x80                      ? 1
                             : byte(0) >= 0xc2 && byte(0) < 0xe0 ? 2
                             : byte(0) >= 0xe0 && byte(0) < 0xf0 ? 3
                             : byte(0) >= 0xf0 && byte(0) < 0xf5 ? 4
                                                                 : 0;
  if (length == 0 || length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return 0;
    }
  }
  return length;
}

}  // namespace

std::string valid_name(std::string_view name, std::size_t max_bytes) {
  std::string out;
  while (!name.empty()) {
    const std::size_t length = character_length(name);
    if (out.size() + std::max<std::size_t>(length, 1) > max_bytes) {
      break;
    }
    out += length ? name.substr(0, length) : std::string_view("?");
    name.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

namespace {

std::pair<std::string_view, int> split_at(std::string_view name, char separator) {
  const std::size_t dot = name.rfind(separator);
  if (dot == std::string_view::npos) {
    return {name, 0};
  }
  const std::string_view digits = name.substr(dot + 1);
  if (digits.empty() || digits.size() > 9 ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return {name, 0};
  }
  int number = 0;
  for (const char c : digits) {
    number = number * 10 + (c - '0');
  }
  return {name.substr(0, dot), number};
}

}  // namespace

std::pair<std::string_view, int> split_number(std::string_view name) {
  return split_at(name, '.');
}

std::string numbered_name(std::string_view base, int number) {
  const std::string suffix = fmt::format(".{:03}", number);
  return valid_name(base, max_name_bytes - suffix.size()) + suffix;
}

std::string unique_item_name(std::string_view name, FunctionRef<bool(std::string_view)> is_taken,
                             char separator) {
  const std::string wanted = valid_name(name);
  if (!is_taken(wanted)) {
    return wanted;
  }
  const std::string base(split_at(wanted, separator).first);
  for (int number = 1;; ++number) {
    std::string candidate = numbered_name(base, number);
    candidate[candidate.rfind('.')] = separator;
    if (!is_taken(candidate)) {
      return candidate;
    }
  }
}

}  // namespace kiln
