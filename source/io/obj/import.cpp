#include "io/obj/import.h"

#include "document/material.h"
#include "document/mesh.h"
#include "document/object.h"
#include "io/obj/reader.h"

namespace kiln::io::obj {
namespace {

// The runs of each object.
std::vector<ObjectPart> parts_of(const Scene& scene) {
  std::vector<ObjectPart> parts(scene.objects.size());
  for (const FaceRun& run : scene.face_runs) {
    parts[std::size_t(run.object)].faces.push_back(run);
  }
  for (const LineRun& run : scene.line_runs) {
    parts[std::size_t(run.object)].lines.push_back(run);
  }
  return parts;
}

// A power of ten by which everything between `low` and `high` becomes at most `size` large.
float clamping_scale(float3 low, float3 high, float size) {
  const float extent = max_component(high - low);
  float scale = 1.0f;
  while (extent * scale > size && scale > 1e-30f) {
    scale *= 0.1f;
  }
  return scale;
}

}  // namespace

Result<Imported> import_obj(Document& document, BlockId collection, const Path& path,
                            const ImportSettings& settings, const Services* services,
                            Progress& progress) {
  const Result<float3x3> rotation = axis_conversion(settings.forward, settings.up);
  if (!rotation) {
    return rotation.error();
  }
  Result<Scene> scene = read_obj(path, progress);
  if (!scene) {
    return scene.error();
  }
  Imported imported;
  imported.warnings = scene->warnings;

  // Everything is made before the document changes, so that a cancelled import leaves no trace.
  const std::vector<ObjectPart> parts = parts_of(*scene);
  std::vector<std::shared_ptr<Mesh>> meshes(parts.size());
  std::vector<std::vector<int>> materials(parts.size());
  float3 low{1e30f, 1e30f, 1e30f}, high{-1e30f, -1e30f, -1e30f};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (progress.cancelled()) {
      return Error::cancelled();
    }
    progress.report(float(i) / float(parts.size()), "Making meshes");
    meshes[i] = std::make_shared<Mesh>(make_mesh(*scene, parts[i], settings, &materials[i]));
    float3 mesh_low, mesh_high;
    if (meshes[i]->bounds(&mesh_low, &mesh_high)) {
      low = min(low, mesh_low);
      high = max(high, mesh_high);
    }
  }

  const float scale = settings.clamp_size > 0.0f && !meshes.empty()
                          ? clamping_scale(low, high, settings.clamp_size)
                          : 1.0f;
  const float4x4 matrix = compose({}, *rotation, {scale, scale, scale});
  std::vector<BlockId> made_materials(scene->materials.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string& given = scene->objects[i].name;
    const std::string name = given.empty() ? path.stem().string() : given;
    for (const int material : materials[i]) {
      BlockId& made = made_materials[std::size_t(material)];
      if (!made) {
        made = add_material(document, scene->materials[std::size_t(material)], *scene, services,
                            imported.warnings);
      }
      meshes[i]->materials.push_back({made});
    }
    const BlockId mesh = document.add(meshes[i], name).id;
    auto& object = document.add<kiln::Object>(name);
    object.data = {mesh};
    object.set_local_matrix(matrix);
    imported.objects.push_back(object.id);
  }
  auto& objects =
      document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility).objects;
  for (const BlockId object : imported.objects) {
    objects.push_back({object});
  }
  return imported;
}

}  // namespace kiln::io::obj
