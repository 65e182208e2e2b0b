#pragma once

#include <string>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "core/schema/registry.h"

namespace kiln {

/// A property that both sides changed, in different ways. The merged file has what `ours` says.
struct MergeConflict {
  std::string block;  ///< `Object "Cube"`
  std::string path;   ///< data path of a property, `array NAME`, `arrays`, or empty: the whole block
  std::string base, ours, theirs;  ///< as text; empty: the default value, or no such block
};

struct MergeReport {
  std::vector<MergeConflict> conflicts;  ///< sorted by block and path
  std::vector<MergeConflict> taken;      ///< what came from `theirs`, in the same form
};

/// Merges two files that were made from `base`, data-block by data-block and property by property,
/// and puts the result in the place of `out` (which may be one of them).
///
/// Blocks belong together by uuid, else by type and name; items of lists by name; collections of
/// blocks as sets. Arrays are merged one by one where all three agree about the topology, else as a
/// whole. What is selected and active is that of `ours`. The result has been opened once, so it can
/// be read where the inputs could. The undo histories of both are left out.
Result<MergeReport> merge_documents(const Path& base, const Path& ours, const Path& theirs,
                                    const Path& out, const Registry& registry, Progress& progress);

}  // namespace kiln
