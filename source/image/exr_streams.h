#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include <OpenEXR/ImfIO.h>

#include "core/atomic_file.h"

namespace kiln::image {

/// Bytes in memory for OpenEXR.
class ExrMemoryStream final : public Imf::IStream {
public:
  ExrMemoryStream(std::span<const std::byte> bytes, const Path& name)
      : IStream(name.c_str()), bytes_(bytes) {}
  bool isMemoryMapped() const override { return true; }
  char* readMemoryMapped(int count) override;
  bool read(char out[], int count) override;
  std::uint64_t tellg() override { return at_; }
  void seekg(std::uint64_t position) override { at_ = position; }

private:
  std::span<const std::byte> bytes_;
  std::uint64_t at_ = 0;
};

/// A file for OpenEXR, read in large pieces without a buffer of its own.
class ExrFileStream final : public Imf::IStream {
public:
  static Result<std::unique_ptr<ExrFileStream>> open(const Path& path);
  ~ExrFileStream() override;
  bool read(char out[], int count) override;
  std::uint64_t tellg() override { return at_; }
  void seekg(std::uint64_t position) override { at_ = position; }
  std::uint64_t size() const { return size_; }

private:
  ExrFileStream(const Path& path, int descriptor, std::uint64_t size);
  int descriptor_;
  std::uint64_t size_, at_ = 0;
};

/// Hands what OpenEXR writes on to an output and keeps the first error.
class ExrOutputStream final : public Imf::OStream {
public:
  explicit ExrOutputStream(ByteOutput& output) : OStream("output"), output_(output) {}
  void write(const char data[], int count) override;
  std::uint64_t tellp() override { return output_.position(); }
  void seekp(std::uint64_t position) override;
  const std::optional<Error>& error() const { return error_; }

private:
  void keep(const Result<void>& result);
  ByteOutput& output_;
  std::optional<Error> error_;
};

}  // namespace kiln::image
