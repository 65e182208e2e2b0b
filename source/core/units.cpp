#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/unit_tables.h"

namespace kiln {
namespace {

// ---- writing ----

/// Digits before the decimal point; negative for leading zeros behind it.
int whole_digits(double value) {
  return value == 0.0 || !std::isfinite(value) ? 0
                                               : int(std::floor(std::log10(std::abs(value)))) + 1;
}

std::string format_number(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, std::clamp(decimals, 0, 6));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text == "-0" ? "0" : text;
}

double in_unit(double value, const Unit& unit) {
  return value / unit.scale - unit.offset;
}

/// The unit that suits the size of a value: the largest of which it has at least one.
const Unit& suitable_unit(const UnitTable& table, double value) {
  for (const Unit& unit : table.units) {
    // A unit that does not begin at zero is chosen by its place in the table alone.
    if (unit.is_shown && (unit.offset != 0.0 || std::abs(value) >= unit.scale * unit.shown_from)) {
      return unit;
    }
  }
  return table.units[std::size_t(table.usual)];
}

std::string quantity(double number, int decimals, const Unit& unit, bool is_compatible) {
  const bool is_close = unit.follows_directly;
  return format_number(number, decimals) + (is_close ? "" : " ") +
         std::string(is_compatible ? unit.typed_symbol : unit.symbol);
}

// ---- reading ----

/// A unit of a text: what it is, and whether its size may stand for numbers without a unit.
struct FoundUnit {
  const Unit* unit;
  bool is_of_system;
  std::size_t length;  ///< of its name in the text
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool starts_with(std::string_view text, std::string_view name, bool ignores_case) {
  return !name.empty() && text.size() >= name.size() &&
         std::equal(name.begin(), name.end(), text.begin(), [ignores_case](char a, char b) {
           return a == b || (ignores_case && lower(a) == lower(b));
         });
}

/// The longest name of a unit that the text starts with, of the system before others, in the right
/// case before the wrong one.
std::optional<FoundUnit> find_unit(UnitSystem system, UnitCategory category,
                                   std::string_view text) {
  for (const bool ignores_case : {false, true}) {
    std::optional<FoundUnit> best;
    for (const UnitSystem candidate : {system, UnitSystem::Metric, UnitSystem::Imperial}) {
      if (system == UnitSystem::None && candidate != system) {
        continue;
      }
      for (const Unit& unit : unit_table(candidate, category).units) {
        for (const std::string_view name :
             {unit.name, unit.plural, unit.symbol, unit.typed_symbol, unit.other_symbol}) {
          if ((!best || name.size() > best->length) && starts_with(text, name, ignores_case) &&
              (!is_name_character(name.back()) || text.size() == name.size() ||
               !is_name_character(text[name.size()]))) {
            best = FoundUnit{&unit, candidate == system, name.size()};
          }
        }
      }
    }
    if (best) {
      return best;
    }
  }
  return std::nullopt;
}

struct Function {
  std::string_view name;
  int min_arguments, max_arguments;  ///< -1: any number
  double (*apply)(const std::vector<double>& arguments);
};

constexpr double degrees_per_radian = 180.0 / std::numbers::pi;

constexpr Function functions[] = {
    {"abs", 1, 1, [](const std::vector<double>& a) { return std::abs(a[0]); }},
    {"fabs", 1, 1, [](const std::vector<double>& a) { return std::abs(a[0]); }},
    {"sin", 1, 1, [](const std::vector<double>& a) { return std::sin(a[0]); }},
    {"cos", 1, 1, [](const std::vector<double>& a) { return std::cos(a[0]); }},
    {"tan", 1, 1, [](const std::vector<double>& a) { return std::tan(a[0]); }},
    {"asin", 1, 1, [](const std::vector<double>& a) { return std::asin(a[0]); }},
    {"acos", 1, 1, [](const std::vector<double>& a) { return std::acos(a[0]); }},
    {"atan", 1, 1, [](const std::vector<double>& a) { return std::atan(a[0]); }},
    {"atan2", 2, 2, [](const std::vector<double>& a) { return std::atan2(a[0], a[1]); }},
    {"sinh", 1, 1, [](const std::vector<double>& a) { return std::sinh(a[0]); }},
    {"cosh", 1, 1, [](const std::vector<double>& a) { return std::cosh(a[0]); }},
    {"tanh", 1, 1, [](const std::vector<double>& a) { return std::tanh(a[0]); }},
    {"sqrt", 1, 1, [](const std::vector<double>& a) { return std::sqrt(a[0]); }},
    {"exp", 1, 1, [](const std::vector<double>& a) { return std::exp(a[0]); }},
    {"log", 1, 2,
     [](const std::vector<double>& a) {
       return a.size() == 1 ? std::log(a[0]) : std::log(a[0]) / std::log(a[1]);
     }},
    {"log2", 1, 1, [](const std::vector<double>& a) { return std::log2(a[0]); }},
    {"log10", 1, 1, [](const std::vector<double>& a) { return std::log10(a[0]); }},
    {"pow", 2, 2, [](const std::vector<double>& a) { return std::pow(a[0], a[1]); }},
    {"fmod", 2, 2, [](const std::vector<double>& a) { return std::fmod(a[0], a[1]); }},
    {"hypot", 2, 2, [](const std::vector<double>& a) { return std::hypot(a[0], a[1]); }},
    {"floor", 1, 1, [](const std::vector<double>& a) { return std::floor(a[0]); }},
    {"ceil", 1, 1, [](const std::vector<double>& a) { return std::ceil(a[0]); }},
    {"trunc", 1, 1, [](const std::vector<double>& a) { return std::trunc(a[0]); }},
    {"round", 1, 1, [](const std::vector<double>& a) { return std::nearbyint(a[0]); }},
    {"degrees", 1, 1, [](const std::vector<double>& a) { return a[0] * degrees_per_radian; }},
    {"radians", 1, 1, [](const std::vector<double>& a) { return a[0] / degrees_per_radian; }},
    {"factorial", 1, 1, [](const std::vector<double>& a) { return std::tgamma(a[0] + 1.0); }},
    {"min", 1, -1,
     [](const std::vector<double>& a) { return *std::min_element(a.begin(), a.end()); }},
    {"max", 1, -1,
     [](const std::vector<double>& a) { return *std::max_element(a.begin(), a.end()); }},
};

struct Constant {
  std::string_view name;
  double value;
};
constexpr Constant constants[] = {{"pi", std::numbers::pi},
                                  {"tau", 2.0 * std::numbers::pi},
                                  {"e", std::numbers::e},
                                  {"inf", INFINITY},
                                  {"nan", NAN}};

/// A recursive descent over the text. Numbers are in multiples of the unit that plain numbers count
/// in.
class Parser {
public:
  Parser(UnitSystem system, UnitCategory category, std::string_view text, const Unit* plain_unit)
      : system_(system), category_(category), text_(text), plain_unit_(plain_unit) {}

