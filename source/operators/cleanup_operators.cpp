// Operators on what nothing uses.
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

}  // namespace

void register_batch_rename(OperatorRegistry& registry);

void register_cleanup(OperatorRegistry& registry) {
  add_operator(registry, "outliner.orphans_purge", "Purge All", purge);
  register_batch_rename(registry);
}

}  // namespace kiln::operators
