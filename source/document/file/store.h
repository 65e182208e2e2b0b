#pragma once

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

/// What was written.
struct SaveReport {
  std::size_t blocks_written = 0, chunks_written = 0, chunks_shared = 0;
  std::size_t bytes_written = 0;  ///< of blocks and compressed chunks
  std::string revision;           ///< names this state of the file; every save gives it another
};

/// A state that a file holds.
struct SavedState {
  Document document;
  std::string revision;
};

/// Key in a recovery file of the path that its document had.
inline constexpr const char* original_path_key = "original_path";

/// Writes a new file with the whole document and puts it in the place of `path`. `original_path` is
/// kept in recovery files.
Result<SaveReport> save_document(const Document& document, const Path& path, Progress& progress,
                                 const Path& original_path = {});

/// Brings a file that holds the state `saved` up to `document`, writing only what differs. Falls
/// back to a full save where the file is missing or holds something else by now.
Result<SaveReport> save_changes(const Document& document, const SavedState& saved, const Path& path,
                                Progress& progress);

/// A document that was read, and what could not be understood in it (kept where possible).
struct OpenedDocument {
  Document document;
  std::vector<std::string> warnings;
  std::string revision;  ///< of the state the file holds
  Path original_path;    ///< of a recovery file: where the document was kept, or empty
};

/// Reads a file and what it links from others; what is missing there is a warning. Hostile input
/// gives an error that names the file, data-block and property.
Result<OpenedDocument> open_document(const Path& path, const Registry& registry,
                                     Progress& progress);

/// Whether a file begins like a Kiln document.
bool is_document_file(const Path& path);

}  // namespace kiln
