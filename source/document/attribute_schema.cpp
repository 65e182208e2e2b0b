#include "document/attribute_layers.h"
#include "document/mesh_schema.h"

namespace kiln {
namespace {

const std::vector<EnumItem>& type_items() {
  static const std::vector<EnumItem> items = {
      {"FLOAT", "Float", 10, "Floating-point value"},
      {"INT", "Integer", 11, "32-bit integer"},
      {"FLOAT_VECTOR", "Vector", 48, "3D vector with floating-point values"},
      {"FLOAT_COLOR", "Color", 47, "RGBA color with 32-bit floating-point values"},
      {"BYTE_COLOR", "Byte Color", 17, "RGBA color with 8-bit positive integer values"},
      {"STRING", "String", 12, "Text string"},
      {"BOOLEAN", "Boolean", 50, "True or false"},
      {"FLOAT2", "2D Vector", 49, "2D vector with floating-point values"},
      {"INT8", "8-Bit Integer", 45, "Smaller integer with a range from -128 to 127"}};
  return items;
}

const std::vector<EnumItem>& domain_items() {
  static const std::vector<EnumItem> items = {
      {"POINT", "Point", 0, "Attribute on point"},
      {"EDGE", "Edge", 1, "Attribute on mesh edge"},
      {"FACE", "Face", 2, "Attribute on mesh faces"},
      {"CORNER", "Face Corner", 3, "Attribute on mesh face corner"},
      {"CURVE", "Spline", 4, "Attribute on spline"},
      {"INSTANCE", "Instance", 5, "Attribute on instance"}};
  return items;
}

float to_linear(float c) {
  return c <= 0.04045f ? std::max(c, 0.0f) / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}
float to_srgb(float c) {
  return c < 0.0031308f ? std::max(c, 0.0f) * 12.92f : 1.055f * std::pow(c, 1.0f / 2.4f) - 0.055f;
}
std::uint8_t to_byte(double c) {
  return std::uint8_t(std::min(std::max(0.0, c * 255.0 + 0.5), 255.0));
}

template <typename T>
const void* value_address(const void* data, std::int64_t index) {
  const Array<T>* values = static_cast<const Attribute*>(data)->as<T>();
  return values ? element_address(*values, index) : nullptr;
}
template <typename T>
void* edit_value_address(void* data, std::int64_t index) {
  Array<T>* values = std::get_if<Array<T>>(&static_cast<Attribute*>(data)->values);
  return values ? edit_element_address(*values, index) : nullptr;
}
template <typename T>
const T* value_at(const ConstRef& ref) {
  return static_cast<const T*>(value_address<T>(ref.data, ref.index));
}
template <typename T>
T* edit_value_at(const MutableRef& ref) {
  return static_cast<T*>(edit_value_address<T>(ref.data, ref.index));
}
Error gone() {
  return Error::invalid("the element does not exist any more");
}

/// `value` or `vector`: a plain element. `T` is the type in memory, `U` the one shown.
template <typename T, typename U = T>
PropertyBuilder add_value(SchemaBuilder<ElementView>& s, std::string identifier,
                          std::string label) {
  return s
      .add_column<U>(std::move(identifier), std::move(label), &value_address<T>,
                     &edit_value_address<T>)
      .changes(Change::Geometry);
}

/// `color` in scene linear and `color_srgb` of colours kept as floats.
const Schema& float_color_value() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("FloatColorAttributeValue", "Float Color Attribute Value");
    s.add_column<float4>("color", "Color", &value_address<FloatColor>,
                         &edit_value_address<FloatColor>)
        .subtype(Subtype::Color)
        .range(0, infinity)
        .soft(0, 1)
        .changes(Change::Geometry);
    s.add_computed(
         PropertyType::Float, "color_srgb", "Color",
         [](const ConstRef& ref) -> Value {
           const FloatColor* c = value_at<FloatColor>(ref);
           return c ? Value::Numbers{to_srgb(c->r), to_srgb(c->g), to_srgb(c->b), c->a}
                    : Value::Numbers(4, 0.0);
         },
         [](const MutableRef& ref, const Value& value) -> Result<void> {
           const Value::Numbers& v = value.as_numbers();
           FloatColor* c = edit_value_at<FloatColor>(ref);
           if (!c || v.size() != 4) {
             return gone();
           }
           *c = {to_linear(float(v[0])), to_linear(float(v[1])), to_linear(float(v[2])),
                 float(v[3])};
           return {};
         })
        .array(4)
        .subtype(Subtype::Color)
        .range(0, infinity)
        .soft(0, 1)
        .changes(Change::Geometry);
    return s.build();
  }();
  return schema;
}

