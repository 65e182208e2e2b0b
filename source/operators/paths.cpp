#include "operators/paths.h"

#include <fmt/format.h>

namespace kiln::operators {

Path absolute_path(const std::string& path, const Path& document) {
  if (path.starts_with("//")) {
    const Path folder = document.empty() ? std::filesystem::current_path() : document.parent_path();
    return folder / path.substr(2);
  }
  return std::filesystem::absolute(path);
}

std::string frame_path(const std::string& path, int frame, std::string_view extension) {
  std::string out = path;
  const std::size_t name = out.find_last_of('/') == std::string::npos ? 0 : out.find_last_of('/') + 1;
  const std::size_t last = out.find_last_of('#');
  if (last != std::string::npos && last >= name) {
    std::size_t first = last;
    while (first > name && out[first - 1] == '#') {
      --first;
    }
    out.replace(first, last - first + 1, fmt::format("{:0{}}", frame, last - first + 1));
  } else {
    out += fmt::format("{:04}", frame);
  }
  if (!extension.empty() && !out.ends_with(extension)) {
    out += extension;
  }
  return out;
}

}  // namespace kiln::operators
