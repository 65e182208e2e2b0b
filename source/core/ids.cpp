#include "core/ids.h"

#include <array>
#include <atomic>
#include <charconv>
#include <random>

#include <fmt/format.h>
#include <sys/random.h>

namespace kiln {

std::uint64_t unique_number() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::uint32_t unique_block_serial() {
  static std::atomic<std::uint32_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

Uuid Uuid::random() {
  // From the system, 256 bytes at a time, which is what it gives in one call. The instruction that
  // processors have for it takes up to 25 microseconds a number.
  thread_local std::array<std::uint64_t, 32> numbers;
  thread_local std::size_t left = 0;
  if (left == 0) {
    if (getentropy(numbers.data(), sizeof(numbers)) != 0) {
      std::random_device device;
      for (std::uint64_t& number : numbers) {
        number = std::uint64_t(device()) << 32 | device();
      }
    }
    left = numbers.size();
  }
  left -= 2;
  return {numbers[left], numbers[left + 1]};
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 32) {
    return std::nullopt;
  }
  Uuid out;
  const char* middle = text.data() + 16;
  const auto high = std::from_chars(text.data(), middle, out.high, 16);
  const auto low = std::from_chars(middle, middle + 16, out.low, 16);
  if (high.ptr != middle || low.ptr != middle + 16) {
    return std::nullopt;
  }
  return out;
}

std::string Uuid::text() const {
  return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace kiln
