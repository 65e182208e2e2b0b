#include "core/schema/property_bag.h"

#include <algorithm>

#include "core/sole_owner.h"

namespace kiln {
namespace {
const std::vector<PropertyBag::Item> no_items;
}

PropertyBag::PropertyBag() = default;
PropertyBag::~PropertyBag() = default;
PropertyBag::PropertyBag(const PropertyBag&) = default;
PropertyBag::PropertyBag(PropertyBag&&) noexcept = default;
PropertyBag& PropertyBag::operator=(const PropertyBag&) = default;
PropertyBag& PropertyBag::operator=(PropertyBag&&) noexcept = default;

bool PropertyBag::empty() const {
  return size() == 0;
}
std::size_t PropertyBag::size() const {
  return items().size();
}
const std::vector<PropertyBag::Item>& PropertyBag::items() const {
  return items_ ? *items_ : no_items;
}

std::vector<PropertyBag::Item>* PropertyBag::own() {
  if (!items_) {
    items_ = std::make_shared<std::vector<Item>>();
  }
  return &kiln::own(items_);
}

const CustomValue* PropertyBag::find(std::string_view name) const {
  for (const Item& item : items()) {
    if (item.first == name) {
      return &item.second;
    }
  }
  return nullptr;
}

CustomValue* PropertyBag::edit(std::string_view name) {
  return find(name) ? const_cast<CustomValue*>((own(), find(name))) : nullptr;
}

CustomValue& PropertyBag::set(std::string_view name, CustomValue value) {
  if (CustomValue* old = edit(name)) {
    *old = std::move(value);
    return *old;
  }
  return own()->emplace_back(std::string(name), std::move(value)).second;
}

bool PropertyBag::remove(std::string_view name) {
  if (!find(name)) {
    return false;
  }
  std::erase_if(*own(), [&](const Item& item) { return item.first == name; });
  return true;
}

void PropertyBag::clear() {
  items_.reset();
}

bool PropertyBag::operator==(const PropertyBag& other) const {
  return items_ == other.items_ || items() == other.items();
}

}  // namespace kiln
