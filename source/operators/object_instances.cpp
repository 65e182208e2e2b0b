// Making instances objects of their own.
#include <map>

#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using evaluation::EvaluatedScene;
using evaluation::Instance;

struct MakeRealSettings {
  bool use_base_parent = false, use_hierarchy = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MakeRealSettings> s("OBJECT_OT_duplicates_make_real", "Make Instances Real");
      s.add<&MakeRealSettings::use_base_parent>("use_base_parent", "Parent")
          .describe("The instancer becomes the parent of the new objects")
          .not_animatable();
      s.add<&MakeRealSettings::use_hierarchy>("use_hierarchy", "Keep Hierarchy")
          .describe("The new objects have the parents that what they are copies of has")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Copies belong together where they come from the same copy of the instancer's content.
using CopyKey = std::pair<BlockId, std::array<int, 7>>;

CopyKey key_of(const Instance& copy, BlockId object, bool is_per_copy) {
  std::array<int, 7> outer{};
  // The innermost number tells which member of a collection it is, or which vertex or face.
  std::copy(copy.persistent_id.begin() + (is_per_copy ? 0 : 1),
            copy.persistent_id.end() - (is_per_copy ? 1 : 0), outer.begin());
  return {object, outer};
}

std::vector<BlockId> make_real(Document& document, const EvaluatedScene& scene, BlockId instancer,
                               const MakeRealSettings& s) {
  const Object& base = *document.find<Object>(instancer);
  const bool is_per_copy = base.instance_type != ObjectInstanceType::Collection;
  const float4x4 base_world = evaluation::Evaluator::world_matrix(document, base);
  std::vector<BlockId> homes;
  for (const BlockId user : document.users_of(instancer)) {
    if (document.find<Collection>(user)) {
      homes.push_back(user);
    }
  }
  struct Made {
    BlockId object;
    const Instance* from;
  };
  std::vector<Made> made;
  std::map<CopyKey, BlockId> by_key;
  for (const Instance& copy : scene.instances) {
    if (copy.instancer < 0 || scene.objects[std::size_t(copy.instancer)].id != instancer ||
        !copy.show_self) {
      continue;
    }
    const BlockId source = scene.objects[std::size_t(copy.object)].id;
    const BlockId object = document.duplicate(source);
    auto& edited = document.edit<Object>(object);
    edited.parent = {};
    edited.parent_type = ObjectParentType::Object;
    edited.matrix_parent_inverse = float4x4();
    edited.instance_type = ObjectInstanceType::None;
    edited.instance_collection = {};
    edited.set_local_matrix(copy.world_matrix);
    made.push_back({object, &copy});
    by_key[key_of(copy, source, is_per_copy)] = object;
  }
  for (const Made& m : made) {
    BlockId parent;
    float4x4 parent_world = base_world;
    if (s.use_hierarchy) {
      const BlockId source_parent =
          scene.objects[std::size_t(m.from->object)].object->parent.id;
      const auto found = by_key.find(key_of(*m.from, source_parent, is_per_copy));
      if (found != by_key.end()) {
        parent = found->second;
        for (const Made& other : made) {
          parent_world = other.object == parent ? other.from->world_matrix : parent_world;
        }
      }
    }
    if (!parent && s.use_base_parent) {
      parent = instancer;
    }
    if (parent) {
      auto& edited = document.edit<Object>(m.object, Change::Transform | Change::Hierarchy);
      edited.parent = {parent};
      edited.set_local_matrix(inverse(parent_world) * m.from->world_matrix);
    }
  }
  std::vector<BlockId> objects;
  for (const Made& m : made) {
    objects.push_back(m.object);
  }
  for (const BlockId home : homes) {
    auto& list = document.edit<Collection>(home, Change::Hierarchy | Change::Visibility).objects;
    for (const BlockId object : objects) {
      list.push_back({object});
    }
  }
  return objects;
}

Result<Outcome> duplicates_make_real(Context& context, const MakeRealSettings& s, const Given&) {
  Document& document = context.document();
  auto* evaluator = context.project.services.find<evaluation::Evaluator>();
  if (!evaluator) {
    return Error::unsupported("this program evaluates no scenes");
  }
  const auto scene =
      evaluator->evaluate(document, context.scene, context.layer().name,
                          context.get_scene().frame(), evaluation::Purpose::Viewport,
                          context.progress);
  if (!scene) {
    return Error::cancelled();
  }
  const BlockId active = context.active;
  std::vector<BlockId> made, left;
  for (const BlockId id : context.editable()) {
    if (document.find<Object>(id)->instance_type == ObjectInstanceType::None) {
      left.push_back(id);
      continue;
    }
    const std::vector<BlockId> objects = make_real(document, *scene, id, s);
    made.insert(made.end(), objects.begin(), objects.end());
    auto& instancer = document.edit<Object>(id, Change::Hierarchy | Change::Visibility);
    instancer.instance_type = ObjectInstanceType::None;
    instancer.instance_collection = {};
  }
  left.insert(left.end(), made.begin(), made.end());
  context.select_only(left);
  context.edit_layer(Change::Selection).active = {active};
  return Outcome::Finished;
}

}  // namespace

void register_object_instances(OperatorRegistry& registry) {
  add_operator(registry, "object.duplicates_make_real", "Make Instances Real",
               duplicates_make_real, needs_object_mode);
}

}  // namespace kiln::operators
