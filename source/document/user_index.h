#pragma once

#include <unordered_map>
#include <vector>

#include "document/id_list.h"

namespace kiln {

class DataBlock;
class Document;

/// Who refers to whom in a document: built when first asked for, then kept up to date from the
/// blocks that were edited since. What is read again of a block takes as long as what changed in
/// its long list, and as all its other references.
class UserIndex {
public:
  /// Reads what was edited since the last call.
  void renew(const Document& document);
  /// A block was added, changed or removed.
  void edited(BlockId id);
  /// How many references there are to a block, and how many of them the interface counts.
  int count(BlockId id) const;
  int counted(BlockId id) const;
  /// Blocks that refer to it, each once.
  std::vector<BlockId> users_of(BlockId id) const;

private:
  struct Incoming {
    std::unordered_map<BlockId, int> users;  ///< and how many references each has
    int total = 0, counted = 0;
  };
  struct Reference {
    BlockId target;
    bool is_counted = true;
    bool operator==(const Reference&) const = default;
  };
  struct Outgoing {
    std::vector<Reference> single;
    IdList list;
  };
  void read(const DataBlock& block);
  void forget(BlockId id);
  void add(BlockId user, Reference reference);
  void take_away(BlockId user, Reference reference);

  bool is_built_ = false;
  std::vector<BlockId> edited_;
  std::unordered_map<BlockId, Outgoing> outgoing_;
  std::unordered_map<BlockId, Incoming> incoming_;
};

}  // namespace kiln
