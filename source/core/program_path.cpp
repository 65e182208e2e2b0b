#include "core/program_path.h"

#include <dlfcn.h>

#include <filesystem>

namespace kiln {

Path program_file() {
  Dl_info info{};
  std::error_code none;
  Path file;
  if (dladdr(reinterpret_cast<void*>(&program_file), &info) && info.dli_fname) {
    file = std::filesystem::canonical(info.dli_fname, none);
  }
  // A program started by name alone is known to the system, not to the loader.
  return none || file.empty() ? std::filesystem::read_symlink("/proc/self/exe", none) : file;
}

}  // namespace kiln
