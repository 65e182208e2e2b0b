#include "document/id_list.h"

#include <unordered_set>

#include "core/assert.h"
#include "core/sole_owner.h"

namespace kiln {
namespace {

constexpr std::size_t page_capacity = 512;

}  // namespace

IdList::IdList(const std::vector<BlockId>& ids) {
  for (std::size_t i = 0; i < ids.size(); i += page_capacity) {
    const std::size_t end = std::min(ids.size(), i + page_capacity);
    pages_.push_back(
        std::make_shared<Page>(ids.begin() + std::ptrdiff_t(i), ids.begin() + std::ptrdiff_t(end)));
  }
  number_pages();
}

// Positions and ranges of all pages, from what is in them.
void IdList::number_pages() {
  starts_.clear();
  ranges_.clear();
  std::size_t start = 0;
  for (const auto& page : pages_) {
    starts_.push_back(std::uint32_t(start));
    start += page->size();
    Range range{page->front().serial, page->front().serial};
    for (const BlockId id : *page) {
      range = {std::min(range.low, id.serial), std::max(range.high, id.serial)};
    }
    ranges_.push_back(range);
  }
}

std::size_t IdList::page_of(std::size_t at) const {
  KILN_ASSERT(at < size());
  return std::size_t(std::upper_bound(starts_.begin(), starts_.end(), at) - starts_.begin()) - 1;
}

BlockId IdList::operator[](std::size_t i) const {
  const std::size_t page = page_of(i);
  return (*pages_[page])[i - starts_[page]];
}

IdList::Page& IdList::edit_page(std::size_t page) {
  return own(pages_[page]);
}

void IdList::include(std::size_t page, BlockId id) {
  Range& range = ranges_[page];
  range = {std::min(range.low, id.serial), std::max(range.high, id.serial)};
}

void IdList::shift_starts(std::size_t after_page, std::int64_t by) {
  for (std::size_t p = after_page + 1; p < starts_.size(); ++p) {
    starts_[p] = std::uint32_t(starts_[p] + by);
  }
}

std::int64_t IdList::position_of(BlockId id) const {
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    if (id.serial < ranges_[p].low || id.serial > ranges_[p].high) {
      continue;
    }
    const Page& page = *pages_[p];
    const auto found = std::find(page.begin(), page.end(), id);
    if (found != page.end()) {
      return std::int64_t(starts_[p]) + (found - page.begin());
    }
  }
  return -1;
}

std::size_t IdList::partition_point(FunctionRef<bool(BlockId)> is_before) const {
  // The last page that begins with one that is before, then within it.
  const auto after = std::partition_point(
      pages_.begin(), pages_.end(), [&](const auto& page) { return is_before(page->front()); });
  if (after == pages_.begin()) {
    return 0;
  }
  const std::size_t p = std::size_t(after - pages_.begin()) - 1;
  const Page& page = *pages_[p];
  const auto found =
      std::partition_point(page.begin(), page.end(), [&](BlockId id) { return is_before(id); });
  return starts_[p] + std::size_t(found - page.begin());
}

void IdList::clear() {
  *this = IdList();
}

void IdList::push_back(BlockId id) {
  if (pages_.empty() || pages_.back()->size() >= page_capacity) {
    starts_.push_back(std::uint32_t(size()));
    pages_.push_back(std::make_shared<Page>(1, id));
    ranges_.push_back({id.serial, id.serial});
    return;
  }
  edit_page(pages_.size() - 1).push_back(id);
  include(pages_.size() - 1, id);
}

void IdList::split(std::size_t page) {
  Page& first = edit_page(page);
  const std::ptrdiff_t half = std::ptrdiff_t(first.size() / 2);
  auto second = std::make_shared<Page>(first.begin() + half, first.end());
  first.resize(std::size_t(half));
  const auto next = std::ptrdiff_t(page) + 1;
  pages_.insert(pages_.begin() + next, std::move(second));
  starts_.insert(starts_.begin() + next, std::uint32_t(starts_[page] + std::size_t(half)));
  ranges_.insert(ranges_.begin() + next, ranges_[page]);
}

void IdList::insert(std::size_t at, BlockId id) {
  if (at >= size()) {
    push_back(id);
    return;
  }
  std::size_t page = page_of(at);
  if (pages_[page]->size() >= page_capacity) {
    split(page);
    page = page_of(at);
  }
  Page& edited = edit_page(page);
  edited.insert(edited.begin() + std::ptrdiff_t(at - starts_[page]), id);
  include(page, id);
  shift_starts(page, 1);
}

