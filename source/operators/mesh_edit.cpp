// Operators of edit mode: what is selected of a mesh, deleting it, extruding it.
#include "modeling/edit_operators.h"
#include "modeling/edit_sessions.h"
#include "modeling/mesh_selection.h"
#include "operators/mesh_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementKind;

std::optional<std::string> needs_edited_mesh(const Context& context) {
  const Object* object = context.active_object();
  if (!object || object->mode != ObjectMode::Edit ||
      !context.document().find<Mesh>(object->data.id)) {
    return "there is no mesh in edit mode";
  }
  return std::nullopt;
}

// The meshes of all objects in edit mode, the active one first. What scripts changed in their edit
// meshes is written first.
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

enum class SelectAction : std::uint8_t { Toggle, Select, Deselect, Invert };

struct SelectAllSettings {
  SelectAction action = SelectAction::Toggle;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SelectAllSettings> s("MESH_OT_select_all", "(De)select All");
      s.add<&SelectAllSettings::action>("action", "Action")
          .items({{"TOGGLE", "Toggle", 0},
                  {"SELECT", "Select", 1},
                  {"DESELECT", "Deselect", 2},
                  {"INVERT", "Invert", 3}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_all(Context& context, const SelectAllSettings& s, const Given&) {
  const std::vector<BlockId> meshes = edited_meshes(context);
  const Domain domain =
      modeling::selected_domain(context.get_scene().tool_settings.mesh_select_mode);
  SelectAction action = s.action;
  if (action == SelectAction::Toggle) {
    action = SelectAction::Select;
    for (const BlockId id : meshes) {
      const auto now = modeling::read_selection(*context.document().find<Mesh>(id));
      if (std::find(now.verts.begin(), now.verts.end(), 1) != now.verts.end()) {
        action = SelectAction::Deselect;
      }
    }
  }
  for (const BlockId id : meshes) {
    const Mesh& mesh = *context.document().find<Mesh>(id);
    modeling::MeshSelection selection = modeling::read_selection(mesh);
    for (auto* values : {&selection.verts, &selection.edges, &selection.faces}) {
      for (std::uint8_t& value : *values) {
        value = action == SelectAction::Select ? 1 : action == SelectAction::Invert ? !value : 0;
      }
    }
    modeling::flush_selection(mesh, selection, domain);
    modeling::write_selection(context.document().edit<Mesh>(id, Change::Selection), selection);
  }
  return Outcome::Finished;
}

enum class SelectModeType : std::uint8_t { Vert = 1, Edge = 2, Face = 4 };

struct SelectModeSettings {
  SelectModeType type = SelectModeType::Vert;
  bool use_extend = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SelectModeSettings> s("MESH_OT_select_mode", "Select Mode");
      s.add<&SelectModeSettings::type>("type", "Type")
          .items({{"VERT", "Vertex", 1}, {"EDGE", "Edge", 2}, {"FACE", "Face", 4}})
          .not_animatable();
      s.add<&SelectModeSettings::use_extend>("use_extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_mode(Context& context, const SelectModeSettings& s, const Given&) {
  const std::vector<BlockId> meshes = edited_meshes(context);
  const auto before = context.get_scene().tool_settings.mesh_select_mode;
  std::array<bool, 3> modes{};
  for (int i = 0; i < 3; ++i) {
    const bool is_meant = (int(s.type) >> i & 1) != 0;
    modes[std::size_t(i)] = is_meant || (s.use_extend && before[std::size_t(i)]);
  }
  if (modes == before) {
    return Outcome::Cancelled;
  }
  context.document().edit<Scene>(context.scene, Change::Selection).tool_settings.mesh_select_mode =
      modes;
  // What the new mode cannot have selected is let go.
  for (const BlockId id : meshes) {
    const Mesh& mesh = *context.document().find<Mesh>(id);
    modeling::MeshSelection selection = modeling::read_selection(mesh);
    modeling::flush_selection(mesh, selection, modeling::selected_domain(modes));
    modeling::write_selection(context.document().edit<Mesh>(id, Change::Selection), selection);
  }
  return Outcome::Finished;
}

const modeling::EditOperator* edit_operator(std::string_view name) {
  for (const modeling::EditOperator& op : modeling::edit_operators()) {
    if (name == op.name) {
      return &op;
    }
  }
  return nullptr;
}

// Slots of the selected elements of a kind.
std::vector<int> selected_slots(EditMesh& mesh, ElementKind kind) {
  std::vector<int> out;
  for (int slot = mesh.at_or_after(kind, 0); slot >= 0; slot = mesh.at_or_after(kind, slot + 1)) {
    if (mesh.has_flag({kind, slot}, ElementFlag::Select)) {
      out.push_back(slot);
    }
  }
  return out;
}

enum class DeleteType : std::uint8_t { Vert, Edge, Face, EdgeFace, OnlyFace };

struct DeleteSettings {
  DeleteType type = DeleteType::Vert;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DeleteSettings> s("MESH_OT_delete", "Delete");
      s.add<&DeleteSettings::type>("type", "Type")
          .items({{"VERT", "Vertices", 0},
                  {"EDGE", "Edges", 1},
                  {"FACE", "Faces", 2},
                  {"EDGE_FACE", "Only Edges & Faces", 3},
                  {"ONLY_FACE", "Only Faces", 4}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> delete_selected(Context& context, const DeleteSettings& s, const Given&) {
  static constexpr struct {
    ElementKind kind;
    int what;  // as the operator on edit meshes counts
  } ways[] = {{ElementKind::Vert, 0},
              {ElementKind::Edge, 1},
              {ElementKind::Face, 4},
              {ElementKind::Edge, 3},
              {ElementKind::Face, 2}};
  const modeling::EditOperator* op = edit_operator("delete");
  const auto& way = ways[int(s.type)];
  bool has_any = false;
  for (const BlockId id : edited_meshes(context)) {
    EditMesh mesh;
    mesh.add_mesh(*context.document().find<Mesh>(id));
    const std::vector<int> slots = selected_slots(mesh, way.kind);
    if (slots.empty() || !op) {
      continue;
    }
    modeling::SlotValues in, out;
    in.add("geom", way.kind, slots);
    in.values["context"] = way.what;
    if (const Result<void> done = op->run(mesh, in, out); !done) {
      return done.error();
    }
    mesh.write_to(context.document().edit<Mesh>(id, Change::Geometry | Change::Selection));
    has_any = true;
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

struct ExtrudeSettings {
  bool use_normal_flip = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ExtrudeSettings> s("MESH_OT_extrude_region", "Extrude Region");
      s.add<&ExtrudeSettings::use_normal_flip>("use_normal_flip", "Flip Normals").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Faces together with their sides, else edges, else single vertices; the copies are selected.
Result<Outcome> extrude_region(Context& context, const ExtrudeSettings& s, const Given&) {
  bool has_any = false;
  for (const BlockId id : edited_meshes(context)) {
    EditMesh mesh;
    mesh.add_mesh(*context.document().find<Mesh>(id));
    const std::vector<int> verts = selected_slots(mesh, ElementKind::Vert),
                           edges = selected_slots(mesh, ElementKind::Edge),
                           faces = selected_slots(mesh, ElementKind::Face);
    if (verts.empty()) {
      continue;
    }
    modeling::SlotValues in, out;
    const char* name = nullptr;
    std::vector<const char*> results{"geom"};
    if (!faces.empty()) {
      name = "extrude_face_region";
      // Their sides say which of them lie on the border: the faces there give way to the copies.
      in.add("geom", ElementKind::Vert, verts);
      in.add("geom", ElementKind::Edge, edges);
      in.add("geom", ElementKind::Face, faces);
    } else if (!edges.empty()) {
      name = "extrude_edge_only";
      in.add("edges", ElementKind::Edge, edges);
    } else {
      name = "extrude_vert_indiv";
      in.add("verts", ElementKind::Vert, verts);
      results = {"verts"};
    }
    in.values["use_normal_flip"] = s.use_normal_flip;
    const modeling::EditOperator* op = edit_operator(name);
    if (!op) {
      return Error::unsupported("there is no way to extrude");
    }
    if (const Result<void> done = op->run(mesh, in, out); !done) {
      return done.error();
    }
    for (const ElementKind kind : {ElementKind::Vert, ElementKind::Edge, ElementKind::Face}) {
      for (const int slot : selected_slots(mesh, kind)) {
        mesh.set_flag({kind, slot}, ElementFlag::Select, false);
      }
    }
    for (const char* result : results) {
      for (const Element& element : out.get<std::vector<Element>>(result)) {
        if (mesh.is_alive(element)) {
          mesh.set_flag(element, ElementFlag::Select, true);
        }
      }
    }
    mesh.update_normals();
    mesh.write_to(context.document().edit<Mesh>(id, Change::Geometry | Change::Selection));
    has_any = true;
  }
  return has_any ? Outcome::Finished : Outcome::Cancelled;
}

}  // namespace

void register_mesh_edit(OperatorRegistry& registry) {
  add_operator(registry, "mesh.select_all", "(De)select All", select_all, needs_edited_mesh);
  add_operator(registry, "mesh.select_mode", "Select Mode", select_mode, needs_edited_mesh);
  add_operator(registry, "mesh.delete", "Delete", delete_selected, needs_edited_mesh);
  add_operator(registry, "mesh.extrude_region", "Extrude Region", extrude_region,
               needs_edited_mesh);
}

}  // namespace kiln::operators
