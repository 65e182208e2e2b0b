#pragma once

#include "core/schema/item_list.h"
#include "document/id_list.h"

namespace kiln {

/// A long list of references to blocks of one type.
template <typename T>
class RefList {
public:
  class Iterator {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = BlockRef<T>;
    using difference_type = std::ptrdiff_t;
    using pointer = const BlockRef<T>*;
    using reference = BlockRef<T>;

    Iterator() = default;
    explicit Iterator(IdList::Iterator at) : at_(at) {}
    BlockRef<T> operator*() const { return {*at_}; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator&) const = default;

  private:
    IdList::Iterator at_;
  };

  std::size_t size() const { return ids_.size(); }
  bool empty() const { return ids_.empty(); }
  Iterator begin() const { return Iterator(ids_.begin()); }
  Iterator end() const { return Iterator(ids_.end()); }
  BlockRef<T> operator[](std::size_t i) const { return {ids_[i]}; }
  bool contains(BlockRef<T> ref) const { return ids_.contains(ref.id); }

  void clear() { ids_.clear(); }
  void push_back(BlockRef<T> ref) { ids_.push_back(ref.id); }
  /// The first occurrence; false where there is none.
  bool erase(BlockRef<T> ref) { return ids_.erase(ref.id); }
  void erase_if(FunctionRef<bool(BlockRef<T>)> is_unwanted) {
    ids_.map([&](BlockId id) { return is_unwanted({id}) ? BlockId{} : id; });
  }

  const IdList& ids() const { return ids_; }
  IdList& edit_ids() { return ids_; }

private:
  IdList ids_;
};

}  // namespace kiln
