#include "evaluation/plan.h"

#include <algorithm>
#include <unordered_set>

#include "document/collection.h"
#include "document/scene.h"

namespace kiln::evaluation {
namespace {

void for_each_target(const Modifier& modifier, FunctionRef<void(BlockId)> visit) {
  const ConstRef ref{&modifier.dynamic_schema(), &modifier};
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (p.storage == Storage::Block && p.address) {
        if (const auto* id = static_cast<const BlockId*>(p.address(ref.data, -1)); id && *id) {
          visit(*id);
        }
      }
    }
  }
}

void for_each_target(const Object& object, FunctionRef<void(BlockId)> visit) {
  for (const Modifier& modifier : object.modifiers) {
    for_each_target(modifier, visit);
  }
}

class Planner {
public:
  Planner(EvaluatedScene& scene, Plan& plan) : scene_(scene), plan_(plan) {}

  void run() {
    gather();
    relate();
    sort();
  }

private:
  void add_object(BlockId id) {
    const auto [found, is_new] = plan_.index.emplace(id, int(scene_.objects.size()));
    if (!is_new) {
      return;
    }
    EvaluatedObject object;
    object.id = id;
    object.object = std::static_pointer_cast<const Object>(scene_.document.share(id));
    scene_.objects.push_back(std::move(object));
  }

  // The objects of the layer and, again and again, what they need.
  void gather() {
    const Document& document = scene_.document;
    const Scene& scene = *document.find<Scene>(scene_.scene);
    const std::int64_t at = std::max<std::int64_t>(0, scene.view_layers.find(scene_.view_layer));
    const std::vector<LayerObject> entries = layer_objects(document, scene, scene.view_layers[at]);
    plan_.index.reserve(entries.size());
    const auto add_entry = [&](const LayerObject& entry) {
      add_object(entry.object);
      EvaluatedObject& added = scene_.objects.edit(scene_.objects.size() - 1);
      added.is_in_layer = true;
      added.visibility = entry;
    };
    for (const LayerObject& entry : entries) {
      add_entry(entry);
    }
    for (const LayerObject& entry : background_objects(document, scene, scene.view_layers[at])) {
      add_entry(entry);
    }
    std::unordered_set<BlockId> instanced;
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
      const std::shared_ptr<const Object> object = scene_.objects[i].object;
      if (document.find(object->parent)) {
        add_object(object->parent.id);
      }
      for_each_target(*object, [&](BlockId target) {
        if (document.find<Object>(target)) {
          add_object(target);
        }
      });
      if (object->instance_type == ObjectInstanceType::Collection &&
          document.find(object->instance_collection) &&
          instanced.insert(object->instance_collection.id).second) {
        for (const BlockId member : all_objects(document, object->instance_collection.id)) {
          add_object(member);
        }
      }
    }
  }

  int index_of(BlockId object) const {
    const auto found = plan_.index.find(object);
    return found == plan_.index.end() ? -1 : found->second;
  }

  void needs(int step, int other) {
    plan_.needed_by[std::size_t(other)].push_back(step);
    ++waiting_[std::size_t(step)];
  }

  void relate() {
    const int count = int(scene_.objects.size());
    plan_.needed_by.resize(std::size_t(2 * count));
    plan_.children.resize(std::size_t(count));
    waiting_.assign(std::size_t(2 * count), 0);
    for (int i = 0; i < count; ++i) {
      const Object& object = *scene_.objects[std::size_t(i)].object;
      if (object.data) {
        plan_.with_data[object.data.id].push_back(i);
      }
      if (const int parent = index_of(object.parent.id); parent >= 0) {
        plan_.children[std::size_t(parent)].push_back(i);
        needs(transform_step(i), transform_step(parent));
        if (object.parent_type == ObjectParentType::Vertex ||
            object.parent_type == ObjectParentType::Vertex3) {
          needs(transform_step(i), geometry_step(parent));
        }
      }
      for_each_target(object, [&](BlockId target) {
        if (const int other = index_of(target); other >= 0) {
          needs(geometry_step(i), transform_step(other));
          if (other != i) {
            needs(geometry_step(i), geometry_step(other));
          }
        }
      });
      if (object.modifiers.size() > 0) {
        plan_.with_modifiers.push_back(i);
        needs(geometry_step(i), transform_step(i));
      }
    }
  }

  // Levels of the dependency graph (Kahn 1962).
  void sort() {
    constexpr int nowhere = std::numeric_limits<int>::max();
    const int count = int(waiting_.size());
    plan_.level_of.assign(waiting_.size(), nowhere);
    std::vector<int> ready;
    for (int s = 0; s < count; ++s) {
      if (waiting_[std::size_t(s)] == 0) {
        ready.push_back(s);
      }
    }
    int stuck = 0;  // all steps before it are placed
    for (int placed = 0; placed < count;) {
      if (ready.empty()) {
        // A cycle: let one of its steps go first without what it waits for.
        while (plan_.level_of[std::size_t(stuck)] != nowhere) {
          ++stuck;
        }
        plan_.cuts.push_back(stuck / 2);
        waiting_[std::size_t(stuck)] = 0;
        ready.push_back(stuck);
      }
      std::vector<int> next;
      for (const int s : ready) {
        plan_.level_of[std::size_t(s)] = int(plan_.levels.size());
        for (const int waiter : plan_.needed_by[std::size_t(s)]) {
          if (waiting_[std::size_t(waiter)] > 0 && --waiting_[std::size_t(waiter)] == 0) {
            next.push_back(waiter);
          }
        }
      }
      placed += int(ready.size());
      plan_.levels.push_back(std::move(ready));
      ready = std::move(next);
    }
  }

  EvaluatedScene& scene_;
  Plan& plan_;
  std::vector<int> waiting_;
};

