#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/ids.h"

namespace kiln {

struct CustomValue;

/// Custom properties of a struct: names with values that users and scripts attach, in the order
/// they were added. Also holds the values of properties that scripts register.
class PropertyBag {
public:
  using Item = std::pair<std::string, CustomValue>;

  PropertyBag();
  ~PropertyBag();
  PropertyBag(const PropertyBag&);
  PropertyBag(PropertyBag&&) noexcept;
  PropertyBag& operator=(const PropertyBag&);
  PropertyBag& operator=(PropertyBag&&) noexcept;

  bool empty() const;
  std::size_t size() const;
  const std::vector<Item>& items() const;
  const CustomValue* find(std::string_view name) const;
  CustomValue* edit(std::string_view name);
  /// Replaces the value of that name, or adds it at the end.
  CustomValue& set(std::string_view name, CustomValue value);
  bool remove(std::string_view name);
  void clear();
  bool operator==(const PropertyBag&) const;

private:
  std::vector<Item>* own();
  std::shared_ptr<std::vector<Item>> items_;  // shared until written; null when empty
};

/// How the interface shows a custom property.
struct CustomValueLook {
  double min = 0, max = 0, soft_min = 0, soft_max = 0, step = 0;
  int precision = 3;
  std::string subtype = "NONE", description;
  std::vector<double> default_numbers;
  std::string default_text;
  bool operator==(const CustomValueLook&) const = default;
};

struct CustomValue {
  using Ints = std::vector<std::int32_t>;
  using Floats = std::vector<float>;
  using Doubles = std::vector<double>;
  using Bools = std::vector<std::uint8_t>;
  struct Bytes {
    std::string data;
    bool operator==(const Bytes&) const = default;
  };
  using Groups = std::vector<PropertyBag>;
  std::variant<std::int32_t, double, bool, std::string, Bytes, Ints, Floats, Doubles, Bools,
               PropertyBag, Groups, BlockId>
      data;
  std::shared_ptr<const CustomValueLook> look = nullptr;

  bool operator==(const CustomValue& other) const { return data == other.data; }
};

}  // namespace kiln