/// A colour property of 8-bit sRGB values, shown as they are or as scene linear.
PropertyBuilder add_byte_color(SchemaBuilder<ElementView>& s, std::string identifier,
                               std::string label, bool is_linear) {
  return s
      .add_computed(
          PropertyType::Float, std::move(identifier), std::move(label),
          [is_linear](const ConstRef& ref) -> Value {
            const ByteColor* c = value_at<ByteColor>(ref);
            if (!c) {
              return Value::Numbers(4, 0.0);
            }
            const auto shown = [&](std::uint8_t v) {
              return double(is_linear ? to_linear(v / 255.0f) : v / 255.0f);
            };
            return Value::Numbers{shown(c->r), shown(c->g), shown(c->b), double(c->a / 255.0f)};
          },
          [is_linear](const MutableRef& ref, const Value& value) -> Result<void> {
            const Value::Numbers& v = value.as_numbers();
            ByteColor* c = edit_value_at<ByteColor>(ref);
            if (!c || v.size() != 4) {
              return gone();
            }
            const auto stored = [&](double x) {
              return to_byte(is_linear ? to_srgb(float(x)) : x);
            };
            *c = {stored(v[0]), stored(v[1]), stored(v[2]), to_byte(v[3])};
            return {};
          })
      .array(4)
      .subtype(Subtype::Color)
      .range(0, 1)
      .changes(Change::Geometry);
}

const Schema& byte_color_value() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("ByteColorAttributeValue", "Byte Color Attribute Value");
    add_byte_color(s, "color", "Color", /*is_linear=*/true);
    add_byte_color(s, "color_srgb", "Color", /*is_linear=*/false);
    return s.build();
  }();
  return schema;
}

const Schema& byte_int_value() {
  static const Schema schema = [] {
    SchemaBuilder<ElementView> s("ByteIntAttributeValue", "8-bit Integer Attribute Value");
    s.add_computed(
         PropertyType::Int, "value", "",
         [](const ConstRef& ref) {
           const std::int8_t* v = value_at<std::int8_t>(ref);
           return Value(v ? int(*v) : 0);
         },
         [](const MutableRef& ref, const Value& value) -> Result<void> {
           std::int8_t* v = edit_value_at<std::int8_t>(ref);
           if (!v) {
             return gone();
           }
           *v = std::int8_t(std::clamp<std::int64_t>(value.as_int(), -128, 127));
           return {};
         })
        .soft(-10000, 10000)
        .changes(Change::Geometry);
    return s.build();
  }();
  return schema;
}

template <typename T, typename U = T>
const Schema& plain_value(const char* identifier, const char* label, const char* field,
                          Subtype subtype) {
  static const Schema schema = [&] {
    SchemaBuilder<ElementView> s(identifier, label);
    PropertyBuilder p = add_value<T, U>(s, field, "");
    if (subtype != Subtype::None) {
      p.subtype(subtype);
    }
    if constexpr (!std::is_same_v<T, std::string> && !std::is_same_v<U, bool>) {
      p.soft(-10000, 10000);
    }
    if constexpr (std::is_same_v<T, std::string>) {
      p.max_bytes(255).not_animatable().never_none();
    }
    return s.build();
  }();
  return schema;
}
const Schema& float_value() {
  return plain_value<float>("FloatAttributeValue", "Float Attribute Value", "value", Subtype::None);
}
const Schema& int_value() {
  return plain_value<int>("IntAttributeValue", "Integer Attribute Value", "value", Subtype::None);
}
const Schema& vector_value() {
  return plain_value<float3>("FloatVectorAttributeValue", "Float Vector Attribute Value", "vector",
                             Subtype::Direction);
}
const Schema& string_value() {
  return plain_value<std::string>("StringAttributeValue", "String Attribute Value", "value",
                                  Subtype::None);
}
const Schema& bool_value() {
  return plain_value<std::uint8_t, bool>("BoolAttributeValue", "Bool Attribute Value", "value",
                                         Subtype::None);
}
const Schema& float2_value() {
  return plain_value<float2>("Float2AttributeValue", "Float2 Attribute Value", "vector",
                             Subtype::Direction);
}

