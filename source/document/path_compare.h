#pragma once

#include "core/schema/builder.h"

namespace kiln {

/// Files that a rule holds for.
struct PathCompare {
  std::string path;       ///< a file, or a folder with all below it; a pattern where `use_glob`
  bool use_glob = false;  ///< `*`, `?` and `[...]` of the path stand for others, `/` included

  bool matches(const std::string& file) const;
  static const Schema& schema();
};

}  // namespace kiln
