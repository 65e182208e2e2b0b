#include "document/attribute.h"

#include "core/tasks.h"

namespace kiln {
namespace {

constexpr std::string_view type_names[] = {"FLOAT",       "INT",        "FLOAT_VECTOR",
                                           "FLOAT_COLOR", "BYTE_COLOR", "STRING",
                                           "BOOLEAN",     "FLOAT2",     "INT8"};
constexpr std::string_view domain_names[] = {"POINT",  "EDGE",  "FACE",
                                             "CORNER", "CURVE", "INSTANCE"};

}  // namespace

std::string_view identifier_of(AttributeType type) {
  return type_names[int(type)];
}
std::string_view identifier_of(Domain domain) {
  return domain_names[int(domain)];
}

std::optional<AttributeType> attribute_type_named(std::string_view identifier) {
  const auto found = std::find(std::begin(type_names), std::end(type_names), identifier);
  return found == std::end(type_names)
             ? std::nullopt
             : std::optional(AttributeType(found - std::begin(type_names)));
}

std::optional<Domain> domain_named(std::string_view identifier) {
  const auto found = std::find(std::begin(domain_names), std::end(domain_names), identifier);
  return found == std::end(domain_names) ? std::nullopt
                                         : std::optional(Domain(found - std::begin(domain_names)));
}

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

template <typename T>
Array<T> gather(const Array<T>& values, std::span<const int> kept) {
  Array<T> result(kept.size());
  const std::span<T> out = result.edit();
  const T* in = values.data();
  parallel_for(kept.size(), 1 << 15, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (kept[i] >= 0) {
        out[i] = in[kept[i]];
      }
    }
  });
  return result;
}
template Array<float> gather(const Array<float>&, std::span<const int>);
template Array<int> gather(const Array<int>&, std::span<const int>);
template Array<int2> gather(const Array<int2>&, std::span<const int>);
template Array<float3> gather(const Array<float3>&, std::span<const int>);
template Array<FloatColor> gather(const Array<FloatColor>&, std::span<const int>);
template Array<ByteColor> gather(const Array<ByteColor>&, std::span<const int>);
template Array<std::string> gather(const Array<std::string>&, std::span<const int>);
template Array<std::uint8_t> gather(const Array<std::uint8_t>&, std::span<const int>);
template Array<float2> gather(const Array<float2>&, std::span<const int>);
template Array<std::int8_t> gather(const Array<std::int8_t>&, std::span<const int>);

AttributeArray gather(const AttributeArray& values, std::span<const int> kept) {
  return std::visit([&](const auto& array) -> AttributeArray { return gather(array, kept); },
                    values);
}

const Attribute* AttributeSet::find(std::string_view name) const {
  const std::int64_t i = items_.find(name);
  return i < 0 ? nullptr : &items_[i];
}

Attribute* AttributeSet::edit(std::string_view name) {
  const std::int64_t i = items_.find(name);
  return i < 0 ? nullptr : &items_.edit(i);
}

Attribute& AttributeSet::ensure_any(std::string_view name, Domain domain, AttributeType type,
                                    std::size_t size) {
  const std::int64_t i = items_.find(name);
  if (i >= 0) {
    const Attribute& old = items_[i];
    if (old.domain == domain && old.type() == type && attribute_size(old.values) == size) {
      return items_.edit(i);
    }
  }
  return set(name, domain, make_attribute(type, size));
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

void AttributeSet::gather(Domain domain, std::span<const int> kept) {
  for (std::int64_t i = 0; i < items_.size(); ++i) {
    if (items_[i].domain == domain) {
      AttributeArray gathered = kiln::gather(items_[i].values, kept);
      items_.edit(i).values = std::move(gathered);
    }
  }
}

}  // namespace kiln
