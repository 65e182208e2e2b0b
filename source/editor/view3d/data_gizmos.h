#pragma once

#include <QPointF>
#include <QPolygonF>
#include <QRect>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "document/object.h"
#include "editor/view3d/navigation.h"

class QPainter;

namespace kiln {
class Document;
struct Camera;
struct Light;
struct Scene;
}  // namespace kiln

namespace kiln::editor {

struct Theme;

/// What a handle of data changes.
enum class DataPart {
  SpotSize,       ///< the angle of a spot's cone
  AreaWidth,      ///< the size of an area light, or its width
  AreaHeight,     ///< its height, or the size where it has one only
  LookAt,         ///< where a light shines
  Lens,           ///< the focal length of a camera
  OrthoScale,     ///< how much a camera without perspective sees
  FocusDistance,  ///< where a camera is sharp
  PictureOffset,  ///< where the picture of an empty lies
  PictureSize     ///< how large it is
};

/// One handle: of those that change the same, `side` counts them around their middle.
struct DataHandle {
  DataPart part = DataPart::SpotSize;
  int side = 0;
  bool operator==(const DataHandle&) const = default;
};

/// The directions in the plane of an object that `side` of a handle means: +X, +Y, -X, -Y.
float3 side_direction(int side);
/// An object's place and directions without scale, which is how its light or lens is sketched.
float4x4 sketch_matrix(const float4x4& world);

/// Handles of what an object holds, in the scene: the cone of a spot, the sides of an area light,
/// where lights shine, what a camera sees and where it is sharp, the picture of an empty. Made anew
/// for every frame; knows neither the session nor what dragging them does (`DataDrag`).
class DataGizmos {
public:
  /// Which kinds are wanted.
  struct Kinds {
    bool light_size = false, light_look_at = false;
    bool camera_lens = false, camera_dof_distance = false;
    bool empty_image = false;
  };
  /// `picture`: the corners of the picture an empty shows, world space, as `PlacedPicture` has
  /// them; null: it shows none.
  DataGizmos(const Document& document, const Scene& scene, const Object& object,
             const float4x4& world, const std::array<float3, 4>* picture, Kinds kinds,
             const render::raster::ViewCamera& camera, int width, int height);

  bool empty() const { return shapes_.empty(); }
  std::optional<DataHandle> hit(QPointF at) const;
  void paint(QPainter& painter, const Theme& theme, const std::optional<DataHandle>& hovered) const;
  /// "data:lens 0", "data:spot 3", "data:aim 0", at a place that hits them.
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  struct Shape {
    DataHandle handle;
    QPolygonF line;  // stroked; where it is taken hold of, too, if there is no knob
    std::optional<QPointF> knob;
  };
  void add_light(const Light& light, Kinds kinds);
  void add_camera(const Camera& camera, const Scene& scene, Kinds kinds);
  void add_picture(const std::array<float3, 4>& corners);
  void add_knob(DataHandle handle, float3 world, const std::vector<float3>& line = {});
  std::optional<QPointF> on_screen(float3 world) const;
  QPolygonF polyline(const std::vector<float3>& points) const;

  float4x4 matrix_;
  render::raster::ViewCamera camera_;
  int width_, height_;
  std::vector<Shape> shapes_;
};

}  // namespace kiln::editor
