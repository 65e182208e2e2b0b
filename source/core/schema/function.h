#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/schema/property.h"
#include "core/schema/ref.h"

namespace kiln {

/// What a function of the interface works on.
struct Call {
  Document& document;
  const Services& services;
  Handle self;      ///< the struct it was called on; empty for static functions and evaluated data
  ConstRef target;  ///< the same, found; invalid after `edit`
  std::function<MutableRef(Change)> edit;  ///< the same, writable
  std::span<const Value> values;           ///< one per input parameter, defaults filled in
};

/// A method of a struct, callable from every language with values. Outputs come back as one value,
/// several as a list.
struct Function {
  std::string identifier;
  std::string description;
  std::vector<Property> parameters;  ///< inputs in order; outputs have `is_output`
  bool is_static = false;
  std::function<Result<Value>(const Call&)> call;
};

}  // namespace kiln
