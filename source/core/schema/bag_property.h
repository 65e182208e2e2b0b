#pragma once

#include <memory>

#include "core/schema/property_bag.h"
#include "core/schema/schema.h"

namespace kiln {

/// Properties that scripts register keep their values in the custom properties of the struct, under their identifier. Enumerations are
/// stored as numbers, booleans as integers, so that the file and `struct["name"]` show what scripts expect there. A stored value of
/// another kind than the property's reads as the default.

/// Fills in how the property is read and written: everything else of it (type, length, limits, items, default, target) is set before.
/// A pointer whose target is a group (`make_group_schema`) becomes a nested struct, a collection a list of groups; other pointers
/// refer to data-blocks.
void keep_in_bag(Property& property);

/// What a stored number stands for among the items of an enumeration (a list of them for flags, empty text for none), and back.
Value value_of_items(const Property& property, const std::vector<EnumItem>& items, int number);
Result<int> number_of_items(const Property& property, const std::vector<EnumItem>& items, const Value& value);

/// The items of an enumeration may come from a function of a script, which may change the document while it runs. So items are turned
/// into numbers before an edit begins; `write` takes them, too. Other values come back as they are.
Result<Value> with_item_numbers(const ConstRef& owner, const Property& property, const Value& value);

/// A struct whose instances are `PropertyBag`s, with or without the property `name` that names groups in collections. Others are to be
/// added after `keep_in_bag`.
std::unique_ptr<Schema> make_group_schema(std::string identifier, const Schema* base, bool has_name);
bool is_group(const Schema& schema);

/// The bag with the custom properties of a struct; null where it has none.
const PropertyBag* bag_of(const ConstRef& ref);
PropertyBag* bag_of(const MutableRef& ref);

/// The list that a collection property of groups stands for; `edit_groups` makes it when it is not there.
const CustomValue::Groups* groups_of(const ConstRef& owner, const Property& property);
CustomValue::Groups* edit_groups(const MutableRef& owner, const Property& property);

/// Whether the struct has a value of its own for the property, and dropping it.
bool is_kept_in_bag(const ConstRef& owner, const Property& property);
void drop_from_bag(const MutableRef& owner, const Property& property);

}  // namespace kiln
