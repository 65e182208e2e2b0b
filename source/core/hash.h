#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace kiln {

/// 128 bits that stand for a content: equal contents have equal fingerprints, different ones in
/// practice never do (XXH3).
struct Fingerprint {
  std::uint64_t low = 0, high = 0;
  bool operator==(const Fingerprint&) const = default;
  auto operator<=>(const Fingerprint&) const = default;
  std::string hex() const;
};

Fingerprint fingerprint(const void* bytes, std::size_t size);
inline Fingerprint fingerprint(std::string_view text) {
  return fingerprint(text.data(), text.size());
}

/// Collects values into one fingerprint; the order counts.
class Hasher {
public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void add_bytes(const void* bytes, std::size_t size);
  void add(std::string_view text);
  template <typename T>
  requires std::is_trivially_copyable_v<T> &&
      (!std::is_convertible_v<T, std::string_view>)void add(const T& value) {
    static_assert(std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>);
    add_bytes(&value, sizeof(value));
  }
  Fingerprint finish() const;

private:
  void* state_;
};

}  // namespace kiln

template <>
struct std::hash<kiln::Fingerprint> {
  std::size_t operator()(const kiln::Fingerprint& f) const noexcept { return f.low; }
};