std::int64_t value_count(const ConstRef& ref) {
  return std::int64_t(attribute_size(ref.as<Attribute>().values));
}

/// A type of attribute, with its values as `data`.
Schema attribute_type_schema(const char* identifier, const char* label,
                             const Schema& (*element)()) {
  SchemaBuilder<Attribute> s(identifier, label, &Attribute::schema());
  s.add_view("data", "Data", element, value_count);
  Schema schema = s.build();
  schema.make = nullptr;  // made by the collection, which knows how many values are needed
  schema.dynamic = nullptr;
  return schema;
}

template <int Type>
const Schema& typed_schema(const char* identifier, const char* label, const Schema& (*element)()) {
  static const Schema schema = attribute_type_schema(identifier, label, element);
  return schema;
}

}  // namespace

const std::vector<EnumItem>& attribute_type_items() {
  return type_items();
}
const std::vector<EnumItem>& attribute_domain_items() {
  return domain_items();
}

void add_legacy_byte_color(SchemaBuilder<ElementView>& s) {
  add_byte_color(s, "color", "Color", /*is_linear=*/false);
}

const Schema& Attribute::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Attribute> s("Attribute", "Attribute");
    add_layer_name(s);
    s.add_computed(
         PropertyType::Enum, "data_type", "Data Type",
         [](const ConstRef& ref) { return Value(identifier_of(ref.as<Attribute>().type())); })
        .items(type_items())
        .default_value("FLOAT");
    s.add_computed(
         PropertyType::Enum, "domain", "Domain",
         [](const ConstRef& ref) { return Value(identifier_of(ref.as<Attribute>().domain)); })
        .items(domain_items())
        .default_value("POINT");
    s.add_computed(PropertyType::Boolean, "is_internal", "Is Internal", [](const ConstRef& ref) {
      const std::string& n = ref.as<Attribute>().name;
      return Value(n.starts_with(".select_") || n.starts_with(".hide_"));
    });
    Schema built = s.build();
    built.make = nullptr;
    return built;
  }();
  return schema;
}

const Schema& Attribute::dynamic_schema() const {
  switch (type()) {
    case AttributeType::Float:
      return typed_schema<0>("FloatAttribute", "Float Attribute", &float_value);
    case AttributeType::Int:
      return typed_schema<1>("IntAttribute", "Integer Attribute", &int_value);
    case AttributeType::Float3:
      return typed_schema<2>("FloatVectorAttribute", "Float Vector Attribute", &vector_value);
    case AttributeType::FloatColor:
      return typed_schema<3>("FloatColorAttribute", "Float Color Attribute", &float_color_value);
    case AttributeType::ByteColor:
      return typed_schema<4>("ByteColorAttribute", "Byte Color Attribute", &byte_color_value);
    case AttributeType::String:
      return typed_schema<5>("StringAttribute", "String Attribute", &string_value);
    case AttributeType::Bool:
      return typed_schema<6>("BoolAttribute", "Bool Attribute", &bool_value);
    case AttributeType::Float2:
      return typed_schema<7>("Float2Attribute", "Float2 Attribute", &float2_value);
    case AttributeType::Int8:
      return typed_schema<8>("ByteIntAttribute", "8-bit Integer Attribute", &byte_int_value);
  }
  return Attribute::schema();
}

}  // namespace kiln
