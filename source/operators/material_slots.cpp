// Operators on the material slots of the active object.
#include "document/material.h"
#include "document/mesh.h"
#include "document/preferences.h"
#include "operators/edit_mode.h"
#include "operators/object_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementFlag;
using modeling::ElementKind;

constexpr Change slot_change = Change::Geometry | Change::Shading | Change::Hierarchy;

const Mesh* active_mesh(const Context& context) {
  const Object* object = context.active_object();
  return object ? context.document().find<Mesh>(object->data.id) : nullptr;
}

std::optional<std::string> needs_mesh(const Context& context) {
  const Mesh* mesh = active_mesh(context);
  return !mesh               ? std::optional<std::string>("the active object has no mesh")
         : mesh->is_linked() ? std::optional<std::string>("the mesh is linked from a library")
                             : std::nullopt;
}

std::optional<std::string> needs_slots(const Context& context) {
  const std::optional<std::string> problem = needs_mesh(context);
  return problem ? problem
         : active_mesh(context)->materials.empty()
             ? std::optional<std::string>("the object has no material slots")
             : std::nullopt;
}

// Gives every face the slot that `moved` names for its own.
void move_faces(Mesh& mesh, FunctionRef<int(int)> moved) {
  Attribute* attribute = mesh.attributes.edit("material_index");
  Array<int>* indices = attribute ? std::get_if<Array<int>>(&attribute->values) : nullptr;
  if (indices) {
    for (int& i : indices->edit()) {
      i = moved(i);
    }
  }
}

// Calls `change` with every object that shows the mesh.
void for_users(Context& context, BlockId mesh, FunctionRef<void(Object&)> change) {
  for (const BlockId user : context.document().users_of(mesh)) {
    if (const Object* object = context.document().find<Object>(user);
        object && object->data.id == mesh) {
      change(context.document().edit<Object>(user, Change::Shading | Change::Hierarchy));
    }
  }
}

// Takes a slot away: its faces go to the one before. What objects say of slots moves with them.
void remove_slot(Context& context, BlockId id, std::size_t slot) {
  Mesh& mesh = context.document().edit<Mesh>(id, slot_change);
  mesh.materials.erase(mesh.materials.begin() + std::ptrdiff_t(slot));
  move_faces(mesh, [&](int i) { return i - int(i > 0 && i >= int(slot)); });
  const int last = std::max(0, int(mesh.materials.size()) - 1);
  for_users(context, id, [&](Object& object) {
    if (slot < object.slots.size()) {
      object.slots.erase(object.slots.begin() + std::ptrdiff_t(slot));
    }
    object.active_material_index = std::min(object.active_material_index, last);
  });
}

std::size_t active_slot(const Context& context) {
  const int count = int(active_mesh(context)->materials.size());
  return std::size_t(std::clamp(context.active_object()->active_material_index, 0, count - 1));
}

Result<Outcome> add_slot(Context& context, const NoSettings&, const Given&) {
  Mesh& mesh = context.document().edit<Mesh>(active_mesh(context)->id, slot_change);
  if (mesh.materials.size() >= 32767) {
    return Error::invalid("a mesh has at most 32767 material slots");
  }
  mesh.materials.emplace_back();
  const auto* preferences = context.project.services.find<Preferences>();
  if (preferences && preferences->edit.material_link == PreferredMaterialLink::Object) {
    auto& slots =
        context.document().edit<Object>(context.active, Change::Shading | Change::Hierarchy).slots;
    slots.resize(std::max(slots.size(), mesh.materials.size()));
    slots[mesh.materials.size() - 1].is_linked_to_object = true;
  }
  context.document().edit<Object>(context.active, Change::Shading).active_material_index =
      int(mesh.materials.size()) - 1;
  return Outcome::Finished;
}

Result<Outcome> remove_active_slot(Context& context, const NoSettings&, const Given&) {
  if (context.active_object()->mode == ObjectMode::Edit) {
    return Error::invalid("material slots cannot be removed in edit mode");
  }
  remove_slot(context, active_mesh(context)->id, active_slot(context));
  return Outcome::Finished;
}

Result<Outcome> remove_unused_slots(Context& context, const NoSettings&, const Given&) {
  if (context.active_object()->mode == ObjectMode::Edit) {
    return Error::invalid("material slots cannot be removed in edit mode");
  }
  std::vector<BlockId> objects = context.selected;
  if (std::find(objects.begin(), objects.end(), context.active) == objects.end()) {
    objects.push_back(context.active);
  }
  int removed = 0;
  for (const BlockId id : objects) {
    const Object* object = context.document().find<Object>(id);
    const Mesh* mesh = object ? context.document().find<Mesh>(object->data.id) : nullptr;
    if (!mesh || mesh->is_linked() || mesh->materials.empty()) {
      continue;
    }
    std::vector<char> is_used(mesh->materials.size(), 0);
    for (std::size_t f = 0; f < mesh->face_count(); ++f) {
      is_used[std::size_t(
          std::clamp(mesh->material_index(f), 0, int(mesh->materials.size()) - 1))] = 1;
    }
    for (std::size_t slot = is_used.size(); slot-- > 0;) {
      if (!is_used[slot]) {
        remove_slot(context, mesh->id, slot);
        ++removed;
      }
    }
  }
  if (removed == 0) {
    return Outcome::Cancelled;
  }
  context.reports.push_back(
      {fmt::format("{} material slot{} removed", removed, removed == 1 ? "" : "s"),
       Report::Severity::Info});
  return Outcome::Finished;
}

