#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/array.h"
#include "core/math.h"
#include "core/schema/item_list.h"

namespace kiln {

class Schema;

/// The elements of a geometry that an attribute has a value for. Values as in the Python interface.
enum class Domain : std::uint8_t { Point, Edge, Face, Corner, Curve, Instance };

struct ByteColor {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;  ///< sRGB encoded
  bool operator==(const ByteColor&) const = default;
};
struct FloatColor {
  float r = 0, g = 0, b = 0, a = 1;
  bool operator==(const FloatColor&) const = default;
};

/// Values of one type, one for each element of a domain. `std::uint8_t` stands for truth values (0
/// or 1) and `std::int8_t` for 8-bit integers.
using AttributeArray =
    std::variant<Array<float>, Array<int>, Array<float3>, Array<FloatColor>, Array<ByteColor>,
                 Array<std::string>, Array<std::uint8_t>, Array<float2>, Array<std::int8_t>>;
enum class AttributeType : std::uint8_t {
  Float,
  Int,
  Float3,
  FloatColor,
  ByteColor,
  String,
  Bool,
  Float2,
  Int8
};

std::size_t attribute_size(const AttributeArray& values);
void resize_attribute(AttributeArray& values, std::size_t size);
AttributeArray make_attribute(AttributeType type, std::size_t size);
/// Identifiers of the Python interface, such as "FLOAT_VECTOR" and "CORNER".
std::string_view identifier_of(AttributeType type);
std::string_view identifier_of(Domain domain);
std::optional<AttributeType> attribute_type_named(std::string_view identifier);
std::optional<Domain> domain_named(std::string_view identifier);
/// Elements `kept[0]`, `kept[1]`, ... of the array, in parallel; -1 makes a zero.
AttributeArray gather(const AttributeArray& values, std::span<const int> kept);
template <typename T>
Array<T> gather(const Array<T>& values, std::span<const int> kept);

/// A named layer of values on a geometry. Names that begin with a dot belong to Kiln and are hidden
/// from lists:
/// `.select_vert`, `.select_edge`, `.select_poly`, `.hide_vert`, ... (truth), `.smooth` (truth on
/// faces), `.seam`, `.sharp` (truth on edges), `.crease_edge`, `.crease_vert`, `.bevel_edge`,
/// `.bevel_vert` (0 to 1), `.freestyle_edge`,
/// `.freestyle_face` (truth), `.custom_normal` (float3 on corners; zero: computed).
/// UV maps are Float2 on corners with `is_uv_map`; `.pin NAME`, `.select NAME`, `.select_edge NAME`
/// (truth on corners) go with them.
struct Attribute {
  std::string name;
  Domain domain = Domain::Point;
  AttributeArray values;
  bool is_uv_map = false;

  AttributeType type() const { return AttributeType(values.index()); }
  bool is_internal() const { return !name.empty() && name[0] == '.'; }
  template <typename T>
  const Array<T>* as() const {
    return std::get_if<Array<T>>(&values);
  }
  static const Schema& schema();
  const Schema& dynamic_schema() const;  ///< that of its type, such as FloatAttribute
};

/// The attributes of one geometry, in the order they were made.
class AttributeSet {
public:
  const ItemList<Attribute>& items() const { return items_; }
  ItemList<Attribute>& edit_items() { return items_; }

  const Attribute* find(std::string_view name) const;
  /// The values if there is an attribute of this name, domain and type.
  template <typename T>
  const Array<T>* find(std::string_view name, Domain domain) const {
    const Attribute* a = find(name);
    return a && a->domain == domain ? a->template as<T>() : nullptr;
  }
  /// The values for writing; made with `size` zeros if there is none, replaced if its domain, type
  /// or size differ.
  template <typename T>
  Array<T>& ensure(std::string_view name, Domain domain, std::size_t size) {
    return std::get<Array<T>>(ensure_any(name, domain, type_of<T>(), size).values);
  }
  /// Replaces or adds.
  Attribute& set(std::string_view name, Domain domain, AttributeArray values);
  /// Null when there is none; unlike `ensure` it changes nothing else.
  Attribute* edit(std::string_view name);
  bool remove(std::string_view name);
  void resize(Domain domain, std::size_t size);
  /// Reorders all attributes of a domain: the new element i is the old `kept[i]`, or a zero where
  /// that is -1.
  void gather(Domain domain, std::span<const int> kept);

  template <typename T>
  static AttributeType type_of() {
    return AttributeType(AttributeArray(Array<T>()).index());
  }

private:
  Attribute& ensure_any(std::string_view name, Domain domain, AttributeType type, std::size_t size);
  ItemList<Attribute> items_;
};

}  // namespace kiln
