#pragma once

#include "editor/view3d/selection.h"
#include "editor/view3d/transform_target.h"
#include "modeling/mesh_selection.h"

namespace kiln::editor {

/// Depth in [0, 1] of what is seen at a place of the view (pixels from the top left); 1 where there
/// is nothing.
using DepthAt = std::function<float(float2)>;

/// Vertices, edges and faces of the mesh in edit mode as they lie on the screen.
class EditPicker {
public:
  /// `depth_at`: what hides others; empty: everything can be reached. Cost: linear in the mesh.
  EditPicker(const EditedMesh& edited, const render::raster::ViewCamera& camera, int width,
             int height, DepthAt depth_at);

  struct Hit {
    Domain domain = Domain::Point;
    std::size_t index = 0;
  };
  /// What lies nearest to a place, within a reach of 20 pixels, of the kinds that the select modes
  /// name; vertices before edges before faces where it is near.
  std::optional<Hit> nearest(float2 at, const std::array<bool, 3>& modes) const;
  /// The same among edges alone.
  std::optional<std::size_t> nearest_edge(float2 at) const;
  /// Elements of one kind that lie at places that count: vertices by themselves, edges with both
  /// ends, faces by their middle.
  std::vector<std::size_t> inside(Domain domain, const ScreenTest& test) const;

private:
  struct Point {
    float2 at;
    float depth = 2.0f;  // beyond 1: behind the eye
  };
  Point point(float3 world) const;
  bool is_seen(const Point& point) const;
  float3 face_middle(std::size_t face) const;

  bool is_shown(Domain domain, std::size_t index) const;

  const Mesh& mesh_;
  const Array<std::uint8_t>* hidden_[3];  // vertices, edges, faces; null: none is
  float4x4 world_, view_projection_;
  int width_, height_;
  DepthAt depth_at_;
  std::vector<Point> points_;
};

/// Selects elements of one kind of the edited mesh, as one undo step. A single one becomes the
/// active element.
void select_elements(Session& session, Domain domain, const std::vector<std::size_t>& indices,
                     SelectMode mode, const std::string& label, std::uint64_t merge_key = 0);

/// The number by which operators name an element: vertices first, then edges, then faces.
int element_number(const Mesh& mesh, Domain domain, std::size_t index);

}  // namespace kiln::editor