enum class SlotDirection : std::uint8_t { Up, Down };

struct MoveSettings {
  SlotDirection direction = SlotDirection::Up;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MoveSettings> s("OBJECT_OT_material_slot_move", "Move Material");
      s.add<&MoveSettings::direction>("direction", "Direction")
          .items({{"UP", "Up", 0}, {"DOWN", "Down", 1}})
          .describe("Where the active slot goes")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> move_slot(Context& context, const MoveSettings& s, const Given&) {
  const BlockId id = active_mesh(context)->id;
  const int count = int(active_mesh(context)->materials.size());
  const int from = int(active_slot(context));
  const int to = from + (s.direction == SlotDirection::Up ? -1 : 1);
  if (to < 0 || to >= count) {
    return Outcome::Cancelled;
  }
  Mesh& mesh = context.document().edit<Mesh>(id, slot_change);
  std::swap(mesh.materials[std::size_t(from)], mesh.materials[std::size_t(to)]);
  move_faces(mesh, [&](int i) { return i == from ? to : i == to ? from : i; });
  for_users(context, id, [&](Object& object) {
    const auto needed = std::size_t(std::max(from, to)) + 1;
    if (!object.slots.empty()) {
      object.slots.resize(std::max(object.slots.size(), needed));
      std::swap(object.slots[std::size_t(from)], object.slots[std::size_t(to)]);
    }
  });
  context.document().edit<Object>(context.active, Change::Shading).active_material_index = to;
  return Outcome::Finished;
}

Result<Outcome> copy_slots(Context& context, const NoSettings&, const Given&) {
  const Object& source = *context.active_object();
  std::vector<BlockRef<Material>> materials;
  for (int i = 0; i < slot_count(context.document(), source); ++i) {
    materials.push_back(slot_material(context.document(), source, i));
  }
  const BlockId own = source.data.id;
  for (const BlockId id : context.editable()) {
    const Object* object = context.document().find<Object>(id);
    const Mesh* mesh = object ? context.document().find<Mesh>(object->data.id) : nullptr;
    if (mesh && mesh->id != own && !mesh->is_linked()) {
      context.document().edit<Mesh>(mesh->id, slot_change).materials = materials;
    }
  }
  return Outcome::Finished;
}

Result<Outcome> assign_slot(Context& context, const NoSettings&, const Given&) {
  const int slot = int(active_slot(context));
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    const std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    for (const int f : faces) {
      mesh.faces[f].material = slot;
    }
    return !faces.empty();
  });
}

// Selects or deselects the faces of the active slot.
Result<Outcome> choose_faces(Context& context, bool is_selected) {
  const int slot = int(active_slot(context));
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> kept;
    bool has_any = false;
    for (const int f : all_slots(mesh, ElementKind::Face)) {
      const modeling::Element face{ElementKind::Face, f};
      const bool is_of_slot = mesh.faces[f].material == slot;
      has_any = has_any || is_of_slot;
      if (is_of_slot ? is_selected : mesh.has_flag(face, ElementFlag::Select)) {
        kept.push_back(f);
      }
    }
    deselect_all(mesh);
    select_slots(mesh, ElementKind::Face, kept);
    return has_any;
  });
}

Result<Outcome> select_faces(Context& context, const NoSettings&, const Given&) {
  return choose_faces(context, true);
}
Result<Outcome> deselect_faces(Context& context, const NoSettings&, const Given&) {
  return choose_faces(context, false);
}

std::optional<std::string> needs_edited_slots(const Context& context) {
  const std::optional<std::string> problem = needs_edited_mesh(context);
  return problem ? problem : needs_slots(context);
}

}  // namespace

void register_material_slots(OperatorRegistry& registry) {
  add_operator(registry, "object.material_slot_add", "Add Material Slot", add_slot, needs_mesh);
  add_operator(registry, "object.material_slot_remove", "Remove Material Slot", remove_active_slot,
               needs_slots);
  add_operator(registry, "object.material_slot_remove_unused", "Remove Unused Slots",
               remove_unused_slots, needs_mesh);
  add_operator(registry, "object.material_slot_move", "Move Material", move_slot, needs_slots);
  add_operator(registry, "object.material_slot_copy", "Copy Material to Selected", copy_slots,
               needs_mesh);
  add_operator(registry, "object.material_slot_assign", "Assign Material Slot", assign_slot,
               needs_edited_slots);
  add_operator(registry, "object.material_slot_select", "Select Material Slot", select_faces,
               needs_edited_slots);
  add_operator(registry, "object.material_slot_deselect", "Deselect Material Slot", deselect_faces,
               needs_edited_slots);
}

}  // namespace kiln::operators
