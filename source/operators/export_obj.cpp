// Exporting OBJ files.
#include "evaluation/evaluator.h"
#include "io/obj/export.h"
#include "operators/document_operators.h"
#include "operators/operator.h"
#include "operators/paths.h"

namespace kiln::operators {
namespace {

using evaluation::EvaluatedObject;
using evaluation::EvaluatedScene;
using evaluation::Evaluator;
using io::Axis;
using io::obj::PathMode;

enum class EvaluationMode { Render, Viewport };

struct ObjExportOperatorSettings {
  std::string filepath;
  bool export_animation = false;
  int start_frame = std::numeric_limits<int>::min(), end_frame = std::numeric_limits<int>::max();
  Axis forward_axis = Axis::NegativeZ, up_axis = Axis::Y;
  float global_scale = 1.0f;
  bool apply_modifiers = true;
  EvaluationMode export_eval_mode = EvaluationMode::Viewport;
  bool export_selected_objects = false;
  bool export_uv = true, export_normals = true, export_colors = false, export_materials = true;
  bool export_pbr_extensions = false;
  PathMode path_mode = PathMode::Auto;
  bool export_triangulated_mesh = false;
  bool export_object_groups = false, export_material_groups = false, export_vertex_groups = false;
  bool export_smooth_groups = false, smooth_group_bitflags = false;
  static const Schema& schema();
};

const Schema& ObjExportOperatorSettings::schema() {
  static const Schema schema = [] {
    using S = ObjExportOperatorSettings;
    const std::vector<EnumItem> axes{{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}, {"NEGATIVE_X", "-X", 3}, {"NEGATIVE_Y", "-Y", 4}, {"NEGATIVE_Z", "-Z", 5}};
    SchemaBuilder<S> s("WM_OT_obj_export", "Export Wavefront OBJ");
    s.add<&S::filepath>("filepath", "File Path").subtype(Subtype::FilePath).max_bytes(1024).not_animatable();
    s.add<&S::export_animation>("export_animation", "Export Animation").not_animatable();
    s.add<&S::start_frame>("start_frame", "Start Frame").not_animatable();
    s.add<&S::end_frame>("end_frame", "End Frame").not_animatable();
    s.add<&S::forward_axis>("forward_axis", "Forward Axis").items(axes).not_animatable();
    s.add<&S::up_axis>("up_axis", "Up Axis").items(axes).not_animatable();
    s.add<&S::global_scale>("global_scale", "Scale").range(0.0001, 10000).soft(0.01, 1000).not_animatable();
    s.add<&S::apply_modifiers>("apply_modifiers", "Apply Modifiers").not_animatable();
    s.add<&S::export_eval_mode>("export_eval_mode", "Object Properties")
        .items({{"DAG_EVAL_RENDER", "Render", 0}, {"DAG_EVAL_VIEWPORT", "Viewport", 1}})
        .not_animatable();
    s.add<&S::export_selected_objects>("export_selected_objects", "Export Selected Objects").not_animatable();
    s.add<&S::export_uv>("export_uv", "Export UVs").not_animatable();
    s.add<&S::export_normals>("export_normals", "Export Normals").not_animatable();
    s.add<&S::export_colors>("export_colors", "Export Colors").not_animatable();
    s.add<&S::export_materials>("export_materials", "Export Materials").not_animatable();
    s.add<&S::export_pbr_extensions>("export_pbr_extensions", "Export Materials with PBR Extensions").not_animatable();
    s.add<&S::path_mode>("path_mode", "Path Mode")
        .items({{"AUTO", "Auto", 0}, {"ABSOLUTE", "Absolute", 1}, {"RELATIVE", "Relative", 2}, {"MATCH", "Match", 3}, {"STRIP", "Strip", 4}, {"COPY", "Copy", 5}})
        .not_animatable();
    s.add<&S::export_triangulated_mesh>("export_triangulated_mesh", "Export Triangulated Mesh").not_animatable();
    s.add<&S::export_object_groups>("export_object_groups", "Export Object Groups").not_animatable();
    s.add<&S::export_material_groups>("export_material_groups", "Export Material Groups").not_animatable();
    s.add<&S::export_vertex_groups>("export_vertex_groups", "Export Vertex Groups").not_animatable();
    s.add<&S::export_smooth_groups>("export_smooth_groups", "Export Smooth Groups").not_animatable();
    s.add<&S::smooth_group_bitflags>("smooth_group_bitflags", "Generate Bitflags for Smooth Groups").not_animatable();
    return s.build();
  }();
  return schema;
}

io::obj::ExportSettings export_settings(const ObjExportOperatorSettings& s) {
  return {.forward = s.forward_axis,
          .up = s.up_axis,
          .global_scale = s.global_scale,
          .export_uv = s.export_uv,
          .export_normals = s.export_normals,
          .export_colors = s.export_colors,
          .export_materials = s.export_materials,
          .export_pbr_extensions = s.export_pbr_extensions,
          .export_triangulated_mesh = s.export_triangulated_mesh,
          .export_object_groups = s.export_object_groups,
          .export_material_groups = s.export_material_groups,
          .export_vertex_groups = s.export_vertex_groups,
          .export_smooth_groups = s.export_smooth_groups,
          .smooth_group_bitflags = s.smooth_group_bitflags,
          .path_mode = s.path_mode};
}

// The meshes of a scene as they are to be written.
std::vector<io::obj::ExportObject> export_objects(const EvaluatedScene& scene, const ViewLayer& layer, const ObjExportOperatorSettings& s) {
  std::vector<io::obj::ExportObject> objects;
  for (const EvaluatedObject& evaluated : scene.objects) {
    if (!evaluated.is_in_layer || (s.export_selected_objects && !layer.is_selected(evaluated.id))) {
      continue;
    }
    const Object& object = *evaluated.object;
    const Mesh* original = scene.document.find<Mesh>(object.data.id);
    const Mesh* mesh = s.apply_modifiers ? evaluated.mesh.get() : original;
    if (!mesh) {
      continue;
    }
    io::obj::ExportObject out{.name = object.name, .mesh = mesh, .matrix = evaluated.world_matrix};
    if (const DataBlock* data = scene.document.find(object.data.id)) {
      out.data_name = data->name;
    }
    for (int slot = 0; slot < slot_count(scene.document, object); ++slot) {
      out.materials.push_back(slot_material(scene.document, object, slot));
    }
    objects.push_back(std::move(out));
  }
  return objects;
}

Result<void> export_frame(Context& context, const Document& snapshot, const ObjExportOperatorSettings& s, float frame, const Path& path) {
  auto* evaluator = context.project.services.find<Evaluator>();
  if (!evaluator) {
    return Error::unsupported("this program cannot evaluate scenes");
  }
  const auto purpose = s.export_eval_mode == EvaluationMode::Render ? evaluation::Purpose::Render : evaluation::Purpose::Viewport;
  const auto scene = evaluator->evaluate(snapshot, context.scene, context.layer().name, frame, purpose, context.progress);
  if (!scene) {
    return Error::cancelled();
  }
  return io::obj::export_obj(snapshot, export_objects(*scene, context.layer(), s), path, export_settings(s), context.progress);
}

Result<Outcome> export_obj(Context& context, const ObjExportOperatorSettings& s, const std::unordered_set<std::string>&) {
  if (s.filepath.empty()) {
    return Error::invalid("no filename given");
  }
  Path path = absolute_path(s.filepath, context.project.path);
  if (path.extension().empty()) {
    path += ".obj";
  }
  context.document().settle();
  const Document snapshot = context.document();
  const Scene& scene = context.get_scene();
  if (!s.export_animation) {
    const Result<void> written = export_frame(context, snapshot, s, float(scene.frame_current), path);
    return written ? Result<Outcome>(Outcome::Finished) : Result<Outcome>(written.error());
  }
  // Every frame goes to a file of its own: NAME0001.obj.
  const int first = s.start_frame == std::numeric_limits<int>::min() ? scene.frame_start : s.start_frame;
  const int last = s.end_frame == std::numeric_limits<int>::max() ? scene.frame_end : s.end_frame;
  for (int frame = first; frame <= last; ++frame) {
    const Path numbered = path.parent_path() / fmt::format("{}{:04}{}", path.stem().string(), frame, path.extension().string());
    if (const Result<void> written = export_frame(context, snapshot, s, float(frame), numbered); !written) {
      return written.error();
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_export(OperatorRegistry& registry) { add_operator(registry, "wm.obj_export", "Export Wavefront OBJ", export_obj); }

}  // namespace kiln::operators
