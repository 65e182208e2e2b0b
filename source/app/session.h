#pragma once

#include "core/interrupts.h"
#include "document/preferences.h"
#include "document/project.h"
#include "document/window_layout.h"
#include "evaluation/evaluator.h"
#include "evaluation/ray_queries.h"
#include "modeling/edit_sessions.h"
#include "operators/asset_catalog_store.h"
#include "operators/color_service.h"
#include "operators/image_store.h"
#include "operators/operator.h"
#include "operators/render_results.h"
#include "operators/startup_file.h"

namespace kiln::app {

/// All modules wired together around one project, without a command line, a window or an
/// interpreter: what the program and the importable Python module have in common.
struct Session {
  Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Registry registry;
  Services services;
  evaluation::Evaluator evaluator;
  evaluation::SurfaceTrees surface_trees;
  operators::ColorService colors;
  operators::OperatorRegistry operators;
  Project project;
  Interrupts interrupts;
  modeling::EditSessions edit_sessions;
  Preferences preferences;
  WindowLayout window_layout;
  operators::ImageStore images;
  operators::RenderResults render_results;
  operators::AssetCatalogStore asset_catalogs;
  operators::StartupFile startup_file;
};

/// The folder that is installed beside the program.
Path release_folder();

}  // namespace kiln::app