  /// Of the units that the text names, the largest of the system.
  static const Unit* largest_unit(UnitSystem system, UnitCategory category, std::string_view text) {
    Parser parser(system, category, text, nullptr);
    parser.sequence();
    return parser.largest_;
  }

  /// The unit of the system that the text begins with, as in "mm".
  static const Unit* named_unit(UnitSystem system, UnitCategory category, std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const auto found = find_unit(system, category, text.substr(begin));
    return found && found->is_of_system ? found->unit : nullptr;
  }

  std::optional<double> parse() {
    const double value = sequence();
    skip_spaces();
    if (at_ < text_.size()) {
      fail("cannot be understood here");
    }
    return has_failed_ ? std::nullopt : std::optional(value);
  }

  /// What is wrong, after a failure.
  std::string problem() const {
    const std::string_view rest = text_.substr(std::min(failed_at_, text_.size()));
    return rest.empty() ? "it ends too early" : fmt::format("\"{}\" {}", rest, problem_);
  }

private:
  UnitSystem system_;
  UnitCategory category_;
  std::string_view text_;
  const Unit* plain_unit_;
  const Unit* largest_ = nullptr;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool ended_with_unit_ = false;  ///< of the last product
  bool has_failed_ = false;
  std::size_t failed_at_ = 0;
  std::string problem_;

