#pragma once

#include "core/progress.h"
#include "document/document.h"
#include "document/material.h"
#include "document/mesh.h"
#include "io/axes.h"
#include "io/obj/scene.h"

namespace kiln::io::obj {

/// How paths of pictures are written into the material library.
enum class PathMode : std::uint8_t {
  Auto,  ///< relative where the picture lies below the file, else absolute
  Absolute,
  Relative,
  Match,  ///< as the document has them
  Strip,  ///< the file name alone
  Copy,   ///< the picture is copied beside the file
};

struct ExportSettings {
  Axis forward = Axis::NegativeZ, up = Axis::Y;
  float global_scale = 1.0f;
  bool export_uv = true;
  bool export_normals = true;
  bool export_colors = false;
  bool export_materials = true;
  bool export_pbr_extensions = false;
  bool export_triangulated_mesh = false;
  bool export_object_groups = false;
  bool export_material_groups = false;
  bool export_vertex_groups = false;
  bool export_smooth_groups = false;
  bool smooth_group_bitflags = false;  ///< groups that touch get different bits, 32 in all
  PathMode path_mode = PathMode::Auto;
};

/// One object to be written; the mesh must outlive the call.
struct ExportObject {
  std::string name{}, data_name{};
  const Mesh* mesh = nullptr;
  float4x4 matrix{};                                  ///< to world space
  std::vector<BlockRef<kiln::Material>> materials{};  ///< slots; empty references for empty slots
};

/// Writes an OBJ file and, with materials, the MTL file of the same name beside it. The document is
/// asked for materials and images. Files appear when they are complete. The bytes do not depend on
/// the number of threads.
Result<void> export_obj(const Document& document, std::span<const ExportObject> objects,
                        const Path& path, const ExportSettings& settings, Progress& progress);

/// The values of a material that the format can express, from its Principled node or else its
/// viewport values.
Material exported_material(const Document& document, const kiln::Material& material);

/// The text of a material library. `folder` is where it will lie.
std::string material_library(std::span<const Material> materials, const Path& folder,
                             const ExportSettings& settings);

}  // namespace kiln::io::obj
