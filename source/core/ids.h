#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kiln {

/// A number that this process never hands out again: version stamps, item ids and block serials
/// come from it, so that caches keyed by them hold across documents, undo and threads. It starts
/// at 1. (This and the next are the only process-wide counters.)
std::uint64_t unique_number();

/// The same for data-blocks: a 32-bit number of its own, so that ids stay small.
std::uint32_t unique_block_serial();

/// Names a data-block in a document. Slots are reused, serials never are, so an id of a removed
/// block finds nothing.
struct BlockId {
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;  ///< 0: no block

  explicit operator bool() const { return serial != 0; }
  bool operator==(const BlockId&) const = default;
  auto operator<=>(const BlockId&) const = default;
};

/// Names an item of a list inside a data-block (a modifier, a node) for as long as it lives,
/// wherever it moves.
using ItemId = std::uint64_t;

/// 128 random bits that name a data-block across files.
struct Uuid {
  std::uint64_t high = 0, low = 0;
  static Uuid random();
  /// From 32 hexadecimal digits.
  static std::optional<Uuid> parse(std::string_view text);
  std::string text() const;
  explicit operator bool() const { return high != 0 || low != 0; }
  bool operator==(const Uuid&) const = default;
  auto operator<=>(const Uuid&) const = default;
};

}  // namespace kiln

template <>
struct std::hash<kiln::BlockId> {
  std::size_t operator()(const kiln::BlockId& id) const noexcept {
    return (std::uint64_t(id.serial) << 32 | id.slot) * 0x9e3779b97f4a7c15ull;
  }
};
