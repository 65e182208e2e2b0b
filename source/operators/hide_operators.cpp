// Hiding and showing: objects in a view layer, parts of meshes in edit mode.
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementFlag;
using modeling::ElementKind;

struct HideSettings {
  bool unselected = false;
};
struct MeshHideSettings : HideSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MeshHideSettings> s("MESH_OT_hide", "Hide Selected");
      s.add<&MeshHideSettings::unselected>("unselected", "Unselected").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct ObjectHideSettings : HideSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ObjectHideSettings> s("OBJECT_OT_hide_view_set", "Hide Objects");
      s.add<&ObjectHideSettings::unselected>("unselected", "Unselected").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct RevealSettings {
  bool select = true;
};
struct MeshRevealSettings : RevealSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MeshRevealSettings> s("MESH_OT_reveal", "Reveal Hidden");
      s.add<&MeshRevealSettings::select>("select", "Select").not_animatable();
      return s.build();
    }();
    return schema;
  }
};
struct ObjectRevealSettings : RevealSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ObjectRevealSettings> s("OBJECT_OT_hide_view_clear", "Show Hidden Objects");
      s.add<&ObjectRevealSettings::select>("select", "Select").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Elements of the mode are hidden; then edges and vertices that nothing shows any more.
Result<bool> hide_elements(EditMesh& mesh, bool unselected) {
  const ElementKind kind = (mesh.select_mode & 1)   ? ElementKind::Vert
                           : (mesh.select_mode & 2) ? ElementKind::Edge
                                                    : ElementKind::Face;
  std::vector<int> hidden;
  for (const int slot : all_slots(mesh, kind)) {
    if (mesh.has_flag({kind, slot}, ElementFlag::Select) != unselected &&
        !mesh.has_flag({kind, slot}, ElementFlag::Hide)) {
      hidden.push_back(slot);
    }
  }
  for (const int slot : hidden) {
    mesh.hide({kind, slot}, true);
  }
  const auto is_hidden = [&](ElementKind k, int slot) {
    return mesh.has_flag({k, slot}, ElementFlag::Hide);
  };
  if (kind == ElementKind::Face) {
    for (const int e : all_slots(mesh, ElementKind::Edge)) {
      const std::vector<int> faces = mesh.edge_faces(e);
      if (!faces.empty() && std::all_of(faces.begin(), faces.end(),
                                        [&](int f) { return is_hidden(ElementKind::Face, f); })) {
        mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Hide, true);
        mesh.set_flag({ElementKind::Edge, e}, ElementFlag::Select, false);
      }
    }
  }
  if (kind != ElementKind::Vert) {
    for (const int v : all_slots(mesh, ElementKind::Vert)) {
      const std::vector<int> edges = mesh.vert_edges(v);
      if (!edges.empty() && std::all_of(edges.begin(), edges.end(),
                                        [&](int e) { return is_hidden(ElementKind::Edge, e); })) {
        mesh.set_flag({ElementKind::Vert, v}, ElementFlag::Hide, true);
        mesh.set_flag({ElementKind::Vert, v}, ElementFlag::Select, false);
      }
    }
  }
  mesh.flush_select_mode();
  return !hidden.empty();
}

Result<Outcome> mesh_hide(Context& context, const MeshHideSettings& s, const Given&) {
  return edit_selections(context,
                         [&](EditMesh& mesh) { return hide_elements(mesh, s.unselected); });
}

Result<Outcome> mesh_reveal(Context& context, const MeshRevealSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    bool has_any = false;
    std::vector<modeling::Element> shown;
    for (const ElementKind kind : {ElementKind::Vert, ElementKind::Edge, ElementKind::Face}) {
      for (const int slot : all_slots(mesh, kind)) {
        if (mesh.has_flag({kind, slot}, ElementFlag::Hide)) {
          mesh.set_flag({kind, slot}, ElementFlag::Hide, false);
          mesh.set_flag({kind, slot}, ElementFlag::Select, s.select);
          has_any = true;
        }
      }
    }
    mesh.flush_select_mode();
    return has_any;
  });
}

Result<Outcome> object_hide(Context& context, const ObjectHideSettings& s, const Given&) {
  std::vector<BlockId> hidden;
  for (const LayerObject& entry :
       layer_objects(context.document(), context.get_scene(), context.layer())) {
    if (entry.is_visible && context.layer().is_selected(entry.object) != s.unselected) {
      hidden.push_back(entry.object);
    }
  }
  if (hidden.empty()) {
    return Outcome::Cancelled;
  }
  ViewLayer& layer = context.edit_layer(Change::Visibility | Change::Selection);
  for (const BlockId id : hidden) {
    layer.set_hidden(id, true);
    layer.set_selected(id, false);
  }
  return Outcome::Finished;
}

Result<Outcome> object_reveal(Context& context, const ObjectRevealSettings& s, const Given&) {
  const IdSet hidden = context.layer().hidden;
  if (hidden.empty()) {
    return Outcome::Cancelled;
  }
  ViewLayer& layer = context.edit_layer(Change::Visibility | Change::Selection);
  for (const BlockId id : hidden) {
    layer.set_hidden(id, false);
    if (s.select) {
      layer.set_selected(id, true);
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_hiding(OperatorRegistry& registry) {
  add_operator(registry, "mesh.hide", "Hide Selected", mesh_hide, needs_edited_mesh);
  add_operator(registry, "mesh.reveal", "Reveal Hidden", mesh_reveal, needs_edited_mesh);
  add_operator(registry, "object.hide_view_set", "Hide Objects", object_hide, needs_object_mode);
  add_operator(registry, "object.hide_view_clear", "Show Hidden Objects", object_reveal,
               needs_object_mode);
}

}  // namespace kiln::operators
