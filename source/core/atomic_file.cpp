#include "core/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <random>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiln {
namespace {

std::string reason(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "the disk is full";
    case EROFS:
      return "the file system is read-only";
    case EACCES:
    case EPERM:
      return "permission denied";
    case ENOENT:
      return "there is no such file or folder";
    case EFBIG:
      return "the file would be larger than allowed";
    default:
      return std::strerror(error);
  }
}

}  // namespace

Result<void> MemoryOutput::write(std::span<const std::byte> bytes) {
  if (position_ + bytes.size() > bytes_.size()) {
    bytes_.resize(position_ + bytes.size());
  }
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + std::ptrdiff_t(position_));
  position_ += bytes.size();
  return {};
}

Result<void> MemoryOutput::seek(std::uint64_t position) {
  if (position > bytes_.size()) {
    return Error::invalid("position {} lies beyond the end {}", position, bytes_.size());
  }
  position_ = position;
  return {};
}

Result<AtomicFile> AtomicFile::create(const Path& target) {
  if (target.filename().empty()) {
    return Error::unreadable(target, "is not the name of a file");
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(target, ignored)) {
    return Error::unreadable(target, "is a folder");
  }
  // A link is followed, so that it stays a link.
  Path real = target;
  if (std::filesystem::is_symlink(target, ignored)) {
    const Path resolved = std::filesystem::weakly_canonical(target, ignored);
    if (!ignored && !resolved.empty()) {
      real = resolved;
    }
  }
  // A long name cannot grow; the temporary then has a short one.
  const std::string stem = real.filename().string().substr(0, 200);
  std::random_device random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    Path temporary = real.parent_path() / fmt::format(".{}.{:08x}", stem, random());
    const int descriptor = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
      struct stat old;
      if (::stat(real.c_str(), &old) == 0) {
        // Best effort: not every file system has permissions.
        static_cast<void>(::fchmod(descriptor, old.st_mode & 07777));
      }
      return AtomicFile(real, std::move(temporary), descriptor);
    }
    if (errno != EEXIST) {
      break;
    }
  }
  return Error::unreadable(target, fmt::format("cannot be written: {}", reason(errno)));
}

AtomicFile::AtomicFile(Path target, Path temporary, int descriptor)
    : target_(std::move(target)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
  }
}

Error AtomicFile::failure(const char* doing) const {
  return Error::unreadable(target_, fmt::format("{}: {}", doing, reason(errno)));
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) {
        continue;
      }
      return failure("cannot be written");
    }
    bytes = bytes.subspan(std::size_t(written));
  }
  return {};
}

Result<void> AtomicFile::seek(std::uint64_t position) {
  if (::lseek(descriptor_, off_t(position), SEEK_SET) < 0) {
    return failure("cannot be written");
  }
  return {};
}

std::uint64_t AtomicFile::position() const {
  return std::uint64_t(::lseek(descriptor_, 0, SEEK_CUR));
}

Result<void> AtomicFile::commit() {
  // Network file systems report a full disk only here.
  if (::close(std::exchange(descriptor_, -1)) != 0) {
    return failure("cannot be written");
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return failure("cannot be put in place");
  }
  temporary_.clear();
  return {};
}

Result<std::vector<std::byte>> read_file(const Path& path, std::uint64_t limit) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error::unreadable(path, fmt::format("cannot be opened: {}", reason(errno)));
  }
  struct stat status;
  std::vector<std::byte> bytes;
  std::optional<Error> error;
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    error = Error::unreadable(path, "is not a file");
  } else {
    bytes.resize(std::min(limit, std::uint64_t(status.st_size)));
  }
  std::size_t done = 0;
  while (!error && done < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + done, bytes.size() - done);
    if (got > 0) {
      done += std::size_t(got);
    } else if (got == 0) {
      bytes.resize(done);  // somebody shortened it
    } else if (errno != EINTR) {
      error = Error::unreadable(path, fmt::format("cannot be read: {}", reason(errno)));
    }
  }
  ::close(descriptor);
  if (error) {
    return *error;
  }
  return bytes;
}

Result<MappedFile> MappedFile::open(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error::unreadable(path, fmt::format("cannot be opened: {}", reason(errno)));
  }
  struct stat status;
  MappedFile file;
  void* start = nullptr;
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return Error::unreadable(path, "is not a file");
  }
  if (status.st_size > 0) {
    start = ::mmap(nullptr, std::size_t(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  const int error = errno;
  ::close(descriptor);
  if (start == MAP_FAILED) {
    return Error::unreadable(path, fmt::format("cannot be read: {}", reason(error)));
  }
  file.bytes_ = {static_cast<const std::byte*>(start), std::size_t(status.st_size)};
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
  }
}

}  // namespace kiln
