#include "core/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace kiln {

std::string Fingerprint::hex() const {
  return fmt::format("{:016x}{:016x}", high, low);
}

Fingerprint fingerprint(const void* bytes, std::size_t size) {
  const XXH128_hash_t h = XXH3_128bits(bytes, size);
  return {h.low64, h.high64};
}

Hasher::Hasher() : state_(XXH3_createState()) {
  XXH3_128bits_reset(static_cast<XXH3_state_t*>(state_));
}
Hasher::~Hasher() {
  XXH3_freeState(static_cast<XXH3_state_t*>(state_));
}

void Hasher::add_bytes(const void* bytes, std::size_t size) {
  XXH3_128bits_update(static_cast<XXH3_state_t*>(state_), bytes, size);
}

void Hasher::add(std::string_view text) {
  const std::uint64_t size = text.size();
  add_bytes(&size, sizeof(size));
  add_bytes(text.data(), text.size());
}

Fingerprint Hasher::finish() const {
  const XXH128_hash_t h = XXH3_128bits_digest(static_cast<const XXH3_state_t*>(state_));
  return {h.low64, h.high64};
}

}  // namespace kiln
