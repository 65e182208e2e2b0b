#include "editor/view3d/number_input.h"

namespace kiln::editor {

bool NumberInput::is_empty() const {
  return texts_[0].empty() && texts_[1].empty() && texts_[2].empty() &&
         is_negative_ == std::array<bool, 3>{};
}

bool NumberInput::key(const KeyStroke& stroke, const std::string& text) {
  std::string& field = texts_[std::size_t(field_)];
  if (stroke.key == "BACK_SPACE") {
    if (field.empty()) {
      is_negative_[std::size_t(field_)] = false;
    } else {
      field.pop_back();
    }
    return true;
  }
  if (stroke.key == "TAB" && !is_empty()) {
    field_ = (field_ + 1) % fields_;
    return true;
  }
  if (text.size() != 1 || stroke.ctrl || stroke.alt) {
    return false;
  }
  const char c = text[0];
  if (c == '=') {
    is_expression_ = !is_expression_;
    return true;
  }
  if (is_expression_) {
    field += c;
    return true;
  }
  if (c == '-' && (field.empty() || std::isdigit(static_cast<unsigned char>(field.back())))) {
    is_negative_[std::size_t(field_)] = !is_negative_[std::size_t(field_)];
    return true;
  }
  // Letters only go on with what a digit began, so that axis keys stay axis keys.
  const bool is_number = std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '(' ||
                         c == ')' || c == '*' || c == '/' || c == '+';
  const bool is_unit = std::isalpha(static_cast<unsigned char>(c)) && !field.empty() && c != 'x' &&
                       c != 'y' && c != 'z' && c != 'X' && c != 'Y' && c != 'Z' && c != 'g' &&
                       c != 'r' && c != 's';
  if (is_number || is_unit) {
    is_expression_ = begins_with_expressions_;
    field += c;
    return true;
  }
  return false;
}

std::optional<double> NumberInput::value(int field, UnitCategory category,
                                         UnitSystem system) const {
  const std::string& text = texts_[std::size_t(field)];
  const double sign = is_negative_[std::size_t(field)] ? -1.0 : 1.0;
  if (text.empty()) {
    return is_negative_[std::size_t(field)] ? std::optional<double>(sign) : std::nullopt;
  }
  const Result<double> parsed = parse_with_unit(system, category, text);
  return parsed ? std::optional<double>(sign * *parsed) : std::nullopt;
}

}  // namespace kiln::editor
