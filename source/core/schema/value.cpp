#include "core/schema/value.h"

#include <cmath>
#include <limits>

namespace kiln {
namespace {
const std::string no_text;
const Value::Numbers no_numbers;
const Handle no_handle;
const Value::List no_list;

// The nearest whole number there is; 0 for what is no number.
std::int64_t whole(double v) {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  return std::isnan(v) ? 0
         : v >= limit  ? std::numeric_limits<std::int64_t>::max()
         : v < -limit  ? std::numeric_limits<std::int64_t>::min()
                       : std::int64_t(v);
}
}  // namespace

bool Value::as_bool() const {
  if (const bool* v = std::get_if<bool>(&data)) {
    return *v;
  }
  if (const double* v = std::get_if<double>(&data)) {
    return *v != 0.0;
  }
  return as_int() != 0;
}

std::int64_t Value::as_int() const {
  if (const std::int64_t* v = std::get_if<std::int64_t>(&data)) {
    return *v;
  }
  if (const double* v = std::get_if<double>(&data)) {
    return whole(*v);
  }
  if (const bool* v = std::get_if<bool>(&data)) {
    return *v;
  }
  return 0;
}

double Value::as_float() const {
  if (const double* v = std::get_if<double>(&data)) {
    return *v;
  }
  return double(as_int());
}

const std::string& Value::as_string() const {
  const std::string* v = std::get_if<std::string>(&data);
  return v ? *v : no_text;
}

const Value::Numbers& Value::as_numbers() const {
  const Numbers* v = std::get_if<Numbers>(&data);
  return v ? *v : no_numbers;
}

const Handle& Value::as_handle() const {
  const Handle* v = std::get_if<Handle>(&data);
  return v ? *v : no_handle;
}

const Value::List& Value::as_list() const {
  const List* v = std::get_if<List>(&data);
  return v ? *v : no_list;
}

}  // namespace kiln
