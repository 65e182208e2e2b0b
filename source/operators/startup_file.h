#pragma once

#include "core/result.h"
#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln::operators {

/// The user's start-up file: what new documents begin with instead of the program's own scene. A
/// service of the program.
struct StartupFile {
  Path path;             ///< empty: the user has no folder for settings
  bool is_used = false;  ///< otherwise new documents are the program's own ("--factory-startup")
};

/// The document that a start-up file holds; problems that it goes on with are logged.
Result<Document> read_startup_file(const Path& path, const Registry& registry);

}  // namespace kiln::operators
