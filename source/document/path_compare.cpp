#include "document/path_compare.h"

#include <fnmatch.h>

namespace kiln {

bool PathCompare::matches(const std::string& file) const {
  if (path.empty()) {
    return false;
  }
  if (use_glob) {
    return fnmatch(path.c_str(), file.c_str(), 0) == 0;
  }
  // A folder stands for what is in it, not for others whose names begin like its own.
  return file.starts_with(path) &&
         (file.size() == path.size() || path.back() == '/' || file[path.size()] == '/');
}

const Schema& PathCompare::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PathCompare> s("PathCompare", "Path Compare");
    s.add<&PathCompare::path>("path", "Path")
        .describe("A file, or a folder with all below it")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PathCompare::use_glob>("use_glob", "Use Wildcard")
        .describe("The signs *, ? and [...] of the path stand for others");
    s.set_name_property("path");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
