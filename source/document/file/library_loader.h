#pragma once

#include <deque>
#include <map>

#include "core/progress.h"
#include "core/schema/registry.h"
#include "document/file/file_source.h"
#include "document/library.h"

namespace kiln {

/// Brings blocks of other files into a document as linked ones, and all that these refer to. One
/// for each time that something is read; `finish` has to be called before the document is used.
class LibraryLoader {
public:
  struct Wanted {
    std::string type;  ///< stored type name or the identifier of a `BlockType`
    std::string name;
    std::string source;  ///< uuid in the library's file, which goes before the name; may be empty
    std::string uuid;    ///< what the document's own file calls it; empty: a new one
    bool is_indirect = false;
    bool needs_placeholder = false;  ///< where the library does not have it, a new block stands in
  };

  /// `document_path` is what "//" of the document's libraries is relative to. All that is passed
  /// outlives the loader.
  LibraryLoader(Document& document, const Path& document_path, const Registry& registry,
                Progress& progress, std::vector<std::string>& warnings);
  ~LibraryLoader();

  /// The `Library` block for a file, made where there is none.
  BlockId library(const Path& path, const std::string& filepath, BlockId parent);
  /// Lets blocks that are linked already be read anew beside the old ones.
  void read_anew() { is_reusing_ = false; }
  /// Why the file of a library cannot be read; nothing when it can.
  std::optional<Error> problem_of(BlockId library);

  /// The linked block, whose content comes with `finish`; no block where the file has none.
  BlockId request(BlockId library, const Wanted& wanted);
  Result<void> finish();
  /// All blocks that were made, embedded ones too.
  const std::vector<BlockId>& added() const { return added_; }

private:
  struct File;
  struct Waiting {
    File* file;
    const FileSource::Row* row;
    BlockId block;
  };

  File& file_of(BlockId library);
  BlockId placeholder(BlockId library, const Wanted& wanted);
  BlockId make(File& file, const FileSource::Row& row, bool is_indirect, const std::string& uuid,
               int depth);
  BlockId referred(File& file, const std::string& uuid);
  Result<void> fill(const Waiting& waiting);

  Document& document_;
  const Path& document_path_;
  const Registry& registry_;
  Progress& progress_;
  std::vector<std::string>& warnings_;
  bool is_reusing_ = true;
  std::map<BlockId, std::unique_ptr<File>> files_;
  std::deque<Waiting> waiting_;
  std::vector<BlockId> added_;
};

/// The kind of block a stored type name stands for.
std::optional<BlockType> block_type_of_stored(const std::string& type, const Registry& registry);

}  // namespace kiln
