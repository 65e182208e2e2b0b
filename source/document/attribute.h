#pragma once

#include <string>
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

/// A named layer of values on a geometry. Names that begin with a dot belong to Kiln and are hidden
/// from lists:
/// `.select_vert`, `.select_edge`, `.select_face`, `.hide_vert`, ... (truth), `.smooth` (truth on
/// faces), `.seam`, `.sharp` (truth on edges), `.crease_edge`, `.crease_vert`, `.bevel_edge`,
/// `.bevel_vert` (0 to 1), `.custom_normal` (float3 on corners). UV maps are Float2 on corners.
struct Attribute {
  std::string name;
  Domain domain = Domain::Point;
  AttributeArray values;

  AttributeType type() const { return AttributeType(values.index()); }
  bool is_internal() const { return !name.empty() && name[0] == '.'; }
  template <typename T>
  const Array<T>* as() const {
    return std::get_if<Array<T>>(&values);
  }
  static const Schema& schema();
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
    return std::get<Array<T>>(ensure_any(name, domain, make_attribute(type_of<T>(), size)).values);
  }
  /// Replaces or adds.
  Attribute& set(std::string_view name, Domain domain, AttributeArray values);
  bool remove(std::string_view name);
  void resize(Domain domain, std::size_t size);

  template <typename T>
  static AttributeType type_of() {
    return AttributeType(AttributeArray(Array<T>()).index());
  }

private:
  Attribute& ensure_any(std::string_view name, Domain domain, AttributeArray fresh);
  ItemList<Attribute> items_;
};

}  // namespace kiln
