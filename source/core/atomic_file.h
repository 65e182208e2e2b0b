#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"

namespace kiln {

/// Bytes that are written in order, with the chance to go back and fill in what was not known
/// before.
class ByteOutput {
public:
  virtual ~ByteOutput() = default;
  virtual Result<void> write(std::span<const std::byte> bytes) = 0;
  /// Moves to a byte position not beyond the end.
  virtual Result<void> seek(std::uint64_t position) = 0;
  virtual std::uint64_t position() const = 0;
};

/// Bytes kept in memory.
class MemoryOutput final : public ByteOutput {
public:
  Result<void> write(std::span<const std::byte> bytes) override;
  Result<void> seek(std::uint64_t position) override;
  std::uint64_t position() const override { return position_; }
  std::vector<std::byte> take() { return std::move(bytes_); }

private:
  std::vector<std::byte> bytes_;
  std::size_t position_ = 0;
};

/// A file that appears under its name only when it is complete.
///
/// It is written under a hidden temporary name in the same folder; `commit` renames it over
/// whatever had the name, and a file that is not committed vanishes. The old file's permissions are
/// kept. Errors name the target.
class AtomicFile final : public ByteOutput {
public:
  /// Fails where the folder is missing or cannot be written, or the target is a folder.
  static Result<AtomicFile> create(const Path& target);
  ~AtomicFile() override;
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  Result<void> write(std::span<const std::byte> bytes) override;
  Result<void> seek(std::uint64_t position) override;
  std::uint64_t position() const override;

  /// For libraries that want to open a file by name; they may replace its content, not the file.
  const Path& temporary_path() const { return temporary_; }
  const Path& target() const { return target_; }

  Result<void> commit();

private:
  AtomicFile(Path target, Path temporary, int descriptor);
  Error failure(const char* doing) const;

  Path target_, temporary_;  // an empty temporary: committed or moved from
  int descriptor_ = -1;
};

/// The bytes of a file, at most the first `limit`.
Result<std::vector<std::byte>> read_file(const Path& path, std::uint64_t limit = ~std::uint64_t(0));

/// A file as memory, read when it is touched; gone with the object. A file that another program
/// shortens meanwhile ends this program, so it is for files that nobody writes in place.
class MappedFile {
public:
  static Result<MappedFile> open(const Path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }

private:
  MappedFile() = default;
  std::span<const std::byte> bytes_;
};

}  // namespace kiln
