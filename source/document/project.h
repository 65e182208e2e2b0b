#pragma once

#include <string>

#include "core/result.h"
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/undo.h"

namespace kiln {

/// A document being worked on: its head, its history and where it is kept. Several live side by
/// side.
class Project {
public:
  Project(Registry& types, Services& offered) : registry(types), services(offered) {}

  Document document;
  UndoStack undo;
  Registry& registry;
  Services& services;

  Path path;       ///< empty until first saved or opened
  Document saved;  ///< the state the file holds, for "is dirty" and incremental saves
  bool is_saved = false;

  /// Puts a new document in place of the present one, with an empty history.
  void replace(Document fresh, Path file = {}) {
    document = std::move(fresh);
    static_cast<void>(document.take_changes());
    saved = document;
    is_saved = !file.empty();
    path = std::move(file);
    undo.clear();
    undo.push(document, "Original");
  }
  bool is_dirty() const { return !document.is_same_state(saved); }
};

/// An empty document: one scene.
Document make_empty_document();
/// The start-up scene: camera, light and cube.
Document make_startup_document(const Registry& registry);

}  // namespace kiln
