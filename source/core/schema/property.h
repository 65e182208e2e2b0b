#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/schema/value.h"

namespace kiln {

class Schema;
class CollectionAccess;
struct ConstRef;
struct MutableRef;

enum class PropertyType : std::uint8_t { Boolean, Int, Float, String, Enum, Pointer, Collection };

/// What a number or string means; the names are those of the Python interface.
enum class Subtype : std::uint8_t {
  None,
  FilePath,
  DirPath,
  FileName,
  ByteString,
  Password,
  Pixel,
  Unsigned,
  Percentage,
  Factor,
  Angle,
  Time,
  TimeAbsolute,
  Distance,
  DistanceCamera,
  Color,
  ColorGamma,
  Translation,
  Direction,
  Velocity,
  Acceleration,
  Matrix,
  Euler,
  Quaternion,
  AxisAngle,
  Xyz,
  XyzLength,
  Coordinates,
  Layer,
  LayerMember,
  Power,
  Temperature,
};
enum class Unit : std::uint8_t {
  None,
  Length,
  Area,
  Volume,
  Rotation,
  Time,
  TimeAbsolute,
  Velocity,
  Acceleration,
  Mass,
  Camera,
  Power,
  Temperature,
};
/// The identifier in the Python interface, such as "DISTANCE".
std::string_view identifier_of(Subtype subtype);
std::string_view identifier_of(Unit unit);
std::string_view identifier_of(PropertyType type);
std::optional<Subtype> subtype_named(std::string_view identifier);
std::optional<Unit> unit_named(std::string_view identifier);
Unit unit_of(Subtype subtype);

struct EnumItem {
  std::string identifier;
  std::string label;
  int value = 0;
  std::string description = {};
  std::string icon = "NONE";
};

/// What a change of a property invalidates. A block keeps one version stamp for each, so that
/// moving an object leaves its geometry alone.
enum class Change : std::uint16_t {
  None = 0,
  Transform = 1 << 0,   ///< where an object is
  Geometry = 1 << 1,    ///< shapes: mesh arrays, modifiers, attributes
  Shading = 1 << 2,     ///< materials, nodes, lights, worlds
  Visibility = 1 << 3,  ///< what is shown, rendered, instanced
  Hierarchy = 1 << 4,   ///< which block refers to which: parents, collections, links
  Selection = 1 << 5,   ///< selected and active things, modes
  Settings = 1 << 6,    ///< the rest: render settings, display, custom properties
  Name = 1 << 7,
  All = 0xff,
};
inline constexpr int change_kind_count = 8;
constexpr Change operator|(Change a, Change b) {
  return Change(std::uint16_t(a) | std::uint16_t(b));
}
constexpr Change operator&(Change a, Change b) {
  return Change(std::uint16_t(a) & std::uint16_t(b));
}
constexpr bool any(Change c) {
  return c != Change::None;
}

/// How the value lies in the struct. `Computed` values have functions instead of an address.
enum class Storage : std::uint8_t {
  Computed,
  Bool,
  Int32,
  Float,
  String,
  Enum8,
  Enum32,
  Block,
  Struct,
  List,
  Item
};

/// The values of an array whose length the data decides, in one block of memory.
struct DynamicValues {
  const void* data = nullptr;
  std::int64_t size = 0;
  std::shared_ptr<const void> owner;  ///< keeps them where they are not a part of the document
};
/// The same, writable, until the next edit of the block.
struct DynamicEdit {
  void* data = nullptr;
  std::int64_t size = 0;
};

/// The facts about one property. Made by `SchemaBuilder`; immutable afterwards.
struct Property {
  std::string identifier;
  std::string label;
  std::string description;
  PropertyType type = PropertyType::Boolean;
  Storage storage = Storage::Computed;
  Subtype subtype = Subtype::None;
  Unit unit = Unit::None;
  Change change = Change::Settings;

  int length = 0;              ///< array length; 0: no array
  std::array<int, 2> shape{};  ///< rows and columns where the array is a matrix
  bool is_dynamic_length = false;

  double hard_min = -std::numeric_limits<double>::infinity(),
         hard_max = std::numeric_limits<double>::infinity();
  double soft_min = -std::numeric_limits<double>::infinity(),
         soft_max = std::numeric_limits<double>::infinity();
  float step = 1.0f;
  int precision = 3;
  int max_bytes = 0;  ///< longest string in bytes including a terminator; 0: any

  std::vector<EnumItem> items;
  /// Items that depend on the data; used instead of `items` where set.
  std::function<std::vector<EnumItem>(const ConstRef&)> dynamic_items;

  bool is_read_only = false;
  bool is_animatable = true;
  bool is_overridable = false;
  bool is_required = false;
  bool is_optional = false;  ///< an argument that may be left out
  bool is_output = false;
  bool is_never_none = false;
  bool is_enum_flag = false;
  bool is_library_editable = false;
  bool is_hidden = false;
  bool is_skip_save = false;
  bool is_runtime = false;   ///< registered by a script; the value lives in the custom properties
  bool is_internal = false;  ///< stored, but not part of the interface
  bool is_stored = true;     ///< false: state of the running program that a file does not keep

  /// Struct of the value or of the elements. A function, because schemas refer to each other in
  /// circles.
  const Schema& (*target)() = nullptr;
  const Schema* runtime_target = nullptr;  ///< the same for runtime properties
  const Schema& (*collection_schema)() =
      nullptr;  ///< struct of the collection itself (`BlendDataObjects`)

  /// Address of the value in the struct `data`, or in element `index` of a view into `data`.
  const void* (*address)(const void* data, std::int64_t index) = nullptr;
  void* (*edit_address)(void* data, std::int64_t index) = nullptr;
  /// Arrays of dynamic length that lie in one block of memory, in place of an address. After element
  /// i alone was written `on_change` gets i as index, else -1.
  std::function<DynamicValues(const ConstRef&)> dynamic_values;
  std::function<DynamicEdit(const MutableRef&)> edit_dynamic_values;
  bool is_column =
      false;  ///< addresses of consecutive elements are contiguous: bulk access may copy memory

  /// Access to computed values. A property without `set` is read-only.
  std::function<Value(const ConstRef&)> get;
  std::function<Result<void>(const MutableRef&, const Value&)> set;
  /// Runs after a plain value was written through the interface (not when a file is read). After a whole column was written
  /// at once it runs once, with an index of -1.
  std::function<void(const MutableRef&)> on_change;
  /// Of pointers to an item of a collection of the same owner (an active layer): the collection property and the item, which is
  /// what a handle must keep. An empty step means none.
  std::function<PathStep(const ConstRef&)> link;
  /// Says whether a pointer accepts this block.
  std::function<bool(const ConstRef& owner, const ConstRef& candidate)> accepts;

  std::shared_ptr<const CollectionAccess> collection;  ///< of collections

  /// Of nested structs without a fixed address (groups of properties that scripts register): where it is, or an empty one; and the same
  /// for writing, made when it is not there.
  std::function<ConstRef(const ConstRef& owner)> inner;
  std::function<MutableRef(const MutableRef& owner)> edit_inner;
  /// Runs when the value was written through the interface and the edit is over: callbacks of scripts.
  std::function<void(const Handle& owner)> after_write;

  Value default_value;  ///< what the member initializer (or the recorded interface) says

  const Schema* target_schema() const {
    return runtime_target ? runtime_target : target ? &target() : nullptr;
  }
  bool is_array() const { return length > 0 || is_dynamic_length; }
  const EnumItem* item_named(std::string_view name) const;
  const EnumItem* item_of_value(int value) const;
};

}  // namespace kiln