// Whether two states of an object stand in the same relations to others, and appear in the same
// places.
bool has_same_relations(const Object& a, const Object& b) {
  if (a.data.id != b.data.id || a.parent.id != b.parent.id || a.parent_type != b.parent_type ||
      a.instance_type != b.instance_type || a.instance_collection.id != b.instance_collection.id ||
      a.hide_viewport != b.hide_viewport || a.hide_render != b.hide_render ||
      a.hide_select != b.hide_select ||
      a.show_instancer_for_render != b.show_instancer_for_render ||
      a.show_instancer_for_viewport != b.show_instancer_for_viewport ||
      (a.modifiers.size() > 0) != (b.modifiers.size() > 0)) {
    return false;
  }
  std::vector<BlockId> of_a, of_b;
  for_each_target(a, [&](BlockId target) { of_a.push_back(target); });
  for_each_target(b, [&](BlockId target) { of_b.push_back(target); });
  return of_a == of_b;
}

// Whether a view layer of two states of a scene has the same objects, shown alike, as long as the
// collections stay as they are.
bool has_same_layer(const Scene& a, const Scene& b, std::string_view name) {
  const std::int64_t at_a = std::max<std::int64_t>(0, a.view_layers.find(name)),
                     at_b = std::max<std::int64_t>(0, b.view_layers.find(name));
  const ViewLayer &x = a.view_layers[at_a], &y = b.view_layers[at_b];
  return a.collection.id == b.collection.id && x.hidden == y.hidden &&
         std::equal(x.collections.begin(), x.collections.end(), y.collections.begin(),
                    y.collections.end(),
                    [](const LayerCollectionState& s, const LayerCollectionState& t) {
                      return s.collection.id == t.collection.id && s.exclude == t.exclude &&
                             s.holdout == t.holdout && s.indirect_only == t.indirect_only &&
                             s.hide_viewport == t.hide_viewport;
                    });
}

