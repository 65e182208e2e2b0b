// Operators on layers of meshes.
#include "document/mesh.h"
#include "operators/mesh_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

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

Result<Outcome> clear_custom_normals(Context& context, const NoSettings&, const Given&) {
  const Mesh& mesh = *active_mesh(context);
  if (!mesh.attributes.find(".custom_normal")) {
    return Outcome::Cancelled;
  }
  context.document().edit<Mesh>(mesh.id, Change::Geometry).attributes.remove(".custom_normal");
  return Outcome::Finished;
}

// The normals as they are now become custom ones.
Result<Outcome> add_custom_normals(Context& context, const NoSettings&, const Given&) {
  const Mesh& mesh = *active_mesh(context);
  if (mesh.attributes.find(".custom_normal")) {
    return Outcome::Cancelled;
  }
  Array<float3> normals = mesh.corner_normals();
  auto& edited = context.document().edit<Mesh>(mesh.id, Change::Geometry);
  edited.use_auto_smooth = true;
  edited.set_custom_normals(std::move(normals));
  return Outcome::Finished;
}

}  // namespace

void register_mesh_layers(OperatorRegistry& registry) {
  add_operator(registry, "mesh.customdata_custom_splitnormals_clear",
               "Clear Custom Split Normals Data", clear_custom_normals, needs_mesh);
  add_operator(registry, "mesh.customdata_custom_splitnormals_add", "Add Custom Split Normals Data",
               add_custom_normals, needs_mesh);
}

}  // namespace kiln::operators
