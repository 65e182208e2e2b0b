#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/function.h"
#include "core/schema/property.h"
#include "core/schema/ref.h"

namespace kiln {

class PropertyBag;

/// What there is to know about a struct: its properties and functions, in the order of declaration,
/// and those of its base.
///
/// Schemas are immutable once built (`SchemaBuilder`) and live as long as the program. Types that
/// scripts register have schemas of their own, owned by the registry.
class Schema {
public:
  std::string identifier;  ///< name in `bpy.types`
  std::string label;
  std::string description;
  const Schema* base = nullptr;
  const Property* name_property = nullptr;  ///< names the elements of a collection of this struct
  std::deque<Property> properties;          ///< own ones; addresses are stable
  std::deque<Function> functions;           ///< own ones
  std::string
      tag;  ///< key among its siblings, such as the `type` of a modifier; empty: cannot be made

  /// The identifier of a nested struct's owner, for the interface only.
  std::string nested_in;
  bool is_runtime = false;  ///< registered by a script

  /// Makes a default instance, to be deleted by `destroy`. Null for abstract structs and views.
  void* (*make)() = nullptr;
  void (*destroy)(void*) = nullptr;
  /// The custom properties of an instance, or null where it has none.
  PropertyBag* (*bag)(void* data) = nullptr;
  /// The actual schema of an instance where subclasses exist.
  const Schema& (*dynamic)(const void* data) = nullptr;

  /// Looks in this schema, then in its bases. Null when there is none.
  const Property* property(std::string_view name) const;
  const Function* function(std::string_view name) const;
  bool is_a(const Schema& other) const;
  /// All properties, those of the bases first.
  std::vector<const Property*> all_properties() const;
  /// `bag` of this schema or the nearest base that has one.
  PropertyBag* (*find_bag() const)(void*);
};

/// The schema of a struct: every struct with a schema has a static function of this name.
template <typename T>
const Schema& schema_of() {
  return T::schema();
}

}  // namespace kiln
