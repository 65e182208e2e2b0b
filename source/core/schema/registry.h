#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/schema/schema.h"

namespace kiln {

/// All types a running program knows, and what was added to them: by higher floors (evaluated
/// values, methods) and by scripts. Filled at start-up by each module's `register_*()` function;
/// afterwards only scripts change it, on the owner's thread.
class Registry {
public:
  /// What was added to a type from outside.
  struct Extension {
    std::vector<std::unique_ptr<Property>> properties;
    std::vector<std::unique_ptr<Function>> functions;
  };

  void add(const Schema& schema);
  const Schema& add_owned(std::unique_ptr<Schema> schema);
  void remove(std::string_view identifier);
  /// A type of a script that was removed, has this name, base and exactly these properties of
  /// scripts (sorted): it is known again, and gets what its properties are now by assigning them.
  /// Scripts register the same classes again and again, and definitions are never freed, since
  /// handles may point at them. Not while one of them is in use. Null where there is none.
  Schema* revive(std::string_view identifier, const Schema* base,
                 const std::vector<std::string>& properties);
  const Schema* find(std::string_view identifier) const;
  const std::vector<const Schema*>& all() const { return order_; }
  /// Types that can be made, with this base, in the order they were registered.
  std::vector<const Schema*> kinds_of(const Schema& base) const;
  /// The one among them with this tag (or this identifier).
  const Schema* kind(const Schema& base, std::string_view tag) const;

  /// `may_reuse`: a property of that name that was removed may become this one, since none is in
  /// use.
  const Property& extend(const Schema& schema, Property property, bool may_reuse = false);
  const Function& extend(const Schema& schema, Function function);
  bool remove_extension(const Schema& schema, std::string_view property);
  const Extension* extension(const Schema& schema) const;

  /// Looks in the schema, its bases and what was added to them.
  const Property* property(const Schema& schema, std::string_view name) const;
  const Function* function(const Schema& schema, std::string_view name) const;

  /// Grows with every change, so that what was derived from the registry can be renewed.
  std::uint64_t version() const { return version_; }
  /// A type that a script is registering got another property.
  void touch() { ++version_; }

private:
  std::unordered_map<std::string_view, const Schema*> by_name_;
  std::vector<const Schema*> order_;
  std::vector<std::unique_ptr<Schema>> owned_;
  std::unordered_map<const Schema*, Extension> extensions_;
  // Handles may still point at these.
  std::unordered_map<std::string, Schema*> retired_types_;
  std::unordered_map<const Schema*, std::vector<std::unique_ptr<Property>>> retired_;
  std::uint64_t version_ = 1;
};

}  // namespace kiln