// The same of all scenes that are seen, after an edit of one of them.
bool has_same_layers(const EvaluatedScene& before, const Document& now, BlockId edited) {
  const Scene &was = *before.document.find<Scene>(edited), &is = *now.find<Scene>(edited);
  if (edited == before.scene) {
    return was.background_set.id == is.background_set.id &&
           has_same_layer(was, is, before.view_layer);
  }
  const std::vector<const Scene*> behind =
      background_scenes(before.document, *before.document.find<Scene>(before.scene));
  const bool is_behind = std::find(behind.begin(), behind.end(), &was) != behind.end();
  const std::string& layer = first_render_layer(is).name;
  return !is_behind || (was.background_set.id == is.background_set.id &&
                        first_render_layer(was).name == layer && has_same_layer(was, is, layer));
}

}  // namespace

std::shared_ptr<const Plan> make_plan(EvaluatedScene& scene) {
  auto plan = std::make_shared<Plan>();
  Planner(scene, *plan).run();
  return plan;
}

// Whether modifiers that asked for the time or for limits may get another answer.
static bool has_other_time(const RenderSettings& a, const RenderSettings& b) {
  return a.frame_map_old != b.frame_map_old || a.frame_map_new != b.frame_map_new ||
         a.use_simplify != b.use_simplify || a.simplify_subdivision != b.simplify_subdivision ||
         a.simplify_subdivision_render != b.simplify_subdivision_render;
}

std::optional<Renewal> find_renewal(const EvaluatedScene& before, const Document& now,
                                    float frame) {
  const Plan& plan = *before.plan;
  Renewal renewal;
  const auto renew_askers = [&](bool EvaluatedObject::*asks) {
    for (const int i : plan.with_modifiers) {
      if (before.objects[std::size_t(i)].*asks) {
        renewal.steps.push_back(geometry_step(i));
      }
    }
  };
  bool has_other_blocks = false;
  for (const BlockChange& change : Document::difference(before.document, now).blocks) {
    const bool is_relation = change.type == BlockType::Object ||
                             change.type == BlockType::Collection ||
                             change.type == BlockType::Scene;
    if (change.what != BlockChange::What::Edited) {
      // A data-block that comes or goes may be what a reference in the scene points to.
      if (is_relation || plan.with_data.contains(change.block)) {
        return std::nullopt;
      }
      has_other_blocks = true;
      continue;
    }
    switch (change.type) {
      case BlockType::Object: {
        const auto found = plan.index.find(change.block);
        if (found == plan.index.end()) {
          break;
        }
        const int i = found->second;
        if (!has_same_relations(*before.objects[std::size_t(i)].object,
                                *now.find<Object>(change.block))) {
          return std::nullopt;
        }
        renewal.objects.push_back(i);
        for (const int step : {transform_step(i), geometry_step(i)}) {
          renewal.steps.push_back(step);
          // Others may have asked for more than its place and shape.
          renewal.steps.insert(renewal.steps.end(), plan.needed_by[std::size_t(step)].begin(),
                               plan.needed_by[std::size_t(step)].end());
        }
        break;
      }
      case BlockType::Collection:
        return std::nullopt;
      case BlockType::Scene:
        if (!has_same_layers(before, now, change.block)) {
          return std::nullopt;
        }
        break;
      case BlockType::Mesh:
        if (const auto found = plan.with_data.find(change.block); found != plan.with_data.end()) {
          for (const int i : found->second) {
            renewal.steps.push_back(geometry_step(i));
          }
        }
        has_other_blocks = true;
        break;
      default:
        has_other_blocks = true;
        break;
    }
  }
  if (has_other_blocks) {
    renew_askers(&EvaluatedObject::asks_blocks);
  }
  const Scene* scene = now.find<Scene>(before.scene);
  const Scene* last = before.document.find<Scene>(before.scene);
  if (frame != before.frame || (scene && last && has_other_time(scene->render, last->render))) {
    renew_askers(&EvaluatedObject::asks_frame);
  }
  return renewal;
}

}  // namespace kiln::evaluation
