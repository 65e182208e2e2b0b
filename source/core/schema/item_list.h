#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/assert.h"
#include "core/ids.h"
#include "core/sole_owner.h"

namespace kiln {

/// Items of a data-block (modifiers, nodes, slots) in an order the user chooses. Every item has an
/// id that stays with it when it moves and is never used again. Copies share the items until one is
/// edited. `T` may be the base of a family; it then has `std::shared_ptr<T> clone() const`.
template <typename T>
class ItemList {
public:
  std::int64_t size() const { return std::int64_t(entries_.size()); }
  bool empty() const { return entries_.empty(); }
  const T& operator[](std::int64_t i) const {
    KILN_ASSERT(i >= 0 && i < size());
    return *entries_[std::size_t(i)].item;
  }
  ItemId id(std::int64_t i) const { return entries_[std::size_t(i)].id; }

  /// The item for writing; other copies of the list keep the old one.
  T& edit(std::int64_t i) {
    std::shared_ptr<T>& item = entries_[std::size_t(i)].item;
    if (item.use_count() > 1) {
      item = copy(*item);
    } else {
      see_as_sole_owner(item);
    }
    return *item;
  }
  /// Adds at the end (or before `at`) and returns the new item. `id` is given only when a file is
  /// read.
  T& add(std::shared_ptr<T> item, std::int64_t at = -1, ItemId id = 0) {
    const std::size_t position = at < 0 ? entries_.size() : std::size_t(at);
    entries_.insert(entries_.begin() + std::ptrdiff_t(position),
                    Entry{id ? id : unique_number(), std::move(item)});
    return *entries_[position].item;
  }
  T& add(const T& item) requires(!requires(const T& t) { t.clone(); }) {
    return add(std::make_shared<T>(item));
  }
  void remove(std::int64_t i) { entries_.erase(entries_.begin() + i); }
  void move(std::int64_t from, std::int64_t to) {
    Entry entry = std::move(entries_[std::size_t(from)]);
    entries_.erase(entries_.begin() + from);
    entries_.insert(entries_.begin() + to, std::move(entry));
  }
  void clear() { entries_.clear(); }

  /// Where the item is, looked for at `hint` first; -1 when it is gone.
  std::int64_t index_of(ItemId item, std::int64_t hint = -1) const {
    if (hint >= 0 && hint < size() && entries_[std::size_t(hint)].id == item) {
      return hint;
    }
    for (std::int64_t i = 0; i < size(); ++i) {
      if (entries_[std::size_t(i)].id == item) {
        return i;
      }
    }
    return -1;
  }
  /// Index of the first item with this `name`; -1 when there is none.
  std::int64_t find(std::string_view name) const {
    for (std::int64_t i = 0; i < size(); ++i) {
      if ((*this)[i].name == name) {
        return i;
      }
    }
    return -1;
  }

  class Iterator {
  public:
    Iterator(const ItemList* list, std::int64_t i) : list_(list), i_(i) {}
    const T& operator*() const { return (*list_)[i_]; }
    Iterator& operator++() {
      ++i_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

  private:
    const ItemList* list_;
    std::int64_t i_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

private:
  struct Entry {
    ItemId id;
    std::shared_ptr<T> item;
  };
  static std::shared_ptr<T> copy(const T& item) {
    if constexpr (requires { item.clone(); }) {
      return item.clone();
    } else {
      return std::make_shared<T>(item);
    }
  }
  std::vector<Entry> entries_;
};

/// A reference to a data-block of type `T` in the same document, by id.
template <typename T>
struct BlockRef {
  BlockId id;
  explicit operator bool() const { return bool(id); }
  bool operator==(const BlockRef&) const = default;
};

}  // namespace kiln
