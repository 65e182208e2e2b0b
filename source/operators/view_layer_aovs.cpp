// Passes of view layers that materials write.
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

Result<Outcome> add(Context& context, const NoSettings&, const Given&) {
  ViewLayer& layer = context.edit_layer(Change::Settings);
  Aov aov;
  aov.name = unique_item_name(
      "AOV", [&](std::string_view taken) { return layer.aovs.find(taken) >= 0; }, '_');
  layer.aovs.add(aov);
  layer.active_aov = layer.aovs.id(layer.aovs.size() - 1);
  return Outcome::Finished;
}

Result<Outcome> remove(Context& context, const NoSettings&, const Given&) {
  const std::int64_t at = context.layer().aovs.index_of(context.layer().active_aov);
  if (at < 0) {
    return Outcome::Finished;
  }
  ViewLayer& layer = context.edit_layer(Change::Settings);
  layer.aovs.remove(at);
  const std::int64_t next = std::min(at, layer.aovs.size() - 1);
  layer.active_aov = next < 0 ? ItemId{} : layer.aovs.id(next);
  return Outcome::Finished;
}

}  // namespace

void register_view_layer_aovs(OperatorRegistry& registry) {
  add_operator(registry, "scene.view_layer_add_aov", "Add AOV", add);
  add_operator(registry, "scene.view_layer_remove_aov", "Remove AOV", remove);
}

}  // namespace kiln::operators
