#pragma once

#include "core/schema/services.h"
#include "document/document.h"

namespace kiln {

/// Finds what a handle names; empty when it is gone.
ConstRef resolve(const Document& document, const Handle& handle,
                 const Services* services = nullptr);
/// Takes one step from a struct: into a nested struct, a list item or an element of a view. Empty
/// when it is gone.
ConstRef step_into(const ConstRef& ref, const PathStep& step);
MutableRef step_into(const MutableRef& ref, const PathStep& step);

/// Position of the element with this name in a collection of structs or data-blocks; -1 when there is none.
std::int64_t find_named(const CollectionAccess& collection, const ConstRef& owner, std::string_view name);

/// The same, prepared for writing.
MutableRef resolve_for_edit(Document& document, const Handle& handle, Change kinds,
                            const Services* services = nullptr);

/// Reads and writes a property of what a handle names, as scripts, panels and animation do: checks,
/// clamps, stamps the block, and lets it bring dependent members up to date.
Result<Value> get_value(const Document& document, const Handle& owner, const Property& property,
                        const Services& services);
Result<void> set_value(Document& document, const Handle& owner, const Property& property,
                       const Value& value, const Services& services);

/// Parses a data path such as `modifiers["Bevel"].width` or `location[2]`, from a struct on. The
/// result names the struct that has the last property, that property, and the array index behind it
/// (-1: none).
struct ResolvedPath {
  Handle owner;
  const Property* property =
      nullptr;  ///< null when the path ends at a struct, which is then `owner`
  int index = -1;
};
Result<ResolvedPath> resolve_path(const Document& document, const Handle& from,
                                  std::string_view path, const class Registry& registry,
                                  const Services* services = nullptr);

/// The data path from the block to what a handle names; list items by name where they have one.
std::string path_of(const Document& document, const Handle& handle,
                    const Services* services = nullptr);
/// Quotes and backslashes escaped, as names appear in data paths.
std::string escape_name(std::string_view name);

}  // namespace kiln
