#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {

/// Documents in files: SQLite databases with a row a data-block and a row a chunk of array data
/// (`FORMAT.md`).
///
/// Files are only ever seen whole: a full save writes beside and renames into place, an incremental
/// one is a transaction.

/// A state that a file holds.
struct SavedState {
  Document document;
  std::string revision;
};

/// What was written.
struct SaveReport {
  std::size_t blocks_written = 0, chunks_written = 0, chunks_shared = 0;
  std::size_t bytes_written = 0;  ///< of blocks and compressed chunks
  std::string revision;           ///< names this state of the file; every save gives it another
  std::vector<SavedState> older;  ///< states that version files hold now, as far as it is known
  bool lacks_version = false;     ///< `save_version` is to make what the file was before
};

struct SavedHistory;

/// What a save does besides writing the document.
struct SaveOptions {
  Path original_path;  ///< where the document of a recovery file is kept
  std::string preview;  ///< a small picture (`preview.h`); empty: the file has none
  std::shared_ptr<const SavedHistory> history;  ///< is kept in the file; null: none
  int versions = 0;  ///< what the file was before is kept beside it, so many times (`versions.h`)
  std::vector<SavedState> older;  ///< states that version files may hold, so that they can be reused
};

/// Key in a recovery file of the path that its document had.
inline constexpr const char* original_path_key = "original_path";

/// Writes a new file with the whole document and puts it in the place of `path`.
Result<SaveReport> save_document(const Document& document, const Path& path, Progress& progress,
                                 const SaveOptions& options = {});

/// Brings a file that holds the state `saved` up to `document`, writing only what differs. Falls
/// back to a full save where the file is missing or holds something else by now.
Result<SaveReport> save_changes(const Document& document, const SavedState& saved, const Path& path,
                                Progress& progress, const SaveOptions& options = {});

/// Makes the version file of the state before the last save (`SaveReport::lacks_version`): a copy
/// of the file, taken back. For large files it takes about a second, best on a thread.
Result<SavedState> save_version(const Document& before, const SavedState& now, const Path& path,
                                int versions, Progress& progress);

/// One step of a history that a file keeps.
struct HistoryStep {
  Uuid id;
  std::string label;
};

/// A document that was read, and what could not be understood in it (kept where possible).
struct OpenedDocument {
  Document document;
  std::vector<std::string> warnings;
  std::string revision;  ///< of the state the file holds
  Path original_path;    ///< of a recovery file: where the document was kept, or empty
  std::vector<HistoryStep> history;  ///< the steps that the file keeps, the oldest first
  std::size_t history_present = 0;   ///< the one that the document is
};

/// Reads a file and what it links from others; what is missing there is a warning. Hostile input
/// gives an error that names the file, data-block and property.
Result<OpenedDocument> open_document(const Path& path, const Registry& registry,
                                     Progress& progress);

/// Whether a file begins like a Kiln document.
bool is_document_file(const Path& path);

}  // namespace kiln
