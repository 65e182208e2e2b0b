#pragma once

#include <vector>

#include "core/result.h"

namespace kiln::editor {

/// The files that were opened and saved last, the newest first, kept in a text file with a path a
/// line.
class RecentFiles {
public:
  static constexpr std::size_t most = 30;
  /// `file` need not exist; empty: nothing is kept.
  explicit RecentFiles(Path file);

  /// Only the newest `limit` are kept.
  void add(const Path& path, std::size_t limit = most);
  void clear();
  const std::vector<Path>& paths() const { return paths_; }

private:
  void write() const;
  Path file_;
  std::vector<Path> paths_;
};

}  // namespace kiln::editor
