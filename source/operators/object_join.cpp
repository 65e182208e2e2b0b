// Making one object of several.
#include "evaluation/evaluator.h"
#include "modeling/edit_sessions.h"
#include "modeling/join.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using evaluation::Evaluator;

std::optional<std::string> needs_mesh_object(const Context& context) {
  const Object* object = context.active_object();
  const Mesh* mesh = object ? context.document().find<Mesh>(object->data.id) : nullptr;
  return !mesh               ? std::optional<std::string>("the active object has no mesh")
         : mesh->is_linked() ? std::optional<std::string>("the mesh is linked from a library")
                             : std::nullopt;
}

// The mesh of an object, placed by a matrix, with the materials that the object shows.
Mesh placed(const Document& document, const Object& object, const float4x4& to_target) {
  Mesh mesh(*document.find<Mesh>(object.data.id));
  mesh.transform(to_target);
  for (std::size_t slot = 0; slot < mesh.materials.size(); ++slot) {
    mesh.materials[slot] = slot_material(document, object, int(slot));
  }
  return mesh;
}

// The selected meshes go into the active one, each where it stands; their objects leave.
Result<Outcome> join(Context& context, const NoSettings&, const Given&) {
  Document& document = context.document();
  const BlockId target = context.active;
  std::vector<BlockId> others;
  bool is_target_selected = false;
  for (const BlockId id : context.editable()) {
    if (id == target) {
      is_target_selected = true;
    } else if (document.find<Mesh>(document.find<Object>(id)->data.id)) {
      others.push_back(id);
    }
  }
  if (!is_target_selected) {
    context.reports.push_back("Active object is not a selected mesh");
    return Outcome::Cancelled;
  }
  if (others.empty()) {
    context.reports.push_back("No mesh data to join");
    return Outcome::Cancelled;
  }
  const Object& kept = *document.find<Object>(target);
  bool is_invertible = false;
  const float4x4 to_target = inverse(Evaluator::world_matrix(document, kept), &is_invertible);
  if (!is_invertible) {
    return Error::invalid("object \"{}\" is scaled to nothing: other meshes cannot be placed in it",
                          kept.name);
  }
  std::vector<Mesh> meshes{placed(document, kept, float4x4())};
  for (const BlockId id : others) {
    const Object& object = *document.find<Object>(id);
    meshes.push_back(
        placed(document, object, to_target * Evaluator::world_matrix(document, object)));
  }
  std::vector<const Mesh*> parts;
  for (const Mesh& mesh : meshes) {
    parts.push_back(&mesh);
  }
  Mesh joined = modeling::join(parts);
  const std::vector<BlockRef<Material>> own = document.find<Mesh>(kept.data.id)->materials;
  // What the object's own slots show stays there.
  std::copy(own.begin(), own.end(), joined.materials.begin());
  auto& mesh =
      document.edit<Mesh>(kept.data.id, Change::Geometry | Change::Shading | Change::Hierarchy);
  const auto materials = joined.materials;
  const auto groups = joined.vertex_groups;
  replace_geometry(mesh, std::move(joined));
  mesh.materials = materials;
  mesh.vertex_groups = groups;
  document.remove(others);
  context.select_only({target});
  return Outcome::Finished;
}

}  // namespace

void register_object_join(OperatorRegistry& registry) {
  add_operator(registry, "object.join", "Join", join, needs_mesh_object);
}

}  // namespace kiln::operators
