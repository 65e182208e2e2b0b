#include "document/attribute.h"

namespace kiln {

std::size_t attribute_size(const AttributeArray& values) {
  return std::visit([](const auto& array) { return array.size(); }, values);
}

void resize_attribute(AttributeArray& values, std::size_t size) {
  std::visit([&](auto& array) { array.resize(size); }, values);
}

AttributeArray make_attribute(AttributeType type, std::size_t size) {
  switch (type) {
    case AttributeType::Float:
      return Array<float>(size);
    case AttributeType::Int:
      return Array<int>(size);
    case AttributeType::Float3:
      return Array<float3>(size);
    case AttributeType::FloatColor:
      return Array<FloatColor>(size);
    case AttributeType::ByteColor:
      return Array<ByteColor>(size);
    case AttributeType::String:
      return Array<std::string>(size);
    case AttributeType::Bool:
      return Array<std::uint8_t>(size);
    case AttributeType::Float2:
      return Array<float2>(size);
    case AttributeType::Int8:
      return Array<std::int8_t>(size);
  }
  return Array<float>(size);
}

const Attribute* AttributeSet::find(std::string_view name) const {
  const std::int64_t i = items_.find(name);
  return i < 0 ? nullptr : &items_[i];
}

Attribute& AttributeSet::ensure_any(std::string_view name, Domain domain, AttributeArray fresh) {
  const std::int64_t i = items_.find(name);
  if (i >= 0) {
    const Attribute& old = items_[i];
    if (old.domain == domain && old.values.index() == fresh.index() &&
        attribute_size(old.values) == attribute_size(fresh)) {
      return items_.edit(i);
    }
  }
  return set(name, domain, std::move(fresh));
}

Attribute& AttributeSet::set(std::string_view name, Domain domain, AttributeArray values) {
  const std::int64_t i = items_.find(name);
  Attribute& attribute =
      i >= 0 ? items_.edit(i) : items_.add(Attribute{std::string(name), domain, {}});
  attribute.domain = domain;
  attribute.values = std::move(values);
  return attribute;
}

bool AttributeSet::remove(std::string_view name) {
  const std::int64_t i = items_.find(name);
  if (i < 0) {
    return false;
  }
  items_.remove(i);
  return true;
}

void AttributeSet::resize(Domain domain, std::size_t size) {
  for (std::int64_t i = 0; i < items_.size(); ++i) {
    if (items_[i].domain == domain && attribute_size(items_[i].values) != size) {
      resize_attribute(items_.edit(i).values, size);
    }
  }
}

}  // namespace kiln
