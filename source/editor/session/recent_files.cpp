#include "editor/session/recent_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kiln::editor {

RecentFiles::RecentFiles(Path file) : file_(std::move(file)) {
  std::ifstream stream(file_);
  for (std::string line; paths_.size() < most && std::getline(stream, line);) {
    if (!line.empty()) {
      paths_.emplace_back(line);
    }
  }
}

void RecentFiles::add(const Path& path, std::size_t limit) {
  std::erase(paths_, path);
  paths_.insert(paths_.begin(), path);
  paths_.resize(std::min(paths_.size(), limit));
  write();
}

void RecentFiles::clear() {
  paths_.clear();
  write();
}

void RecentFiles::write() const {
  if (file_.empty()) {
    return;
  }
  std::error_code problem;
  std::filesystem::create_directories(file_.parent_path(), problem);
  std::ofstream stream(file_, std::ios::trunc);
  for (const Path& path : paths_) {
    stream << path.string() << '\n';
  }
}

}  // namespace kiln::editor
