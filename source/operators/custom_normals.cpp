// Giving up normals that were set by hand.
#include "document/mesh.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

std::optional<std::string> lacks_mesh(const Context& context) {
  const Object* object = context.active_object();
  const Mesh* mesh = object ? context.document().find<Mesh>(object->data.id) : nullptr;
  return !mesh           ? std::optional<std::string>("the active object is no mesh")
         : mesh->is_linked() ? std::optional<std::string>("the mesh belongs to a library")
                         : std::nullopt;
}

Result<Outcome> clear(Context& context, const NoSettings&, const Given&) {
  const BlockId id = context.active_object()->data.id;
  if (!context.document().find<Mesh>(id)->attributes.find<float3>(".custom_normal",
                                                                  Domain::Corner)) {
    return Outcome::Cancelled;
  }
  context.document().edit<Mesh>(id, Change::Geometry).attributes.remove(".custom_normal");
  return Outcome::Finished;
}

}  // namespace

void register_custom_normals(OperatorRegistry& registry) {
  add_operator(registry, "mesh.customdata_custom_splitnormals_clear",
               "Clear Custom Split Normals Data", clear, lacks_mesh);
}

}  // namespace kiln::operators
