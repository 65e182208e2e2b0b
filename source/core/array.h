#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "core/assert.h"
#include "core/sole_owner.h"

namespace kiln {

/// Number of times any array had to copy its elements because it was written while shared. Debug
/// builds count, release builds return 0; tests use it to prove that reading never copies.
std::size_t array_detach_count();
namespace detail {
void count_array_detach();
}

/// Elements in one contiguous block that copies of the array share until one of them is written.
///
/// There is no non-const element access: reading never copies. Writing goes through `edit()`, which
/// first makes this array the sole owner of its elements (O(n) if they were shared, O(1) if not).
/// Copying is O(1). Different Array objects may be used by different threads, also when they share
/// elements; one Array object may be read by many threads or written by one.
template <typename T>
class Array {
public:
  using value_type = T;

  Array() = default;
  /// `count` value-initialized elements.
  explicit Array(std::size_t count) : storage_(std::make_shared<std::vector<T>>(count)) {}
  Array(std::size_t count, const T& value)
      : storage_(std::make_shared<std::vector<T>>(count, value)) {}
  Array(std::initializer_list<T> values) : storage_(std::make_shared<std::vector<T>>(values)) {}
  explicit Array(std::span<const T> values)
      : storage_(std::make_shared<std::vector<T>>(values.begin(), values.end())) {}
  /// Takes over the elements without copying them.
  Array(std::vector<T>&& values) : storage_(std::make_shared<std::vector<T>>(std::move(values))) {}

  std::size_t size() const { return storage_ ? storage_->size() : 0; }
  bool empty() const { return size() == 0; }
  const T* data() const { return storage_ ? storage_->data() : nullptr; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size(); }
  const T& operator[](std::size_t i) const {
    KILN_ASSERT(i < size());
    return (*storage_)[i];
  }
  const T& front() const { return (*this)[0]; }
  const T& back() const { return (*this)[size() - 1]; }
  std::span<const T> span() const { return {data(), size()}; }
  operator std::span<const T>() const { return span(); }

  /// The elements for writing, valid until the array is assigned, resized or copied from.
  std::span<T> edit() {
    own();
    return *storage_;
  }
  /// Grows with value-initialized (or `value`) elements, or drops from the end.
  void resize(std::size_t count, const T& value = T()) {
    if (count != size()) {
      own();
      storage_->resize(count, value);
    }
  }
  void push_back(const T& value) {
    own();
    storage_->push_back(value);
  }
  void append(std::span<const T> values) {
    own();
    storage_->insert(storage_->end(), values.begin(), values.end());
  }

  bool shares_storage_with(const Array& other) const { return storage_ == other.storage_; }
  bool operator==(const Array& other) const {
    return storage_ == other.storage_ ||
           (size() == other.size() && std::equal(begin(), end(), other.begin()));
  }

private:
  void own() {
    if (!storage_) {
      storage_ = std::make_shared<std::vector<T>>();
    } else if (storage_.use_count() > 1) {
      detail::count_array_detach();
      storage_ = std::make_shared<std::vector<T>>(*storage_);
    } else {
      see_as_sole_owner(storage_);
    }
  }

  std::shared_ptr<std::vector<T>> storage_;
};

}  // namespace kiln
