#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/schema/registry.h"

namespace kiln {

/// One thing that differs between two documents.
struct DocumentDifference {
  enum class What { Added, Removed, Changed };
  What what = What::Changed;
  std::string block;  ///< `Object "Cube"`
  std::string path;   ///< data path of a property, `array NAME`, or empty: the block as a whole
  std::string before, after;  ///< as text; empty: the default value
};

/// Compares two files data-block by data-block and property by property, without loading arrays.
/// Blocks belong together by uuid, else by type and name. Sorted by block and path.
Result<std::vector<DocumentDifference>> diff_documents(const Path& before, const Path& after,
                                                       const Registry& registry);

/// All that a file says, in the same form: a line without a path for each block, and one for each
/// property that differs from a new block's (`after`). Equal files give equal lines, however they
/// number things.
Result<std::vector<DocumentDifference>> describe_document(const Path& path,
                                                          const Registry& registry);

}  // namespace kiln
