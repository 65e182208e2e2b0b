#include "document/document.h"

#include <cctype>
#include <unordered_set>

#include "document/user_index.h"

namespace kiln {
namespace {

constexpr std::size_t page_size = 256;
// Up to so many blocks are taken out of a list one by one, more in one pass over it.
constexpr std::size_t few = 8;
// What may change in a block when something it refers to is replaced.
constexpr Change reference_changes =
    Change::Hierarchy | Change::Geometry | Change::Shading | Change::Transform | Change::Settings;

// Names order without regard to case; equal ones by case, so that the order is total.
// The order of names: without regard to case, the shorter first; equal names stay in the order in which they came.
int compare_names(std::string_view a, std::string_view b) {
  const std::size_t n = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < n; ++i) {
    const int x = std::tolower(static_cast<unsigned char>(a[i])),
              y = std::tolower(static_cast<unsigned char>(b[i]));
    if (x != y) {
      return x - y;
    }
  }
  if (a.size() != b.size()) {
    return a.size() < b.size() ? -1 : 1;
  }
  return 0;
}

}  // namespace

struct Document::Page {
  std::array<std::shared_ptr<DataBlock>, page_size> blocks;
};

struct Document::State {
  std::vector<std::shared_ptr<Page>> pages;
  std::vector<std::uint32_t> free_slots;  // some may have been taken again
  std::uint32_t slot_count = 0;
  std::size_t block_count = 0;
  std::array<IdList, block_type_count> by_name;
  Settings settings;

  std::uint32_t add_slot() {
    if (slot_count / page_size >= pages.size()) {
      pages.push_back(std::make_shared<Page>());
    }
    return slot_count++;
  }
  const std::shared_ptr<DataBlock>* slot(BlockId id) const {
    if (id.slot >= slot_count) {
      return nullptr;
    }
    return &pages[id.slot / page_size]->blocks[id.slot % page_size];
  }
};

Document::Document() : state_(std::make_shared<State>()) {}
Document::~Document() = default;
Document::Document(const Document& other) : state_(other.state_) {}
Document& Document::operator=(const Document& other) {
  if (this != &other) {
    state_ = other.state_;
    pending_.clear();
    unsettled_.clear();
    for (auto& hints : number_hints_) {
      hints.clear();
    }
    users_.reset();
  }
  return *this;
}
Document::Document(Document&& other) noexcept
    : state_(std::move(other.state_)), pending_(std::move(other.pending_)) {
  other.state_ = std::make_shared<State>();
}
Document& Document::operator=(Document&& other) noexcept {
  *this = static_cast<const Document&>(other);
  return *this;
}

const DataBlock* Document::find(BlockId id) const {
  const std::shared_ptr<DataBlock>* slot = state_->slot(id);
  return slot && *slot && (*slot)->id == id ? slot->get() : nullptr;
}

std::shared_ptr<const DataBlock> Document::share(BlockId id) const {
  const std::shared_ptr<DataBlock>* slot = state_->slot(id);
  return slot && *slot && (*slot)->id == id ? *slot : nullptr;
}

const IdList& Document::all(BlockType type) const {
  return state_->by_name[std::size_t(type)];
}

std::int64_t Document::index_in(BlockType type, std::string_view name, BlockId library) const {
  const IdList& list = all(type);
  const auto is_before = [&](const DataBlock& block) {
    return block.link.library != library ? block.link.library < library
                                         : compare_names(block.name, name) < 0;
  };
  std::size_t at = list.partition_point([&](BlockId id) { return is_before(*find(id)); });
  for (; at < list.size(); ++at) {
    const DataBlock& block = *find(list[at]);
    if (block.link.library != library || compare_names(block.name, name) != 0) {
      break;
    }
    if (block.name == name) {
      return std::int64_t(at);
    }
  }
  return -1;
}

std::int64_t Document::index_of_name(BlockType type, std::string_view name) const {
  const std::int64_t local = index_in(type, name, {});
  if (local >= 0 || all(BlockType::Library).empty()) {
    return local;
  }
  std::vector<BlockId> libraries = all(BlockType::Library).to_vector();
  std::sort(libraries.begin(), libraries.end());
  for (const BlockId library : libraries) {
    if (const std::int64_t at = index_in(type, name, library); at >= 0) {
      return at;
    }
  }
  return -1;
}

BlockId Document::named(BlockType type, std::string_view name) const {
  const std::int64_t i = index_of_name(type, name);
  return i < 0 ? BlockId{} : all(type)[std::size_t(i)];
}

