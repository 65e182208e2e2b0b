#include "modeling/edit_sessions.h"

#include <bit>

#include "document/object.h"
#include "document/scene.h"

namespace kiln::modeling {
namespace {

// Of what an edit mesh is read from: shapes, and what is selected of them. Stamps grow.
std::uint64_t geometry_version(const Mesh& mesh) {
  const auto of = [&](Change kind) {
    return mesh.versions[std::size_t(std::countr_zero(unsigned(kind)))];
  };
  return std::max(of(Change::Geometry), of(Change::Selection));
}
bool is_in_edit_mode(const Document& document, BlockId mesh) {
  bool is_found = false;
  document.for_each([&](const DataBlock& block) {
    if (block.type() == BlockType::Object) {
      const auto& object = static_cast<const Object&>(block);
      is_found = is_found || (object.mode == ObjectMode::Edit && object.data.id == mesh);
    }
  });
  return is_found;
}

}  // namespace

std::shared_ptr<EditMesh> EditSessions::open(Document& document, BlockId id) {
  const Mesh* mesh = document.find<Mesh>(id);
  if (mesh == nullptr || !is_in_edit_mode(document, id)) {
    sessions_.erase(id);
    return nullptr;
  }
  Session& session = sessions_[id];
  if (!session.mesh || session.version != geometry_version(*mesh)) {
    session.mesh = std::make_shared<EditMesh>();
    session.mesh->add_mesh(*mesh);
    session.version = geometry_version(*mesh);
  }
  if (const Scene* scene = active_scene(document)) {
    const std::array<bool, 3>& modes = scene->tool_settings.mesh_select_mode;
    session.mesh->select_mode = int(modes[0]) | int(modes[1]) << 1 | int(modes[2]) << 2;
  }
  return session.mesh;
}
std::shared_ptr<EditMesh> EditSessions::find(BlockId mesh) const {
  const auto found = sessions_.find(mesh);
  return found == sessions_.end() ? nullptr : found->second.mesh;
}
void EditSessions::write(Document& document, BlockId id) {
  const auto found = sessions_.find(id);
  const Mesh* mesh = document.find<Mesh>(id);
  if (found == sessions_.end() || mesh == nullptr ||
      found->second.version != geometry_version(*mesh)) {
    return;  // nothing was edited, or others wrote to the mesh since
  }
  found->second.mesh->write_to(document.edit<Mesh>(id, Change::Geometry));
  found->second.version = geometry_version(*document.find<Mesh>(id));
}
void EditSessions::close(Document& document, BlockId mesh) {
  write(document, mesh);
  sessions_.erase(mesh);
}

}  // namespace kiln::modeling
