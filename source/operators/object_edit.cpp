// Operators on whole objects: delete, duplicate, select, change the mode, shade.
#include "document/collection_membership.h"
#include "document/mesh.h"
#include "document/preferences.h"
#include "modeling/edit_sessions.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct DeleteSettings {
  bool use_global = false, confirm = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DeleteSettings> s("OBJECT_OT_delete", "Delete");
      s.add<&DeleteSettings::use_global>("use_global", "Delete Globally").not_animatable();
      s.add<&DeleteSettings::confirm>("confirm", "Confirm").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> delete_objects(Context& context, const DeleteSettings& s, const Given&) {
  if (context.selected.empty()) {
    return Outcome::Cancelled;
  }
  Document& document = context.document();
  if (s.use_global) {
    document.remove(context.selected);
    return Outcome::Finished;
  }
  // Out of this scene; gone when no other scene has it.
  const std::unordered_set<BlockId> here =
      collections_below(document, context.get_scene().collection.id);
  std::vector<BlockId> doomed;
  std::unordered_set<BlockId> leaving, left;
  for (const BlockId id : context.selected) {
    const std::vector<BlockId> homes = collections_of(document, id);
    if (std::all_of(homes.begin(), homes.end(),
                    [&](BlockId home) { return here.contains(home); })) {
      doomed.push_back(id);
      continue;
    }
    leaving.insert(id);
    left.insert(homes.begin(), homes.end());
  }
  for (const BlockId home : left) {
    if (here.contains(home)) {
      document.edit<Collection>(home, Change::Hierarchy | Change::Visibility)
          .objects.erase_if([&](BlockRef<Object> object) { return leaving.contains(object.id); });
    }
  }
  document.remove(doomed);
  return Outcome::Finished;
}

