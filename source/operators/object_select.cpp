// Selecting objects by what they have to do with the active one, or by what they are.
#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <fnmatch.h>

#include "document/collection_membership.h"
#include "document/light.h"
#include "document/material.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using Chooser = FunctionRef<bool(const Object&)>;

// Selects the visible objects that are chosen, beside those that are or instead of them.
bool select_if(Context& context, bool extends, Chooser is_chosen) {
  std::vector<BlockId> selected;
  bool found = false;
  for (const BlockId id : context.selectable()) {
    const bool was_selected = context.layer().is_selected(id);
    const bool is_taken = is_chosen(*context.document().find<Object>(id));
    if (is_taken || (extends && was_selected)) {
      selected.push_back(id);
    }
    found |= is_taken;
  }
  context.edit_layer(Change::Selection).selected = IdSet(std::move(selected));
  return found;
}

void make_active(Context& context, BlockId id) {
  context.edit_layer(Change::Selection).active = {id};
}

enum class Group : std::uint8_t {
  ChildrenRecursive,
  Children,
  Parent,
  Siblings,
  Type,
  Collection,
  Pass,
  Color,
  LightType
};

struct GroupedSettings {
  bool extend = false;
  Group type = Group::ChildrenRecursive;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<GroupedSettings> s("OBJECT_OT_select_grouped", "Select Grouped");
      s.add<&GroupedSettings::extend>("extend", "Extend").not_animatable();
      s.add<&GroupedSettings::type>("type", "Type")
          .items({{"CHILDREN_RECURSIVE", "Children", int(Group::ChildrenRecursive)},
                  {"CHILDREN", "Immediate Children", int(Group::Children)},
                  {"PARENT", "Parent", int(Group::Parent)},
                  {"SIBLINGS", "Siblings", int(Group::Siblings)},
                  {"TYPE", "Type", int(Group::Type)},
                  {"COLLECTION", "Collection", int(Group::Collection)},
                  {"PASS", "Pass", int(Group::Pass)},
                  {"COLOR", "Color", int(Group::Color)},
                  {"LIGHT_TYPE", "Light Type", int(Group::LightType)}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_grouped(Context& context, const GroupedSettings& s, const Given&) {
  const Document& document = context.document();
  const std::shared_ptr<const DataBlock> kept = document.share(context.active);
  if (!kept) {
    return Error::invalid("No active object");
  }
  const Object& active = static_cast<const Object&>(*kept);
  const Light* light = document.find<Light>(active.data.id);
  if (s.type == Group::LightType && !light) {
    return Error::invalid("Active object must be a light");
  }
  const std::vector<BlockId> homes = collections_of(document, active.id);
  const BlockId parent = active.parent.id;
  select_if(context, s.extend, [&](const Object& object) {
    switch (s.type) {
      case Group::ChildrenRecursive:
        return object.id != active.id && is_descendant(document, object.id, active.id);
      case Group::Children:
        return object.parent.id == active.id;
      case Group::Parent:
        return object.id == parent;
      case Group::Siblings:
        return object.parent.id == parent;
      case Group::Type:
        return object_type(document, object) == object_type(document, active);
      case Group::Collection:
        return std::any_of(homes.begin(), homes.end(), [&](BlockId home) {
          const Collection* collection = document.find<Collection>(home);
          return collection && !collection->is_embedded() && collection->contains({object.id});
        });
      case Group::Pass:
        return object.pass_index == active.pass_index;
      case Group::Color:
        return object.color == active.color;
      case Group::LightType: {
        const Light* own = document.find<Light>(object.data.id);
        return own && own->kind == light->kind;
      }
    }
    return false;
  });
  const std::vector<BlockId> selectable = context.selectable();
  if (s.type == Group::Parent &&
      std::find(selectable.begin(), selectable.end(), parent) != selectable.end()) {
    make_active(context, parent);
  }
  return Outcome::Finished;
}

enum class LinkedBy : std::uint8_t {
  Data = 1,
  Material = 2,
  Instances = 3,
  Library = 5,
  DataLibrary = 6
};

struct LinkedSettings {
  bool extend = false;
  LinkedBy type = LinkedBy::Data;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LinkedSettings> s("OBJECT_OT_select_linked", "Select Linked");
      s.add<&LinkedSettings::extend>("extend", "Extend").not_animatable();
      s.add<&LinkedSettings::type>("type", "Type")
          .items({{"OBDATA", "Object Data", int(LinkedBy::Data)},
                  {"MATERIAL", "Material", int(LinkedBy::Material)},
                  {"DUPGROUP", "Instanced Collection", int(LinkedBy::Instances)},
                  {"LIBRARY", "Library", int(LinkedBy::Library)},
                  {"LIBRARY_OBDATA", "Library (Object Data)", int(LinkedBy::DataLibrary)}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

BlockId library_of(const DataBlock* block) {
  return block ? block->link.library : BlockId{};
}

Result<Outcome> select_linked(Context& context, const LinkedSettings& s, const Given&) {
  const Document& document = context.document();
  const std::shared_ptr<const DataBlock> kept = document.share(context.active);
  if (!kept) {
    return Error::invalid("No active object");
  }
  const Object& active = static_cast<const Object&>(*kept);
  const BlockId material = slot_material(document, active, active.active_material_index).id;
  const auto is_linked = [&](const Object& object) {
    switch (s.type) {
      case LinkedBy::Data:
        return active.data.id && object.data.id == active.data.id;
      case LinkedBy::Material:
        for (int slot = 0; material && slot < slot_count(document, object); ++slot) {
          if (slot_material(document, object, slot).id == material) {
            return true;
          }
        }
        return false;
      case LinkedBy::Instances:
        return active.instance_collection &&
               object.instance_collection.id == active.instance_collection.id;
      case LinkedBy::Library:
        return library_of(&object) == library_of(&active);
      case LinkedBy::DataLibrary:
        return object.data.id && library_of(document.find(object.data.id)) ==
                                     library_of(document.find(active.data.id));
    }
    return false;
  };
  return select_if(context, s.extend, is_linked) ? Outcome::Finished : Outcome::Cancelled;
}

enum class Direction : std::uint8_t { Parent, Child };

struct HierarchySettings {
  Direction direction = Direction::Parent;
  bool extend = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<HierarchySettings> s("OBJECT_OT_select_hierarchy", "Select Hierarchy");
      s.add<&HierarchySettings::direction>("direction", "Direction")
          .items({{"PARENT", "Parent", int(Direction::Parent)},
                  {"CHILD", "Child", int(Direction::Child)}})
          .not_animatable();
      s.add<&HierarchySettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// One step up or down from all that are selected; what the active object leads to becomes active.
Result<Outcome> select_hierarchy(Context& context, const HierarchySettings& s, const Given&) {
  const Document& document = context.document();
  const bool is_up = s.direction == Direction::Parent;
  std::unordered_set<BlockId> chosen;
  BlockId active;
  const std::vector<BlockId> selectable = context.selectable();
  const std::unordered_set<BlockId> from(context.selected.begin(), context.selected.end());
  if (is_up) {
    const std::unordered_set<BlockId> offered(selectable.begin(), selectable.end());
    for (const BlockId id : from) {
      const BlockId parent = document.find<Object>(id)->parent.id;
      if (offered.contains(parent)) {
        chosen.insert(parent);
        active = id == context.active ? parent : active;
      }
    }
  } else {
    for (const BlockId id : selectable) {
      const BlockId parent = document.find<Object>(id)->parent.id;
      if (from.contains(parent)) {
        chosen.insert(id);
        active = !active && parent == context.active ? id : active;
      }
    }
  }
  if (chosen.empty()) {
    return Outcome::Cancelled;
  }
  select_if(context, s.extend, [&](const Object& object) { return chosen.contains(object.id); });
  if (active) {
    make_active(context, active);
  }
  return Outcome::Finished;
}

// Parents and children join, or those leave whose parent or child is not selected.
Result<Outcome> select_more(Context& context, const NoSettings&, const Given&) {
  const Document& document = context.document();
  const std::unordered_set<BlockId> before(context.selected.begin(), context.selected.end());
  std::unordered_set<BlockId> near;
  for (const BlockId id : before) {
    near.insert(document.find<Object>(id)->parent.id);
  }
  bool is_changed = false;
  select_if(context, /*extends=*/true, [&](const Object& object) {
    const bool is_taken = !before.contains(object.id) &&
                          (near.contains(object.id) || before.contains(object.parent.id));
    is_changed |= is_taken;
    return is_taken;
  });
  return is_changed ? Outcome::Finished : Outcome::Cancelled;
}

Result<Outcome> select_less(Context& context, const NoSettings&, const Given&) {
  const Document& document = context.document();
  const std::unordered_set<BlockId> before(context.selected.begin(), context.selected.end());
  std::unordered_set<BlockId> leaving;
  for (const BlockId id : context.selectable()) {
    const BlockId parent = document.find<Object>(id)->parent.id;
    if (parent && before.contains(id) != before.contains(parent)) {
      leaving.insert(before.contains(id) ? id : parent);
    }
  }
  if (leaving.empty()) {
    return Outcome::Cancelled;
  }
  select_if(context, /*extends=*/false, [&](const Object& object) {
    return before.contains(object.id) && !leaving.contains(object.id);
  });
  return Outcome::Finished;
}

enum class ShownType : std::uint8_t { Mesh, Empty, Camera, Light };

struct TypeSettings {
  bool extend = false;
  ShownType type = ShownType::Mesh;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<TypeSettings> s("OBJECT_OT_select_by_type", "Select by Type");
      s.add<&TypeSettings::extend>("extend", "Extend").not_animatable();
      s.add<&TypeSettings::type>("type", "Type")
          .items({{"MESH", "Mesh", int(ShownType::Mesh)},
                  {"EMPTY", "Empty", int(ShownType::Empty)},
                  {"CAMERA", "Camera", int(ShownType::Camera)},
                  {"LIGHT", "Light", int(ShownType::Light)}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_by_type(Context& context, const TypeSettings& s, const Given&) {
  constexpr std::array<std::string_view, 4> names{"MESH", "EMPTY", "CAMERA", "LIGHT"};
  select_if(context, s.extend, [&](const Object& object) {
    return object_type(context.document(), object) == names[std::size_t(s.type)];
  });
  return Outcome::Finished;
}

struct ExtendSettings {
  bool extend = false;
};
struct CameraSettings : ExtendSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CameraSettings> s("OBJECT_OT_select_camera", "Select Camera");
      s.add<&CameraSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct MirrorSettings : ExtendSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MirrorSettings> s("OBJECT_OT_select_mirror", "Select Mirror");
      s.add<&MirrorSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_camera(Context& context, const CameraSettings& s, const Given&) {
  const BlockId camera = context.get_scene().camera.id;
  if (!camera) {
    context.reports.push_back("No camera found");
    return Outcome::Cancelled;
  }
  const std::vector<BlockId> selectable = context.selectable();
  if (std::find(selectable.begin(), selectable.end(), camera) == selectable.end()) {
    context.reports.push_back("Active camera is not in this scene");
    return Outcome::Cancelled;
  }
  select_if(context, s.extend, [&](const Object& object) { return object.id == camera; });
  make_active(context, camera);
  return Outcome::Finished;
}

// The name of the other side: "Arm.L" of "Arm.R", "left_eye" of "right_eye"; the name itself where
// it tells no side.
std::string other_side(std::string name) {
  const auto is_separator = [](char c) { return c == '.' || c == '_' || c == '-' || c == ' '; };
  // A number at the end belongs to no side.
  std::string number;
  if (const auto dot = name.rfind('.');
      dot != std::string::npos && dot + 1 < name.size() &&
      name.find_first_not_of("0123456789", dot + 1) == std::string::npos) {
    number = name.substr(dot);
    name.resize(dot);
  }
  const auto swapped = [](char c) {
    return c == 'l' ? 'r' : c == 'r' ? 'l' : c == 'L' ? 'R' : c == 'R' ? 'L' : '\0';
  };
  if (name.size() > 2 && is_separator(name[name.size() - 2]) && swapped(name.back())) {
    name.back() = swapped(name.back());
  } else if (name.size() > 2 && is_separator(name[1]) && swapped(name[0])) {
    name[0] = swapped(name[0]);
  } else {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{
        {{"left", "right"},
         {"right", "left"},
         {"Left", "Right"},
         {"Right", "Left"},
         {"LEFT", "RIGHT"},
         {"RIGHT", "LEFT"}}};
    for (const auto& [from, to] : words) {
      if (name.size() > from.size() && name.starts_with(from)) {
        name.replace(0, from.size(), to);
        break;
      }
      if (name.size() > from.size() && name.ends_with(from)) {
        name.replace(name.size() - from.size(), from.size(), to);
        break;
      }
    }
  }
  return name + number;
}

Result<Outcome> select_mirror(Context& context, const MirrorSettings& s, const Given&) {
  std::unordered_set<std::string> wanted;
  for (const BlockId id : context.selected) {
    const std::string& name = context.document().find<Object>(id)->name;
    if (const std::string other = other_side(name); other != name) {
      wanted.insert(other);
    }
  }
  select_if(context, s.extend, [&](const Object& object) { return wanted.contains(object.name); });
  return Outcome::Finished;
}

struct PatternSettings {
  std::string pattern = "*";
  bool case_sensitive = false, extend = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<PatternSettings> s("OBJECT_OT_select_pattern", "Select Pattern");
      s.add<&PatternSettings::pattern>("pattern", "Pattern")
          .max_bytes(64)
          .describe("Name to look for: * is any text, ? any letter, [abc] one of some")
          .not_animatable();
      s.add<&PatternSettings::case_sensitive>("case_sensitive", "Case Sensitive").not_animatable();
      s.add<&PatternSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_pattern(Context& context, const PatternSettings& s, const Given&) {
  const int flags = s.case_sensitive ? 0 : FNM_CASEFOLD;
  select_if(context, s.extend, [&](const Object& object) {
    return ::fnmatch(s.pattern.c_str(), object.name.c_str(), flags) == 0;
  });
  return Outcome::Finished;
}

enum class RandomAction : std::uint8_t { Select, Deselect };

struct RandomSettings {
  float ratio = 0.5f;
  int seed = 0;
  RandomAction action = RandomAction::Select;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RandomSettings> s("OBJECT_OT_select_random", "Select Random");
      s.add<&RandomSettings::ratio>("ratio", "Ratio")
          .range(0, 1)
          .step(1)
          .subtype(Subtype::Factor)
          .not_animatable();
      s.add<&RandomSettings::seed>("seed", "Random Seed")
          .range(0, infinity)
          .soft(0, 255)
          .not_animatable();
      s.add<&RandomSettings::action>("action", "Action")
          .items({{"SELECT", "Select", 0}, {"DESELECT", "Deselect", 1}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Exactly the wanted part of the objects: those that draw the lowest numbers.
Result<Outcome> select_random(Context& context, const RandomSettings& s, const Given&) {
  const bool selects = s.action == RandomAction::Select;
  std::vector<BlockId> candidates;
  for (const BlockId id : context.selectable()) {
    if (context.layer().is_selected(id) != selects) {
      candidates.push_back(id);
    }
  }
  std::mt19937 random(static_cast<unsigned>(s.seed));
  std::vector<std::pair<std::uint32_t, std::size_t>> order;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    order.emplace_back(std::uint32_t(random()), i);
  }
  std::sort(order.begin(), order.end());
  // Scripts may give any number, even none at all.
  const double wanted = double(s.ratio) * double(order.size());
  const std::size_t count =
      wanted > 0.0 ? std::min(order.size(), std::size_t(std::lround(wanted))) : 0;
  std::unordered_set<BlockId> chosen;
  for (std::size_t i = 0; i < count; ++i) {
    chosen.insert(candidates[order[i].second]);
  }
  if (selects) {
    select_if(context, true, [&](const Object& object) { return chosen.contains(object.id); });
  } else {
    const std::unordered_set<BlockId> before(context.selected.begin(), context.selected.end());
    select_if(context, false, [&](const Object& object) {
      return before.contains(object.id) && !chosen.contains(object.id);
    });
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_select(OperatorRegistry& registry) {
  add_operator(registry, "object.select_grouped", "Select Grouped", select_grouped,
               needs_object_mode);
  add_operator(registry, "object.select_linked", "Select Linked", select_linked, needs_object_mode);
  add_operator(registry, "object.select_hierarchy", "Select Hierarchy", select_hierarchy,
               needs_object_mode);
  add_operator(registry, "object.select_more", "Select More", select_more, needs_object_mode);
  add_operator(registry, "object.select_less", "Select Less", select_less, needs_object_mode);
  add_operator(registry, "object.select_by_type", "Select by Type", select_by_type,
               needs_object_mode);
  add_operator(registry, "object.select_camera", "Select Camera", select_camera, needs_object_mode);
  add_operator(registry, "object.select_mirror", "Select Mirror", select_mirror, needs_object_mode);
  add_operator(registry, "object.select_pattern", "Select Pattern", select_pattern,
               needs_object_mode);
  add_operator(registry, "object.select_random", "Select Random", select_random, needs_object_mode);
}

}  // namespace kiln::operators
