// A disk that fails, for tests: preloaded into the program, it lets the Nth call that writes a file
// below KILN_TEST_FOLDER fail, and all later ones if KILN_TEST_STICKY is set. KILN_TEST_ERROR is
// the error number (ENOSPC, EIO).
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<int> calls{0};

// Whether this call is to fail.
bool fails(int descriptor, const char* path) {
  const char *folder = getenv("KILN_TEST_FOLDER"), *nth = getenv("KILN_TEST_FAIL");
  char name[4096] = "";
  if (!folder || !nth) {
    return false;
  }
  if (!path) {
    char link[64];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, name, sizeof(name) - 1);
    if (length < 0) {
      return false;
    }
    path = name;
  }
  if (strncmp(path, folder, strlen(folder)) != 0) {
    return false;
  }
  int now = ++calls, wanted = atoi(nth);
  if (now == wanted || (now > wanted && getenv("KILN_TEST_STICKY"))) {
    const char* error = getenv("KILN_TEST_ERROR");
    errno = error ? atoi(error) : EIO;
    return true;
  }
  return false;
}

}  // namespace

#define REAL(type, name, parameters) \
  static const auto real = reinterpret_cast<type(*) parameters>(dlsym(RTLD_NEXT, name))

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  REAL(ssize_t, "write", (int, const void*, size_t));
  return fails(fd, nullptr) ? -1 : real(fd, data, size);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  REAL(ssize_t, "pwrite", (int, const void*, size_t, off_t));
  return fails(fd, nullptr) ? -1 : real(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", (int, const void*, size_t, off64_t));
  return fails(fd, nullptr) ? -1 : real(fd, data, size, at);
}
int fsync(int fd) {
  REAL(int, "fsync", (int));
  return fails(fd, nullptr) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL(int, "fdatasync", (int));
  return fails(fd, nullptr) ? -1 : real(fd);
}
int ftruncate64(int fd, off64_t size) noexcept {
  REAL(int, "ftruncate64", (int, off64_t));
  return fails(fd, nullptr) ? -1 : real(fd, size);
}
int rename(const char* from, const char* to) noexcept {
  REAL(int, "rename", (const char*, const char*));
  return fails(-1, to) ? -1 : real(from, to);
}
}
