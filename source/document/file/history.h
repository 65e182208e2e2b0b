#pragma once

#include "document/file/block_writer.h"
#include "document/file/file_source.h"
#include "document/undo.h"

namespace kiln {

/// Undo histories in files: the steps with their names, and of every block that one of them changed
/// its content in each. What no step changed is in the document alone (`FORMAT.md`, "history").

/// A history to be kept.
struct SavedHistory {
  std::vector<UndoStack::Step> steps;  ///< the oldest first
  std::size_t present = 0;             ///< this step is the document that is saved
  std::uint64_t max_bytes = 0;         ///< the oldest steps go where all take more
};

/// Brings what the file keeps in line with `history`: adds steps it has not, drops those that are
/// gone. Whether chunks may be unused now.
Result<bool> write_history(const SavedHistory& history, Database& database, BlockWriter& writer);

/// The steps a file keeps, none where the history belongs to another state of the file.
struct FoundHistory {
  std::vector<HistoryStep> steps;
  std::size_t present = 0;
};
FoundHistory find_history(const FileSource& source);

/// Reads states of the history of a file that was opened as `base`, the state of step `present`.
/// Blocks that a step did not change are shared with `base`.
class HistoryReader {
public:
  HistoryReader(Path path, Document base, Uuid present, const Registry& registry);

  Result<Document> read(const Uuid& step);

private:
  const Path path_;
  const Document base_;
  const Uuid present_;
  const Registry& registry_;
  /// Ids of blocks that `base_` does not have: the same in all states.
  std::unordered_map<std::string, BlockId> ids_;
};

}  // namespace kiln