BlockId Document::named_in(BlockType type, std::string_view name, BlockId library) const {
  const std::int64_t i = index_in(type, name, library);
  return i < 0 ? BlockId{} : all(type)[std::size_t(i)];
}

BlockId Document::named_among(BlockType type, std::string_view name,
                              FunctionRef<bool(BlockId)> is_wanted) const {
  if (const BlockId local = named_in(type, name, {}); local && is_wanted(local)) {
    return local;
  }
  for (const BlockId library : all(BlockType::Library)) {
    if (const BlockId linked = named_in(type, name, library); linked && is_wanted(linked)) {
      return linked;
    }
  }
  return {};
}

std::size_t Document::block_count() const {
  return state_->block_count;
}

void Document::for_each(FunctionRef<void(const DataBlock&)> visit) const {
  for (std::uint32_t i = 0; i < state_->slot_count; ++i) {
    if (const auto& block = state_->pages[i / page_size]->blocks[i % page_size]) {
      visit(*block);
    }
  }
}

Document::State& Document::own() {
  return kiln::own(state_);
}

std::shared_ptr<DataBlock>& Document::slot_for_writing(BlockId id) {
  State& state = own();
  return kiln::own(state.pages[id.slot / page_size]).blocks[id.slot % page_size];
}

DataBlock& Document::edit(BlockId id, Change kinds) {
  KILN_ASSERT(find(id));
  std::shared_ptr<DataBlock>& slot = slot_for_writing(id);
  if (slot.use_count() > 1) {
    slot = slot->clone();
  } else {
    see_as_sole_owner(slot);
  }
  slot->stamp(kinds);
  note(*slot, BlockChange::What::Edited, kinds);
  return *slot;
}

void Document::note(const DataBlock& block, BlockChange::What what, Change kinds) {
  BlockChange& change = pending_[block.id];
  if (what == BlockChange::What::Removed && change.block &&
      change.what == BlockChange::What::Added) {
    pending_.erase(block.id);  // nobody has heard of it, and nobody will
  } else if (!change.block) {
    change = {block.id, block.type(), what, kinds};
  } else {
    change.kinds = change.kinds | kinds;
    if (what != BlockChange::What::Edited) {
      change.what = what;
    }
  }
  if (unsettled_.empty() || unsettled_.back() != block.id) {
    unsettled_.push_back(block.id);
  }
  if (users_) {
    users_->edited(block.id);
  }
}

void Document::settle() {
  std::sort(unsettled_.begin(), unsettled_.end());
  unsettled_.erase(std::unique(unsettled_.begin(), unsettled_.end()), unsettled_.end());
  for (const BlockId id : unsettled_) {
    const std::shared_ptr<DataBlock>* slot = state_->slot(id);
    // A shared block was settled before it was shared.
    if (slot && *slot && (*slot)->id == id && slot->use_count() == 1) {
      see_as_sole_owner(*slot);
      (*slot)->finish_editing();
    }
  }
  unsettled_.clear();
}

void Document::insert_name(BlockType type, BlockId id, std::string_view name) {
  IdList& list = own().by_name[std::size_t(type)];
  const BlockId library = find(id)->link.library;
  list.insert(list.partition_point([&](BlockId other) {
    const DataBlock& block = *find(other);
    return library != block.link.library ? block.link.library < library
                                         : compare_names(block.name, name) <= 0;
  }),
              id);
}

void Document::erase_name(BlockType type, BlockId id, std::string_view name) {
  IdList& list = own().by_name[std::size_t(type)];
  const BlockId library = find(id)->link.library;
  std::size_t at = list.partition_point([&](BlockId other) {
    const DataBlock& block = *find(other);
    return block.link.library != library ? block.link.library < library
                                         : compare_names(block.name, name) < 0;
  });
  while (at < list.size() && list[at] != id) {
    ++at;
  }
  if (at < list.size()) {
    list.erase_at(at);
  }
  name_is_free(type, name);
}

void Document::name_is_free(BlockType type, std::string_view name) {
  const auto [base, number] = split_number(name);
  auto& hints = number_hints_[std::size_t(type)];
  const auto hint = hints.find(std::string(base));
  if (hint != hints.end() && number > 0) {
    hint->second = std::min(hint->second, number);
  }
}

