#include "render/pathtracer/cryptomatte.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

namespace kiln::render::cryptomatte {
namespace {

// Bits of the hash as those of a float: exponents that are all zeros or ones are moved by one, as
// the specification asks.
std::uint32_t float_bits(std::uint32_t bits) {
  const std::uint32_t exponent = bits >> 23 & 255u;
  return exponent == 0 || exponent == 255 ? bits ^ 1u << 23 : bits;
}

}  // namespace

std::uint32_t hash(std::string_view name) {
  const auto byte = [&](std::size_t i) { return std::uint32_t(std::uint8_t(name[i])); };
  const auto scramble = [](std::uint32_t k) {
    return std::rotl(k * 0xcc9e2d51u, 15) * 0x1b873593u;
  };
  std::uint32_t h = 0;
  std::size_t i = 0;
  for (; i + 4 <= name.size(); i += 4) {
    h ^= scramble(byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24);
    h = std::rotl(h, 13) * 5u + 0xe6546b64u;
  }
  std::uint32_t tail = 0;
  for (std::size_t k = name.size(); k > i; --k) {
    tail = tail << 8 | byte(k - 1);
  }
  h ^= scramble(tail) ^ std::uint32_t(name.size());
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  return h ^ h >> 16;
}

float identifier(std::string_view name) {
  return std::bit_cast<float>(float_bits(hash(name)));
}

void add(std::span<float> slots, float id, float weight) {
  for (std::size_t i = 0; i + 1 < slots.size() && weight > 0.0f; i += 2) {
    if (slots[i + 1] == 0.0f || slots[i] == id) {
      slots[i] = id;
      slots[i + 1] += weight;
      return;
    }
  }
}

void merge(std::span<float> slots, std::span<const float> from) {
  for (std::size_t i = 0; i + 1 < from.size() && from[i + 1] != 0.0f; i += 2) {
    add(slots, from[i], from[i + 1]);
  }
}

void rank(std::span<const float> slots, float scale, std::span<float> out) {
  // As many pairs as the largest depth can keep.
  std::array<std::pair<float, float>, 64> pairs;
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < slots.size() && slots[i + 1] != 0.0f && count < pairs.size();
       i += 2) {
    pairs[count++] = {slots[i + 1], slots[i]};
  }
  std::sort(pairs.begin(), pairs.begin() + std::ptrdiff_t(count), std::greater<>());
  for (std::size_t i = 0; i + 1 < out.size(); i += 2) {
    const bool is_used = i / 2 < count;
    out[i] = is_used ? pairs[i / 2].second : 0.0f;
    out[i + 1] = is_used ? pairs[i / 2].first * scale : 0.0f;
  }
}

std::string key(std::string_view pass_name) {
  return fmt::format("{:08x}", hash(pass_name)).substr(0, 7);
}

std::string manifest(const std::set<std::string>& names) {
  std::string text = "{";
  for (const std::string& name : names) {
    text += text.size() > 1 ? ",\"" : "\"";
    for (const char c : name) {
      if (c == '"' || c == '\\') {
        text += '\\';
        text += c;
      } else if (std::uint8_t(c) < 32) {
        text += fmt::format("\\u{:04x}", int(c));
      } else {
        text += c;
      }
    }
    text += fmt::format("\":\"{:08x}\"", float_bits(hash(name)));
  }
  return text + "}";
}

}  // namespace kiln::render::cryptomatte
