// Operators that bring selected vertices into vertex groups and out of them, in edit mode.
#include "document/mesh.h"
#include "document/scene.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementKind;

const Mesh* active_mesh(const Context& context) {
  const Object* object = context.active_object();
  return object ? context.document().find<Mesh>(object->data.id) : nullptr;
}

std::optional<std::string> needs_group(const Context& context) {
  if (const std::optional<std::string> problem = needs_edited_mesh(context)) {
    return problem;
  }
  const Mesh* mesh = active_mesh(context);
  return !mesh || mesh->active_vertex_group < 0 ||
                 mesh->active_vertex_group >= mesh->vertex_groups.size()
             ? std::optional<std::string>("the mesh has no active vertex group")
             : std::nullopt;
}

// Of the active object's mesh.
std::vector<int> selected_vertices(Context& context) {
  edited_meshes(context);
  const Mesh& mesh = *active_mesh(context);
  const auto* flags = mesh.attributes.find<std::uint8_t>(".select_vert", Domain::Point);
  std::vector<int> chosen;
  for (std::size_t v = 0; flags && v < flags->size(); ++v) {
    if ((*flags)[v]) {
      chosen.push_back(int(v));
    }
  }
  return chosen;
}

Mesh& edit_active(Context& context) {
  return context.document().edit<Mesh>(active_mesh(context)->id, Change::Geometry);
}

Result<Outcome> assign(Context& context, const NoSettings&, const Given&) {
  const std::vector<int> chosen = selected_vertices(context);
  const float weight = context.get_scene().tool_settings.vertex_group_weight;
  Mesh& mesh = edit_active(context);
  if (mesh.vertex_groups[mesh.active_vertex_group].lock_weight) {
    return Error::invalid("vertex group \"{}\" is locked",
                          mesh.vertex_groups[mesh.active_vertex_group].name);
  }
  mesh.weights.assign(int(mesh.vertex_count()), chosen, int(mesh.active_vertex_group), weight,
                      VertexWeights::Mode::Replace);
  return Outcome::Finished;
}

Result<Outcome> assign_new(Context& context, const NoSettings& s, const Given& given) {
  Mesh& mesh = edit_active(context);
  std::string name = "Group";
  for (int i = 1; mesh.vertex_groups.find(name) >= 0; ++i) {
    name = fmt::format("Group.{:03}", i);
  }
  mesh.vertex_groups.add(VertexGroup{name});
  mesh.active_vertex_group = int(mesh.vertex_groups.size()) - 1;
  return assign(context, s, given);
}

struct RemoveFromSettings {
  bool use_all_groups = false, use_all_verts = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RemoveFromSettings> s("OBJECT_OT_vertex_group_remove_from",
                                          "Remove from Vertex Group");
      s.add<&RemoveFromSettings::use_all_groups>("use_all_groups", "All Groups").not_animatable();
      s.add<&RemoveFromSettings::use_all_verts>("use_all_verts", "All Vertices").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> remove_from(Context& context, const RemoveFromSettings& s, const Given&) {
  std::vector<int> chosen = selected_vertices(context);
  Mesh& mesh = edit_active(context);
  if (s.use_all_verts) {
    chosen.resize(mesh.vertex_count());
    for (std::size_t v = 0; v < chosen.size(); ++v) {
      chosen[v] = int(v);
    }
  }
  for (int group = 0; group < int(mesh.vertex_groups.size()); ++group) {
    if (mesh.vertex_groups[group].lock_weight ||
        (!s.use_all_groups && group != int(mesh.active_vertex_group))) {
      continue;
    }
    for (const int vertex : chosen) {
      mesh.weights.remove(vertex, group);
    }
  }
  return Outcome::Finished;
}

// Selects the members of the active group, or takes them out of the selection.
Result<Outcome> choose_members(Context& context, bool is_selected) {
  edited_meshes(context);
  const Mesh& mesh = *active_mesh(context);
  const int group = int(mesh.active_vertex_group);
  std::vector<char> is_member(mesh.vertex_count(), 0);
  for (std::size_t v = 0; v < is_member.size(); ++v) {
    is_member[v] = mesh.weights.find(int(v), group).has_value();
  }
  bool is_active = true;
  return edit_selections(context, [&](EditMesh& edited) -> Result<bool> {
    // The active object's mesh comes first.
    if (!std::exchange(is_active, false)) {
      return false;
    }
    const std::vector<int> slots = all_slots(edited, ElementKind::Vert);
    const std::vector<int> before = selected_slots(edited, ElementKind::Vert);
    std::vector<int> chosen;
    for (std::size_t v = 0; v < slots.size() && v < is_member.size(); ++v) {
      const bool was = std::binary_search(before.begin(), before.end(), slots[v]);
      if (is_selected ? is_member[v] != 0 : was && !is_member[v]) {
        chosen.push_back(slots[v]);
      }
    }
    if (!is_selected) {
      deselect_all(edited);
    }
    select_slots(edited, ElementKind::Vert, chosen);
    return true;
  });
}

Result<Outcome> select(Context& context, const NoSettings&, const Given&) {
  return choose_members(context, true);
}
Result<Outcome> deselect(Context& context, const NoSettings&, const Given&) {
  return choose_members(context, false);
}

}  // namespace

void register_vertex_group_members(OperatorRegistry& registry) {
  add_operator(registry, "object.vertex_group_assign", "Assign to Vertex Group", assign,
               needs_group);
  add_operator(registry, "object.vertex_group_assign_new", "Assign to New Group", assign_new,
               needs_edited_mesh);
  add_operator(registry, "object.vertex_group_remove_from", "Remove from Vertex Group", remove_from,
               needs_group);
  add_operator(registry, "object.vertex_group_select", "Select Vertex Group", select, needs_group);
  add_operator(registry, "object.vertex_group_deselect", "Deselect Vertex Group", deselect,
               needs_group);
}

}  // namespace kiln::operators
