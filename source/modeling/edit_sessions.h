#pragma once

#include <memory>
#include <unordered_map>

#include "document/document.h"
#include "modeling/edit_mesh.h"

namespace kiln::modeling {

/// The edit meshes of meshes that are in edit mode: whoever edits one shares it. A service; used by
/// the thread that edits the document.
class EditSessions {
public:
  /// The edit mesh of a mesh that an object in edit mode shows; made when first asked for, and anew
  /// when the mesh was changed by others since (an operator, undo). Null outside of edit mode.
  std::shared_ptr<EditMesh> open(Document& document, BlockId mesh);
  /// The present edit mesh; null when there is none.
  std::shared_ptr<EditMesh> find(BlockId mesh) const;
  /// Writes the edit mesh, if any, to its mesh, so that the document shows what was edited.
  void write(Document& document, BlockId mesh);
  /// Writes it and ends the session.
  void close(Document& document, BlockId mesh);

private:
  struct Session {
    std::shared_ptr<EditMesh> mesh;
    std::uint64_t version = 0;  ///< of the geometry that `mesh` was read from or written to
  };
  std::unordered_map<BlockId, Session> sessions_;
};

}  // namespace kiln::modeling
