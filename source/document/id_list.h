#pragma once

#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

#include "core/ids.h"
#include "core/tasks.h"

namespace kiln {

/// A long list of data-blocks in an order of its own, in pages that copies share until one of them
/// changes the page.
///
/// Copying costs a pointer for every 512 items, and so does changing one item at either end or in
/// the middle. What differs between two copies is found from the pages they do not share. Items may
/// be there several times. Like `Array`, one list may be read by many threads or written by one.
class IdList {
public:
  class Iterator {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = BlockId;
    using difference_type = std::ptrdiff_t;
    using pointer = const BlockId*;
    using reference = const BlockId&;

    Iterator() = default;
    reference operator*() const { return (*list_->pages_[page_])[at_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++at_ == list_->pages_[page_]->size()) {
        at_ = 0;
        ++page_;
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const {
      return page_ == other.page_ && at_ == other.at_;
    }

  private:
    friend class IdList;
    Iterator(const IdList* list, std::size_t page) : list_(list), page_(page) {}
    const IdList* list_ = nullptr;
    std::size_t page_ = 0, at_ = 0;
  };
  using value_type = BlockId;
  using const_iterator = Iterator;

  IdList() = default;
  explicit IdList(const std::vector<BlockId>& ids);

  std::size_t size() const { return starts_.empty() ? 0 : starts_.back() + pages_.back()->size(); }
  bool empty() const { return pages_.empty(); }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, pages_.size()}; }
  BlockId operator[](std::size_t i) const;
  BlockId front() const { return (*this)[0]; }
  BlockId back() const { return (*this)[size() - 1]; }
  std::vector<BlockId> to_vector() const { return {begin(), end()}; }

  /// Position of the first occurrence, or -1. Looks only into pages that may have it, which are few
  /// where blocks came in the order they were made.
  std::int64_t position_of(BlockId id) const;
  bool contains(BlockId id) const { return position_of(id) >= 0; }
  /// In a list whose items are partitioned by `is_before` (those it holds for come first): how many
  /// these are.
  std::size_t partition_point(FunctionRef<bool(BlockId)> is_before) const;

  void clear();
  void push_back(BlockId id);
  void insert(std::size_t at, BlockId id);
  void erase_at(std::size_t at);
  /// The first occurrence; false where there is none.
  bool erase(BlockId id);
  /// Puts something else in the place of each item; what becomes nothing is erased. Pages in which
  /// nothing changes stay shared.
  void map(FunctionRef<BlockId(BlockId)> mapped);
  /// The same for all occurrences of one block.
  void replace(BlockId from, BlockId to);

  bool operator==(const IdList& other) const;

  /// Calls `removed` and `added` so that their calls turn the items of one list, taken without
  /// order, into those of the other. Items of pages that both share are left out.
  static void difference(const IdList& before, const IdList& after,
                         FunctionRef<void(BlockId)> removed, FunctionRef<void(BlockId)> added);

private:
  using Page = std::vector<BlockId>;
  struct Range {
    std::uint32_t low = 0, high = 0;  // of the serials in a page; may be wider than what is there
  };
  std::size_t page_of(std::size_t at) const;
  Page& edit_page(std::size_t page);
  void include(std::size_t page, BlockId id);
  void shift_starts(std::size_t after_page, std::int64_t by);
  void split(std::size_t page);
  void number_pages();

  std::vector<std::shared_ptr<Page>> pages_;  // none is empty
  std::vector<std::uint32_t> starts_;         // position of the first item of each page
  std::vector<Range> ranges_;
};

/// A set of data-blocks: a list ordered by id.
class IdSet {
public:
  IdSet() = default;
  explicit IdSet(std::vector<BlockId> ids);

  std::size_t size() const { return ids_.size(); }
  bool empty() const { return ids_.empty(); }
  IdList::Iterator begin() const { return ids_.begin(); }
  IdList::Iterator end() const { return ids_.end(); }
  std::vector<BlockId> to_vector() const { return ids_.to_vector(); }
  bool contains(BlockId id) const;
  void insert(BlockId id);
  void erase(BlockId id);
  bool operator==(const IdSet&) const = default;

private:
  IdList ids_;
};

}  // namespace kiln