  static constexpr int max_depth = 100;

  void fail(const char* problem) {
    if (!has_failed_) {
      has_failed_ = true;
      failed_at_ = at_;
      problem_ = problem;
      at_ = text_.size();
    }
  }

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
      ++at_;
    }
  }

  bool accept(std::string_view symbol) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(symbol)) {
      return false;
    }
    at_ += symbol.size();
    return true;
  }

  /// Sums with commas between, which add.
  double sequence() {
    double value = sum();
    while (accept(",")) {
      value += sum();
    }
    return value;
  }

  double sum() {
    double value = product();
    while (!has_failed_) {
      if (accept("+")) {
        value += product();
      } else if (accept("-")) {
        value -= product();
      } else if (ended_with_unit_ && starts_operand()) {
        value += product();
      } else {
        break;
      }
    }
    return value;
  }

  bool starts_operand() {
    skip_spaces();
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    return (c >= '0' && c <= '9') || c == '.' || c == '(' || is_name_character(c);
  }

  double product() {
    double value = power();
    ended_with_unit_ = false;
    while (!has_failed_) {
      skip_spaces();
      if (const auto found = find_unit(system_, category_, text_.substr(at_))) {
        at_ += found->length;
        value = from_unit(value, *found);
        ended_with_unit_ = true;
        continue;
      }
      if (text_.substr(at_).starts_with("**")) {
        fail("cannot follow a unit");
      } else if (accept("*")) {
        value *= power();
      } else if (accept("//")) {
        value = std::floor(value / nonzero(power()));
      } else if (accept("/")) {
        value /= nonzero(power());
      } else if (accept("%")) {
        const double divisor = nonzero(power());
        value -= divisor * std::floor(value / divisor);
      } else {
        break;
      }
      ended_with_unit_ = false;
    }
    return value;
  }

  double nonzero(double divisor) {
    if (divisor == 0.0) {
      fail("divides by zero");
      return 1.0;
    }
    return divisor;
  }

  double from_unit(double value, const FoundUnit& found) {
    if (found.is_of_system && (largest_ == nullptr || found.unit->scale > largest_->scale)) {
      largest_ = found.unit;
    }
    const double absolute = (value + found.unit->offset) * found.unit->scale;
    return plain_unit_ != nullptr ? in_unit(absolute, *plain_unit_) : absolute;
  }

  double power() {
    if (accept("-")) {
      return nested([this] { return -power(); });
    }
    if (accept("+")) {
      return nested([this] { return power(); });
    }
    const double base = operand();
    return accept("**") ? std::pow(base, nested([this] { return power(); })) : base;
  }

  template <typename Parse>
  double nested(const Parse& parse) {
    if (++depth_ > max_depth) {
      fail("is nested too deeply");
    }
    const double value = has_failed_ ? 0.0 : parse();
    --depth_;
    return value;
  }

  double operand() {
    skip_spaces();
    if (accept("(")) {
      const double value = nested([this] { return sequence(); });
      if (!accept(")")) {
        fail("should be a closing bracket");
      }
      return value;
    }
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if ((c >= '0' && c <= '9') || c == '.') {
      return number();
    }
    if (is_name_character(c)) {
      return name();
    }
    fail("should be a number");
    return 0.0;
  }

  double number() {
    const auto digits = [this] {
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
        ++at_;
      }
    };
    const std::size_t begin = at_;
    digits();
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      digits();
    }
    if (at_ - begin == 1 && text_[begin] == '.') {
      at_ = begin;
      fail("should be a number");
      return 0.0;
    }
    if (at_ < text_.size() && lower(text_[at_]) == 'e') {
      // An exponent only if digits follow; else it is the start of a name.
      std::size_t exponent = at_ + 1;
      exponent +=
          exponent < text_.size() && (text_[exponent] == '-' || text_[exponent] == '+') ? 1 : 0;
      if (exponent < text_.size() && text_[exponent] >= '0' && text_[exponent] <= '9') {
        at_ = exponent;
        digits();
      }
    }
    return std::strtod(std::string(text_.substr(begin, at_ - begin)).c_str(), nullptr);
  }

  double name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_name_character(text_[at_]) || (text_[at_] >= '0' && text_[at_] <= '9'))) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    for (const Constant& constant : constants) {
      if (word == constant.name) {
        return constant.value;
      }
    }
    for (const Function& function : functions) {
      if (word == function.name) {
        return call(function, begin);
      }
    }
    at_ = begin;
    fail("is no known name");
    return 0.0;
  }

  double call(const Function& function, std::size_t begin) {
    if (!accept("(")) {
      at_ = begin;
      fail("is a function, it needs arguments in brackets");
      return 0.0;
    }
    std::vector<double> arguments;
    do {
      arguments.push_back(nested([this] { return sum(); }));
    } while (!has_failed_ && accept(","));
    if (!accept(")")) {
      fail("should be a closing bracket");
      return 0.0;
    }
    const int count = int(arguments.size());
    if (count < function.min_arguments ||
        (function.max_arguments >= 0 && count > function.max_arguments)) {
      at_ = begin;
      fail("has the wrong number of arguments");
      return 0.0;
    }
    return function.apply(arguments);
  }
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

}  // namespace