DataBlock& Document::add(std::shared_ptr<DataBlock> block, std::string_view name, BlockId owner) {
  State& state = own();
  const auto is_taken = [&](std::uint32_t slot) {
    return state.pages[slot / page_size]->blocks[slot % page_size] != nullptr;
  };
  while (!state.free_slots.empty() && is_taken(state.free_slots.back())) {
    state.free_slots.pop_back();
  }
  BlockId id;
  if (!state.free_slots.empty()) {
    id.slot = state.free_slots.back();
    state.free_slots.pop_back();
  } else {
    id.slot = state.add_slot();
  }
  id.serial = unique_block_serial();
  return put(std::move(block), name, owner, id);
}

DataBlock& Document::add_again(std::shared_ptr<DataBlock> block, std::string_view name,
                               BlockId owner, BlockId id) {
  State& state = own();
  while (state.slot_count <= id.slot) {
    state.free_slots.push_back(state.add_slot());
  }
  if (*state.slot(id)) {
    return add(std::move(block), name, owner);
  }
  return put(std::move(block), name, owner, id);
}

DataBlock& Document::put(std::shared_ptr<DataBlock> block, std::string_view name, BlockId owner,
                         BlockId id) {
  block->id = id;
  block->owner = owner;
  if (!block->uuid) {
    block->uuid = Uuid::random();
  }
  // A part of a linked block belongs to the library as well.
  if (const DataBlock* whole = owner ? find(owner) : nullptr; whole && whole->is_linked()) {
    block->link.library = whole->link.library;
    block->link.is_indirect = true;
  }
  const BlockType type = block->type();
  block->name = owner ? valid_name(name) : free_name(type, name, block->link.library);
  block->stamp(Change::All);
  std::shared_ptr<DataBlock>& slot = slot_for_writing(id);
  slot = std::move(block);
  ++state_->block_count;
  if (!owner) {
    insert_name(type, id, slot->name);
  }
  note(*slot, BlockChange::What::Added, Change::All);
  return *slot;
}

void Document::replace(BlockId id, std::shared_ptr<DataBlock> content) {
  const DataBlock* old = find(id);
  KILN_ASSERT(old && content->type() == old->type());
  content->id = id;
  content->uuid = old->uuid;
  content->owner = old->owner;
  content->name = old->name;
  content->stamp(Change::All);
  std::shared_ptr<DataBlock>& slot = slot_for_writing(id);
  slot = std::move(content);
  note(*slot, BlockChange::What::Edited, Change::All);
}

void Document::remove(std::span<const BlockId> ids) {
  // All that goes: parts go with their owners, linked blocks with their library.
  std::vector<BlockId> doomed;
  std::unordered_set<BlockId> is_doomed;
  const auto doom = [&](BlockId id) {
    if (find(id) && is_doomed.insert(id).second) {
      doomed.push_back(id);
    }
  };
  std::for_each(ids.begin(), ids.end(), doom);
  if (std::any_of(doomed.begin(), doomed.end(),
                  [&](BlockId id) { return find(id)->type() == BlockType::Library; })) {
    for_each([&](const DataBlock& block) {
      if (!block.is_embedded() && is_doomed.contains(block.link.library)) {
        doom(block.id);
      }
    });
  }
  for (std::size_t i = 0; i < doomed.size(); ++i) {
    const BlockId owner = doomed[i];
    for_each_single_reference(*find(owner), [&](BlockId target) {
      const DataBlock* part = find(target);
      if (part && part->owner == owner) {
        doom(target);
      }
    });
  }

  // Every reference to it.
  std::vector<BlockId> users;
  std::unordered_set<BlockId> is_user;
  for (const BlockId id : doomed) {
    for (const BlockId user : users_of(id)) {
      if (find(user) && !is_doomed.contains(user) && is_user.insert(user).second) {
        users.push_back(user);
      }
    }
  }
  const auto without = [&](BlockId target) {
    return is_doomed.contains(target) ? BlockId{} : target;
  };
  for (const BlockId user : users) {
    DataBlock& block = edit(user, reference_changes);
    map_single_references(block, without);
    IdList* list = block.edit_long_list();
    if (list && doomed.size() > few) {
      list->map(without);
    } else if (list) {
      std::for_each(doomed.begin(), doomed.end(), [&](BlockId id) { list->replace(id, {}); });
    }
  }

  // Their names, and they themselves.
  std::array<std::size_t, block_type_count> counts{};
  for (const BlockId id : doomed) {
    counts[std::size_t(find(id)->type())] += find(id)->is_embedded() ? 0 : 1;
  }
  for (std::size_t type = 0; type < counts.size(); ++type) {
    if (counts[type] > few) {
      own().by_name[type].map(without);
    }
  }
  for (const BlockId id : doomed) {
    const DataBlock& block = *find(id);
    if (!block.is_embedded() && counts[std::size_t(block.type())] > few) {
      name_is_free(block.type(), block.name);
    } else if (!block.is_embedded()) {
      erase_name(block.type(), id, std::string(block.name));
    }
    note(*find(id), BlockChange::What::Removed, Change::All);
    slot_for_writing(id).reset();
    state_->free_slots.push_back(id.slot);
    --state_->block_count;
  }
}

