#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "editor/view3d/transform_target.h"
#include "modeling/edit_mesh.h"

namespace kiln::editor {

/// Where a loop cut would go while the mouse looks for a place. Knows nothing of windows.
class LoopCutTool {
public:
  explicit LoopCutTool(const EditedMesh& edited);

  /// The edge under the mouse, by its number; nothing: none.
  void set_edge(std::optional<std::size_t> edge);
  const std::optional<std::size_t>& edge() const { return edge_; }
  int cuts() const { return cuts_; }
  void set_cuts(int cuts) { cuts_ = std::clamp(cuts, 1, 100); }
  /// The cuts as lines, world space.
  std::vector<std::pair<float3, float3>> lines();

private:
  float4x4 world_;
  modeling::EditMesh mesh_;
  std::optional<std::size_t> edge_;
  std::vector<int> ring_;
  bool is_closed_ = false;
  int cuts_ = 1;
};

}  // namespace kiln::editor