std::string format_with_unit(UnitSystem system, UnitCategory category, double value,
                             const UnitFormat& format) {
  const UnitTable& table = unit_table(system, category);
  if (table.units.empty()) {
    return format_number(value, format.precision - whole_digits(value));
  }
  const Unit& unit = suitable_unit(table, value);
  const double number = in_unit(value, unit);
  if (format.is_split && table.can_split && std::isfinite(value)) {
    // The rest goes into a smaller unit, unless it is as good as one more of the first or as
    // nothing.
    const double whole = std::trunc(number);
    const double rest = value - whole * unit.scale;
    const Unit& rest_unit = suitable_unit(table, rest);
    if (std::abs(rest) >= rest_unit.scale * rest_unit.shown_from && rest_unit.scale < unit.scale) {
      const int decimals = format.precision - whole_digits(value / rest_unit.scale);
      return quantity(whole, 0, unit, format.is_compatible) + " " +
             quantity(rest / rest_unit.scale, decimals, rest_unit, format.is_compatible);
    }
  }
  return quantity(number, format.precision - whole_digits(number), unit, format.is_compatible);
}

Result<double> parse_with_unit(UnitSystem system, UnitCategory category, std::string_view text,
                               std::string_view reference) {
  if (is_blank(text)) {
    return 0.0;
  }
  const UnitTable& table = unit_table(system, category);
  const Unit* plain_unit = nullptr;
  if (!table.units.empty()) {
    plain_unit = Parser::largest_unit(system, category, text);
    if (plain_unit == nullptr) {
      plain_unit = Parser::largest_unit(system, category, reference);
    }
    if (plain_unit == nullptr) {
      plain_unit = Parser::named_unit(system, category, reference);
    }
    if (plain_unit == nullptr) {
      plain_unit = &table.units[std::size_t(table.usual)];
    }
  }
  Parser parser(system, category, text, plain_unit);
  const std::optional<double> number = parser.parse();
  if (!number) {
    return Error::invalid("\"{}\" could not be evaluated: {}", text, parser.problem());
  }
  const double value =
      plain_unit != nullptr ? (*number + plain_unit->offset) * plain_unit->scale : *number;
  return std::isfinite(value) ? value : 0.0;
}

}  // namespace kiln
