#include "app/session.h"

#include "core/program_path.h"
#include "document/register.h"
#include "evaluation/interface.h"
#include "modeling/modifiers/register.h"
#include "operators/image_functions.h"
#include "operators/register.h"
#include "render/register.h"

namespace kiln::app {
namespace {

std::vector<Path> color_folders() {
  std::vector<Path> folders =
      image::ColorManagement::resource_folders(program_file().parent_path());
  folders.push_back(release_folder());
  return folders;
}

}  // namespace

Path release_folder() {
  std::error_code none;
  const Path folder = program_file().parent_path();
  for (const Path& candidate :
       {folder.parent_path() / "release", folder.parent_path() / "share/kiln"}) {
    if (std::filesystem::exists(candidate / "scripts", none)) {
      return candidate;
    }
  }
  return folder / "release";
}

Session::Session() : colors(color_folders()), project(registry, services), images(colors, project) {
  register_document_types(registry);
  evaluation::register_evaluation_interface(registry);
  modeling::register_modifiers(registry);
  render::register_render_types(registry);
  operators::register_operators(operators);
  operators::register_image_functions(registry);
  registry.add(Preferences::schema());
  services.set<const Registry>(&registry);
  services.set<Project>(&project);
  services.set<evaluation::Evaluator>(&evaluator);
  services.set<evaluation::SurfaceTrees>(&surface_trees);
  services.set<const operators::OperatorRegistry>(&operators);
  services.set<operators::OperatorRegistry>(&operators);
  services.set<const operators::ColorService>(&colors);
  services.set<Preferences>(&preferences);
  services.set<WindowLayout>(&window_layout);
  services.set<Interrupts>(&interrupts);
  services.set<modeling::EditSessions>(&edit_sessions);
  services.set<operators::ImageStore>(&images);
  services.set<ImageLoader>(&images);
  services.set<operators::RenderResults>(&render_results);
  services.set<RenderSlots>(&render_results);
  services.set<operators::AssetCatalogStore>(&asset_catalogs);
  services.set<const operators::StartupFile>(&startup_file);
  evaluator.set_image_loader(images);
  project.replace(make_startup_document(registry));
}

}  // namespace kiln::app
