#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.h"

namespace kiln {

class DataBlock;
struct Property;
struct Value;

/// The way from a data-block to a struct inside it: list items by their stable ids, elements of
/// arrays by index.
struct PathStep {
  const Property* property = nullptr;
  ItemId item = 0;          ///< of lists whose items have ids
  std::int64_t index = -1;  ///< of views; for lists a hint where the item was last
  bool operator==(const PathStep& other) const {
    return property == other.property && item == other.item && (item != 0 || index == other.index);
  }
};

/// Names a data-block, or a struct in it, across undo, threads and languages. It owns nothing: what
/// it names may be gone.
struct Handle {
  BlockId block;
  std::vector<PathStep> steps;
  bool operator==(const Handle&) const = default;
  explicit operator bool() const { return bool(block); }
};

/// A value of any property type, for what is computed, passed to functions or read generically.
/// Plain members are accessed in place instead.
struct Value {
  using Numbers = std::vector<double>;
  using List = std::vector<Value>;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Numbers, Handle, List,
               std::shared_ptr<const DataBlock>>
      data;

  Value() = default;
  Value(bool v) : data(v) {}
  Value(int v) : data(std::int64_t(v)) {}
  Value(std::int64_t v) : data(v) {}
  Value(float v) : data(double(v)) {}
  Value(double v) : data(v) {}
  Value(std::string v) : data(std::move(v)) {}
  Value(std::string_view v) : data(std::string(v)) {}
  Value(const char* v) : data(std::string(v)) {}
  Value(Numbers v) : data(std::move(v)) {}
  Value(Handle v) : data(std::move(v)) {}
  Value(BlockId v) {
    if (v) {
      data = Handle{v, {}};
    }
  }
  Value(List v) : data(std::move(v)) {}
  /// A data-block that lies in no document, such as an evaluated mesh.
  Value(std::shared_ptr<const DataBlock> v) : data(std::move(v)) {}

  bool is_none() const { return data.index() == 0; }
  bool as_bool() const;
  std::int64_t as_int() const;
  double as_float() const;
  const std::string& as_string() const;  ///< empty when it is none
  const Numbers& as_numbers() const;
  const Handle& as_handle() const;  ///< empty when it is none
  BlockId as_block() const { return as_handle().block; }
  const List& as_list() const;
  bool operator==(const Value&) const = default;
};

}  // namespace kiln