struct DuplicateSettings {
  bool linked = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DuplicateSettings> s("OBJECT_OT_duplicate", "Duplicate Objects");
      s.add<&DuplicateSettings::linked>("linked", "Linked").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Whether copies get data of their own: the user says which kinds of data do.
bool has_own_data(const Context& context, const DataBlock& data) {
  if (data.type() == BlockType::Image) {
    return false;  // what empties show
  }
  const auto* preferences = context.project.services.find<Preferences>();
  if (!preferences) {
    return true;
  }
  switch (data.type()) {
    case BlockType::Mesh:
      return preferences->edit.use_duplicate_mesh;
    case BlockType::Camera:
      return preferences->edit.use_duplicate_camera;
    case BlockType::Light:
      return preferences->edit.use_duplicate_light;
    default:
      return true;
  }
}

// Gives a copied mesh materials of its own, if the user wants that.
void copy_materials(const Context& context, Document& document, BlockId id) {
  const auto* preferences = context.project.services.find<Preferences>();
  const Mesh* mesh = document.find<Mesh>(id);
  if (!mesh || !preferences || !preferences->edit.use_duplicate_material) {
    return;
  }
  for (std::size_t i = 0; i < mesh->materials.size(); ++i) {
    if (const BlockId material = mesh->materials[i].id; document.find(material)) {
      const BlockId own = document.duplicate(material);
      document.edit<Mesh>(id, Change::Shading | Change::Hierarchy).materials[i] = {own};
      mesh = document.find<Mesh>(id);
    }
  }
}

Result<Outcome> duplicate_objects(Context& context, const DuplicateSettings& s, const Given&) {
  if (context.selected.empty()) {
    return Outcome::Cancelled;
  }
  Document& document = context.document();
  const std::unordered_set<BlockId> here =
      collections_below(document, context.get_scene().collection.id);
  std::unordered_map<BlockId, BlockId> copies;
  std::unordered_map<BlockId, std::vector<BlockId>> linked_to;  // collection to the copies it gets
  for (const BlockId id : context.selected) {
    std::vector<BlockId> homes;
    for (const BlockId home : collections_of(document, id)) {
      if (here.contains(home)) {
        homes.push_back(home);
      }
    }
    const BlockId copy = document.duplicate(id);
    copies[id] = copy;
    for (const BlockId home : homes) {
      linked_to[home].push_back(copy);
    }
    if (!s.linked) {
      const BlockId data = document.find<Object>(copy)->data.id;
      if (document.find(data) && has_own_data(context, *document.find(data))) {
        const BlockId own = document.duplicate(data);
        document.edit<Object>(copy).data = {own};
        copy_materials(context, document, own);
      }
    }
  }
  for (const auto& [home, objects] : linked_to) {
    auto& list = document.edit<Collection>(home, Change::Hierarchy | Change::Visibility).objects;
    for (const BlockId object : objects) {
      list.push_back({object});
    }
  }
  // Copies refer to copies.
  std::vector<BlockId> made;
  for (const BlockId id : context.selected) {
    made.push_back(copies[id]);
    map_references(document.edit(copies[id], Change::Hierarchy | Change::Transform | Change::Geometry), [&](BlockId target) {
      const auto found = copies.find(target);
      return found == copies.end() ? target : found->second;
    });
  }
  const auto active = copies.find(context.active);
  const BlockId new_active = active == copies.end() ? context.active : active->second;
  context.select_only(made);
  context.edit_layer(Change::Selection).active = {new_active};
  return Outcome::Finished;
}

enum class SelectAction : std::uint8_t { Toggle, Select, Deselect, Invert };

struct SelectAllSettings {
  SelectAction action = SelectAction::Toggle;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SelectAllSettings> s("OBJECT_OT_select_all", "(De)select All");
      s.add<&SelectAllSettings::action>("action", "Action")
          .items({{"TOGGLE", "Toggle", 0}, {"SELECT", "Select", 1}, {"DESELECT", "Deselect", 2}, {"INVERT", "Invert", 3}}).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_all(Context& context, const SelectAllSettings& s, const Given&) {
  const std::vector<BlockId> objects = context.selectable();
  SelectAction action = s.action;
  if (action == SelectAction::Toggle) {
    action = context.selected.empty() ? SelectAction::Select : SelectAction::Deselect;
  }
  std::vector<BlockId> chosen;
  for (const BlockId id : objects) {
    const bool is_selected = context.layer().is_selected(id);
    if (action == SelectAction::Select || (action == SelectAction::Invert && !is_selected)) {
      chosen.push_back(id);
    }
  }
  context.edit_layer(Change::Selection).selected = IdSet(std::move(chosen));
  return Outcome::Finished;
}

struct ModeSettings {
  ObjectMode mode = ObjectMode::Object;
  bool toggle = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ModeSettings> s("OBJECT_OT_mode_set", "Set Object Mode");
      s.add<&ModeSettings::mode>("mode", "Mode").items({{"OBJECT", "Object Mode", 0}, {"EDIT", "Edit Mode", 1}}).not_animatable();
      s.add<&ModeSettings::toggle>("toggle", "Toggle").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> set_mode(Context& context, const ModeSettings& s, const Given&) {
  const Object& active = *context.active_object();
  const ObjectMode wanted = s.toggle && active.mode == s.mode ? ObjectMode::Object : s.mode;
  if (wanted == ObjectMode::Edit && !context.document().find<Mesh>(active.data.id)) {
    return Error::invalid("object \"{}\" has no mesh to edit", active.name);
  }
  std::vector<BlockId> objects{context.active};
  for (const BlockId id : context.selected) {
    const Object* object = context.document().find<Object>(id);
    if (id != context.active && context.document().find<Mesh>(object->data.id)) {
      objects.push_back(id);
    }
  }
  for (const BlockId id : objects) {
    if (context.document().find<Object>(id)->mode != wanted) {
      auto* sessions = context.project.services.find<modeling::EditSessions>();
      if (sessions && wanted != ObjectMode::Edit) {
        sessions->close(context.document(), context.document().find<Object>(id)->data.id);
      }
      context.document().edit<Object>(id, Change::Selection).mode = wanted;
    }
  }
  return Outcome::Finished;
}

// Between object and edit mode.
Result<Outcome> toggle_edit_mode(Context& context, const NoSettings&, const Given& given) {
  ModeSettings settings;
  settings.mode = ObjectMode::Edit;
  settings.toggle = true;
  return set_mode(context, settings, given);
}

struct ShadeSettings {
  bool use_auto_smooth = false;
  float auto_smooth_angle = 0.5235988f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ShadeSettings> s("OBJECT_OT_shade_smooth", "Shade Smooth");
      s.add<&ShadeSettings::use_auto_smooth>("use_auto_smooth", "Auto Smooth").not_animatable();
      s.add<&ShadeSettings::auto_smooth_angle>("auto_smooth_angle", "Angle").range(0, 3.1415927).subtype(Subtype::Angle).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> shade(Context& context, bool is_smooth, const ShadeSettings* s) {
  bool found = false;
  for (const BlockId id : context.selected) {
    const BlockId data = context.document().find<Object>(id)->data.id;
    if (const Mesh* mesh = context.document().find<Mesh>(data)) {
      const std::size_t faces = mesh->face_count();
      auto& edited = context.document().edit<Mesh>(data, Change::Geometry);
      edited.attributes.set(".smooth", Domain::Face, Array<std::uint8_t>(faces, is_smooth));
      if (s && s->use_auto_smooth) {
        edited.use_auto_smooth = true;
        edited.auto_smooth_angle = s->auto_smooth_angle;
      }
      found = true;
    }
  }
  return found ? Outcome::Finished : Outcome::Cancelled;
}

Result<Outcome> shade_smooth(Context& context, const ShadeSettings& s, const Given&) { return shade(context, true, &s); }
Result<Outcome> shade_flat(Context& context, const NoSettings&, const Given&) { return shade(context, false, nullptr); }

}  // namespace

void register_object_edit(OperatorRegistry& registry) {
  add_operator(registry, "object.delete", "Delete", delete_objects, needs_object_mode);
  add_operator(registry, "object.duplicate", "Duplicate Objects", duplicate_objects, needs_object_mode);
  add_operator(registry, "object.select_all", "(De)select All", select_all, needs_object_mode);
  add_operator(registry, "object.mode_set", "Set Object Mode", set_mode, needs_active_object);
  add_operator(registry, "object.editmode_toggle", "Toggle Edit Mode", toggle_edit_mode, needs_active_object);
  add_operator(registry, "object.shade_smooth", "Shade Smooth", shade_smooth, needs_object_mode);
  add_operator(registry, "object.shade_flat", "Shade Flat", shade_flat, needs_object_mode);
}

}  // namespace kiln::operators