void IdList::erase_at(std::size_t at) {
  const std::size_t page = page_of(at);
  const auto where = std::ptrdiff_t(page);
  if (pages_[page]->size() == 1) {
    pages_.erase(pages_.begin() + where);
    starts_.erase(starts_.begin() + where);
    ranges_.erase(ranges_.begin() + where);
    for (std::size_t p = page; p < starts_.size(); ++p) {
      --starts_[p];
    }
    return;
  }
  Page& edited = edit_page(page);
  edited.erase(edited.begin() + std::ptrdiff_t(at - starts_[page]));
  shift_starts(page, -1);
}

bool IdList::erase(BlockId id) {
  const std::int64_t at = position_of(id);
  if (at >= 0) {
    erase_at(std::size_t(at));
  }
  return at >= 0;
}

void IdList::map(FunctionRef<BlockId(BlockId)> mapped) {
  bool is_changed = false;
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    for (std::size_t i = 0; i < pages_[p]->size(); ++i) {
      const BlockId was = (*pages_[p])[i];
      const BlockId now = mapped(was);
      if (now != was) {
        edit_page(p)[i] = now;
        is_changed = true;
      }
    }
  }
  if (!is_changed) {
    return;
  }
  for (auto& page : pages_) {
    if (std::find(page->begin(), page->end(), BlockId{}) != page->end()) {
      std::erase(own(page), BlockId{});
    }
  }
  std::erase_if(pages_, [](const auto& page) { return page->empty(); });
  number_pages();
}

void IdList::replace(BlockId from, BlockId to) {
  if (from == to) {
    return;
  }
  for (std::int64_t at = position_of(from); at >= 0; at = position_of(from)) {
    if (!to) {
      erase_at(std::size_t(at));
      continue;
    }
    const std::size_t page = page_of(std::size_t(at));
    edit_page(page)[std::size_t(at) - starts_[page]] = to;
    include(page, to);
  }
}

bool IdList::operator==(const IdList& other) const {
  return size() == other.size() &&
         (pages_ == other.pages_ || std::equal(begin(), end(), other.begin()));
}

void IdList::difference(const IdList& before, const IdList& after,
                        FunctionRef<void(BlockId)> removed, FunctionRef<void(BlockId)> added) {
  // Most changes are in one place: what is around it is shared.
  const auto [old_begin, new_begin] = std::mismatch(before.pages_.begin(), before.pages_.end(),
                                                    after.pages_.begin(), after.pages_.end());
  auto old_end = before.pages_.end(), new_end = after.pages_.end();
  while (old_end != old_begin && new_end != new_begin && old_end[-1] == new_end[-1]) {
    --old_end;
    --new_end;
  }
  // A page is in a list once, since what is put into a list is never a page of another.
  std::unordered_set<const Page*> only_before;
  for (auto page = old_begin; page != old_end; ++page) {
    only_before.insert(page->get());
  }
  std::vector<BlockId> old_items, new_items;
  for (auto page = new_begin; page != new_end; ++page) {
    if (only_before.erase(page->get()) == 0) {
      new_items.insert(new_items.end(), (*page)->begin(), (*page)->end());
    }
  }
  for (auto page = old_begin; page != old_end; ++page) {
    if (only_before.contains(page->get())) {
      old_items.insert(old_items.end(), (*page)->begin(), (*page)->end());
    }
  }
  // Within these most items are the same too.
  const auto [old_first, new_first] =
      std::mismatch(old_items.begin(), old_items.end(), new_items.begin(), new_items.end());
  auto old_last = old_items.end(), new_last = new_items.end();
  while (old_last != old_first && new_last != new_first && old_last[-1] == new_last[-1]) {
    --old_last;
    --new_last;
  }
  std::for_each(new_first, new_last, [&](BlockId id) { added(id); });
  std::for_each(old_first, old_last, [&](BlockId id) { removed(id); });
}

IdSet::IdSet(std::vector<BlockId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  ids_ = IdList(ids);
}

bool IdSet::contains(BlockId id) const {
  const std::size_t at = ids_.partition_point([&](BlockId other) { return other < id; });
  return at < ids_.size() && ids_[at] == id;
}

void IdSet::insert(BlockId id) {
  const std::size_t at = ids_.partition_point([&](BlockId other) { return other < id; });
  if (at >= ids_.size() || ids_[at] != id) {
    ids_.insert(at, id);
  }
}

void IdSet::erase(BlockId id) {
  const std::size_t at = ids_.partition_point([&](BlockId other) { return other < id; });
  if (at < ids_.size() && ids_[at] == id) {
    ids_.erase_at(at);
  }
}

}  // namespace kiln
