#include "operators/edit_mode.h"

#include "modeling/edit_sessions.h"
#include "modeling/mesh_selection.h"

namespace kiln::operators {

using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementKind;

namespace {

constexpr ElementKind kinds[] = {ElementKind::Vert, ElementKind::Edge, ElementKind::Face};

int mode_bits(const std::array<bool, 3>& modes) {
  return int(modes[0]) | int(modes[1]) << 1 | int(modes[2]) << 2;
}

// Selected and hidden elements, and the order of selecting; counts and order have to be those of
// the mesh.
void write_flags(EditMesh& from, Mesh& to) {
  static constexpr const char* names[2][3] = {{".select_vert", ".select_edge", ".select_poly"},
                                              {".hide_vert", ".hide_edge", ".hide_poly"}};
  static constexpr int flags[] = {ElementFlag::Select, ElementFlag::Hide};
  for (int which = 0; which < 2; ++which) {
    for (int k = 0; k < 3; ++k) {
      std::vector<std::uint8_t> values;
      for (const int slot : all_slots(from, kinds[k])) {
        values.push_back(from.has_flag({kinds[k], slot}, flags[which]));
      }
      const bool is_any = std::find(values.begin(), values.end(), 1) != values.end();
      if (is_any || to.attributes.find(names[which][k])) {
        to.attributes.set(names[which][k], modeling::domain_of(kinds[k]),
                          Array<std::uint8_t>(std::move(values)));
      }
    }
  }
  for (const ElementKind kind : kinds) {
    from.update_indices(kind);
  }
  to.select_history.clear();
  for (const modeling::ElementHandle& h : from.select_history) {
    if (from.is_alive(h) && from.has_flag({h.kind, h.slot}, ElementFlag::Select)) {
      to.select_history.push_back({modeling::domain_of(h.kind), from.index({h.kind, h.slot})});
    }
  }
}

}  // namespace

std::optional<std::string> needs_edited_mesh(const Context& context) {
  const Object* object = context.active_object();
  if (!object || object->mode != ObjectMode::Edit ||
      !context.document().find<Mesh>(object->data.id)) {
    return "there is no mesh in edit mode";
  }
  return std::nullopt;
}

std::vector<BlockId> edited_meshes(Context& context) {
  std::vector<BlockId> meshes;
  std::vector<BlockId> objects{context.active};
  objects.insert(objects.end(), context.selected.begin(), context.selected.end());
  auto* sessions = context.project.services.find<modeling::EditSessions>();
  for (const BlockId id : objects) {
    const Object* object = context.document().find<Object>(id);
    const bool is_edited = object && object->mode == ObjectMode::Edit &&
                           context.document().find<Mesh>(object->data.id) &&
                           std::find(meshes.begin(), meshes.end(), object->data.id) == meshes.end();
    if (is_edited) {
      if (sessions) {
        sessions->write(context.document(), object->data.id);
      }
      meshes.push_back(object->data.id);
    }
  }
  return meshes;
}

std::vector<int> selected_slots(EditMesh& mesh, ElementKind kind) {
  std::vector<int> out;
  for (int slot = mesh.at_or_after(kind, 0); slot >= 0; slot = mesh.at_or_after(kind, slot + 1)) {
    if (mesh.has_flag({kind, slot}, ElementFlag::Select)) {
      out.push_back(slot);
    }
  }
  return out;
}

std::vector<int> all_slots(const EditMesh& mesh, ElementKind kind) {
  std::vector<int> out;
  for (int slot = mesh.at_or_after(kind, 0); slot >= 0; slot = mesh.at_or_after(kind, slot + 1)) {
    out.push_back(slot);
  }
  return out;
}

modeling::SlotValues selected_geometry(EditMesh& mesh) {
  modeling::SlotValues values;
  for (const ElementKind kind : kinds) {
    values.add("geom", kind, selected_slots(mesh, kind));
  }
  return values;
}

void deselect_all(EditMesh& mesh) {
  for (const ElementKind kind : kinds) {
    for (const int slot : selected_slots(mesh, kind)) {
      mesh.set_flag({kind, slot}, ElementFlag::Select, false);
    }
  }
}

void select_all_of(EditMesh& mesh, const std::vector<Element>& elements) {
  for (const Element& element : elements) {
    if (element.kind != ElementKind::Loop && mesh.is_alive(element)) {
      mesh.select(element, true);
    }
  }
}

void select_slots(EditMesh& mesh, ElementKind kind, std::span<const int> slots) {
  for (const int slot : slots) {
    if (mesh.is_alive(Element{kind, slot})) {
      mesh.select({kind, slot}, true);
    }
  }
}

Result<modeling::SlotValues> run_edit_operator(EditMesh& mesh, std::string_view name,
                                               const modeling::SlotValues& arguments) {
  for (const modeling::EditOperator& op : modeling::edit_operators()) {
    if (name == op.name) {
      modeling::SlotValues out;
      const Result<void> done = op.run(mesh, arguments, out);
      return done ? Result<modeling::SlotValues>(std::move(out)) : done.error();
    }
  }
  return Error::unsupported("there is no operator \"{}\" on edit meshes", name);
}

Result<Outcome> edit_meshes(Context& context, FunctionRef<Result<bool>(EditMesh&)> change) {
  bool has_any = false;
  const int modes = mode_bits(context.get_scene().tool_settings.mesh_select_mode);
  for (const BlockId id : edited_meshes(context)) {
    EditMesh mesh;
    mesh.add_mesh(*context.document().find<Mesh>(id));
    mesh.select_mode = modes;
    const Result<bool> is_changed = change(mesh);
    if (!is_changed) {
      return is_changed.error();
    }
    if (*is_changed) {
      mesh.update_normals();
      mesh.write_to(context.document().edit<Mesh>(id, Change::Geometry | Change::Selection));
      has_any = true;
    }
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

Result<Outcome> edit_selections(Context& context, FunctionRef<Result<bool>(EditMesh&)> change) {
  bool has_any = false;
  const int modes = mode_bits(context.get_scene().tool_settings.mesh_select_mode);
  for (const BlockId id : edited_meshes(context)) {
    const Mesh& before = *context.document().find<Mesh>(id);
    EditMesh mesh;
    mesh.add_mesh(before);
    mesh.select_mode = modes;
    const bool is_same = std::size_t(mesh.edges.size()) == before.edge_count() &&
                         std::size_t(mesh.faces.size()) == before.face_count();
    const Result<bool> is_changed = change(mesh);
    if (!is_changed) {
      return is_changed.error();
    }
    if (*is_changed && is_same) {
      write_flags(mesh, context.document().edit<Mesh>(id, Change::Selection));
      has_any = true;
    } else if (*is_changed) {
      mesh.write_to(context.document().edit<Mesh>(id, Change::Geometry | Change::Selection));
      has_any = true;
    }
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

}  // namespace kiln::operators
