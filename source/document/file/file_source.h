#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "document/document.h"
#include "document/file/database.h"

namespace kiln {

/// A document file opened for reading: the index of what it holds, and its blocks one by one.
/// Errors name the file.
class FileSource {
public:
  /// One stored data-block.
  struct Row {
    std::string uuid, type, name, owner;
  };
  /// One reference to a data-block of another file.
  struct Link {
    std::string uuid;  ///< what this file's references call it
    std::string type, name;
    std::string library;  ///< uuid of the stored `Library` block
    std::string source;   ///< uuid in the other file
    bool is_indirect = false;
  };

  /// Reads the index. Takes back what a save that was cut off left half-done.
  static Result<FileSource> open(const Path& path);

  const Path& path() const { return path_; }
  /// Empty when there is no such entry.
  std::string meta(const std::string& key) const;
  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<Link>& links() const { return links_; }
  /// Null when there is none.
  const Row* row(const std::string& uuid) const;
  const Link* link(const std::string& uuid) const;

  /// The properties of a block, an object.
  Result<nlohmann::json> properties(const Row& row) const;
  /// What is known about the arrays of a block without reading them.
  struct StoredArray {
    std::string name;
    std::uint64_t bytes = 0;          ///< before compression
    std::vector<std::string> chunks;  ///< hashes: equal lists mean equal content
  };
  Result<std::vector<StoredArray>> arrays(const Row& row) const;
  /// Reads the arrays of a block into it.
  Result<void> read_arrays(const Row& row, DataBlock& block) const;
  /// For what else the file holds; closed with this.
  const Database& database() const { return *database_; }

private:
  // Memory that is used again for each array.
  struct Buffers {
    std::vector<char> compressed;
    std::unique_ptr<char[]> bytes;
    std::size_t capacity = 0;
    void reserve(std::size_t size, std::size_t used);
  };

  FileSource(Database database, Path path);
  Result<void> read_index();

  std::unique_ptr<Database> database_;  // statements keep its address
  Path path_;
  std::uintmax_t file_size_ = 0;
  std::unordered_map<std::string, std::string> meta_;
  std::vector<Row> rows_;
  std::vector<Link> links_;
  std::unordered_map<std::string, std::size_t> row_index_, link_index_;
  mutable Buffers buffers_;
  // Prepared when first needed; gone before the database.
  mutable std::unique_ptr<Database::Statement> select_properties_, select_arrays_;
};

/// Stored properties from their text; null where it is no JSON object, or nested so deeply that
/// nobody could go through it.
nlohmann::json parse_properties(std::string_view text);

/// The texts by which stored properties refer to data-blocks, each as often as it occurs.
std::vector<std::string> stored_references(const nlohmann::json& properties);

/// A new block for a stored type name; null when the type is not known.
std::shared_ptr<DataBlock> make_stored_block(const std::string& type,
                                             const class Registry& registry);

}  // namespace kiln
