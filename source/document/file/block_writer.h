#pragma once

#include <map>
#include <unordered_set>

#include "core/progress.h"
#include "document/file/database.h"
#include "document/file/serialization.h"
#include "document/file/store.h"

namespace kiln {

/// Writes blocks of a document into an open database, within a transaction that the caller began.
class BlockWriter {
public:
  BlockWriter(const Document& document, Database& database, Progress& progress);
  ~BlockWriter();

  /// A row for a local block, or the link of a linked one.
  Result<void> write(const DataBlock& block, bool with_arrays);
  Result<void> remove(const DataBlock& block);
  Result<void> write_note(const char* key, const std::string& value);
  /// What belongs to the document as a whole, under a new revision.
  Result<void> write_settings();
  Result<void> drop_unused_chunks();

  /// All properties as text, references by the uuids that `document` knows.
  std::string properties_of(const DataBlock& block, const Document& document);
  /// The arrays of a block under a key, in place of those that were there. Equal chunks are stored
  /// once; what was hashed before in this save is not hashed again.
  Result<void> write_arrays(const DataBlock& block, const std::string& key);
  const SaveReport& report() const { return report_; }

private:
  struct Chunk;
  Result<void> write_link(const DataBlock& block);
  std::vector<Chunk> chunks_of(const DataBlock& block);

  const Document& document_;
  Database& database_;
  Progress& progress_;
  Prototypes prototypes_;
  std::unordered_set<BlockId> links_written_;
  /// Hashes of the chunks of an array, by where it lies, how long it is and what its elements are.
  std::map<std::tuple<const void*, std::size_t, int>, std::vector<std::string>> hashes_;
  Database::Statement insert_block_, insert_array_, delete_arrays_, delete_block_, insert_link_,
      delete_link_, has_block_, has_chunk_, insert_chunk_, set_meta_;
  SaveReport report_;
};

/// Whether a file keeps arrays of the block.
bool has_stored_arrays(const DataBlock& block);

/// An array of a block: equal data in both means that nothing was written to it.
struct ArrayPlace {
  std::string name;
  const void* data = nullptr;  ///< null where the bytes were made for the visit only
  std::size_t size = 0;
};
std::vector<ArrayPlace> array_places(const DataBlock& block);

}  // namespace kiln
