#include "editor/view3d/data_gizmos.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "document/camera.h"
#include "document/document.h"
#include "document/light.h"
#include "document/scene.h"
#include "editor/window/theme.h"
#include "render/raster/draw_list.h"

namespace kiln::editor {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr double knob_radius = 5.0;  // pixels
constexpr double reach = 9.0;        // pixels from a knob that still take hold of it
constexpr double line_reach = 5.0;   // the same of lines

double distance(QPointF a, QPointF b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

double distance_to_line(QPointF p, const QPolygonF& line) {
  double best = 1e9;
  for (int i = 0; i + 1 < line.size(); ++i) {
    const QPointF d = line[i + 1] - line[i];
    const double length2 = QPointF::dotProduct(d, d);
    const double t =
        length2 > 0.0 ? std::clamp(QPointF::dotProduct(p - line[i], d) / length2, 0.0, 1.0) : 0.0;
    best = std::min(best, distance(p, line[i] + d * t));
  }
  return best;
}

const char* name_of(DataPart part) {
  switch (part) {
    case DataPart::SpotSize:
      return "spot";
    case DataPart::AreaWidth:
      return "width";
    case DataPart::AreaHeight:
      return "height";
    case DataPart::LookAt:
      return "aim";
    case DataPart::Lens:
      return "lens";
    case DataPart::OrthoScale:
      return "scale";
    case DataPart::FocusDistance:
      return "focus";
    case DataPart::PictureOffset:
      return "picture";
    case DataPart::PictureSize:
      return "corner";
  }
  return "";
}

}  // namespace

float3 side_direction(int side) {
  static constexpr float3 directions[] = {{1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}};
  return directions[side & 3];
}

float4x4 sketch_matrix(const float4x4& world) {
  return compose(translation(world), rotation_part(world), {1, 1, 1});
}

DataGizmos::DataGizmos(const Document& document, const Scene& scene, const Object& object,
                       const float4x4& world, const std::array<float3, 4>* picture, Kinds kinds,
                       const render::raster::ViewCamera& camera, int width, int height)
    : matrix_(sketch_matrix(world)), camera_(camera), width_(width), height_(height) {
  if (const Light* light = document.find<Light>(object.data.id)) {
    if (!light->is_linked()) {
      add_light(*light, kinds);
    }
  } else if (const Camera* lens = document.find<Camera>(object.data.id)) {
    if (!lens->is_linked()) {
      add_camera(*lens, scene, kinds);
    }
  } else if (picture && kinds.empty_image) {
    add_picture(*picture);
  }
}

std::optional<QPointF> DataGizmos::on_screen(float3 world) const {
  const auto p = project(camera_, width_, height_, world);
  return p ? std::optional<QPointF>(QPointF(p->x, p->y)) : std::nullopt;
}

// Empty where a part lies behind the eye.
QPolygonF DataGizmos::polyline(const std::vector<float3>& points) const {
  QPolygonF line;
  for (const float3 p : points) {
    const auto at = on_screen(p);
    if (!at) {
      return {};
    }
    line << *at;
  }
  return line;
}

void DataGizmos::add_knob(DataHandle handle, float3 world, const std::vector<float3>& line) {
  const auto at = on_screen(world);
  if (at && is_finite(world)) {
    shapes_.push_back({handle, polyline(line), at});
  }
}

void DataGizmos::add_light(const Light& light, Kinds kinds) {
  const float depth = render::raster::light_reach(light.kind);
  const auto place = [&](float3 local) { return transform_point(matrix_, local); };
  if (kinds.light_size && light.kind == LightType::Spot) {
    const float radius = depth * std::tan(std::min(light.spot_size * 0.5f, 1.5f));
    std::vector<float3> ring;
    for (int i = 0; i <= 48; ++i) {
      const float angle = 2.0f * pi * float(i) / 48.0f;
      ring.push_back(place({radius * std::cos(angle), radius * std::sin(angle), -depth}));
    }
    for (int side = 0; side < 4; ++side) {
      // The ring as a whole belongs to all four.
      add_knob({DataPart::SpotSize, side},
               place(side_direction(side) * radius + float3{0, 0, -depth}),
               side == 0 ? ring : std::vector<float3>());
    }
  }
  if (kinds.light_size && light.kind == LightType::Area) {
    const float2 half = render::raster::area_half_size(light);
    for (int side = 0; side < 4; ++side) {
      const bool is_width = side % 2 == 0;
      add_knob({is_width ? DataPart::AreaWidth : DataPart::AreaHeight, side},
               place(side_direction(side) * (is_width ? half.x : half.y)));
    }
  }
  if (kinds.light_look_at && light.kind != LightType::Point) {
    const float3 end = place({0, 0, -depth});
    add_knob({DataPart::LookAt, 0}, end, {translation(matrix_), end});
  }
}

void DataGizmos::add_camera(const Camera& camera, const Scene& scene, Kinds kinds) {
  const auto place = [&](float3 local) { return transform_point(matrix_, local); };
  if (kinds.camera_lens && camera.kind != CameraType::Pano) {
    const render::raster::CameraSketch frame = render::raster::camera_sketch(camera, scene);
    const DataPart part = camera.kind == CameraType::Ortho ? DataPart::OrthoScale : DataPart::Lens;
    for (int side = 0; side < 4; ++side) {
      const float half = side % 2 == 0 ? frame.half_x : frame.half_y;
      add_knob({part, side}, place(side_direction(side) * half + float3{0, 0, -frame.depth}));
    }
  }
  // Where it is focused on an object, its place says how far.
  if (kinds.camera_dof_distance && camera.dof.use_dof && !camera.dof.focus_object) {
    const float3 end = place({0, 0, -camera.dof.focus_distance});
    add_knob({DataPart::FocusDistance, 0}, end, {translation(matrix_), end});
  }
}

// Its middle moves it, its corners scale it. Seen from the side there is nothing to take hold of.
void DataGizmos::add_picture(const std::array<float3, 4>& corners) {
  const float3 normal = normalize(cross(corners[1] - corners[0], corners[2] - corners[0]));
  const float3 middle = (corners[0] + corners[3]) * 0.5f;
  const float3 to_eye = camera_.is_perspective
                            ? normalize(camera_.position() - middle)
                            : float3{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z};
  if (!(std::abs(dot(normal, to_eye)) > 0.05f)) {
    return;
  }
  for (int corner = 0; corner < 4; ++corner) {
    add_knob({DataPart::PictureSize, corner}, corners[std::size_t(corner)]);
  }
  add_knob({DataPart::PictureOffset, 0}, middle);
}

std::optional<DataHandle> DataGizmos::hit(QPointF at) const {
  std::optional<DataHandle> best;
  double nearest = reach;
  for (const Shape& shape : shapes_) {
    if (shape.knob && distance(at, *shape.knob) < nearest) {
      nearest = distance(at, *shape.knob);
      best = shape.handle;
    }
  }
  if (best) {
    return best;
  }
  // The cone of a spot is taken hold of all around.
  for (const Shape& shape : shapes_) {
    if (shape.handle.part == DataPart::SpotSize && shape.line.size() > 2 &&
        distance_to_line(at, shape.line) < line_reach) {
      double nearest_knob = 1e9;
      for (const Shape& other : shapes_) {
        if (other.handle.part == DataPart::SpotSize && distance(at, *other.knob) < nearest_knob) {
          nearest_knob = distance(at, *other.knob);
          best = other.handle;
        }
      }
    }
  }
  return best;
}

void DataGizmos::paint(QPainter& painter, const Theme& theme,
                       const std::optional<DataHandle>& hovered) const {
  for (const Shape& shape : shapes_) {
    const bool is_hovered = hovered == shape.handle;
    const bool is_part_hovered = hovered && hovered->part == shape.handle.part;
    QColor color = theme.active;
    color = is_hovered ? color.lighter(135) : color;
    painter.setBrush(Qt::NoBrush);
    if (!shape.line.isEmpty()) {
      QColor faint = color;
      faint.setAlpha(is_part_hovered ? 255 : 130);
      painter.setPen(shape.handle.part == DataPart::SpotSize
                         ? QPen(faint, is_part_hovered ? 2.2 : 1.4)
                         : QPen(faint, is_part_hovered ? 2.0 : 1.2, Qt::DashLine));
      painter.drawPolyline(shape.line);
    }
    if (!shape.knob) {
      continue;
    }
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1.0));
    painter.setBrush(color);
    const double r = is_hovered ? knob_radius + 1.5 : knob_radius;
    if (shape.handle.part == DataPart::PictureSize) {
      painter.drawRect(QRectF(shape.knob->x() - r, shape.knob->y() - r, 2 * r, 2 * r));
    } else {
      painter.drawEllipse(*shape.knob, r, r);
    }
    if (shape.handle.part == DataPart::LookAt || shape.handle.part == DataPart::FocusDistance) {
      // A cross-hair, since these are points in the scene.
      painter.setPen(QPen(color, 1.4));
      for (const QPointF d : {QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1)}) {
        painter.drawLine(*shape.knob + d * (r + 2.0), *shape.knob + d * (r + 6.0));
      }
    }
  }
}

std::vector<std::pair<std::string, QRect>> DataGizmos::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const Shape& shape : shapes_) {
    if (shape.knob) {
      places.emplace_back(std::string("data:") + name_of(shape.handle.part) + " " +
                              std::to_string(shape.handle.side),
                          QRect(int(shape.knob->x()) - 2, int(shape.knob->y()) - 2, 4, 4));
    }
  }
  return places;
}

}  // namespace kiln::editor
