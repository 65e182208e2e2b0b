#include "editor/view3d/loop_cut_tool.h"

#include "modeling/edit_loops.h"

namespace kiln::editor {

LoopCutTool::LoopCutTool(const EditedMesh& edited) : world_(edited.world) {
  mesh_.add_mesh(*edited.mesh);
}

void LoopCutTool::set_edge(std::optional<std::size_t> edge) {
  if (edge == edge_) {
    return;
  }
  edge_ = edge;
  ring_.clear();
  // Numbers are slots as long as nothing was left out of the mesh.
  if (edge && mesh_.edges.is_alive(int(*edge))) {
    ring_ = modeling::edge_ring(mesh_, int(*edge));
    is_closed_ = modeling::is_closed_ring(mesh_, ring_);
  }
}

std::vector<std::pair<float3, float3>> LoopCutTool::lines() {
  std::vector<std::pair<float3, float3>> out;
  const std::size_t count = ring_.size();
  for (std::size_t i = 0; i + (is_closed_ ? 0 : 1) < count; ++i) {
    const auto& a = mesh_.edges[ring_[i]].verts;
    auto b = mesh_.edges[ring_[(i + 1) % count]].verts;
    if (mesh_.find_edge(a[0], b[0]) < 0) {
      std::swap(b[0], b[1]);
    }
    for (int k = 1; k <= cuts_; ++k) {
      const float t = float(k) / float(cuts_ + 1);
      const auto at = [&](const std::array<int, 2>& ends) {
        const float3 from = mesh_.verts[ends[0]].co, to = mesh_.verts[ends[1]].co;
        return transform_point(world_, from + (to - from) * t);
      };
      out.emplace_back(at(a), at(b));
    }
  }
  return out;
}

}  // namespace kiln::editor
