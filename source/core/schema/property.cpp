#include "core/schema/property.h"

#include "core/schema/schema.h"

namespace kiln {
namespace {

constexpr std::string_view type_names[] = {"BOOLEAN", "INT",     "FLOAT",     "STRING",
                                           "ENUM",    "POINTER", "COLLECTION"};
constexpr std::string_view subtype_names[] = {
    "NONE",          "FILE_PATH",  "DIR_PATH",        "FILE_NAME",   "BYTE_STRING", "PASSWORD",
    "PIXEL",         "UNSIGNED",   "PERCENTAGE",      "FACTOR",      "ANGLE",       "TIME",
    "TIME_ABSOLUTE", "DISTANCE",   "DISTANCE_CAMERA", "COLOR",       "COLOR_GAMMA", "TRANSLATION",
    "DIRECTION",     "VELOCITY",   "ACCELERATION",    "MATRIX",      "EULER",       "QUATERNION",
    "AXISANGLE",     "XYZ",        "XYZ_LENGTH",      "COORDINATES", "LAYER",       "LAYER_MEMBER",
    "POWER",         "TEMPERATURE"};
constexpr std::string_view unit_names[] = {
    "NONE",     "LENGTH",       "AREA", "VOLUME", "ROTATION", "TIME",       "TIME_ABSOLUTE",
    "VELOCITY", "ACCELERATION", "MASS", "CAMERA", "POWER",    "TEMPERATURE"};

template <typename E, std::size_t N>
std::optional<E> named(const std::string_view (&names)[N], std::string_view identifier) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == identifier) {
      return E(i);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view identifier_of(PropertyType type) {
  return type_names[int(type)];
}
std::string_view identifier_of(Subtype subtype) {
  return subtype_names[int(subtype)];
}
std::string_view identifier_of(Unit unit) {
  return unit_names[int(unit)];
}
std::optional<Subtype> subtype_named(std::string_view identifier) {
  return named<Subtype>(subtype_names, identifier);
}
std::optional<Unit> unit_named(std::string_view identifier) {
  return named<Unit>(unit_names, identifier);
}

Unit unit_of(Subtype subtype) {
  switch (subtype) {
    case Subtype::Angle:
    case Subtype::Euler:
      return Unit::Rotation;
    case Subtype::Time:
      return Unit::Time;
    case Subtype::TimeAbsolute:
      return Unit::TimeAbsolute;
    case Subtype::Distance:
    case Subtype::Translation:
    case Subtype::XyzLength:
      return Unit::Length;
    case Subtype::DistanceCamera:
      return Unit::Camera;
    case Subtype::Velocity:
      return Unit::Velocity;
    case Subtype::Acceleration:
      return Unit::Acceleration;
    case Subtype::Power:
      return Unit::Power;
    case Subtype::Temperature:
      return Unit::Temperature;
    default:
      return Unit::None;
  }
}

const EnumItem* Property::item_named(std::string_view name) const {
  for (const EnumItem& item : items) {
    if (item.identifier == name) {
      return &item;
    }
  }
  return nullptr;
}

const EnumItem* Property::item_of_value(int value) const {
  for (const EnumItem& item : items) {
    if (item.value == value) {
      return &item;
    }
  }
  return nullptr;
}

}  // namespace kiln