BlockId Document::duplicate(BlockId id) {
  const DataBlock* source = find(id);
  if (!source) {
    return {};
  }
  std::shared_ptr<DataBlock> copy = source->clone();
  copy->uuid = {};
  copy->link = {};
  copy->use_fake_user = false;
  copy->miscounted_users = 0;
  copy->asset.reset();
  copy->library_override.hierarchy = {};
  copy->library_override.is_root = copy->library_override.is_system = false;
  const BlockId copy_id = add(std::move(copy), source->name, source->owner).id;
  // Parts belong to one block only: give the copy its own.
  std::vector<BlockId> parts;
  for_each_reference(*find(copy_id), [&](BlockId target) {
    const DataBlock* other = find(target);
    if (other && other->owner == id) {
      parts.push_back(target);
    }
  });
  for (const BlockId part : parts) {
    const BlockId part_copy = duplicate(part);
    edit(part_copy, Change::None).owner = copy_id;
    map_references(edit(copy_id, Change::None),
                   [&](BlockId target) { return target == part ? part_copy : target; });
    map_references(edit(part_copy, Change::None),
                   [&](BlockId target) { return target == id ? copy_id : target; });
  }
  return copy_id;
}

void Document::make_local(BlockId id) {
  const DataBlock* block = find(id);
  if (!block || !block->is_linked()) {
    return;
  }
  const bool is_listed = !block->is_embedded();
  const std::string old = block->name;
  std::vector<BlockId> parts;
  for_each_reference(*block, [&](BlockId target) {
    const DataBlock* other = find(target);
    if (other && other->owner == id) {
      parts.push_back(target);
    }
  });
  if (is_listed) {
    erase_name(block->type(), id, old);
  }
  // The uuid stays: it was this document's own, and what is stored of other blocks has it.
  DataBlock& local = edit(id, Change::All);
  local.link = {};
  if (is_listed) {
    std::string fresh = free_name(local.type(), old);
    edit(id, Change::Name).name = fresh;
    insert_name(find(id)->type(), id, fresh);
  }
  for (const BlockId part : parts) {
    make_local(part);
  }
}

std::string Document::rename(BlockId id, std::string_view name) {
  const DataBlock* block = find(id);
  if (!block || block->name == name) {
    return block ? block->name : std::string();
  }
  const BlockType type = block->type();
  const std::string old = block->name;
  if (block->owner) {
    return edit(id, Change::Name).name = valid_name(name);
  }
  // The name that a user asks for is theirs: a block that had it is numbered.
  const BlockId library = block->link.library;
  const BlockId holder = name.empty() ? BlockId{} : named_in(type, valid_name(name), library);
  if (holder && holder != id) {
    const std::string taken = find(holder)->name;
    const std::string moved = free_name(type, taken, library);
    erase_name(type, holder, taken);
    edit(holder, Change::Name).name = moved;
    insert_name(type, holder, moved);
  }
  erase_name(type, id, old);
  std::string fresh = free_name(type, name, library);
  edit(id, Change::Name).name = fresh;
  insert_name(type, id, fresh);
  return fresh;
}

std::string Document::free_name(BlockType type, std::string_view wanted, BlockId library) const {
  const std::string name =
      wanted.empty() ? std::string(default_block_name(type)) : valid_name(wanted);
  const auto is_taken = [&](std::string_view candidate) {
    return index_in(type, candidate, library) >= 0;
  };
  if (!is_taken(name)) {
    return name;
  }
  const std::string base(split_number(name).first);
  // A base too long for a number is cut, and the cut base may be free as it is.
  const std::string_view cut = std::string_view(base).substr(0, split_number(numbered_name(base, 1)).first.size());
  if (cut != base && !is_taken(cut)) {
    return std::string(cut);
  }
  // Numbers written with fewer digits count too: after "A.1" comes "A.002".
  const auto is_in_use = [&](int number) {
    return (number < 10 && is_taken(fmt::format("{}.{}", cut, number))) ||
           (number < 100 && is_taken(fmt::format("{}.{:02}", cut, number)));
  };
  int unused = 0;  // hints are kept for local names
  int& hint = library ? unused : number_hints_[std::size_t(type)][std::string(cut)];
  for (int number = std::max(hint, 1);; ++number) {
    std::string candidate = numbered_name(base, number);
    if (!is_taken(candidate) && !is_in_use(number)) {
      hint = number;
      return candidate;
    }
  }
}

