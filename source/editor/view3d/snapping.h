#pragma once

#include <optional>
#include <unordered_set>

#include "document/tool_settings.h"
#include "editor/view3d/navigation.h"
#include "editor/view3d/surface_snap.h"
#include "editor/view3d/transform_target.h"

namespace kiln::editor {

/// A place that something can be brought to.
struct SnapHit {
  float3 place;  ///< world space
  SnapElements element = SnapElements::Vertex;
  std::optional<float3> normal;  ///< of a face, towards the eye
};

/// What counts as a place besides the kind of element.
struct SnapRules {
  SnapElements wanted = SnapElements::Increment;
  bool culls_backfaces = false;  ///< faces seen from behind are looked through
  bool peels_objects = false;    ///< the middle of an object as a whole, not of its nearest part
  float3 start;                  ///< where perpendiculars come from, world space
};

/// Finds vertices, edges and faces near the mouse. What is moved is left out: objects as a whole,
/// selected parts of an edited mesh. Cost: linear in the meshes under the mouse.
class SnapFinder {
public:
  SnapFinder(const Session& session, const render::raster::ViewCamera& camera, int width,
             int height);

  /// The nearest of the wanted elements (vertices before edges before faces) within 15 pixels.
  std::optional<SnapHit> find(float2 mouse, const SnapRules& rules) const;
  /// The surfaces of all that can be snapped to, made when first asked for.
  const SurfaceSnap& surfaces() const;

private:
  struct Candidate {
    std::shared_ptr<const Mesh> kept;
    const Mesh* mesh = nullptr;
    float4x4 world;
    bool has_selection = false;  ///< of which nothing is offered
  };
  bool is_near(const Candidate& candidate, float2 mouse) const;

  render::raster::ViewCamera camera_;
  float4x4 view_projection_;
  int width_, height_;
  Document document_;
  std::vector<Candidate> candidates_;
  mutable std::optional<SurfaceSnap> surfaces_;
};

}  // namespace kiln::editor
