#include "image/picture_library.h"

#include <dlfcn.h>

#include "core/program_path.h"

namespace kiln::image {
namespace {

constexpr const char* library_name = "libkiln_image_io.so";

Result<const io::Pictures*> open_library() {
  std::vector<std::string> candidates;
  const Path folder = program_file().parent_path();
  for (const Path& place : {folder.parent_path() / "lib", folder, folder / "lib"}) {
    candidates.push_back((place / library_name).string());
  }
  candidates.emplace_back(library_name);
  std::string reasons;
  for (const std::string& candidate : candidates) {
    std::error_code ignored;
    if (candidate != library_name && !std::filesystem::exists(candidate, ignored)) {
      continue;
    }
    void* handle = ::dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      reasons += fmt::format("{}{}", reasons.empty() ? "" : "; ", ::dlerror());
      continue;
    }
    if (const auto entry = reinterpret_cast<io::Entry>(::dlsym(handle, io::entry_name))) {
      return entry();
    }
    reasons +=
        fmt::format("{}\"{}\" is of another version", reasons.empty() ? "" : "; ", candidate);
  }
  return Error{Error::Kind::Unsupported,
               fmt::format("the library for image files cannot be opened: {}", reasons)};
}

}  // namespace

Result<const io::Pictures*> picture_library() {
  static const Result<const io::Pictures*> library = open_library();
  return library;
}

}  // namespace kiln::image
