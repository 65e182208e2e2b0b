#include "operators/broken_numbers.h"

#include <cmath>

#include "core/schema/schema.h"

namespace kiln::operators {
namespace {

bool is_broken(const Value& value) {
  if (const auto* numbers = std::get_if<Value::Numbers>(&value.data)) {
    return std::any_of(numbers->begin(), numbers->end(), [](double n) { return std::isnan(n); });
  }
  const auto* number = std::get_if<double>(&value.data);
  return number && std::isnan(*number);
}

}  // namespace

std::optional<std::string> find_broken_number(const ConstRef& ref) {
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (!p.is_stored) {
        continue;
      }
      if (p.storage == Storage::Struct) {
        const ConstRef inner = nested(ref, p);
        if (const auto found = inner ? find_broken_number(inner) : std::nullopt) {
          return p.identifier + "." + *found;
        }
      } else if (p.type == PropertyType::Float && is_broken(read(ref, p))) {
        return p.identifier;
      }
    }
  }
  return std::nullopt;
}

}  // namespace kiln::operators
