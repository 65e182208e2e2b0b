#include "document/file/versions.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "document/file/database.h"

namespace kiln {
namespace {

constexpr std::uintmax_t small_file_bytes = std::uintmax_t(32) << 20;

// Names have at most 255 bytes.
std::string temporary_prefix(const Path& path) {
  return path.filename().string().substr(0, 200) + ".saving-";
}

class Descriptor {
public:
  Descriptor(const Path& path, int flags, mode_t mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }

private:
  int number_;
};

bool copy_bytes(int from, int to) {
  for (;;) {
    const ssize_t copied = ::copy_file_range(from, nullptr, to, nullptr, std::size_t(1) << 30, 0);
    if (copied == 0) {
      return true;
    }
    if (copied < 0 && errno != EINTR) {
      break;
    }
  }
  // Between file systems, or where the system call is missing.
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(from, buffer, sizeof(buffer));
    if (got <= 0) {
      return got == 0;
    }
    for (ssize_t done = 0; done < got;) {
      const ssize_t put = ::write(to, buffer + done, std::size_t(got - done));
      if (put <= 0) {
        return false;
      }
      done += put;
    }
  }
}

// `only_cheap`: extents are shared, or the file is small.
Result<void> copy(const Path& from, const Path& to, bool only_cheap) {
  const Descriptor source(from, O_RDONLY);
  struct stat status {};
  if (source < 0 || ::fstat(source, &status) != 0) {
    return Error::unreadable(from, "cannot be read");
  }
  const Descriptor target(to, O_WRONLY | O_CREAT | O_TRUNC, status.st_mode & 0777);
  if (target < 0) {
    return Error::unreadable(to, "cannot be written");
  }
  bool is_good = ::ioctl(target, FICLONE, int(source)) == 0;
  if (!is_good && (!only_cheap || std::uintmax_t(status.st_size) <= small_file_bytes)) {
    is_good = copy_bytes(source, target);
  }
  if (!is_good) {
    ::unlink(to.c_str());
    return Error::unreadable(to, "cannot be written");
  }
  return {};
}

// Moves versions 1 to `count - 1` up by one. The journal that belongs to a file does not move with it.
void move_up(const Path& file, int count) {
  std::error_code problem;
  for (int i = 1; i <= count; ++i) {
    settle_journal(version_path(file, i));
  }
  for (int i = count - 1; i >= 1; --i) {
    std::filesystem::rename(version_path(file, i), version_path(file, i + 1), problem);
  }
}

}  // namespace

Path version_path(const Path& file, int number) {
  return file.string() + std::to_string(number);
}

void settle_journal(const Path& path) {
  Path journal = path;
  journal += "-journal";
  std::error_code problem;
  if (!std::filesystem::exists(journal, problem)) {
    return;
  }
  if (Result<Database> old = Database::open(path, true, false)) {
    (void)old->run("BEGIN IMMEDIATE; ROLLBACK;");
  }
  std::filesystem::remove(journal, problem);
}

void shift_versions(const Path& file, int count) {
  std::error_code problem;
  if (count < 1 || !std::filesystem::is_regular_file(file, problem)) {
    return;
  }
  move_up(file, count);
  const Path first = version_path(file, 1);
  std::filesystem::remove(first, problem);
  std::filesystem::create_hard_link(file, first, problem);
  if (problem) {
    static_cast<void>(copy_whole_file(file, first));
  }
}

Result<void> rotate_versions(const Path& file, int count) {
  const Path last = version_path(file, count), waiting = temporary_name(file);
  std::error_code problem;
  const std::filesystem::perms permissions = std::filesystem::status(file, problem).permissions();
  std::filesystem::permissions(last, permissions, problem);
  std::filesystem::rename(last, waiting, problem);
  if (problem) {
    return Error::unreadable(file, "cannot be replaced: " + problem.message());
  }
  shift_versions(file, count);
  std::filesystem::rename(waiting, file, problem);
  if (problem) {
    std::error_code ignored;
    std::filesystem::remove(waiting, ignored);
    return Error::unreadable(file, "cannot be replaced: " + problem.message());
  }
  flush_to_disk(folder_of(file));
  return {};
}

Result<void> add_version(const Path& file, int count, const Path& made) {
  std::error_code problem;
  move_up(file, count);
  std::filesystem::rename(made, version_path(file, 1), problem);
  if (problem) {
    return Error::unreadable(version_path(file, 1), "cannot be written: " + problem.message());
  }
  return {};
}

Result<void> copy_whole_file(const Path& from, const Path& to) {
  return copy(from, to, /*only_cheap=*/false);
}

bool copy_shared_or_small(const Path& from, const Path& to) {
  return bool(copy(from, to, /*only_cheap=*/true));
}

Path folder_of(const Path& file) {
  return file.has_parent_path() ? file.parent_path() : Path(".");
}

Path temporary_name(const Path& file) {
  return folder_of(file) / (temporary_prefix(file) + std::to_string(::getpid()));
}

void remove_leftovers(const Path& file) {
  const std::string prefix = temporary_prefix(file);
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(file), problem)) {
    const std::string name = entry.path().filename().string();
    const int process = name.starts_with(prefix) ? std::atoi(name.c_str() + prefix.size()) : 0;
    if (process > 0 && process != ::getpid() && ::kill(process, 0) != 0 && errno == ESRCH) {
      std::filesystem::remove(entry.path(), problem);
    }
  }
}

bool flush_to_disk(const Path& path) {
  const Descriptor file(path, O_RDONLY);
  return file >= 0 && ::fsync(file) == 0;
}

}  // namespace kiln