UserIndex& Document::users_index() const {
  if (!users_) {
    users_ = std::make_unique<UserIndex>();
  }
  users_->renew(*this);
  return *users_;
}

int Document::users(BlockId id) const {
  const std::scoped_lock lock(users_mutex_);
  const DataBlock* block = find(id);
  return block ? users_index().count(id) + (block->use_fake_user ? 1 : 0) +
                     (block->use_extra_user ? 1 : 0)
               : 0;
}

int Document::counted_users(BlockId id) const {
  const std::scoped_lock lock(users_mutex_);
  const DataBlock* block = find(id);
  return block ? users_index().counted(id) + (block->use_fake_user ? 1 : 0) +
                     (block->use_extra_user ? 1 : 0)
               : 0;
}

std::vector<BlockId> Document::users_of(BlockId id) const {
  const std::scoped_lock lock(users_mutex_);
  return users_index().users_of(id);
}

void Document::replace_references(BlockId from, BlockId to) {
  for (const BlockId user : users_of(from)) {
    if (!find(user)) {
      continue;
    }
    DataBlock& block = edit(user, reference_changes);
    map_single_references(block, [&](BlockId target) { return target == from ? to : target; });
    if (IdList* list = block.edit_long_list()) {
      list->replace(from, list->contains(to) ? BlockId{} : to);
    }
  }
}

const Document::Settings& Document::settings() const {
  return state_->settings;
}
Document::Settings& Document::edit_settings() {
  return own().settings;
}

ChangeSet Document::take_changes() {
  ChangeSet changes;
  changes.blocks.reserve(pending_.size());
  for (auto& [id, change] : pending_) {
    changes.blocks.push_back(change);
  }
  std::sort(changes.blocks.begin(), changes.blocks.end(),
            [](const BlockChange& a, const BlockChange& b) { return a.block < b.block; });
  pending_.clear();
  return changes;
}

void Document::restore(const Document& state) {
  if (state_ == state.state_) {
    return;
  }
  const ChangeSet changes = difference(*this, state);
  state_ = state.state_;
  unsettled_.clear();
  for (auto& hints : number_hints_) {
    hints.clear();
  }
  for (const BlockChange& change : changes.blocks) {
    BlockChange& pending = pending_[change.block];
    pending = {change.block, change.type, change.what, pending.kinds | change.kinds};
    if (users_) {
      users_->edited(change.block);
    }
  }
}

ChangeSet Document::difference(const Document& before, const Document& after) {
  ChangeSet changes;
  const State &a = *before.state_, &b = *after.state_;
  const std::size_t pages = std::max(a.pages.size(), b.pages.size());
  for (std::size_t p = 0; p < pages; ++p) {
    const Page* x = p < a.pages.size() ? a.pages[p].get() : nullptr;
    const Page* y = p < b.pages.size() ? b.pages[p].get() : nullptr;
    if (x == y) {
      continue;
    }
    for (std::size_t i = 0; i < page_size; ++i) {
      const DataBlock* old = x ? x->blocks[i].get() : nullptr;
      const DataBlock* now = y ? y->blocks[i].get() : nullptr;
      if (old == now) {
        continue;
      }
      if (old && now && old->id == now->id) {
        Change kinds = Change::None;
        for (int k = 0; k < change_kind_count; ++k) {
          if (old->versions[std::size_t(k)] != now->versions[std::size_t(k)]) {
            kinds = kinds | Change(1 << k);
          }
        }
        if (any(kinds)) {
          changes.blocks.push_back({now->id, now->type(), BlockChange::What::Edited, kinds});
        }
        continue;
      }
      if (old) {
        changes.blocks.push_back({old->id, old->type(), BlockChange::What::Removed, Change::All});
      }
      if (now) {
        changes.blocks.push_back({now->id, now->type(), BlockChange::What::Added, Change::All});
      }
    }
  }
  return changes;
}

}  // namespace kiln
