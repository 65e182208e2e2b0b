#pragma once

#include "editor/view3d/transform_target.h"
#include "modeling/mesh_statistics.h"
#include "render/raster/draw_list.h"

namespace kiln::editor {

/// Colors faces of the mesh in edit mode by what is measured of it. Keeps the last measure, which
/// is taken again only when the shape of the mesh, its place in the world or the settings change.
class MeshAnalysis {
public:
  /// Adds what the tool settings of the scene ask for, where the overlays show it. Cost: linear in
  /// the mesh, and that of measuring it.
  void add_fills(const Session& session, const View3DOverlay& overlay,
                 render::raster::DrawList& list);

private:
  BlockId mesh_;
  std::uint64_t version_ = 0;
  float4x4 world_;
  MeshStatVis settings_;
  modeling::MeshMeasure measure_;
};

}  // namespace kiln::editor
