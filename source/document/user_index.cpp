#include "document/user_index.h"

#include "document/document.h"

namespace kiln {

void UserIndex::renew(const Document& document) {
  if (!is_built_) {
    document.for_each([&](const DataBlock& block) { read(block); });
    is_built_ = true;
  } else {
    for (const BlockId id : edited_) {
      if (const DataBlock* block = document.find(id)) {
        read(*block);
      } else {
        forget(id);
      }
    }
  }
  edited_.clear();
}

void UserIndex::edited(BlockId id) {
  if (is_built_ && (edited_.empty() || edited_.back() != id)) {
    edited_.push_back(id);
  }
}

int UserIndex::count(BlockId id) const {
  const auto found = incoming_.find(id);
  return found == incoming_.end() ? 0 : found->second.total;
}

int UserIndex::counted(BlockId id) const {
  const auto found = incoming_.find(id);
  return found == incoming_.end() ? 0 : found->second.counted;
}

std::vector<BlockId> UserIndex::users_of(BlockId id) const {
  std::vector<BlockId> users;
  const auto found = incoming_.find(id);
  if (found != incoming_.end()) {
    users.reserve(found->second.users.size());
    for (const auto& [user, times] : found->second.users) {
      users.push_back(user);
    }
  }
  return users;
}

void UserIndex::add(BlockId user, Reference reference) {
  Incoming& incoming = incoming_[reference.target];
  ++incoming.users[user];
  ++incoming.total;
  incoming.counted += reference.is_counted;
}

void UserIndex::take_away(BlockId user, Reference reference) {
  const auto incoming = incoming_.find(reference.target);
  const auto times = incoming->second.users.find(user);
  --incoming->second.total;
  incoming->second.counted -= reference.is_counted;
  if (--times->second == 0) {
    incoming->second.users.erase(times);
  }
  if (incoming->second.total == 0) {
    incoming_.erase(incoming);
  }
}

void UserIndex::read(const DataBlock& block) {
  Outgoing& before = outgoing_[block.id];
  // Most edits leave most references as they are: what is the same at both ends is skipped.
  std::vector<Reference> now;
  for_each_single_use(block, [&](BlockId target, bool is_counted) {
    now.push_back({target, is_counted});
  });
  const auto [old_begin, new_begin] =
      std::mismatch(before.single.begin(), before.single.end(), now.begin(), now.end());
  auto old_end = before.single.end();
  auto new_end = now.end();
  while (old_end != old_begin && new_end != new_begin && old_end[-1] == new_end[-1]) {
    --old_end;
    --new_end;
  }
  std::for_each(new_begin, new_end, [&](const Reference& made) { add(block.id, made); });
  std::for_each(old_begin, old_end, [&](const Reference& gone) { take_away(block.id, gone); });
  before.single = std::move(now);
  if (const IdList* list = block.long_list()) {
    IdList::difference(
        before.list, *list, [&](BlockId target) { take_away(block.id, {target}); },
        [&](BlockId target) { add(block.id, {target}); });
    before.list = *list;
  }
}

void UserIndex::forget(BlockId id) {
  const auto found = outgoing_.find(id);
  if (found == outgoing_.end()) {
    return;
  }
  for (const Reference& gone : found->second.single) {
    take_away(id, gone);
  }
  for (const BlockId target : found->second.list) {
    take_away(id, {target});
  }
  outgoing_.erase(found);
}

}  // namespace kiln
