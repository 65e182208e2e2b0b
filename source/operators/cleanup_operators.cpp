// Operators on what nothing uses, and on marks as assets.
#include "document/blend_data.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct PurgeSettings {
  bool do_local_ids = true, do_linked_ids = true, do_recursive = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<PurgeSettings> s("OUTLINER_OT_orphans_purge", "Purge All");
      s.add<&PurgeSettings::do_local_ids>("do_local_ids", "Local Data-blocks").not_animatable();
      s.add<&PurgeSettings::do_linked_ids>("do_linked_ids", "Linked Data-blocks").not_animatable();
      s.add<&PurgeSettings::do_recursive>("do_recursive", "Recursive Delete").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> purge(Context& context, const PurgeSettings& s, const Given&) {
  const int count =
      purge_orphans(context.document(), s.do_recursive, s.do_local_ids, s.do_linked_ids);
  context.reports.push_back({fmt::format("{} data-block{} removed", count, count == 1 ? "" : "s"),
                             Report::Severity::Info});
  return count > 0 ? Outcome::Finished : Outcome::Cancelled;
}

// What marks are put on: data-blocks that were pointed at, else the selected objects.
std::vector<BlockId> targets(const Context& context) {
  std::vector<BlockId> found;
  for (const BlockId id : context.chosen.empty() ? context.selected : context.chosen) {
    const DataBlock* block = context.document().find(id);
    if (block && !block->is_linked() && !block->is_embedded()) {
      found.push_back(id);
    }
  }
  return found;
}

std::optional<std::string> needs_targets(const Context& context) {
  return targets(context).empty()
             ? std::optional<std::string>("no data-block of this document is selected")
             : std::nullopt;
}

Result<Outcome> mark(Context& context, const NoSettings&, const Given&) {
  for (const BlockId id : targets(context)) {
    DataBlock& block = context.document().edit(id, Change::Settings);
    block.asset.is_asset = true;
    // Otherwise an asset that nothing uses would not outlast a purge.
    block.use_fake_user = true;
  }
  return Outcome::Finished;
}

struct ClearSettings {
  bool set_fake_user = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ClearSettings> s("ASSET_OT_clear", "Clear Asset");
      s.add<&ClearSettings::set_fake_user>("set_fake_user", "Set Fake User")
          .describe("The data-block is kept although nothing uses it")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> clear(Context& context, const ClearSettings& s, const Given&) {
  bool found = false;
  for (const BlockId id : targets(context)) {
    if (context.document().find(id)->asset.is_asset) {
      DataBlock& block = context.document().edit(id, Change::Settings);
      block.asset = {};
      block.use_fake_user = s.set_fake_user;
      found = true;
    }
  }
  return found ? Outcome::Finished : Outcome::Cancelled;
}

}  // namespace

void register_batch_rename(OperatorRegistry& registry);

void register_cleanup(OperatorRegistry& registry) {
  add_operator(registry, "outliner.orphans_purge", "Purge All", purge);
  add_operator(registry, "asset.mark", "Mark as Asset", mark, needs_targets);
  add_operator(registry, "asset.clear", "Clear Asset", clear, needs_targets);
  register_batch_rename(registry);
}

}  // namespace kiln::operators
