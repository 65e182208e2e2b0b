#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

#include "core/assert.h"
#include "core/sole_owner.h"

namespace kiln {

/// Elements in pages that copies share until one of them is written: copying costs O(n / 256),
/// changing one element of a copy O(256). For long lists of which few elements change from one
/// state to the next.
///
/// As with `Array<T>`, reading never copies, writing goes through `edit()`. Different objects may be used
/// by different threads, also when they share pages. One object may be read by many threads or written by
/// one; see `edit_owned` for more writers.
template <typename T>
class PagedArray {
public:
  static constexpr std::size_t page_size = 256;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t i) const {
    KILN_ASSERT(i < size_);
    return (*pages_[i / page_size])[i % page_size];
  }
  const T& back() const { return (*this)[size_ - 1]; }

  /// The element for writing; its page is this array's own from now on. Valid until the array is
  /// copied from or grows.
  T& edit(std::size_t i) {
    KILN_ASSERT(i < size_);
    return own(i / page_size)[i % page_size];
  }
  /// The same for an element whose page is this array's own already (`edit` was called for one of its
  /// elements since the last copy): different threads may write different elements at once.
  T& edit_owned(std::size_t i) {
    KILN_ASSERT(i < size_);
    return (*pages_[i / page_size])[i % page_size];
  }
  void push_back(T value) {
    if (size_ % page_size == 0) {
      pages_.push_back(std::make_shared<std::vector<T>>());
      pages_.back()->reserve(page_size);
    }
    own(size_ / page_size).push_back(std::move(value));
    ++size_;
  }
  void clear() {
    pages_.clear();
    size_ = 0;
  }

  class Iterator {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    Iterator() = default;
    Iterator(const PagedArray* array, std::size_t at) : array_(array), at_(at) {}
    reference operator*() const { return (*array_)[at_]; }
    pointer operator->() const { return &(*array_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

  private:
    const PagedArray* array_ = nullptr;
    std::size_t at_ = 0;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size_}; }

  /// Whether element `i` of both arrays lies in a page they share.
  bool shares_page_with(const PagedArray& other, std::size_t i) const {
    return pages_[i / page_size] == other.pages_[i / page_size];
  }

private:
  std::vector<T>& own(std::size_t p) {
    std::shared_ptr<std::vector<T>>& page = pages_[p];
    if (page.use_count() > 1) {
      auto copy = std::make_shared<std::vector<T>>();
      copy->reserve(page_size);
      *copy = *page;
      page = std::move(copy);
    } else {
      see_as_sole_owner(page);
    }
    return *page;
  }

  std::vector<std::shared_ptr<std::vector<T>>> pages_;
  std::size_t size_ = 0;
};

}  // namespace kiln
