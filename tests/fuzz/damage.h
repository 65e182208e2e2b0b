#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/schema/registry.h"
#include "document/file/store.h"

namespace kiln::fuzz {

/// Random numbers that the bytes of one input say; zeros when they are used up.
class Choices {
public:
  Choices(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  bool is_over() const { return rest_.empty(); }
  std::uint64_t number(int bytes);
  /// In [0, count), 0 if count is 0.
  std::size_t index(std::size_t count);
  /// At most `longest` bytes.
  std::string text(std::size_t longest);

private:
  std::span<const std::uint8_t> rest_;
};

/// What all programs have in common: the types, a folder that goes with the program, and a document
/// with a bit of everything, the file that KILN_FUZZ_SEED names (seed.py makes it).
class World {
public:
  World();
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Writes the document with up to 12 rows of its tables changed: cells replaced, taken from other
  /// rows, spliced, rows removed, values inside of their JSON replaced.
  void write_damaged(const Path& path, Choices& choices) const;

  Registry registry;
  Path folder;
  std::string seed;  ///< bytes of the document
};

/// The one of this program.
World& world();

void write_file(const Path& path, std::string_view bytes);

/// Ends the program as a finding.
[[noreturn]] void fail(std::string_view what);

}  // namespace kiln::fuzz
