// Importing OBJ files.
#include "io/obj/import.h"
#include "operators/document_operators.h"
#include "operators/operator.h"
#include "operators/paths.h"

namespace kiln::operators {
namespace {

using io::Axis;

std::vector<EnumItem> axis_items() {
  return {{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}, {"NEGATIVE_X", "-X", 3}, {"NEGATIVE_Y", "-Y", 4}, {"NEGATIVE_Z", "-Z", 5}};
}

struct ObjImportOperatorSettings {
  std::string filepath;
  float global_scale = 1.0f, clamp_size = 0.0f;
  Axis forward_axis = Axis::NegativeZ, up_axis = Axis::Y;
  bool import_vertex_groups = false, validate_meshes = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using S = ObjImportOperatorSettings;
      SchemaBuilder<S> s("WM_OT_obj_import", "Import Wavefront OBJ");
      s.add<&S::filepath>("filepath", "File Path").subtype(Subtype::FilePath).max_bytes(1024).not_animatable();
      s.add<&S::global_scale>("global_scale", "Scale").range(0.0001, 10000).soft(0.01, 1000).not_animatable();
      s.add<&S::clamp_size>("clamp_size", "Clamp Bounding Box").range(0, 1000).not_animatable();
      s.add<&S::forward_axis>("forward_axis", "Forward Axis").items(axis_items()).not_animatable();
      s.add<&S::up_axis>("up_axis", "Up Axis").items(axis_items()).not_animatable();
      s.add<&S::import_vertex_groups>("import_vertex_groups", "Vertex Groups").not_animatable();
      s.add<&S::validate_meshes>("validate_meshes", "Validate Meshes").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> import_obj(Context& context, const ObjImportOperatorSettings& s, const std::unordered_set<std::string>&) {
  io::obj::ImportSettings settings;
  settings.global_scale = s.global_scale;
  settings.clamp_size = s.clamp_size;
  settings.forward = s.forward_axis;
  settings.up = s.up_axis;
  settings.import_vertex_groups = s.import_vertex_groups;
  settings.validate_meshes = s.validate_meshes;
  Result<io::obj::Imported> imported = io::obj::import_obj(context.document(), context.active_collection(), absolute_path(s.filepath, context.project.path),
                                                           settings, &context.project.services, context.progress);
  if (!imported) {
    return imported.error();
  }
  for (std::string& warning : imported->warnings) {
    context.reports.push_back(std::move(warning));
  }
  context.select_only(imported->objects);
  return Outcome::Finished;
}

}  // namespace

void register_import(OperatorRegistry& registry) { add_operator(registry, "wm.obj_import", "Import Wavefront OBJ", import_obj); }

}  // namespace kiln::operators
