#include "image/exr_streams.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiln::image {

char* ExrMemoryStream::readMemoryMapped(int count) {
  if (count < 0 || at_ > bytes_.size() || std::uint64_t(count) > bytes_.size() - at_) {
    throw std::runtime_error("it ends in the middle");
  }
  const std::byte* start = bytes_.data() + at_;
  at_ += std::uint64_t(count);
  return const_cast<char*>(reinterpret_cast<const char*>(start));
}

bool ExrMemoryStream::read(char out[], int count) {
  std::memcpy(out, readMemoryMapped(count), std::size_t(count));
  return at_ < bytes_.size();
}

Result<std::unique_ptr<ExrFileStream>> ExrFileStream::open(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error::unreadable(path, fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  struct stat status;
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return Error::unreadable(path, "is not a file");
  }
  return std::unique_ptr<ExrFileStream>(
      new ExrFileStream(path, descriptor, std::uint64_t(status.st_size)));
}

ExrFileStream::ExrFileStream(const Path& path, int descriptor, std::uint64_t size)
    : IStream(path.c_str()), descriptor_(descriptor), size_(size) {}

ExrFileStream::~ExrFileStream() {
  ::close(descriptor_);
}

bool ExrFileStream::read(char out[], int count) {
  std::size_t done = 0;
  while (count > 0 && done < std::size_t(count)) {
    const ssize_t got = ::pread(descriptor_, out + done, std::size_t(count) - done, off_t(at_));
    if (got > 0) {
      done += std::size_t(got);
      at_ += std::uint64_t(got);
    } else if (got == 0) {
      throw std::runtime_error("it ends in the middle");
    } else if (errno != EINTR) {
      throw std::runtime_error(std::strerror(errno));
    }
  }
  return at_ < size_;
}

void ExrOutputStream::keep(const Result<void>& result) {
  if (!result) {
    if (!error_) {
      error_ = result.error();
    }
    throw std::runtime_error(result.error().message);
  }
}

void ExrOutputStream::write(const char data[], int count) {
  keep(output_.write({reinterpret_cast<const std::byte*>(data), std::size_t(count)}));
}

void ExrOutputStream::seekp(std::uint64_t position) {
  keep(output_.seek(position));
}

}  // namespace kiln::image
